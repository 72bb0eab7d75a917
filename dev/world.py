"""A small Belgian company for the demo, the browser tests and the benchmarks.

Run by ``dev/database`` to fill the template ``pom_world``.
"""

import base64
import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from tests.e2e.harness import environment  # noqa: E402

COMPANY = {
    "name": "Bakkerij De Kat BV",
    "street": "Kattenstraat 12",
    "zip": "9000",
    "city": "Gent",
    "vat": "BE0477472701",
    "company_registry": "0477472701",
    "phone": "+32 9 123 45 67",
    "email": "boekhouding@dekat.example",
    "email_primary_color": "#ffffff",
    "email_secondary_color": "#8a3324",
    "primary_color": "#8a3324",
    "secondary_color": "#f2c14e",
}
IBAN = "BE68 5390 0754 7034"

#: name, e-mail, language, account
CUSTOMERS = (
    ("Marie Peeters", "marie@klant.example", "nl_BE", "BE71 0961 2345 6769"),
    ("Luc Dubois", "luc@client.example", "fr_BE", "BE62 5100 0754 7061"),
    ("Restaurant Le Coq SRL", "info@lecoq.example", "fr_BE", "BE43 0689 9999 9501"),
    ("Ömer Yılmaz", "omer@klant.example", "nl_BE", "BE02 0012 3456 7140"),
    ("Hans Müller", "hans@kunde.example", "de_DE", "DE89 3704 0044 0532 0130 00"),
    ("Café Central", "bar@central.example", "nl_BE", "BE18 0003 2548 2765"),
    ("Sarah Jones", "sarah@client.example", "en_US", "BE46 2300 1234 5636"),
    ("Kinderopvang Zonnetje VZW", "info@zonnetje.example", "nl_BE", None),
    ("Jan Janssens", "jan@klant.example", "nl_BE", None),
    ("Hôtel du Parc SA", "compta@hotelparc.example", "fr_BE", None),
)


def build(env):
    company = set_up_company(env)
    set_up_bank(env, company)
    set_up_customers(env)
    set_up_demo_provider(env, company)
    env["ir.config_parameter"].set_param("web.base.url.freeze", "True")
    env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "1")


def set_up_company(env):
    company = env.ref("base.main_company")
    company.country_id = env.ref("base.be")
    company.account_fiscal_country_id = env.ref("base.be")
    env["account.chart.template"].try_loading("be_comp", company, install_demo=False)
    company.write({**COMPANY, "logo": base64.b64encode(logo())})
    company.partner_id.write({"lang": "nl_BE", "tz": "Europe/Brussels"})
    env.ref("base.user_admin").write({"tz": "Europe/Brussels", "lang": "en_US"})
    return company


def set_up_bank(env, company):
    journal = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
    )
    bank = env["res.bank"].create({"name": "KBC Bank", "bic": "KREDBEBB"})
    journal.bank_account_id = env["res.partner.bank"].create(
        {
            "acc_number": IBAN,
            "partner_id": company.partner_id.id,
            "acc_holder_name": "Bakkerij De Kat BV",
            "bank_id": bank.id,
            "allow_out_payment": True,
        }
    )


def set_up_customers(env):
    env["res.partner"].create(
        [
            {
                "name": name,
                "email": email,
                "lang": lang,
                "street": "Marktplein 1",
                "zip": "1000",
                "city": "Brussel",
                "country_id": env.ref("base.be").id,
                "invoice_sending_method": "email",
                "bank_ids": [(0, 0, {"acc_number": iban})] if iban else [],
            }
            for name, email, lang, iban in CUSTOMERS
        ]
    )


def set_up_demo_provider(env, company):
    """What core ships for trying payments out, beside the simulated Bancontact."""
    provider = env["payment.provider"].search(
        [("code", "=", "demo"), ("company_id", "=", company.id)]
    )
    env["ir.config_parameter"].set_param("pom_payment.trial", "True")
    provider.write({"state": "test", "is_published": True, "sequence": 20})
    provider.with_context(active_test=False).payment_method_ids.active = True


def logo():
    """A cat and a name: PNG bytes."""
    image = Image.new("RGBA", (560, 180), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    brown = "#8a3324"
    draw.ellipse((20, 40, 150, 170), fill=brown)
    draw.polygon([(25, 80), (35, 10), (85, 50)], fill=brown)
    draw.polygon([(145, 80), (135, 10), (85, 50)], fill=brown)
    for x in (62, 108):
        draw.ellipse((x - 9, 90, x + 9, 116), fill="#f2c14e")
    font = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"
    draw.text((175, 45), "Bakkerij\nDe Kat", brown, ImageFont.truetype(font, 48))
    output = io.BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


if __name__ == "__main__":
    with environment(sys.argv[1]) as environment_:
        build(environment_)
