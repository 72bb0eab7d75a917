from odoo import api, models

from ..tools.to_do import Task
from .account_move_paying import UNSETTLED
from .pom_payer_request import UNANSWERED

#: Of which something is open.
OPEN = ("not_paid", "partial")


class PomToDo(models.AbstractModel):
    """What waits for a person, one line each. An addon adds its own."""

    _name = "pom.to.do"
    _description = "What Waits for a Person"

    @api.model
    def _tasks(self, companies):
        """What there may be to do for these companies, in the order of urgency. Hook.

        :param res.company companies: whose records are meant
        :rtype: dict[str, Task]
        """
        mine = ("company_id", "in", companies.ids)
        return {
            "answer": Task(
                self.env._("Requests to answer"),
                "pom.payer.request",
                [mine, ("state", "in", UNANSWERED)],
                "pom_payment.pom_payer_request_action",
            ),
            "decide": Task(
                self.env._("Payments that wait for a decision"),
                "payment.transaction",
                [
                    mine,
                    "|",
                    ("pom_problem", "!=", False),
                    ("pom_booking_error", "!=", False),
                ],
                "payment.action_payment_transaction",
            ),
            "twice": Task(
                self.env._("Payments received twice"),
                "payment.transaction",
                [mine, ("pom_double", "=", True), *self._left_over()],
                "payment.action_payment_transaction",
            ),
        }

    @api.model
    def _left_over(self):
        """Domain of transactions whose money is applied to nothing, and isn't being
        given back.
        """
        credit = self.env["account.move.line"]._pom_domain_unapplied()
        given_back = [("operation", "=", "refund"), ("state", "in", UNSETTLED)]
        return [
            ("payment_id.move_id.line_ids", "any", credit),
            ("child_transaction_ids", "not any", given_back),
        ]

    @api.model
    def _counts(self, companies):
        """How many there are of each that this user may see.

        :return: by code, the task and how many
        :rtype: dict[str, tuple[Task, int]]
        """
        return {
            code: (task, self.env[task.model].search_count(task.domain))
            for code, task in self._tasks(companies).items()
            if self._is_mine(task)
        }

    @api.model
    def _is_mine(self, task):
        """Whether this user can do it."""
        has_group = not task.group or self.env.user.has_group(task.group)
        return has_group and self.env[task.model].has_access("read")
