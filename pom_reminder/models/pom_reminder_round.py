import logging
import time
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.models import ir_cron
from odoo.addons.pom_payment.utils import BUSY

_logger = logging.getLogger(__name__)

#: So many servers can plan for one company beside each other.
PARTS = 4
#: A part that somebody has been at for so long is free: that server was killed.
CLAIM = timedelta(minutes=15)
#: Customers' invoices that are planned in one transaction.
BATCH = 1000
#: The part of a round to go on with: nobody is at it.
TAKE = """
    UPDATE pom_reminder_round SET taken_until = %(until)s
     WHERE id = (SELECT id FROM pom_reminder_round
                  WHERE company_id = ANY(%(companies)s)
                    AND is_due AND (taken_until IS NULL OR taken_until < %(now)s)
                  ORDER BY id LIMIT 1
                    FOR UPDATE SKIP LOCKED)
    RETURNING id"""


class PomReminderRound(models.Model):
    """How far planning is. All customers of a company come in their turn, in parts that
    several servers take; a run that ends before all were planned is gone on with where
    it was, so that the last ones come too, however many there are.
    """

    _name = "pom.reminder.round"
    _description = "Round of Planning Reminders"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    part = fields.Integer(readonly=True, help="Of the customers: the rest of their id.")
    place = fields.Integer(readonly=True, help="Id of the last customer planned.")
    is_due = fields.Boolean(readonly=True, help="There are some left in this round.")
    taken_until = fields.Datetime(readonly=True)

    _one_each = models.Constraint(
        "UNIQUE(company_id, part)", "This part has its place already."
    )

    @api.model
    def _cron_plan(self, helps=False):
        """Plan for some seconds; what isn't done then is gone on with when others had
        their turn.

        :param bool helps: of two, the one that only goes on with what the other began
        """
        companies = self.env["pom.reminder"]._reminding_companies()
        if not helps:
            self._begin(companies)
        deadline = time.monotonic() + ir_cron.TURN_SECONDS
        while one := self._take(companies):
            is_over = one._go_on(deadline)
            one.taken_until = False
            self.env["ir.cron"]._commit_progress()
            if not is_over:
                self.env.ref("pom_reminder.cron_plan_reminders")._trigger()
                self._ask_for_help()
                return

    @api.model
    def _begin(self, companies):
        """A new round for each company whose last one is over."""
        known = self.search([("company_id", "in", companies.ids)])
        for company in companies:
            own = known.filtered(lambda one, of=company: one.company_id == of)
            if any(one.is_due for one in own):
                continue
            missing = set(range(PARTS)) - set(own.mapped("part"))
            own += self.create(
                [{"company_id": company.id, "part": part} for part in sorted(missing)]
            )
            own.write({"is_due": True, "place": 0, "taken_until": False})
            reminders = self.env["pom.reminder"].with_company(company)
            reminders._plan_beside(company)
            last, _moves = reminders._candidates(company, 0, BATCH)
            if last is not None:
                self._ask_for_help()
            self.env["ir.cron"]._commit_progress()

    @api.model
    def _ask_for_help(self):
        """Another server may take a part, if it has nothing else to do."""
        self.env.ref("pom_reminder.cron_plan_reminders_2")._trigger()

    @api.model
    def _take(self, companies):
        """The next part that nobody is at, ours for some minutes; none when there is
        no more to do.
        """
        now = fields.Datetime.now()
        self.flush_model()
        try:
            rows = self.env.execute_query(
                SQL(TAKE, until=now + CLAIM, now=now, companies=companies.ids)
            )
        except psycopg2.errors.SerializationFailure:
            # Another server took it since this transaction began.
            self.env.cr.rollback()
            return self._take(companies)
        self.env["ir.cron"]._commit_progress()
        self.invalidate_model()
        return self.browse(row[0] for row in rows)

    def _go_on(self, deadline):
        """
        :return: whether this part is through
        """
        company, cron = self.company_id, self.env["ir.cron"]
        reminders = self.env["pom.reminder"].with_company(company)
        if company.pom_reminders_stopped:
            self.is_due = False
        while self.is_due:
            last, moves = reminders._candidates(
                company, self.place, BATCH, part=(self.part, PARTS)
            )
            self._plan_by_halves(reminders, moves)
            self.write({"place": last or 0, "is_due": bool(last)})
            left = cron._commit_progress(len(moves))
            self.env.invalidate_all()
            if time.monotonic() > deadline or left <= 0:
                break
        return not self.is_due

    def _plan_by_halves(self, reminders, moves):
        """An invoice that makes the program fail is found and left alone: it would keep
        all that come after it from being planned, for ever.
        """
        try:
            with self.env.cr.savepoint():
                reminders._plan_batch(moves)
        except BUSY:
            raise
        except Exception:
            self.env.invalidate_all(flush=False)
            if len(moves) > 1:
                middle = len(moves) // 2
                self._plan_by_halves(reminders, moves[:middle])
                self._plan_by_halves(reminders, moves[middle:])
                return
            _logger.exception("Reminders of invoice %s can't be planned", moves.id)
