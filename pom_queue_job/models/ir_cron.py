import logging
import time
from datetime import timedelta

import psycopg2

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.base.models.ir_cron import MIN_TIME_PER_JOB
from odoo.addons.queue_job.exception import RetryableJobError

_logger = logging.getLogger(__name__)

#: Nobody takes jobs where one has waited for so long.
PATIENCE = timedelta(minutes=5)
#: Who handed the work over lets go of the action within moments; who is at it, later.
TRIES, PAUSE, LATER = 20, 0.1, 5
READY = "SELECT 1 FROM ir_cron WHERE id = %s AND %s"


class IrCron(models.Model):
    """The scheduler only hands over what takes long; the work is done by a job, one at
    a time for each action, as the scheduler would do it.
    """

    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        # EXTENDS 'base'
        channel = not self.env.context.get("pom_in_job") and self._pom_channel()
        if channel and self._pom_hand_over(channel):
            # As the scheduler's own work is committed here.
            self.env.cr.commit()  # pylint: disable=invalid-commit
            return None
        return super()._callback(cron_name, server_action_id)

    def _pom_channel(self):
        """
        :return: the channel's whole name; None where the scheduler does it itself
        """
        kind = self._pom_long_work().get(self.get_external_id()[self.id])
        return kind and f"root.pom.{kind}"

    def _pom_hand_over(self, channel):
        """Leave it to a job, unless nobody takes jobs.

        :return: whether a job does it, this one or one that waits already
        """
        key = f"pom_work_{self.id}"
        waiting = self.env["queue.job"].sudo()
        waiting = waiting.search_fetch(
            [("identity_key", "=", key), ("state", "in", ("pending", "enqueued"))],
            ["date_created"],
            order="date_created",
            limit=1,
        )
        if waiting:
            is_taken = waiting.date_created > fields.Datetime.now() - PATIENCE
            if not is_taken:
                _logger.warning("Nobody takes the job of %s: done without", self.name)
            return is_taken
        # The key: two servers may be here at the same moment.
        job = {"channel": channel, "identity_key": key, "description": self.name}
        self.with_delay(**job)._pom_work()
        return True

    def _pom_work(self):
        """One turn of a scheduled action, as a job.

        :raises RetryableJobError: another one is at it
        """
        with self.env.registry.cursor() as lock:
            action = self._pom_take(lock)
            if not action["active"]:
                return
            context = {
                "pom_in_job": True,
                "cron_id": self.id,
                "cron_end_time": time.monotonic() + MIN_TIME_PER_JOB,
                "lastcall": action["lastcall"],
            }
            cron, _progress = self.with_context(**context)._add_progress()
            # As the scheduler does: that it began is known, if it is killed.
            self.env.cr.commit()  # pylint: disable=invalid-commit
            cron._callback(action["cron_name"], action["ir_actions_server_id"])
        if self._pom_is_ready():
            # The scheduler was woken while it could not take it.
            self._notifydb()

    def _pom_take(self, lock):
        """Hold the action, so that neither the scheduler nor another job runs it.

        :param lock: cursor that holds it until it is closed
        :return: its row
        :raises RetryableJobError: another one is at it
        """
        for _try in range(TRIES):
            try:
                if row := self._acquire_one_job(lock, self.id, include_not_ready=True):
                    return row
            except psycopg2.extensions.TransactionRollbackError as error:
                # The scheduler has just noted when it comes next.
                _logger.debug("%s: once more (%s)", self.name, error)
            lock.rollback()
            time.sleep(PAUSE)
        raise RetryableJobError(
            f"{self.name}: another one is at it", seconds=LATER, ignore_retry=True
        )

    def _pom_is_ready(self):
        ready = self._get_ready_sql_condition(self.env.cr)
        return bool(self.env.execute_query(SQL(READY, self.id, ready)))
