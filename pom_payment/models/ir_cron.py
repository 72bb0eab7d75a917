import time

from odoo import api, models

#: Seconds that one run of ours works. A worker does all that is due in a row, and Odoo
#: ends one that isn't through after two minutes: whoever works until all is done keeps
#: the others waiting, for ever when a provider is slow.
TURN_SECONDS = 5


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _pom_take_turn(self, records, work):
        """Work on records one by one, each of which commits, for some seconds.

        :param work: function of one record
        :return: whether the time was over before all were done
        """
        deadline = time.monotonic() + TURN_SECONDS
        for number, record in enumerate(records, 1):
            work(record)
            # Says that we're alive; the progress of a run that is killed counts.
            self._commit_progress(1)
            if time.monotonic() > deadline:
                return number < len(records)
        return False

    @api.model
    def _pom_long_work(self):
        """Scheduled actions of ours that may take long, for whatever carries work in
        their place. An addon adds its own. Hook.

        :return: kind of work (apply, sweep, plan, send, push, import) by external id
        """
        shards = (f"pom_payment.cron_apply_events_{shard}" for shard in range(4))
        return {
            **dict.fromkeys(shards, "apply"),
            "pom_payment.cron_sweep": "sweep",
            "pom_payment.cron_sweep_2": "sweep",
        }
