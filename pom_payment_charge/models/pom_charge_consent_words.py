from odoo import api, fields, models
from odoo.tools.misc import format_amount, format_date

from ..tools.charge_days import CARD
from ..tools.charge_reasons import REASONS


class PomChargeConsent(models.Model):
    """What is agreed to, and what is told of it, in the language of who agrees."""

    _inherit = "pom.charge.consent"

    shown_reason = fields.Char(string="Reason", compute="_compute_shown_reason")

    @api.depends("reason")
    @api.depends_context("lang")
    def _compute_shown_reason(self):
        for consent in self:
            consent.shown_reason = consent._reason_in_words(consent.reason)

    @api.model
    def _reason_in_words(self, code):
        sentence = REASONS.get(code)
        if not sentence:
            return code
        return self.env._(sentence)  # pylint: disable=translation-required

    def _note_why(self):
        """Beside the state, which is noted anyhow."""
        for consent in self:
            own = consent._in_creditors_language()
            consent._message_log(body=own._reason_in_words(consent.reason))

    # -- before agreeing ---------------------------------------------------------------

    @api.model
    def _wording_due(self, company, move, parts):
        """
        :param parts: (day, amount) of each charge
        """
        rows = "\n".join(
            f"{self._day(day)}: {self._money(amount, move.currency_id)}"
            for day, amount in parts
        )
        sentence = self.env._(
            "I agree that %(company)s charges invoice %(invoice)s automatically, to "
            "the card or account that I choose next:\n%(parts)s\nIf less is due on "
            "that day, less is charged.",
            company=company.name,
            invoice=move.name,
            parts=rows,
        )
        return f"{sentence}\n\n{self._wording_of_all(company)}"

    @api.model
    def _wording_every(self, company, most, month, until, now):
        """
        :param now: amount that is paid at once with this, 0 for none
        """
        currency = company.currency_id
        sentences = [
            self.env._(
                "I agree that %(company)s charges each of my invoices automatically on "
                "its due day, to the card or account that I choose next: at most "
                "%(most)s at once, and at most %(month)s a month.",
                company=company.name,
                most=self._money(most, currency),
                month=self._money(month, currency),
            )
        ]
        if until:
            sentences.append(
                self.env._("Nothing is charged after %s.", self._day(until))
            )
        if now:
            sentences.append(
                self.env._(
                    "With this I pay %s now; the next invoices are charged "
                    "automatically.",
                    self._money(now, currency),
                )
            )
        return f"{' '.join(sentences)}\n\n{self._wording_of_all(company)}"

    @api.model
    def _wording_of_all(self, company):
        words = (
            self.env._(
                "Before each charge I am told its day and amount: %(card)s days before "
                "for a card, %(debit)s days before for an account, unless I see the "
                "day above. Until then I can pay myself, choose another day or stop, "
                "on the page of the invoice. I can stop this at any time.",
                card=company.pom_charge_card_days,
                debit=company.pom_charge_debit_days,
            ),
            self.env._(
                "If there isn't enough money, it may be tried once more on the third "
                "and on the seventh working day; I am told before."
            ),
            self.env._(
                "From an account this is a SEPA direct debit: I authorise %s and its "
                "payment service provider to send instructions to my bank to debit my "
                "account, and my bank to debit it as instructed. As part of my rights "
                "I am entitled to a refund from my bank under the terms of my "
                "agreement with it, to be claimed within eight weeks of the debit.",
                company.name,
            ),
        )
        return "\n\n".join(words)

    # -- after it ----------------------------------------------------------------------

    def _means_in_words(self):
        """The card or account, as the payer knows it."""
        if self.means == CARD:
            name = self.env._("card")
        else:
            name = self.env._("account")
        return f"{name} ••{self.hint}" if self.hint else name

    def _in_debtors_language(self):
        lang = self.lang or self.partner_id.lang
        return self.with_context(lang=lang)

    @api.model
    def _day(self, day):
        return format_date(self.env, day, date_format="long") if day else ""

    @api.model
    def _money(self, amount, currency):
        return format_amount(self.env, float(amount), currency)

    def _tell(self, text, moves=None, kind="charge"):
        """By whatever reaches the debtor.

        :return: the message; empty when nothing does
        """
        company = self.company_id
        channel = self.partner_id.with_company(company)._pom_reply_channel()
        if not channel:
            return self.env["pom.delivery"]
        deliveries = self.env["pom.delivery"].with_company(company)
        return deliveries._confirm(moves or self.move_id, text, channel, kind=kind)

    def _tell_agreed(self):
        consent = self._in_debtors_language()
        consent._document()
        coming = consent.charge_ids._waiting().sorted("day")
        lines = [
            consent.env._(
                "Thank you. From now on this is charged automatically to your %s. What "
                "you agreed to is attached; you can stop it at any time on the page.",
                consent._means_in_words(),
            )
        ]
        lines += [
            f"{consent._day(one.day)}: {one.move_id.name}, "
            f"{consent._money(one.amount, one.currency_id)}"
            for one in coming
        ]
        consent._tell("\n\n".join(lines), kind="charge_agreed")

    def _tell_stopped(self):
        consent = self._in_debtors_language()
        consent._tell(
            consent.env._(
                "Nothing is charged automatically to your %s any more. What is due "
                "stands on the page.",
                consent._means_in_words(),
            )
        )
