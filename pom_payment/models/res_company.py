import base64

import pytz

from odoo import fields, models
from odoo.tools import ormcache


class ResCompany(models.Model):
    _inherit = "res.company"

    pom_base_url = fields.Char(
        string="Public Address for Payments",
        help="Where debtors reach this company's payment page, for example "
        "https://pay.mycompany.be. Empty: the address of this Odoo.",
    )
    pom_paylink_days = fields.Integer(
        string="Validity of Payment Links (days)",
        default=90,
        help="Counted from the last message that carried the link.",
    )
    pom_epc_reference_field = fields.Selection(
        selection=[
            ("structured", "Structured communication (12 digits)"),
            ("text", "Message (+++123/4567/89002+++)"),
        ],
        string="Belgian Reference in Bank QR",
        default="structured",
        required=True,
        help="Which field of the bank-transfer QR code carries a Belgian structured "
        "communication. Bank apps differ in what they read.",
    )
    pom_mail_template_id = fields.Many2one(
        comodel_name="mail.template",
        string="Invoice E-mail",
        domain=[("model", "=", "account.move")],
        help="Proposed when an invoice with a payment link is sent. "
        "Empty: Odoo's own invoice e-mail.",
        default=lambda self: self.env.ref(
            "pom_payment.mail_template_invoice", raise_if_not_found=False
        ),
    )

    pom_knows_first_steps = fields.Boolean(
        string="First Steps Not Shown",
        help="They stay in the menu.",
    )

    # -- the payment page --------------------------------------------------------------

    pom_page_color = fields.Char(
        string="Colour of the Payment Page", help="Empty: the colour of the e-mails."
    )
    pom_page_font = fields.Selection(
        selection=[
            ("system", "The device's own"),
            ("humanist", "Humanist"),
            ("serif", "Serif"),
            ("round", "Rounded"),
        ],
        string="Font of the Page",
        default="system",
        required=True,
        help="Nothing is loaded from elsewhere: these fonts come with the device.",
    )
    pom_page_logo = fields.Image(
        string="Logo of the Payment Page",
        max_width=480,
        max_height=160,
        help="Empty: the company's logo.",
    )
    pom_page_icon = fields.Image(
        string="Icon of the Payment Page",
        max_width=64,
        max_height=64,
        help="Shown in the browser's tab. Empty: the first letter of the name.",
    )
    pom_page_welcome = fields.Text(string="Welcome Text", translate=True)
    pom_page_footer = fields.Text(string="Footer Text", translate=True)
    pom_page_transfer = fields.Boolean(
        string="Offer Bank Transfer",
        default=True,
        help="Account, reference and bank QR code on the payment page.",
    )
    pom_part_allowed = fields.Boolean(
        string="Debtors May Pay a Part",
        help="They choose the amount; the rest stays due.",
    )
    pom_part_minimum = fields.Monetary(string="Minimum Amount", default=10)
    pom_statement_whole = fields.Boolean(
        string="Statements of the Whole Company",
        help="One contact of a customer sees and pays the invoices of all others too.",
    )
    pom_control_question = fields.Selection(
        selection=[("ref", "Customer number"), ("zip", "Postcode")],
        string="Control Question",
        help="Asked before anything about the debt is shown. Where it isn't known, "
        "the number of the invoice is asked.",
    )
    pom_request_user_id = fields.Many2one(
        "res.users",
        string="Requests Go To",
        help="Who answers what debtors ask on the page. Empty: the salesperson.",
    )
    pom_request_days = fields.Integer(string="Answer Within (days)", default=5)
    pom_requests_per_day = fields.Integer(string="Requests per Link a Day", default=5)
    pom_contact_at_once = fields.Boolean(
        string="Take Over Contact Data at Once",
        help="Else somebody approves them first.",
    )

    _pom_page_bounds = models.Constraint(
        "CHECK(pom_part_minimum > 0 AND pom_request_days > 0 AND "
        "pom_requests_per_day > 0)",
        "Amounts and days of the payment page must be more than zero.",
    )
    _pom_paylink_days_positive = models.Constraint(
        "CHECK(pom_paylink_days > 0)",
        "A payment link must be valid for at least one day.",
    )

    # Whoever installs this wants both codes on the invoice.
    qr_code = fields.Boolean(default=True)
    link_qr_code = fields.Boolean(default=True)

    # -- the clock ---------------------------------------------------------------------

    def _pom_now(self):
        """Local time of the company, without a zone."""
        return self._pom_local(fields.Datetime.now())

    def _pom_local(self, moment):
        """A moment in UTC by the company's clock."""
        zone = pytz.timezone(self._pom_zone())
        utc = moment.replace(tzinfo=pytz.utc)
        return utc.astimezone(zone).replace(tzinfo=None)

    def _pom_zone(self):
        """Name of the zone that the company's clock is in."""
        return self.sudo().partner_id.tz or "Europe/Brussels"

    def _pom_today(self):
        """The one day by which all is decided: it doesn't end at midnight in
        Greenwich.
        """
        return self._pom_now().date()

    def write(self, vals):
        # EXTENDS 'base': another address is to be tried, too.
        result = super().write(vals)
        if "pom_base_url" in vals:
            self.env["payment.provider"]._pom_reach_soon()
        return result

    def _pom_base_url(self):
        """Public address without a slash at the end."""
        self.ensure_one()
        return (self.pom_base_url or self.get_base_url()).strip().rstrip("/")

    def _pom_picture_version(self):
        """Another number whenever logo or icon may have changed."""
        return int(max(self.write_date, self.partner_id.write_date).timestamp())

    @ormcache("self.id", "version")
    def _pom_has_pictures(self, version):
        """
        :return: (whether there is a logo, whether there is an icon)
        """
        # Sizes instead of the pictures themselves.
        company = self.with_context(bin_size=True)
        logo = company.pom_page_logo or company.logo_web
        return bool(logo), bool(company.pom_page_icon)

    def _pom_bank_account(self):
        """Where transfers go to: of a branch without an account, its parent's."""
        self.ensure_one()
        for company in reversed(self.sudo().parent_ids):
            if account := company.partner_id.bank_ids[:1]:
                return account
        return self.env["res.partner.bank"]

    def _pom_decode(self, image):
        """Bytes of a picture field."""
        return base64.b64decode(image)

    def _pom_encode(self, content):
        """Bytes as a binary field takes them."""
        return base64.b64encode(content)
