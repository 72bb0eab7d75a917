from odoo import api, models

from odoo.addons.pom_payment.tools.to_do import Task

from .pom_match_refund import TOO_MUCH


class PomToDo(models.AbstractModel):
    """Bank lines that wait for a person."""

    _inherit = "pom.to.do"

    @api.model
    def _tasks(self, companies):
        # EXTENDS 'pom_payment'
        return {
            **super()._tasks(companies),
            "match": Task(
                self.env._("Bank lines to match"),
                "account.bank.statement.line",
                [
                    ("company_id", "in", companies.ids),
                    *self.env["pom.match.queue"]._domain({}),
                ],
                "pom_reconcile.pom_match_queue_action",
                "account.group_account_user",
            ),
            "too_much": Task(
                self.env._("Paid twice or too much at the bank"),
                "pom.match",
                [
                    ("company_id", "in", companies.ids),
                    ("state", "=", "matched"),
                    ("flag", "in", TOO_MUCH),
                    (
                        "statement_line_id.move_id.line_ids",
                        "any",
                        self.env["account.move.line"]._pom_domain_unapplied(),
                    ),
                ],
                "pom_reconcile.pom_match_action",
                "account.group_account_user",
            ),
        }
