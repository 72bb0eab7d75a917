from odoo import fields, models

from odoo.addons.pom_payment.tools.trouble import Check

from .ir_cron import PATIENCE


class PomTrouble(models.Model):
    _inherit = "pom.trouble"

    def _checks(self):
        # EXTENDS 'pom_payment'
        ours = ("channel", "=like", "root.pom.%")
        late = fields.Datetime.now() - PATIENCE
        action = "queue_job.action_queue_job"
        return {
            **super()._checks(),
            "jobs_waiting": Check(
                "queue.job",
                [ours, ("state", "=", "pending"), ("date_created", "<", late)],
                action,
                self.env._("Jobs that nobody takes"),
                self.env._(
                    "Start Odoo with --load=base,web,queue_job and give root.pom some "
                    "room among the channels. Until then the scheduled actions do the "
                    "work themselves."
                ),
                "date_created",
                company="",
            ),
            "jobs_failed": Check(
                "queue.job",
                [ours, ("state", "=", "failed")],
                action,
                self.env._("Jobs that failed"),
                self.env._(
                    "Each says why. The work itself is tried again with the next job; "
                    "set this one to done once you know."
                ),
                "date_created",
                company="",
            ),
        }
