from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse, get_lang

from odoo.addons.pom_payment.psp.values import AUTHENTICATE

from .pom_charge import WAITING

#: Of what was planned, and isn't made any more.
NEVER = ("skipped", "stopped")


class PomCharge(models.Model):
    """What is told of a charge."""

    _inherit = "pom.charge"

    shown_reason = fields.Char(string="Reason", compute="_compute_shown_reason")

    @api.depends("reason")
    @api.depends_context("lang")
    def _compute_shown_reason(self):
        for charge in self:
            charge.shown_reason = charge.consent_id._reason_in_words(charge.reason)

    def _day_in_words(self, day):
        return self.consent_id._day(day)

    def _amount_in_words(self):
        return self._money_in_words(self.amount)

    def _money_in_words(self, amount):
        return self.consent_id._money(amount, self.currency_id)

    def _summary(self):
        """What an accountant wants to know at a glance."""
        shown = self.filtered(lambda charge: charge.state not in NEVER)
        if not shown:
            return ""
        one = shown.sorted("id")[-1]
        parts = {charge.part_day: charge for charge in shown.sorted("id")}
        amounts = [charge.amount for charge in parts.values()]
        money = one.consent_id._money(max(amounts), one.currency_id)
        words = [f"{len(parts)} × {money}"]
        states = [charge.state for charge in parts.values()]
        if done := states.count("done"):
            words.append(self.env._("%s paid", done))
        if ended := sum(states.count(name) for name in ("failed", "asked", "returned")):
            words.append(self.env._("%s failed", ended))
        coming = shown.filtered(lambda charge: charge.state in WAITING).sorted("day")
        if coming:
            words.append(self.env._("next %s", self._short_day(coming[0].day)))
        return ", ".join([*words, one.consent_id._means_in_words()])

    def _short_day(self, day):
        """Without the year, as the language writes it: a German day has a dot."""
        locale = babel_locale_parse(get_lang(self.env).code)
        return format_skeleton("MMMMd", day, locale=locale)

    # -- telling the debtor ------------------------------------------------------------

    def _in_debtors_language(self):
        return self.with_env(self.consent_id._in_debtors_language().env)

    def _tell_announced(self):
        """
        :return: whether anything reaches the debtor
        """
        charge = self._in_debtors_language()
        text = charge.env._(
            "On %(day)s we charge %(amount)s for %(invoice)s to your %(means)s. You "
            "don't have to do anything.\n\nOn the page you can pay it yourself, choose "
            "another day, or stop it.",
            day=charge._day_in_words(charge.day),
            amount=charge._amount_in_words(),
            invoice=charge.move_id.name,
            means=charge.consent_id._means_in_words(),
        )
        return bool(charge.consent_id._tell(text, charge.move_id))

    def _tell_skipped(self):
        charge = self._in_debtors_language()
        text = charge.env._(
            "We don't charge %(amount)s for %(invoice)s automatically. What is due "
            "stands on the page.",
            amount=charge._amount_in_words(),
            invoice=charge.move_id.name,
        )
        charge.consent_id._tell(text, charge.move_id)

    def _tell_failed(self, again=None):
        """
        :param again: the next try, if there is one
        """
        charge = self._in_debtors_language()
        if again:
            text, kind = charge._words_again(again), "charge"
        else:
            text, kind = charge._words_asked(), "charge_failed"
        delivery = charge.consent_id._tell(text, charge.move_id, kind)
        if not delivery:
            told = self._in_owners_words().env
            self._tell_creditor(
                told._("A charge failed, and nothing reaches the payer")
            )

    def _words_again(self, again):
        return self.env._(
            "We couldn't charge %(amount)s for %(invoice)s to your %(means)s. We try "
            "it once more on %(day)s. On the page you can pay it yourself, choose "
            "another day, or stop it.",
            amount=self._amount_in_words(),
            invoice=self.move_id.name,
            means=self.consent_id._means_in_words(),
            day=self._day_in_words(again.day),
        )

    def _words_asked(self):
        """What the payer has to do, and nothing of what a bank said in confidence."""
        values = {
            "amount": self._amount_in_words(),
            "invoice": self.move_id.name,
            "means": self.consent_id._means_in_words(),
        }
        kind = self.transaction_id.pom_failure
        if self.state == "returned":
            return self.env._(
                "Your bank took back %(amount)s that we had charged for %(invoice)s to "
                "your %(means)s. It is open again: please pay it on the page, or tell "
                "us there what is wrong.",
                **values,
            )
        if kind == AUTHENTICATE:
            return self.env._(
                "Your bank wants you to confirm the payment of %(amount)s for "
                "%(invoice)s yourself. Please pay it on the page.",
                **values,
            )
        if self.reason == "expires":
            return self.env._(
                "Your %(means)s expires before %(amount)s for %(invoice)s is charged. "
                "Please pay it on the page; there you can agree anew, with another "
                "card.",
                **values,
            )
        if self.reason in ("per_charge", "per_month", "until"):
            return self.env._(
                "%(amount)s for %(invoice)s is more than you agreed to have charged "
                "automatically. Please pay it on the page.",
                **values,
            )
        return self.env._(
            "We couldn't charge %(amount)s for %(invoice)s to your %(means)s. Please "
            "pay it on the page, in another way if need be.",
            **values,
        )
