from datetime import date

from odoo import models
from odoo.tools.i18n import format_list
from odoo.tools.misc import format_amount, format_date

from ..tools import placeholders, sms_text

#: More days than these aren't listed in a sentence.
MOST_DAYS = 3
#: Who words a message, by its kind.
TEXTS = {
    "invoice": "_texts_invoice",
    "thanks": "_texts_thanks",
    "confirmation": "_texts_confirmation",
}


class PomDelivery(models.Model):
    """Words, in the debtor's language."""

    _inherit = "pom.delivery"

    def _put_into_words(self):
        for lang, deliveries in self.grouped("lang").items():
            for delivery in deliveries.with_context(lang=lang):
                delivery.write(delivery._words())

    def _words(self):
        """Subject, texts and what the law wants said, with everything filled in."""
        values = self._placeholder_values()
        texts = self._texts()
        words = {name: placeholders.fill(text, values) for name, text in texts.items()}
        words["short_text"] = sms_text.simplified(words["short_text"])
        return {**words, "legal": self._legal_text()}

    def _texts(self):
        """Subject and texts, with placeholders. Hook: for an addon's own kinds.

        :rtype: dict[str, str]
        """
        return getattr(self, TEXTS[self.kind])()

    def _legal_text(self):
        """What the law wants said in this message, line by line. Hook."""
        return ""

    def _texts_invoice(self):
        return {
            "subject": self.env._("Invoice {invoice} of {company}"),
            "text": self.env._(
                "Dear {name},\n\nHere is invoice {invoice}: {amount}, to be paid by "
                "{due}."
            ),
            "short_text": self.env._(
                "{company}: invoice {invoice}, {amount}, due on {due}. Pay here: {url}"
            ),
        }

    def _texts_thanks(self):
        return {
            "subject": self.env._("Thank you for your payment of {invoice}"),
            "text": self.env._(
                "Dear {name},\n\nWe received your payment of {invoice}. Thank you!"
            ),
            "short_text": self.env._(
                "{company}: we received your payment of {invoice}. Thank you!"
            ),
        }

    def _texts_confirmation(self):
        return {
            "subject": self.env._("About {invoice}"),
            "text": "",
            "short_text": "",
        }

    def _placeholder_values(self):
        days = sorted({day for _move, day, _amount in self._rows() if day})
        return {
            "name": self.partner_id.name or "",
            "company": self.company_id.name,
            "invoice": ", ".join(self._moves_by_due().mapped("name")),
            "amount": self._amount_in_words(),
            "due": self._days_in_words(days),
            "days": self._lateness_in_words(days),
            "fee": self._money(self.fee),
            "deadline": self._day(self.deadline),
            "url": self.url,
        }

    def _amount_in_words(self):
        later = self._later()
        if not later:
            return self._money(self.total)
        day, amount = later[0]
        return self.env._(
            "%(less)s until %(day)s, then %(all)s",
            less=self._money(self.total),
            day=self._day(day),
            all=self._money(amount),
        )

    def _days_in_words(self, days):
        """One text for all days: a message asks for several invoices, or parts."""
        if len(days) > MOST_DAYS:
            return self.env._("%s and later", self._day(days[0]))
        return format_list(
            self.env, [self._day(day) for day in days], lang_code=self.lang
        )

    def _lateness_in_words(self, days):
        """How many days the oldest is away."""
        if not days:
            return ""
        number = str(abs((self.company_id._pom_today() - days[0]).days))
        return self.env._("up to %s", number) if len(days) > 1 else number

    def _moves_by_due(self):
        """The oldest due first."""
        rows = sorted(self._rows(), key=lambda row: row[1] or date.min)
        return self.env["account.move"].union(*(row[0] for row in rows), self.move_ids)

    def _money(self, amount):
        return format_amount(self.env, amount, self.currency_id, lang_code=self.lang)

    def _day(self, day):
        return format_date(self.env, day, lang_code=self.lang) if day else ""
