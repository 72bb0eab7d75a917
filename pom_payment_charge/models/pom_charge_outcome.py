import logging

from odoo import api, models

from odoo.addons.pom_message.tools import working_days
from odoo.addons.pom_payment.utils import BUSY, in_words_of

from ..tools import charge_rules
from ..tools.charge_days import RETRIES, retry_day

_logger = logging.getLogger(__name__)


class PomCharge(models.Model):
    """How a charge ended, and what follows from that. The money itself is booked by
    whoever hears of it first, as any other.
    """

    _inherit = "pom.charge"

    @api.model
    def _to_conclude(self):
        """Those that ended, ended otherwise than was known, or were taken back."""
        return [
            "|",
            "|",
            "&",
            ("state", "=", "charging"),
            ("transaction_ids.state", "in", ("done", "error", "cancel")),
            "&",
            ("state", "in", ("failed", "asked", "skipped")),
            ("transaction_ids.state", "=", "done"),
            "&",
            ("state", "=", "done"),
            (
                "transaction_ids.child_transaction_ids",
                "any",
                [
                    ("pom_chargeback", "=", True),
                    ("state", "=", "done"),
                    ("pom_undone_id", "=", False),
                ],
            ),
        ]

    def _conclude_one(self):
        try:
            if self.try_lock_for_update(allow_referencing=True):
                self.env.invalidate_all()
                self._conclude()
            self.env.cr.commit()  # pylint: disable=invalid-commit
        except BUSY:
            self._start_over()
        except Exception:
            _logger.exception("Charge %s isn't concluded", self.id)
            self._start_over()

    def _conclude(self):
        """Take over how its payment stands."""
        attempt = self.transaction_id
        if self.state == "done":
            self._note_taken_back(attempt)
        elif attempt.state == "done":
            self._end("done", False)
        elif self.state == "charging" and attempt.state == "error":
            self._note_failed(attempt.pom_failure, attempt.pom_failure_code)
        elif self.state == "charging" and attempt.state == "cancel":
            self._note_not_made(attempt)

    def _note_failed(self, kind, code, state="failed"):
        """
        :param str kind: one of ``psp.values.FAILURES``, '' when it isn't known
        """
        step = charge_rules.after_failure(kind or "", self.tries, len(RETRIES) + 1)
        if step == charge_rules.REQUEST and state == "failed":
            state = "asked"
        self._end(state, code or kind or "unknown")
        self.flush_recordset()
        again = self._try_again() if step == charge_rules.RETRY else self.browse()
        if step == charge_rules.END:
            self.consent_id._stop("failed", "failed")
        elif state == "returned" and step != charge_rules.RETRY:
            # Whoever has the bank take it back isn't charged on as if nothing was.
            self.consent_id.action_pause()
            told = self._in_owners_words().env
            self._tell_creditor(told._("A charge was taken back: decide on it"))
        elif step == charge_rules.PERSON:
            told = self._in_owners_words().env
            self._tell_creditor(told._("A charge failed: nobody knows why"))
        self._tell_failed(again)

    def _try_again(self):
        """
        :return: the next try, which is announced together with the failure
        """
        company = self.company_id
        today = company._pom_today()
        day = retry_day(self.first_on, self.tries, today, company._pom_place())
        if not day or self.consent_id.state != "active":
            return self.browse()
        return self._copied(day, tries=self.tries + 1)

    def _copied(self, day, **values):
        return self.create(
            {
                "consent_id": self.consent_id.id,
                "move_id": self.move_id.id,
                "part_day": self.part_day,
                "amount": self.amount,
                "lowered_from": self.lowered_from,
                "day": day,
                "announce_on": self.company_id._pom_today(),
                "announced_on": self.company_id._pom_today(),
                "state": "announced",
                "first_on": self.first_on,
                "tries": self.tries,
                **values,
            }
        )

    def _note_not_made(self, attempt):
        """The provider never heard of it: as if it hadn't been tried."""
        self._end("skipped", "given_up" if attempt.pom_given_up else "not_made")
        self.flush_recordset()
        if attempt.pom_given_up or self.consent_id.state != "active":
            return
        company = self.company_id
        today, place = company._pom_today(), company._pom_place()
        self._copied(working_days.nth_working_day_after(today, 1, place))

    def _note_taken_back(self, attempt):
        """Weeks later: the part is open again."""
        taken = attempt.child_transaction_ids.filtered(
            lambda child: child.pom_chargeback
            and child.state == "done"
            and not child.pom_undone_id
        )
        if taken:
            self._note_failed(
                taken[-1].pom_failure, taken[-1].pom_failure_code, state="returned"
            )

    def _in_owners_words(self):
        return in_words_of(self, self.company_id, self.move_id._pom_owner())

    def _tell_creditor(self, summary):
        """
        :param str summary: in the language of :meth:`_in_owners_words`
        """
        told = self._in_owners_words()
        self.move_id._pom_alert(summary, told.consent_id.display_name)
