from odoo import api, models


class PomPaymentPlan(models.Model):
    """What the debtor is told, in the debtor's language: each day and amount."""

    _inherit = "pom.payment.plan"

    def _in_debtors_language(self):
        lang = self.partner_id.lang or self.company_id.partner_id.lang
        return self.with_context(lang=lang)

    def _tell(self, text):
        """By whatever reaches the debtor."""
        company = self.company_id
        moves = self.move_ids.filtered(lambda move: move.state == "posted")
        channel = self.partner_id.with_company(company)._pom_reply_channel()
        if not channel or not moves:
            return self.env["pom.delivery"]
        deliveries = self.env["pom.delivery"].with_company(company)
        return deliveries._confirm(moves, text, channel, kind="plan")

    def _tell_agreed(self):
        plan = self._in_debtors_language()
        plan._tell(plan._words_agreed())

    def _tell_offered(self):
        plan = self._in_debtors_language()
        plan._tell(plan._words_offered())

    def _tell_stopped(self):
        plan = self._in_debtors_language()
        plan._tell(plan._words_stopped())

    def _tell_broken(self):
        plan = self._in_debtors_language()
        plan._tell(plan._words_broken())

    # -- words -------------------------------------------------------------------------

    def _names(self):
        return ", ".join(self.move_ids.mapped("name"))

    def _listed(self):
        """A part a line."""
        return "\n".join(
            self.env._(
                "%(day)s: %(amount)s",
                day=line._day_in_words(),
                amount=self._money(line.amount),
            )
            for line in self.line_ids
        )

    def _words_agreed(self):
        if len(self.line_ids) == 1:
            return self.env._(
                "We noted that you pay %(names)s on the agreed day:\n\n%(parts)s\n\n"
                "You can always pay earlier.",
                names=self._names(),
                parts=self._listed(),
            )
        return self.env._(
            "We agree to your payment plan for %(names)s:\n\n%(parts)s\n\nYou can "
            "always pay earlier, or more: then the last parts get smaller.",
            names=self._names(),
            parts=self._listed(),
        )

    def _words_offered(self):
        return self.env._(
            "We propose that you pay %(names)s in these parts:\n\n%(parts)s\n\nDo you "
            "agree? Tell us on the page.",
            names=self._names(),
            parts=self._listed(),
        )

    def _words_debtor_agreed(self):
        return self.env._(
            "The debtor agreed to this on the payment page:\n\n%s", self._listed()
        )

    @api.model
    def _words_refused(self, names):
        return self.env._(
            "We cannot agree to the payment plan that you asked for %s. Please propose "
            "another one on the page, or answer this message.",
            names,
        )

    def _words_stopped(self):
        return self.env._(
            "The payment plan for %s has ended. What is due now stands on the page.",
            self._names(),
        )

    def _words_broken(self):
        return self.env._(
            "The payment plan for %(names)s has ended, since a part was not paid. The "
            "whole amount is due again: %(left)s. Is something wrong? Tell us on the "
            "page, or answer this message.",
            names=self._names(),
            left=self._money(self._left()),
        )
