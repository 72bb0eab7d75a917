import logging
import time

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as CONCURRENT
from odoo.tools import SQL

from odoo.addons.pom_payment.utils import in_words_of

_logger = logging.getLogger(__name__)

#: Seconds after which a run gives way: workers are stopped after 120 by default.
SLOT = 60
#: Files that aren't through.
OPEN = [("state", "in", ("waiting", "running"))]
#: So many processes import beside each other.
CRONS = (
    "pom_reconcile.ir_cron_statement_import",
    "pom_reconcile.ir_cron_statement_import_2",
)
#: Held by a process over all that it commits; PostgreSQL frees it if that is killed.
LOCK = "SELECT pg_try_advisory_lock(hashtext('pom_statement_import'), %s)"
UNLOCK = "SELECT pg_advisory_unlock(hashtext('pom_statement_import'), %s)"


class Pause(Exception):
    """The run's time is over; what was done so far is kept."""


class PomStatementImport(models.Model):
    """A large file that is imported in the background, a batch of lines at a time.

    Each batch is kept once it is done. After an interruption, however rude, the file is
    read again and the lines that are there already are passed over.
    """

    _name = "pom.statement.import"
    _description = "Bank Statement File in the Background"
    _order = "id desc"

    name = fields.Char("File", required=True, readonly=True)
    data = fields.Binary(required=True, readonly=True, attachment=True)
    force = fields.Boolean("Imported Anyway", readonly=True)
    open_day = fields.Boolean("Closed Periods on the First Open Day", readonly=True)
    doubtful = fields.Char("What May Be There Already", readonly=True)
    journal_id = fields.Many2one("account.journal", readonly=True, ondelete="set null")
    journal_ids = fields.Many2many("account.journal", string="Journals", readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    total_lines = fields.Integer("Transactions", readonly=True)
    done_lines = fields.Integer("Done", readonly=True)
    run_lines = fields.Integer("New Ones", readonly=True)
    run_seconds = fields.Float("Seconds", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    rate = fields.Float("Transactions per Second", compute="_compute_progress")
    message = fields.Text(readonly=True)
    statement_ids = fields.Many2many("account.bank.statement", readonly=True)

    @api.depends("total_lines", "done_lines", "run_lines", "run_seconds")
    def _compute_progress(self):
        for job in self:
            job.progress = 100 * job.done_lines / (job.total_lines or 1)
            job.rate = job.run_lines / job.run_seconds if job.run_seconds else 0

    def action_retry(self):
        """Go on with a file that failed, once what was wrong is put right."""
        self.check_access("read")
        self.env["pom.match"]._check_accountant()
        self.sudo().filtered(lambda job: job.state == "failed").state = "waiting"
        self._wake()
        return True

    def action_open_statements(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_bank_statement_tree"
        )
        action["domain"] = [("id", "in", self.statement_ids.ids)]
        action["context"] = {}
        return action

    def action_pom_queue(self):
        """Work off what the file left open."""
        self.ensure_one()
        self.check_access("read")
        self.env["pom.match"]._check_accountant()
        scope = {"statement_ids": self.statement_ids.ids}
        return self.env["pom.match.queue"]._open(scope)

    def _wake(self):
        for name in CRONS:
            self.env.ref(name).sudo()._trigger()

    # The run

    @api.model
    def _cron_import(self):
        """Import what waits, and what a killed process left behind: each file that
        nobody else is at.
        """
        cron, took = self.env["ir.cron"], False
        for job in self.search(OPEN, order="id"):
            if not job._take():
                continue
            took = True
            try:
                paused = job._run()
                # Before anybody else may look at it.
                left = cron._commit_progress(1)
            except Exception:
                self.env.cr.rollback()
                raise
            finally:
                job._let_go()
            if not left or paused:
                break
        # The rest is another run: told that something remains, Odoo would call again
        # and again within this one, beyond the time that it gives a worker. Who took
        # nothing is woken by those who are at it.
        if took and self.search_count(OPEN, limit=1):
            self._wake()
        cron._commit_progress(remaining=0)

    def _take(self) -> bool:
        """Whether nobody else is at this file, and it's its turn: then it's this
        process's own, until it lets go of it or dies.
        """
        [(is_ours,)] = self.env.execute_query(SQL(LOCK, self.id))
        if not is_ours:
            return False
        # What others did before they let go of it is seen from now on.
        self.env["ir.cron"]._commit_progress()
        self.env.invalidate_all()
        if self.exists().filtered_domain(OPEN) and not self._has_to_wait():
            return True
        self._let_go()
        return False

    def _let_go(self):
        self.env.execute_query(SQL(UNLOCK, self.id))

    def _has_to_wait(self) -> bool:
        """Whether a file that came earlier goes into a journal of this one: they keep
        their order. Where a file doesn't say which, it may.
        """
        mine = self.journal_ids
        earlier = self.search([*OPEN, ("id", "<", self.id)])
        return any(
            not mine or not job.journal_ids or mine & job.journal_ids for job in earlier
        )

    def _run(self) -> bool:
        """Import the file, or a part of it; tell whether there is more to do."""
        self = in_words_of(self, self.company_id, self.user_id)
        self.write({"state": "running", "message": False})
        self.env["ir.cron"]._commit_progress()
        try:
            self._import()
        except Pause:
            return True
        except CONCURRENT as error:
            self.env.cr.rollback()
            _logger.info("Import of %s goes on later: %s", self.name, error)
            return True
        except (UserError, ValidationError) as error:
            self.env.cr.rollback()
            self.write({"state": "failed", "message": str(error.args[0])})
        except Exception:
            self.env.cr.rollback()
            _logger.exception("Import of %s failed", self.name)
            self.write(
                {
                    "state": "failed",
                    "message": self.env._("The program failed; the log says where."),
                }
            )
        return False

    def _import(self):
        self.done_lines = 0  # Seen from outside once the known lines are counted again.
        env = self.with_user(self.user_id).with_company(self.company_id).env
        context = {
            "pom_job_id": self.id,
            "pom_job_started": time.monotonic(),
            "journal_id": self.journal_id.id,
        }
        wizard = env["account.statement.import"].with_context(**context)
        wizard = wizard.create(
            {
                "statement_file": self.data,
                "statement_filename": self.name,
                "pom_force": self.force,
                "pom_open_day": self.open_day,
                "pom_doubtful": self.doubtful,
            }
        )
        result = wizard._import_file()
        self.write(
            {
                "state": "done",
                "done_lines": self.total_lines,
                "message": "\n".join(result["notifications"]),
                "statement_ids": [Command.link(key) for key in result["statement_ids"]],
            }
        )

    @api.model
    def _report(self, done: int, created: bool) -> None:
        """Count lines of the running import, if any, and keep what was created.

        :raises Pause: when the time of this run is over.
        """
        job = self.sudo().browse(self.env.context.get("pom_job_id"))
        if not job:
            return
        job.done_lines += done
        if not created:
            return
        started = self.env.context["pom_job_started"]
        now = time.monotonic()
        last = _clock.get(job.id, started)
        job.run_lines += done
        job.run_seconds += now - max(last, started)
        _clock[job.id] = now
        self.env["ir.cron"]._commit_progress()
        self.env.invalidate_all()
        if now - started > SLOT:
            raise Pause


#: When the last batch of a running import ended, for its speed.
_clock: dict[int, float] = {}
