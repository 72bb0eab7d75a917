from odoo import Command, api, fields, models
from odoo.tools.misc import format_date

from odoo.addons.pom_payment.models.pom_payer_request import UNANSWERED

from .pom_payment_plan import LIVE, UNDECIDED


class PomPayerRequest(models.Model):
    """Debtors who want to pay in parts: what they wished is a plan, that somebody may
    change before agreeing.
    """

    _inherit = "pom.payer.request"

    kind = fields.Selection(
        selection_add=[("contact",), ("plan", "Payment plan")],
        ondelete={"plan": "cascade"},
    )
    plan_count = fields.Integer(string="Instalments", readonly=True)
    plan_first_on = fields.Date(string="First Instalment", readonly=True)
    plan_id = fields.Many2one(
        "pom.payment.plan",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    # -- arriving ----------------------------------------------------------------------

    def _wished_plan(self):
        """The plan that was wished, made when it isn't there.

        :rtype: pom.payment.plan
        """
        request = self.sudo()
        if request.plan_id.state not in (*UNDECIDED, *LIVE):
            request.plan_id = request._make_plan()
        return request.plan_id

    def _make_plan(self):
        plan = (
            self.env["pom.payment.plan"]
            .with_company(self.company_id)
            .create(
                {
                    "move_ids": [Command.set(self.move_ids._pom_to_plan().ids)],
                    "count": self.plan_count,
                    "first_on": self.plan_first_on,
                    "wished_by": "debtor",
                }
            )
        )
        plan.line_ids = [Command.create(values) for values in plan._equal_lines()]
        return plan

    def _is_agreed_at_once(self):
        return self.kind == "plan" and not self._wished_plan()._why_a_person()

    def _kinds_quiet_until_answered(self):
        # EXTENDS 'pom_payment'
        return (*super()._kinds_quiet_until_answered(), "plan")

    def _confirm(self):
        # EXTENDS 'pom_payment': who gets it at once isn't told that it arrived.
        if self._is_agreed_at_once():
            return None
        return super()._confirm()

    def _apply_at_once(self):
        # EXTENDS 'pom_payment'
        if self.kind == "plan":
            self._earlier_wishes()._let_go()
        if self._is_agreed_at_once():
            return self._close("accepted")
        return super()._apply_at_once()

    @api.model
    def _is_told_once(self, kind):
        # EXTENDS 'pom_payment': a plan takes the place of what was wished before.
        return kind != "plan" and super()._is_told_once(kind)

    def _earlier_wishes(self):
        """What the same debtor asked for these debts before, and nobody answered."""
        wishes = self.search(
            [
                ("id", "!=", self.id),
                ("kind", "=", "plan"),
                ("partner_id", "=", self.partner_id.id),
                ("state", "in", UNANSWERED),
                ("move_ids", "in", self.move_ids.ids),
            ]
        )
        return wishes.filtered(lambda one: one.move_ids <= self.move_ids)

    def _let_go(self):
        """There is another plan by now: nobody answers these any more, nor is told."""
        self.plan_id.filtered(lambda plan: plan.state in UNDECIDED)._end("stopped")
        self.write({"state": "refused"})
        self.activity_unlink(["mail.mail_activity_data_todo"])
        for request in self:
            request._end_quiet()
            own = request._in_creditors_language()
            request._message_log(
                body=own.env._("There is another payment plan by now.")
            )

    def _said_lines(self):
        # EXTENDS 'pom_payment'
        wish = self.plan_count and self.env._(
            "%(count)s parts, the first on %(day)s",
            count=self.plan_count,
            day=format_date(self.env, self.plan_first_on),
        )
        return [wish, *super()._said_lines()]

    # -- being answered ----------------------------------------------------------------

    @api.depends("plan_id.mark")
    def _compute_mark(self):
        # EXTENDS 'pom_payment'
        return super()._compute_mark()

    def _seen(self):
        # EXTENDS 'pom_payment': the parts that are agreed to.
        return [*super()._seen(), self.sudo().plan_id.mark]

    @api.model
    def _settling(self):
        # EXTENDS 'pom_payment'
        return {
            **super()._settling(),
            ("plan", "accepted"): "_settle_plan_accepted",
            ("plan", "refused"): "_settle_plan_refused",
        }

    @api.model
    def _answers(self):
        # EXTENDS 'pom_payment'
        return {**super()._answers(), ("plan", "refused"): "_words_plan_refused"}

    @api.model
    def _ended_by(self):
        # EXTENDS 'pom_payment'
        return {**super()._ended_by(), "plan": ("accepted", "refused")}

    def _settle_plan_accepted(self):
        # From now on the plan itself keeps reminders away, as long as it's kept.
        self._wished_plan()._agree()

    def _settle_plan_refused(self):
        plan = self.sudo().plan_id
        if plan:
            plan._end("stopped" if plan.state in LIVE else "refused")
        self._leave_in_peace()

    def _words_plan_asked(self):
        return self.env._("You asked to pay in %s parts", self.plan_count)

    def _tell_settled(self, state):
        # EXTENDS 'pom_payment': the parts are told of in a message of its own kind.
        if (self.kind, state) == ("plan", "accepted"):
            return self.sudo().plan_id._tell_agreed()
        return super()._tell_settled(state)

    def _words_of_answer(self, state):
        # EXTENDS 'pom_payment'
        if (self.kind, state) == ("plan", "accepted"):
            return self.sudo().plan_id._in_debtors_language()._words_agreed()
        return super()._words_of_answer(state)

    def _words_plan_refused(self):
        return self.env["pom.payment.plan"]._words_refused(self._names())

    def action_open_plan(self):
        """Look at what was wished; change it, agree, or propose something else."""
        self.ensure_one()
        self.check_access("write")
        if self.kind == "plan":
            self._wished_plan()
        return self.plan_id._get_records_action()
