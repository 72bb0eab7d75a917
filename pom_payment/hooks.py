import json

from .installing import make_room

#: Core's settings of a company that installing switches on, and the parameter that
#: tells what they were.
SWITCHES = ("qr_code", "link_qr_code")
FORMER = "pom_payment.switched_on"


def pre_init_hook(env):
    make_room(env, "pom_payment")


def post_init_hook(env):
    # Whoever installs this wants both codes on the invoice, and links on what is open.
    template = env.ref("pom_payment.mail_template_invoice")
    companies = env["res.company"].search([])
    former = {
        name: companies.filtered(lambda one, name=name: not one[name]).ids
        for name in SWITCHES
    }
    env["ir.config_parameter"].set_param(FORMER, json.dumps(former))
    companies.write(
        {**dict.fromkeys(SWITCHES, True), "pom_mail_template_id": template.id}
    )
    env["pom.paylink"]._create_for_open_invoices()


def uninstall_hook(env):
    """What installing switched on goes back."""
    parameters = env["ir.config_parameter"]
    for name, ids in json.loads(parameters.get_param(FORMER) or "{}").items():
        env["res.company"].browse(ids).exists()[name] = False
    # Tokens and networks among them, and those that were set by hand.
    parameters.search([("key", "=like", r"pom\_%")]).unlink()
