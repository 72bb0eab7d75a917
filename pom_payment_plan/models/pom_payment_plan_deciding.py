import hashlib

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.pom_payment.debt import agreed_plan
from odoo.addons.pom_payment.debt.standing import SETTLED
from odoo.addons.pom_payment.models.pom_payer_request import UNANSWERED
from odoo.addons.pom_payment.models.pom_payer_request_quiet import AFTER_ANSWER

from ..tools.plan_bounds import why_a_person
from .pom_payment_plan import UNDECIDED

#: Words of debts that a plan may be agreed for without a person.
AT_ONCE = {"open", "overdue", "partial"}
#: Why nobody is reminded: as ``_pom_quiet_in_words`` of an invoice reads it.
OFFERED = {"plan": "offered"}


class PomPaymentPlan(models.Model):
    """Who agrees to a plan, and what that does."""

    _inherit = "pom.payment.plan"

    request_ids = fields.One2many("pom.payer.request", "plan_id", string="Asked For In")
    mark = fields.Char(compute="_compute_mark")
    bill_id = fields.Many2one(
        "account.move", string="Invoice of the Costs", readonly=True, copy=False
    )

    # -- by whom -----------------------------------------------------------------------

    def action_agree(self):
        """A person agrees to what was wished, or was said on the phone."""
        self.ensure_one()
        self.check_access("write")
        self.sudo()._check_can_be_agreed()
        if self._waiting_requests():
            # The debtor is told there.
            return self._waiting_requests().action_accept()
        self.sudo()._agree()
        if self.tell:
            self.sudo()._tell_agreed()
        return True

    def action_offer(self):
        """Propose these parts to the debtor, who agrees on the page."""
        self.ensure_one()
        self.check_access("write")
        plan = self.sudo()
        plan._check_can_be_agreed()
        plan._fit()
        beside = plan._undecided_beside()
        beside.filtered(lambda one: one.state == "offered")._end("stopped")
        plan.state = "offered"
        # So that a reminder and this don't cross.
        until = plan.company_id._pom_today() + AFTER_ANSWER
        plan.move_ids._pom_keep_quiet(until, facts=OFFERED)
        plan._tell_offered()
        return True

    def _agree_as_debtor(self):
        """The debtor agrees on the page to what was proposed."""
        waiting = self._waiting_requests()
        words = self._in_creditors_language()._words_debtor_agreed()
        if waiting:
            waiting._close("accepted")
        else:
            self._agree()
            self._tell_agreed()
        self.message_post(body=plaintext2html(words), author_id=self.partner_id.id)

    def _decline_as_debtor(self):
        self._end("refused")
        told = self._in_owners_words().env
        self._tell_creditor(told._("The debtor doesn't agree to the payment plan"))

    def action_refuse(self):
        self.ensure_one()
        self.check_access("write")
        if self._waiting_requests():
            return self._waiting_requests().action_refuse()
        return self.sudo()._end("refused")

    def action_stop(self):
        """The creditor ends it: the invoice's own days count again."""
        self.ensure_one()
        self.check_access("write")
        plan = self.sudo()
        if plan.state == "active":
            plan._end("stopped")
            if plan.tell:
                plan._tell_stopped()
        return True

    def _waiting_requests(self):
        """The debtor's wishes for this plan that nobody answered."""
        return self.request_ids.filtered(lambda request: request.state in UNANSWERED)

    # -- at once -----------------------------------------------------------------------

    def _why_a_person(self):
        """Why somebody has to look at this wish: a code; '' when it's agreed to."""
        return self._why_not_at_once(self.move_ids, self._parts())

    @api.model
    def _why_not_at_once(self, moves, parts):
        """The same before there is a plan.

        :param moves: debts of one debtor, in one currency
        :param parts: as ``debt.agreed_plan.Agreed``
        """
        company = moves.company_id
        if not company or not company._pom_plans_at_once_for(moves.partner_id[:1]):
            return "not_for_all"
        if moves.currency_id != company.currency_id:
            return "currency"
        if any(plan.state == "broken" for plan in moves.sudo().pom_plan_ids):
            return "broken"
        words = {one.word for one in moves._pom_standings().values()}
        if words - AT_ONCE:
            return "standing"
        today = company._pom_today()
        return why_a_person(parts, company._pom_plan_bounds(), today)

    # -- agreeing ----------------------------------------------------------------------

    @api.depends("move_ids", "line_ids.day", "line_ids.amount", "costs")
    def _compute_mark(self):
        for plan in self:
            plan.mark = plan._origin._mark() if plan._origin else False

    def _mark(self):
        """A mark of what somebody saw and agrees to: debts, days, amounts, costs."""
        seen = [self.move_ids.ids, self._parts(), f"{self.costs:.2f}"]
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:20]

    def _agree(self):
        """From now on the parts count, and those of no other plan."""
        self.ensure_one()
        if self.state not in UNDECIDED:
            return
        self.move_ids._pom_lock_debts()
        self.env.invalidate_all()
        self._check_can_be_agreed()
        self._bill_costs()
        self._fit()
        self.move_ids.pom_plan_id._end("stopped")
        beside = self._undecided_beside()
        beside._end("stopped")
        others = beside._waiting_requests()
        others.filtered(lambda one: one.move_ids <= self.move_ids)._let_go()
        partials = self.env["account.partial.reconcile"]
        self.write(
            {
                "state": "active",
                "agreed_on": self.company_id._pom_today(),
                "booked_until": partials.search([], order="id desc", limit=1).id or 0,
                "late_told_on": False,
            }
        )
        self.move_ids.pom_plan_id = self
        # From now on it's the plan that keeps reminders away.
        held = self.move_ids.filtered(lambda move: move.pom_quiet_facts == OFFERED)
        held._pom_set_quiet(False)

    def _undecided_beside(self):
        """Other plans for these debts that nobody has agreed to."""
        return self.move_ids.pom_plan_ids.filtered(
            lambda plan: plan.state in UNDECIDED and plan != self
        )

    def _has_settled(self):
        """Whether anything that it is about needs no plan any more."""
        words = {one.word for one in self.move_ids._pom_standings().values()}
        return bool(words & SETTLED)

    def _check_can_be_agreed(self):
        if self.state not in UNDECIDED:
            raise UserError(
                self.env._(
                    "This payment plan was decided on already, or the debtor asked for "
                    "another one."
                )
            )
        if self.env.context.get("pom_seen", self.mark) != self.mark:
            raise UserError(
                self.env._(
                    "This payment plan was changed while you looked at it: load it "
                    "again and see whether you agree."
                )
            )
        if not self.line_ids:
            raise UserError(self.env._("Give the parts of the payment plan first."))
        if self.costs and not self.company_id.pom_plan_product_id:
            raise UserError(
                self.env._(
                    "Choose in the settings which product the costs are invoiced as, "
                    "or take them out."
                )
            )
        if not self.move_ids or self._has_settled():
            raise UserError(
                self.env._("An invoice of this plan isn't open: take it out.")
            )

    def _bill_costs(self):
        """An invoice for the costs, which is one of the plan's debts."""
        if not self.costs or self.bill_id:
            return
        first = self.move_ids[:1]
        row = {
            "product_id": self.company_id.pom_plan_product_id.id,
            "price_unit": self.costs,
            "tax_ids": [Command.clear()],
        }
        bill = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "company_id": self.company_id.id,
                "partner_id": first.partner_id.id,
                "currency_id": self.currency_id.id,
                "invoice_date": self.company_id._pom_today(),
                "invoice_date_due": self._parts()[-1].day,
                "invoice_payment_term_id": False,
                "invoice_user_id": first.invoice_user_id.id,
                "invoice_line_ids": [Command.create(row)],
            }
        )
        bill.action_post()
        self.write({"bill_id": bill.id, "move_ids": [Command.link(bill.id)]})

    def _fit(self):
        """What was paid since the parts were made is taken off the last ones."""
        parts = self._parts()
        wanted = agreed_plan.adjusted(parts, self._to_spread())
        if list(wanted) != parts:
            self.line_ids.unlink()
            lines = self._line_values(wanted)
            self.line_ids = [Command.create(values) for values in lines]

    # -- ending ------------------------------------------------------------------------

    def _end(self, state):
        """It counts no longer: the debts' own days do.

        :param str state: what became of it
        """
        if not self:
            return
        self.env["account.move"].search([("pom_plan_id", "in", self.ids)]).write(
            {"pom_plan_id": False}
        )
        self.write({"state": state, "late_told_on": False})

    # -- made by a person --------------------------------------------------------------

    @api.model
    def _action_of(self, plans):
        """Open these plans."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_payment_plan.pom_payment_plan_action"
        )
        if len(plans) == 1:
            return {**plans._get_records_action(), "name": action["name"]}
        return {**action, "domain": [("id", "in", plans.ids)], "context": {}}

    @api.model
    def _action_new(self, moves, count):
        """Open a new plan for these invoices.

        :param int count: of its parts, until somebody changes that
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payment Plan"),
            "res_model": self._name,
            "view_mode": "form",
            "context": {
                "default_move_ids": [Command.set(moves.ids)],
                "default_count": count,
            },
        }
