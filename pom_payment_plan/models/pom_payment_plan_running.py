import logging
from contextlib import nullcontext
from datetime import timedelta

import psycopg2

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.pom_payment.debt import agreed_plan
from odoo.addons.pom_payment.models.pom_payer_request_quiet import AFTER_ANSWER
from odoo.addons.pom_payment.utils import in_words_of

from ..tools import plan_steps
from ..tools.plan_steps import PlanStands, next_step

_logger = logging.getLogger(__name__)

#: Hours of the day in which debtors are written to.
CIVIL_HOURS = range(9, 20)
BATCH = 100


class PomPaymentPlan(models.Model):
    """Looks each day whether plans are kept. One friendly message when a part is late;
    days of grace; then all is due again.
    """

    _inherit = "pom.payment.plan"

    @api.model
    def _cron_look(self):
        """Look at the plans that run, one batch after another."""
        companies = self.env["res.company"].search_fetch([], ["partner_id"])
        open_ones = companies.filtered(
            lambda company: company._pom_now().hour in CIVIL_HOURS
            and not company._pom_asks_nobody()
        )
        waiting = self.search(self._to_look_at(open_ones), order="id").ids
        while waiting:
            batch, waiting = waiting[:BATCH], waiting[BATCH:]
            plans = self.browse(batch).exists().try_lock_for_update()
            plans._look()
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=len(waiting)
            ):
                return

    @api.model
    def _to_look_at(self, companies):
        unsettled = self.env["account.move"]._pom_unsettled()
        return Domain("company_id", "in", companies.ids) & (
            Domain("state", "=", "active")
            | Domain("state", "=", "done") & Domain("move_ids", "any", unsettled)
        )

    def _look(self):
        """Do what follows from how these plans stand now; one that fails stops no
        other.
        """
        askings = self.move_ids._pom_askings()
        for plan in self:
            mine = {move.id: askings[move.id] for move in plan._debts()}
            step = plan._next_step(mine)
            try:
                with self.env.cr.savepoint() if step else nullcontext():
                    plan._take(step, mine)
            except psycopg2.OperationalError:
                raise
            except Exception:
                _logger.exception("Payment plan %s: %s failed", plan.id, step)

    def _debts(self):
        """The debts for which this plan counts."""
        return self.move_ids.filtered(lambda move: move.pom_plan_id == self)

    def _next_step(self, askings):
        """A step of ``tools.plan_steps``; '' for none.

        :param askings: ``debt.asking.Asking`` of its debts, by id
        """
        today = self.company_id._pom_today()
        stands = PlanStands(
            is_paid=not any(one.standing.left > 0 for one in askings.values()),
            was_paid=self.state == "done",
            waits=any(one.waits() for one in askings.values()),
            is_behind=bool(self._late(askings, today)),
            is_late=bool(
                self._late(
                    askings, today - timedelta(self.company_id.pom_plan_late_days)
                )
            ),
            told_on=self.late_told_on or None,
        )
        return next_step(stands, today, timedelta(self.company_id.pom_plan_grace_days))

    def _late(self, askings, before):
        """What should have been paid before a day, and may be asked."""
        overdue = [one for one in askings.values() if one.standing.word == "overdue"]
        asked = [part for one in overdue for part in one.standing.to_ask]
        return agreed_plan.late(self._parts(), asked, before)

    def _take(self, step, askings):
        """Do what :meth:`_next_step` said."""
        today = self.company_id._pom_today()
        if step == plan_steps.DONE:
            self.state = "done"
        elif step == plan_steps.REOPEN:
            self.write({"state": "active", "late_told_on": False})
        elif step == plan_steps.WAIT:
            self.late_told_on = today
        elif step == plan_steps.TELL:
            self._note_late(askings, today)
        elif step == plan_steps.FORGET:
            self.late_told_on = False
        elif step == plan_steps.BREAK:
            self._break()

    def _note_late(self, askings, today):
        """Tell the debtor, once; a person where nothing reaches."""
        self.late_told_on = today
        overdue = self.move_ids.filtered(
            lambda move: move.id in askings and askings[move.id].up_to(today) > 0
        )
        channel = self.partner_id.with_company(self.company_id)._pom_reply_channel()
        is_unwanted = any(one.facts.opted_out for one in askings.values())
        if not channel or is_unwanted:
            told = self._in_owners_words().env
            self._tell_creditor(told._("A part is late: call the debtor"))
            return
        deliveries = self.env["pom.delivery"].with_company(self.company_id)
        asked = {
            "kind": "plan_late",
            "channel": channel,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "deadline": today + timedelta(self.company_id.pom_plan_grace_days),
            "moves": overdue,
            "parts": {move.id: askings[move.id].parts(today) for move in overdue},
        }
        deliveries._ask([asked])._send()

    def _break(self):
        """All is due again; debtor and owner are told."""
        moves = self._debts()
        self._end("broken")
        self.env.invalidate_all()
        # So that the next reminder and this don't cross.
        until = self.company_id._pom_today() + AFTER_ANSWER
        moves._pom_keep_quiet(until, facts={"plan": "broken"})
        self._tell_broken()
        told = self._in_owners_words().env
        self._tell_creditor(told._("Payment plan broken: all is due again"))

    def _in_owners_words(self):
        return in_words_of(self, self.company_id, self.move_ids[:1]._pom_owner())

    def _tell_creditor(self, summary):
        """
        :param str summary: in the language of :meth:`_in_owners_words`
        """
        told = self._in_owners_words()
        self.move_ids[:1]._pom_alert(summary, told.display_name)
