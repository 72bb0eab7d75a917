from odoo import fields, models


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
            ("structured", "Structured reference (12 digits)"),
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

    _pom_paylink_days_positive = models.Constraint(
        "CHECK(pom_paylink_days > 0)",
        "A payment link must be valid for at least one day.",
    )

    # Whoever installs this wants both codes on the invoice.
    qr_code = fields.Boolean(default=True)
    link_qr_code = fields.Boolean(default=True)

    def _pom_base_url(self):
        """Public address without a slash at the end."""
        self.ensure_one()
        return (self.pom_base_url or self.get_base_url()).strip().rstrip("/")
