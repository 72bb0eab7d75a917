from odoo import api, fields, models

from ..groups import ACCOUNTING
from ..tools import plain


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
    pom_request_ids = fields.One2many(
        "pom.payer.request",
        "partner_id",
        string="Requests of the Debtor",
        groups=ACCOUNTING,
    )
    pom_method_ids = fields.Many2many(
        "payment.method",
        "pom_partner_method_rel",
        string="Ways to Pay",
        copy=False,
        groups=ACCOUNTING,
        help="The only ways in which this customer may pay online; none: all.",
    )
    pom_consent_ids = fields.One2many(
        "pom.consent", "partner_id", string="Consents", groups=ACCOUNTING
    )

    pom_addressee = fields.Char(
        string="Addressee",
        compute="_compute_pom_addressee",
        help="Whom a message greets: contacts without a name by their company's.",
    )

    @api.constrains("pom_method_ids")
    def _pom_name_methods(self):
        if any(partner.pom_method_ids for partner in self):
            self.env["pom.paylink"]._method_is_named()

    @api.depends("name", "parent_id.name", "commercial_company_name")
    def _compute_pom_addressee(self):
        for partner in self:
            partner.pom_addressee = plain.one_line(
                partner.name
                or partner.parent_id.name
                or partner.commercial_company_name
                or ""
            )

    def _compute_email_formatted(self):
        # EXTENDS 'base': customers of the portal choose their name. What follows a line
        # end in it would be another recipient.
        super()._compute_email_formatted()
        for partner in self:
            address = partner.email_formatted or ""
            if not address.isprintable():
                partner.email_formatted = plain.one_line(address)

    def _pom_statement_debtor(self, company):
        """Whose statement this partner gets from a creditor: the own one, or that of
        the whole company where the creditor wants it so.
        """
        return self.commercial_partner_id if company.pom_statement_whole else self

    def action_pom_statement(self):
        """The page with all that this customer has to pay, made when needed."""
        self.ensure_one()
        self.check_access("read")
        # It opens all that is owed: who may edit addresses need not see that.
        self.env["pom.paylink"].check_access("write")
        link = self.env["pom.paylink"].sudo()._statement_of(self, self.env.company)
        return {"type": "ir.actions.act_url", "url": link.url, "target": "new"}
