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
        in_short = {**values, "invoice": self._documents_in_short()}
        texts = self._texts()
        words = {
            "subject": placeholders.fill(texts["subject"], in_short),
            "text": placeholders.fill(texts["text"], values),
            "short_text": self._short_text(texts["short_text"], in_short),
        }
        return {**words, "legal": self._legal_text()}

    def _short_text(self, text, values):
        """What goes by phone: with an address that one can type over; and in an SMS
        no letter of a name makes it cost three.
        """
        values = {**values, "url": self.short_url or self.url}
        if self.channel != "sms":
            return sms_text.simplified(placeholders.fill(text, values))
        return sms_text.fitted(text, values)

    def _documents_in_short(self):
        """What is asked, where there is room for a line: one by its number, several by
        how many they are.
        """
        moves = self._moves_by_due()
        if len(moves) == 1:
            return self.env._("invoice %s", moves.name)
        return self.env._("%s invoices", len(moves))

    def _documents_in_full(self):
        """The same in a sentence."""
        moves = self._moves_by_due()
        if len(moves) == 1:
            return self.env._("your invoice %s", moves.name)
        return self.env._("your %s invoices", len(moves))

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
            "subject": self.env._("{company}: {invoice}"),
            "text": self.env._(
                "Dear {name},\n\nHere is {invoice}: {amount}, to be paid by {due}."
            ),
            "short_text": self.env._(
                "{company}: {invoice}, {amount}, to be paid by {due}. Pay here: {url}"
            ),
        }

    def _texts_thanks(self):
        return {
            "subject": self.env._("Thank you for paying {invoice}"),
            "text": self.env._(
                "Dear {name},\n\nWe have received your payment for {invoice}. Thank "
                "you!"
            ),
            "short_text": self.env._(
                "{company}: we have received your payment for {invoice}. Thank you!"
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
            "name": self.partner_id.pom_addressee,
            "company": self.company_id.name,
            "invoice": self._documents_in_full(),
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
