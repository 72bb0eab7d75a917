from odoo import models


class PomNoted(models.AbstractModel):
    """Records that debtors and scheduled jobs write, too. What is noted below them is
    in the creditor's language, whoever did it: those who work there read it.
    """

    _name = "pom.noted"
    _description = "Noted in the Creditor's Language"
    _inherit = ["mail.thread"]

    def _in_creditors_language(self):
        company = self.company_id[:1] or self.env.company
        return self.with_context(lang=company.partner_id.lang or self.env.lang)

    def _creation_message(self):
        # EXTENDS 'mail'
        return super(PomNoted, self._in_creditors_language())._creation_message()

    def _mail_track(self, tracked_fields, initial_values):
        # EXTENDS 'mail': the values are kept in words.
        own = self._in_creditors_language()
        attributes = {name for field in tracked_fields.values() for name in field}
        words = own.fields_get(list(tracked_fields), attributes)
        return super(PomNoted, own)._mail_track(words, initial_values)
