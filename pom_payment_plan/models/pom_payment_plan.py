from collections import defaultdict
from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.pom_payment.debt import agreed_plan
from odoo.addons.pom_payment.debt.agreed_plan import Agreed, Paid
from odoo.addons.pom_payment.debt.facts import ZERO
from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

#: With these the parts count, of a debt that names the plan: of one that was paid, too,
#: since money may come back.
LIVE = ("active", "done")
#: With these nobody has agreed yet.
UNDECIDED = ("draft", "offered")
#: Fields of what is agreed to: nobody changes them afterwards.
TERMS = {"move_ids", "line_ids", "count", "first_on", "costs"}


class PomPaymentPlan(models.Model):
    """Parts of a debt and their days, whoever wished them."""

    _name = "pom.payment.plan"
    _description = "Payment Plan"
    _inherit = ["pom.sealed", "pom.noted", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    state = fields.Selection(
        selection=[
            ("draft", "To Decide"),
            ("offered", "Proposed"),
            ("active", "Running"),
            ("done", "Paid"),
            ("broken", "Broken"),
            ("stopped", "Ended"),
            ("refused", "Refused"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    move_ids = fields.Many2many(
        "account.move",
        "pom_payment_plan_move_rel",
        "plan_id",
        "move_id",
        string="Invoices",
        required=True,
        check_company=True,
        domain="[('move_type', 'in', ('out_invoice', 'out_receipt')),"
        " ('state', '=', 'posted')]",
    )
    line_ids = fields.One2many("pom.payment.plan.line", "plan_id", string="Parts")
    partner_id = fields.Many2one(
        "res.partner",
        string="Debtor",
        compute="_compute_parties",
        store=True,
        precompute=True,
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_parties", store=True, precompute=True
    )
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_parties", store=True, precompute=True
    )
    wished_by = fields.Selection(
        selection=[("us", "Us"), ("debtor", "The debtor")],
        default="us",
        required=True,
        readonly=True,
    )
    count = fields.Integer(string="Number of Parts", default=3)
    first_on = fields.Date(
        string="First Part Due", default=lambda self: self.env.company._pom_today()
    )
    costs = fields.Monetary(
        string="Costs of the Plan",
        default=lambda self: self.env.company.pom_plan_costs,
        help="Invoiced when the plan is agreed to, and spread over its parts.",
    )
    tell = fields.Boolean(
        string="Tell the Debtor",
        default=True,
        help="What was agreed on is sent to the debtor, each part with its day.",
    )
    amount = fields.Monetary(string="Total", compute="_compute_amount", store=True)
    summary = fields.Char(string="Stands", compute="_compute_summary")
    agreed_on = fields.Date(readonly=True, copy=False)
    booked_until = fields.Integer(
        readonly=True,
        copy=False,
        help="The last reconciliation that was made before the plan was agreed to.",
    )
    late_told_on = fields.Date(
        string="Told of a Late Part",
        readonly=True,
        copy=False,
        help="When the debtor was told that a part is late, until that is paid.",
    )

    _count_bounds = models.Constraint(
        "CHECK(count BETWEEN 1 AND 60)", "A plan has from 1 to 60 parts."
    )

    # -- what it is about --------------------------------------------------------------

    @api.depends("move_ids")
    def _compute_parties(self):
        for plan in self:
            move = plan.move_ids[:1]
            plan.partner_id = move.partner_id
            plan.company_id = move.company_id or self.env.company
            plan.currency_id = move.currency_id or plan.company_id.currency_id

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for plan in self:
            plan.amount = sum(plan.line_ids.mapped("amount"))

    @api.depends("partner_id", "move_ids.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            names = ", ".join(filter(None, plan.move_ids.mapped("name")))
            plan.display_name = self.env._("Payment plan for %s", names)

    @api.constrains("move_ids")
    def _check_moves(self):
        for plan in self:
            moves = plan.move_ids
            one = all(
                len(moves.mapped(name)) == 1
                for name in ("commercial_partner_id", "company_id", "currency_id")
            )
            if not one or set(moves.mapped("move_type")) - set(PAYABLE):
                raise ValidationError(
                    self.env._(
                        "A payment plan is about invoices of one customer, in one "
                        "company and one currency."
                    )
                )

    # -- what somebody may write -------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        if not self.env.su:
            for vals in vals_list:
                self._check_sealed(vals)
        return super().create(vals_list)

    def write(self, vals):
        # EXTENDS 'pom_payment'
        if not self.env.su and TERMS & vals.keys():
            self._check_undecided()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_if_not_running(self):
        if any(plan.state == "active" for plan in self):
            raise UserError(self.env._("End the payment plan first."))
        if not self.env.su and any(plan.agreed_on for plan in self):
            raise UserError(self.env._("A payment plan that was agreed to is kept."))

    def _check_undecided(self):
        if any(plan.state not in UNDECIDED for plan in self):
            raise AccessError(
                self.env._(
                    "What was agreed to isn't changed: end this payment plan and make "
                    "another one."
                )
            )

    # -- its parts ---------------------------------------------------------------------

    @api.onchange("move_ids", "count", "first_on", "costs")
    def _onchange_parts(self):
        if not self.move_ids or not self.first_on or not 1 <= self.count <= 60:
            return
        lines = [Command.create(values) for values in self._equal_lines()]
        self.line_ids = [Command.clear(), *lines]

    def _equal_lines(self):
        """Values of equal parts, one a month, of all that is open and the costs."""
        return self._line_values(
            agreed_plan.equal_parts(self._to_spread(), self.count, self.first_on)
        )

    @api.model
    def _line_values(self, parts):
        """Values of ``line_ids`` for parts as ``debt.agreed_plan.Agreed``."""
        return [{"day": part.day, "amount": float(part.amount)} for part in parts]

    def _left(self):
        """What the books have open of these debts now."""
        standings = self.move_ids._origin.sudo()._pom_standings()
        return sum((max(one.left, ZERO) for one in standings.values()), ZERO)

    def _to_spread(self):
        """What the parts must come to: all that is open, and costs not yet invoiced."""
        costs = 0 if self.bill_id else self.costs
        return self._left() + self.move_ids[:1]._pom_decimal(costs)

    def _parts(self):
        """What was agreed to, or is to be, by day.

        :rtype: list[Agreed]
        """
        decimal = self.move_ids[:1]._pom_decimal
        lines = self.line_ids.sorted(lambda line: (line.day, line.id))
        return [Agreed(line.day, decimal(line.amount)) for line in lines]

    # -- how they stand ----------------------------------------------------------------

    def _parts_by_debt(self, dues):
        """The unpaid parts of these plans, shared out among their debts.

        :param dict[int, tuple[Due]] dues: of the debts; others are looked up
        :rtype: dict[int, tuple[Due]]
        """
        found = {}
        rests, owed = self._rests_and_owed(dues)
        for plan in self:
            debts = owed[plan.id]
            unpaid = agreed_plan.dues(plan._parts(), rests[plan.id])
            shared = agreed_plan.spread(unpaid, list(debts.values()))
            found.update(zip(debts, shared, strict=True))
        return found

    def _rests(self):
        """What is left of each part, in their order, by plan.

        :rtype: dict[int, list[Decimal]]
        """
        return self._rests_and_owed({})[0]

    def _rests_and_owed(self, dues):
        """
        :param dict[int, tuple[Due]] dues: of the debts; others are looked up
        :return: by plan, what is left of each part; and what is left of each debt by
            its id, the oldest first
        """
        moves = self.move_ids.filtered(lambda move: move.state == "posted")
        others = moves.filtered(lambda move: move.id not in dues)
        dues = {**dues, **(others._pom_terms().dues if others else {})}
        paid, rests, owed = self._paid(), {}, {}
        for plan in self:
            left = {
                key: sum((due.left for due in dues.get(key, ())), ZERO)
                for key in (plan.move_ids & moves)._ids
            }
            oldest = sorted(
                (key for key in left if left[key] > 0), key=lambda key: (dues[key], key)
            )
            owed[plan.id] = {key: left[key] for key in oldest}
            total = sum(owed[plan.id].values(), ZERO)
            rests[plan.id] = agreed_plan.unpaid(plan._parts(), paid[plan.id], total)
        return rests, owed

    def _paid(self):
        """What was booked on their debts since these were agreed to, by plan: what no
        money settled, such as a part that was given up, is credited.

        :rtype: dict[int, list[Paid]]
        """
        found = defaultdict(list)
        if not self.ids:
            return found
        self.env["account.partial.reconcile"].flush_model()
        self.flush_model(["booked_until", "move_ids"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT plan.id, line.move_id, partial.max_date,
                       partial.debit_amount_currency,
                       NOT %(is_money)s
                  FROM pom_payment_plan plan
                  JOIN pom_payment_plan_move_rel rel ON rel.plan_id = plan.id
                  JOIN account_move_line line ON line.move_id = rel.move_id
                   AND line.display_type = 'payment_term'
                  JOIN account_partial_reconcile partial
                    ON partial.debit_move_id = line.id
                   AND partial.id > plan.booked_until
                  JOIN account_move_line counterpart
                    ON counterpart.id = partial.credit_move_id
                  JOIN account_move credit ON credit.id = counterpart.move_id
                 WHERE plan.id IN %(ids)s
              ORDER BY partial.id
                """,
                ids=tuple(self.ids),
                is_money=self.env["account.move"]._pom_sql_is_money(SQL("credit")),
            )
        )
        moves = self.env["account.move"]
        for plan_id, move_id, day, amount, credited in rows:
            money = moves.browse(move_id)._pom_decimal(amount)
            found[plan_id].append(Paid(day, money, credited))
        return found

    @api.depends("state", "line_ids.amount", "line_ids.left")
    @api.depends_context("lang")
    def _compute_summary(self):
        for plan in self:
            plan.summary = plan._summed_up() if plan.state in LIVE else False

    def _summed_up(self):
        """As in "1 of 3 parts paid, next 33.33 on 5 January"; of a promise, which has
        one, without the count.
        """
        lines = self.line_ids.sorted(lambda line: (line.day, line.id))
        ahead = lines.filtered(lambda line: line.left > 0)
        paid = self.env._(
            "%(paid)s of %(count)s parts paid",
            paid=len(lines) - len(ahead),
            count=len(lines),
        )
        if not ahead:
            return paid if len(lines) > 1 else self.env._("paid")
        following = self.env._(
            "next %(amount)s on %(day)s",
            amount=self.currency_id.format(ahead[0].left),
            day=ahead[0]._day_in_words(),
        )
        return f"{paid}, {following}" if len(lines) > 1 else following

    def _money(self, amount):
        return self.currency_id.format(float(amount or Decimal(0)))
