from odoo import models
from odoo.tools.misc import format_amount, format_date

from ..tools import placeholders, sms_text


class PomDelivery(models.Model):
    """Words: those of the level or of its variant, in the debtor's language."""

    _inherit = "pom.delivery"

    def _put_into_words(self):
        for lang, deliveries in self.grouped("lang").items():
            for delivery in deliveries.with_context(lang=lang):
                delivery.write(delivery._words())

    def _words(self):
        """Subject, texts and what the law wants said, with everything filled in."""
        values = self._placeholder_values()
        texts = getattr(self, f"_texts_{self.kind}")()
        words = {name: placeholders.fill(text, values) for name, text in texts.items()}
        words["short_text"] = sms_text.simplified(words["short_text"])
        return {**words, "legal": self._legal_text()}

    def _texts_reminder(self):
        level, variant = self.level_id, self.variant_id
        return {
            name: variant[name] or level[name]
            for name in ("subject", "text", "short_text")
        }

    def _texts_asked(self):
        return {
            "subject": self.env._("Your reminder: {invoice} of {company}"),
            "text": self.env._(
                "Dear {name},\n\nYou asked us to remind you today of {invoice}: "
                "{amount}, due on {due}."
            ),
            "short_text": self.env._(
                "{company}: the reminder that you asked for, {invoice}, {amount}: {url}"
            ),
        }

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

    def _texts_handover(self):
        return {
            "subject": self.env._("Hand-over for collection: {invoice}"),
            "text": "",
            "short_text": "",
        }

    def _placeholder_values(self):
        moves = self.move_ids.sorted("invoice_date_due")
        due = moves[:1].invoice_date_due
        today = self.company_id._pom_now().date()
        return {
            "name": self.partner_id.name or "",
            "company": self.company_id.name,
            "invoice": ", ".join(moves.mapped("name")),
            "amount": self._money(self.total),
            "due": self._day(due),
            "days": str(abs((today - due).days)) if due else "",
            "fee": self._money(self.fee),
            "deadline": self._day(self.deadline),
            "url": self.url,
        }

    def _money(self, amount):
        return format_amount(self.env, amount, self.currency_id, lang_code=self.lang)

    def _day(self, day):
        return format_date(self.env, day, lang_code=self.lang) if day else ""

    # -- what the law wants said -------------------------------------------------------

    def _legal_text(self):
        """Content without which a first reminder isn't one, '' for all others.

        Book XIX, article XIX.2, § 3: added by us rather than by whoever words the
        reminder, so that it can't be forgotten.
        """
        if not self.first_move_ids or not self.policy_id:
            return ""
        rule = self.policy_id._rule()
        lines = [getattr(self, f"_state_{name}")(rule) for name in rule.must_state]
        return "\n".join(line for line in lines if line)

    def _state_balance(self, rule):
        debts = (
            f"{move.name}: {self._money(move._pom_to_ask())}"
            for move in self.first_move_ids
        )
        return self.env._("Balance due: %s", "; ".join(debts))

    def _state_penalty(self, rule):
        costs = self.currency_id == self.company_id.currency_id and [
            self._threat_of_penalty(rule),
            self._threat_of_interest(),
            self._threat_of_fee(rule),
        ]
        known = [cost for cost in costs or () if cost]
        if not known:
            return self.env._("No compensation or interest is asked if you pay late.")
        return self.env._(
            "If you have not paid by then, we may ask: %s.", "; ".join(known)
        )

    def _threat_of_penalty(self, rule):
        if not any(self.policy_id.level_ids.mapped("with_penalty")):
            return ""
        balances = (
            move._pom_residual() - move._pom_disputed() for move in self.first_move_ids
        )
        amount = self._money(float(sum(map(rule.penalty, balances))))
        return self.env._("a compensation of %s", amount)

    def _threat_of_interest(self):
        rate = self.policy_id.interest_rate
        if not rate or not any(self.policy_id.level_ids.mapped("with_interest")):
            return ""
        return self.env._("interest of %s %% a year", f"{rate:g}")

    def _threat_of_fee(self, rule):
        fee = max(self.policy_id.level_ids.mapped("fee"), default=0)
        if not fee:
            return ""
        return self.env._("%s and the postage for a further reminder", self._money(fee))

    def _state_creditor(self, rule):
        return self.env._("Creditor: %s", self.company_id.name)

    def _state_enterprise(self, rule):
        company = self.company_id
        return self.env._("Enterprise number: %s", company._pom_enterprise_number())

    def _state_product(self, rule):
        return self.env._(
            "For: %s",
            "; ".join(move._pom_description() for move in self.first_move_ids),
        )

    def _state_deadline(self, rule):
        return self.env._(
            "You can pay without any cost until %(day)s (%(days)s calendar days, which "
            "begin on the day after this message, or on the third working day after it "
            "when it was sent by post).",
            day=self._day(self.deadline),
            days=rule.grace_days,
        )
