from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import email_normalize_all, formataddr
from odoo.tools.image import image_data_uri

from ..tools import colors, identity

#: Word, which draws mails in Outlook for Windows, knows no largest width.
OUTLOOK_SHEET = (
    Markup(
        '<!--[if mso]><table role="presentation" align="center" width="600"><tr><td>'
        "<![endif]-->"
    ),
    Markup("<!--[if mso]></td></tr></table><![endif]-->"),
)


class ResCompany(models.Model):
    """Who writes to debtors, and how that looks: one sheet for all e-mails."""

    _inherit = "res.company"

    pom_mail_from = fields.Char(
        string="Sender of E-mails to Debtors",
        help="Address that invoices, reminders and answers come from, and that replies "
        "go to. Empty: the company's e-mail address.",
    )
    pom_sender = fields.Char(
        string="Sender",
        compute="_compute_pom_sender",
        help="Name and address of the sender; empty when the company has no address.",
    )

    @api.depends("pom_mail_from", "email", "name")
    def _compute_pom_sender(self):
        for company in self:
            known = company._pom_sender_addresses()
            company.pom_sender = (
                formataddr((company.name, known[0])) if known else False
            )

    def _pom_sender_addresses(self):
        """The first is what messages to debtors come from."""
        chosen = self.pom_mail_from or self._pom_chosen_sender() or self.email
        return email_normalize_all(chosen or "")

    def _pom_chosen_sender(self):
        """An address that somebody chose who may not write the company. Hook."""
        return ""

    def _pom_no_sender(self):
        """Why no e-mail leaves this company, and what to do."""
        return self.env._(
            "%s has no e-mail address that messages to debtors could come from. Fill "
            "it in: Settings, Companies.",
            self.name,
        )

    def _pom_brand(self, color=""):
        """
        :param str color: instead of the company's
        :rtype: colors.Brand
        """
        return colors.brand(color or self.email_secondary_color)

    def _pom_sheet(self, leads=False, holder=""):
        """What the sheet shows around an e-mail's text, in the language of the context.

        :param bool leads: whether it leads to the page: then it says how one knows that
            it is real
        :param str holder: in whose name the account is that it names
        """
        logo = self.logo_web
        return {
            "company": self,
            "logo": logo and image_data_uri(logo),
            "brand": self._pom_brand(),
            "address": self._pom_address_lines(),
            "doctype": Markup("<!DOCTYPE html>"),
            "outlook": OUTLOOK_SHEET,
            "proofs": self._pom_proofs(holder) if leads else [],
        }

    def _pom_sheet_of(self, record):
        """The sheet of what a mail template says about an invoice or something else.

        :param record: of whatever model the template is
        """
        move = record.sudo() if record._name == "account.move" else None
        account = move and move.partner_bank_id
        asks = bool(move and move.pom_payment_url and move.pom_amount_asked)
        return self.sudo()._pom_sheet(asks, account and account._pom_holder())

    def _pom_address_lines(self):
        place = " ".join(filter(None, (self.zip, self.city)))
        street = ", ".join(filter(None, (self.street, place, self.country_id.name)))
        mail = self._pom_sender_addresses()[:1]
        reach = " · ".join(filter(None, (self.phone, *mail)))
        number = self._pom_public_number()
        number = number and self.env._("Company number: %s", number)
        return [line for line in (street, number, reach) if line]

    def _pom_public_number(self):
        """The company's number as it is written in the public register."""
        number = self.company_registry or self.vat or ""
        return identity.readable(number, country=(self.vat or "")[:2])

    def _pom_proofs(self, holder):
        """How somebody who got a message can check that it's real."""
        host = self._pom_base_url().partition("://")[2].partition("/")[0]
        number = self._pom_public_number()
        return [
            line
            for line in (
                self.env._(
                    "The payment page is at %s: look at the address in your browser.",
                    host,
                ),
                holder
                and self.env._(
                    "The account is in the name of %s. Your bank checks that this name "
                    "belongs to the account.",
                    holder,
                ),
                number
                and self.env._(
                    "Our company number is %s. You can look it up in the public "
                    "register.",
                    number,
                ),
                self.env._(
                    "If in doubt, call us on a number that you know, not on one from a "
                    "message."
                ),
            )
            if line
        ]
