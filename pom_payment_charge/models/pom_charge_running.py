import logging
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_message.tools import working_days
from odoo.addons.pom_payment.debt.amounts import Bounds
from odoo.addons.pom_payment.models.pom_paylink_debt import Choice
from odoo.addons.pom_payment.utils import BUSY

from ..tools import charge_rules
from ..tools.charge_rules import Around, Planned, decide

_logger = logging.getLogger(__name__)

BATCH = 100
#: Nobody goes on with a charge on a page: the sweep finds out what became of one whose
#: answer got lost, and until then nobody pays beside it.
LOST_TIME = timedelta(days=1)
#: A charge that waits longer than this after its day is announced anew.
TOO_LATE = timedelta(days=14)


class PomCharge(models.Model):
    """The run: what is due is charged on working days, in the company's hours, one
    after another.
    """

    _inherit = "pom.charge"

    @api.model
    def _cron_charge(self):
        """Charge what is due now; then see how those ended that were begun before."""
        cron = self.env["ir.cron"]
        for company in self._open_companies():
            due = self.search(self._to_charge(company), order="day, id", limit=BATCH)
            if cron._pom_take_turn(due, lambda one: one._charge_one()):
                self.env.ref("pom_payment_charge.cron_charge")._trigger()
        begun = self.search(self._to_conclude(), order="write_date, id", limit=BATCH)
        cron._pom_take_turn(begun, lambda one: one._conclude_one())

    @api.model
    def _open_companies(self):
        companies = self.env["res.company"].search_fetch([], ["partner_id"])
        return companies.filtered(self._is_open)

    @api.model
    def _is_open(self, company):
        """Whether charges are made now."""
        now = company._pom_now()
        hour = now.hour + now.minute / 60
        is_open = company.pom_charge_from <= hour < company.pom_charge_to
        return is_open and working_days.is_working_day(now.date(), company._pom_place())

    @api.model
    def _to_charge(self, company):
        return [
            ("company_id", "=", company.id),
            ("state", "=", "announced"),
            ("day", "<=", company._pom_today()),
            ("consent_id.state", "=", "active"),
        ]

    # -- one ---------------------------------------------------------------------------

    def _charge_one(self):
        """Charge this one, in transactions of its own; a bad one stops nobody."""
        try:
            # Asked before anything is locked.
            mandate = self.consent_id._learn()
            if not mandate:
                return
            attempt = self._begin_attempt(mandate)
            # Whatever happens from here on, there is a record to follow.
            self.env.cr.commit()  # pylint: disable=invalid-commit
            if attempt:
                attempt.with_context(pom_committed=True)._charge_with_token()
                self.env.cr.commit()  # pylint: disable=invalid-commit
                self._conclude_one()
        except BUSY:
            # Somebody else is at it, or is paying: the next run sees what came of it.
            self._start_over()
        except Exception:
            _logger.exception("Charge %s", self.id)
            self._start_over()

    def _start_over(self):
        self.env.cr.rollback()
        self.env.invalidate_all()

    def _begin_attempt(self, mandate):
        """Look once more under lock, and note what is going to be asked.

        :param str mandate: how the provider says it stands
        :rtype: payment.transaction
        :raises LockError: when somebody else is at it
        """
        nothing = self.env["payment.transaction"]
        mine = self.try_lock_for_update(allow_referencing=True)
        if not mine:
            return nothing
        self.move_id._pom_lock_debts()
        # The same consent's limit counts what another server charges to it.
        self.consent_id.lock_for_update(allow_referencing=True)
        self.env.invalidate_all()
        if self.state != "announced" or self.consent_id.state != "active":
            return nothing
        decision = self._decide(mandate)
        if decision.action == charge_rules.CHARGE:
            return self._make_attempt(decision.amount)
        self._take(decision)
        return nothing

    def _decide(self, mandate):
        """
        :rtype: charge_rules.Decision
        """
        company, consent = self.company_id, self.consent_id
        planned = Planned(self.part_day, company._pom_charge_money(self.amount))
        around = Around(
            limits=consent._limits(),
            in_month=self._charged_in_month(),
            bank_day=self.move_id._pom_bank_days()[self.move_id.id],
            bank_days=company._pom_charge_bank(),
            mandate=mandate,
        )
        return decide(self._asking(), planned, around)

    def _charged_in_month(self):
        """What was, or may have been, charged to this consent in this month.

        :rtype: Decimal
        """
        today = self.company_id._pom_today()
        self.flush_model(["consent_id", "state", "amount", "charged_on"])
        [(amount,)] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(sum(amount), 0) FROM pom_charge
                 WHERE consent_id = %s AND charged_on >= %s
                   AND state IN ('charging', 'done')
                """,
                self.consent_id.id,
                today.replace(day=1),
            )
        )
        return Decimal(amount)

    def _make_attempt(self, amount):
        move, token = self.move_id, self.consent_id.token_id
        choice = Choice(move, move.currency_id, amount, Bounds(amount, amount, amount))
        attempt = move.pom_paylink_id.sudo()._create_attempt(
            token.provider_id, token.payment_method_id, "offline", choice
        )
        attempt.write(
            {
                "token_id": token.id,
                "pom_charge_id": self.id,
                "pom_expires_at": fields.Datetime.now() + LOST_TIME,
            }
        )
        today = self.company_id._pom_today()
        self.write(
            {
                "state": "charging",
                "amount": float(amount),
                "charged_on": today,
                "first_on": self.first_on or today,
                "reason": False,
            }
        )
        self.env.flush_all()
        return attempt

    def _take(self, decision):
        """What follows from not charging it now."""
        if decision.action == charge_rules.WAIT:
            self._wait(decision.reason)
        elif decision.action == charge_rules.DROP:
            self._end("skipped", decision.reason)
        else:
            self._refuse(decision.reason)

    def _wait(self, reason):
        place, today = self.company_id._pom_place(), self.company_id._pom_today()
        day = working_days.nth_working_day_after(today, 1, place)
        values = {"day": day, "reason": reason}
        told_for = self.announced_on + timedelta(self._notice())
        if day > max(told_for, self.part_day) + TOO_LATE:
            # Nobody expects any more what was announced so long ago.
            earliest = self._earliest()
            values |= {"day": earliest, **self._unannounced(earliest)}
        self.write(values)

    def _refuse(self, reason):
        """What the consent doesn't cover, or what can't be charged any more."""
        if reason == "mandate":
            self._end("failed", reason)
            self.consent_id._stop("mandate", "failed")
        else:
            self._end("asked", reason)
        self._tell_failed()

    # -- announcing --------------------------------------------------------------------

    @api.model
    def _cron_announce(self):
        """Tell who is going to be charged."""
        cron = self.env["ir.cron"]
        for company in self._open_companies():
            planned = [
                ("company_id", "=", company.id),
                ("state", "=", "planned"),
                ("announce_on", "<=", company._pom_today()),
                ("consent_id.state", "=", "active"),
            ]
            due = self.search(planned, order="day, id", limit=BATCH)
            if cron._pom_take_turn(due, lambda one: one._announce_one()):
                self.env.ref("pom_payment_charge.cron_announce")._trigger()

    def _announce_one(self):
        try:
            mandate = self.consent_id._learn()
            if self._locked():
                self._announce(mandate)
            self.env.cr.commit()  # pylint: disable=invalid-commit
        except BUSY:
            self._start_over()
        except Exception:
            _logger.exception("Charge %s isn't announced", self.id)
            self._start_over()

    def _announce(self, mandate):
        """
        :param str mandate: how the provider says it stands, '' when it doesn't
        """
        asking = self._asking()
        left = asking.part(self.part_day)
        if left <= 0:
            self._end("skipped", asking.silence(self.part_day) or "paid")
            return
        company = self.company_id
        day = max(self.day, self._earliest())
        expires = self.consent_id.expires
        if mandate == "invalid" or (expires and expires < day):
            self._end("asked" if mandate != "invalid" else "failed", "expires")
            self.consent_id._stop("expires" if expires else "mandate", "failed")
            self._tell_failed()
            return
        self.write(
            {
                "state": "announced",
                "announced_on": company._pom_today(),
                "day": day,
                "amount": float(min(left, company._pom_charge_money(self.amount))),
            }
        )
        if not self._tell_announced():
            self._end("stopped", "no_address")
            told = self._in_owners_words().env
            self._tell_creditor(told._("Can't be charged: nothing reaches the payer"))
