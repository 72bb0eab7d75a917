from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    pom_channel = fields.Selection(
        selection=[
            ("email", "E-mail"),
            ("sms", "SMS"),
            ("whatsapp", "WhatsApp"),
            ("letter", "Letter"),
        ],
        string="Preferred Channel",
        help="How this debtor wants to be asked to pay: tried before the channels of "
        "the reminder policy.",
    )
    pom_consent_ids = fields.One2many("pom.consent", "partner_id", string="Consents")

    def action_pom_statement(self):
        """The page with all that this customer has to pay, made when needed."""
        self.ensure_one()
        self.check_access("write")
        link = self.env["pom.paylink"].sudo()._statement_of(self, self.env.company)
        return {"type": "ir.actions.act_url", "url": link.url, "target": "new"}
