import logging
from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..tools.postings import Posting

_logger = logging.getLogger(__name__)


class PomMatchSettling(models.AbstractModel):
    """Reconciles bank lines that are on their final accounts with what they settle."""

    _name = "pom.match.settling"
    _description = "Reconciliation of Matched Bank Lines"

    @api.model
    def _settle(self, postings: list[Posting]) -> None:
        """Reconcile all, by stage; a line that Odoo refuses goes back to suspense."""
        for stage in sorted({posting.match.stage for posting in postings}):
            self._try([item for item in postings if item.match.stage == stage])
        booking = self.env["pom.match.booking"]
        for posting in postings:
            if posting.error:
                booking._to_suspense(posting.line, posting.former["partner_id"])
        self._uncheck([item for item in postings if not item.error])

    def _uncheck(self, postings: list[Posting]) -> None:
        """Keep what a person must look at on the to-do list."""
        flagged = self.env["account.bank.statement.line"].union(
            *(posting.line for posting in postings if posting.match.flag)
        )
        flagged.move_id.filtered("checked").checked = False

    def _try(self, postings: list[Posting]) -> None:
        """Reconcile in one go; if that is refused, find the culprit by halving."""
        try:
            with self.env.cr.savepoint():
                self._reconcile(postings)
        except (UserError, ValidationError) as error:
            self.env.invalidate_all()
            if len(postings) > 1:
                middle = len(postings) // 2
                self._try(postings[:middle])
                self._try(postings[middle:])
                return
            _logger.info("Not booked: %s", error)
            postings[0].error = str(error.args[0])

    def _reconcile(self, postings: list[Posting]) -> None:
        plan = []
        made = self._made_items(postings)
        for posting in postings:
            pairs = list(zip(made[posting.line.id], posting.items, strict=True))
            if posting.match.flag == "returned":
                plan += self._reopen(posting, pairs)
                continue
            plan += [
                own | own.browse(item.settles) for own, item in pairs if item.settles
            ]
        self._warm_up(plan)
        items = self.env["account.move.line"].union(*plan)
        company = items.company_id
        # Nothing of an invoice changes when it's paid, except where entries for a
        # difference in rates or for taxes due on payment are made.
        simple = items.currency_id <= company.currency_id and not any(
            company.mapped("tax_exigibility")
        )
        items.with_context(skip_invoice_sync=simple)._reconcile_plan(plan)

    def _warm_up(self, plan: list) -> None:
        """Read all at once what Odoo would read pair by pair."""
        items = self.env["account.move.line"].union(*plan)
        items.mapped("date_maturity")
        items.move_id.line_ids.mapped("tax_ids")

    def _made_items(self, postings: list[Posting]) -> dict:
        """Return the journal items of each line but the bank's own, in their order."""
        lines = self.env["account.bank.statement.line"].union(
            *(p.line for p in postings)
        )
        made = defaultdict(list)
        for item in self.env["account.move.line"].search_fetch(
            [("move_id", "in", lines.move_id.ids)], order="id"
        ):
            line = item.move_id.statement_line_id
            if item.account_id != line.journal_id.default_account_id:
                made[line.id].append(item)
        return made

    # Returns

    def _reopen(self, posting: Posting, pairs) -> list:
        """Part the debt from its money, and set the return against that money.

        :return: what to reconcile: the return with the money, and the debt with what of
            the money wasn't returned.
        """
        plan = []
        for own, item in pairs:
            if not item.settles:
                continue
            debts = own.browse(item.settles)
            partials = self._money_partials(debts, abs(float(item.amount)))
            money = (partials.debit_move_id | partials.credit_move_id) - debts
            self._remember(posting, partials, money)
            money.move_id.origin_payment_id.state = "rejected"
            partials.unlink()
            plan.append(own | money)
            if sum(map(abs, money.mapped("amount_residual_currency"))) > abs(
                item.amount
            ):
                plan.append(money | debts)
        return plan

    def _remember(self, posting: Posting, partials, money) -> None:
        """Note what undoing must put together again."""
        former = posting.former
        former["pairs"] = former.get("pairs", []) + [
            [partial.debit_move_id.id, partial.credit_move_id.id]
            for partial in partials
        ]
        former["payments"] = former.get("payments", []) + [
            [payment.id, payment.state] for payment in money.move_id.origin_payment_id
        ]

    def _money_partials(self, debts, amount: float):
        """Return the partials by which that much money came in for the debts.

        One of exactly the amount is preferred, then the latest.
        """
        side = "debit" if debts[0].balance > 0 else "credit"
        value = f"{side}_amount_currency"
        compare = debts[0].currency_id.compare_amounts
        money = self._paid_by_money(debts)
        exact = money.filtered(lambda partial: not compare(partial[value], amount))
        if exact:
            return exact[:1]
        chosen, rest = money.browse(), amount
        for partial in money:
            if compare(rest, 0) > 0:
                chosen |= partial
                rest -= partial[value]
        if compare(rest, 0) > 0:
            raise UserError(
                self.env._(
                    "The payment that was returned isn't booked on the document."
                )
            )
        return chosen

    def _paid_by_money(self, debts):
        """Return the partials with money, the latest first."""

        def is_money(partial):
            money = (partial.debit_move_id | partial.credit_move_id) - debts
            return money.move_id._pom_is_money()

        partials = debts.matched_debit_ids | debts.matched_credit_ids
        return partials.filtered(is_money).sorted("id", reverse=True)

    @api.model
    def _restore(self, former: dict) -> None:
        """Put back together what a return had parted."""
        Item = self.env["account.move.line"]
        pairs = [Item.browse(pair).exists() for pair in former.get("pairs", ())]
        Item._reconcile_plan([pair for pair in pairs if len(pair) == 2])
        for payment_id, state in former.get("payments", ()):
            self.env["account.payment"].browse(payment_id).exists().state = state
