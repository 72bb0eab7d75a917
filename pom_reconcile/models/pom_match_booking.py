import logging
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..matching.base import Match

_logger = logging.getLogger(__name__)

#: Said of a line that was left open for another reason than the engine's.
REFUSED = "Odoo refused to book it: %(error)s"
BUSY = "Someone else is working on the same documents."


@dataclass
class Item:
    """A journal item to be made of (a part of) a bank line.

    :ivar amount: signed like the line, in the currency of the match.
    :ivar settles: ids of the journal items that it is reconciled with.
    """

    account_id: int
    partner_id: int | None
    amount: Decimal
    settles: list[int] = field(default_factory=list)


@dataclass
class Posting:
    """A decision and the journal items that carry it out."""

    match: Match
    items: list[Item]
    line: models.BaseModel = None
    former: dict = field(default_factory=dict)
    error: str = ""

    @property
    def direct(self) -> bool:
        """Whether the whole line goes to one account."""
        return len(self.items) == 1

    @property
    def partner_id(self) -> int | None:
        partners = {item.partner_id for item in self.items if item.partner_id}
        return partners.pop() if len(partners) == 1 else None


class PomMatchBooking(models.AbstractModel):
    """Carries decisions out, on lines about to be created and on open ones."""

    _name = "pom.match.booking"
    _description = "Booking of Matched Bank Lines"

    # From a decision to journal items

    @api.model
    def _postings(self, matches, found, journal) -> dict:
        """Return a posting per decided match, by line id."""
        waiting = {item.id for item in found.candidates if item.kind == "payment"}
        return {
            match.line_id: Posting(match, self._items(match, found, waiting, journal))
            for match in matches
            if match.decided
        }

    def _items(self, match: Match, found, waiting: set, journal) -> list[Item]:
        """Return one item per account and partner, and one for what is left."""
        items = {}
        for allocation in match.allocations:
            key = candidate_id = allocation.candidate_id
            partner_id = found.partners[candidate_id]
            if candidate_id in waiting and len(match.allocations) > 1:
                partner_id = None  # A payout: one item for the payments of all debtors.
            key = (found.accounts[candidate_id], partner_id)
            item = items.setdefault(key, Item(*key, Decimal(0)))
            item.amount += allocation.amount
            item.settles.append(candidate_id)
        items = list(items.values())
        if match.remainder:
            self._add_remainder(items, match, journal)
        return items

    def _add_remainder(self, items: list[Item], match: Match, journal) -> None:
        """Put what the documents didn't take where the rule says that it goes."""
        if match.remainder_as == "credit":
            for item in items:
                if item.partner_id == match.partner_id:
                    item.amount += match.remainder
                    return
            account = self._credit_account(match, journal)
            items.append(Item(account, match.partner_id, match.remainder))
            return
        account = journal._pom_remainder_account(match.remainder_as, match.remainder)
        items.append(Item(account.id, None, match.remainder))

    def _credit_account(self, match: Match, journal) -> int:
        partner = self.env["res.partner"].browse(match.partner_id)
        partner = partner.with_company(journal.company_id)
        if match.remainder > 0:
            return partner.property_account_receivable_id.id
        return partner.property_account_payable_id.id

    # Lines about to be created

    @api.model
    def _prepare(self, vals: dict, posting: Posting, journal) -> None:
        """Have the line created on its final accounts."""
        posting.former = {
            "partner_id": vals.get("partner_id") or False,
            "checked": True,
        }
        if posting.partner_id:
            vals["partner_id"] = posting.partner_id
        if posting.match.flag:
            vals["checked"] = False
        line = (
            self.env["account.bank.statement.line"].new(
                {name: vals[name] for name in _AMOUNTS if name in vals}
            )
            if not posting.direct or self._in_other_currency(vals, posting, journal)
            else None
        )
        if line is None:
            vals["counterpart_account_id"] = posting.items[0].account_id
            return
        defaults = line._prepare_move_line_default_vals()
        for default in defaults:
            default.pop("move_id")
            default.update(
                name=vals.get("payment_ref"), partner_id=vals.get("partner_id")
            )
        liquidity, counterpart = defaults
        vals["line_ids"] = [Command.create(liquidity)] + [
            Command.create(item) for item in self._item_vals(posting, counterpart)
        ]

    def _in_other_currency(self, vals, posting: Posting, journal) -> bool:
        """Whether the documents aren't in the currency that the line is booked in."""
        currency = self.env["res.currency"].browse(
            vals.get("foreign_currency_id")
            or journal.currency_id.id
            or journal.company_id.currency_id.id
        )
        return currency.name != posting.match.currency

    def _item_vals(self, posting: Posting, counterpart: dict) -> list[dict]:
        """Split the counterpart that Odoo would book among the items.

        :param counterpart: from ``_prepare_move_line_default_vals``.
        """
        booked_in = self.env["res.currency"].browse(counterpart["currency_id"])
        company_currency = self.env.company.currency_id
        total = sum(item.amount for item in posting.items)
        balance = counterpart["debit"] - counterpart["credit"]
        shares = _shares(company_currency, balance, posting.items, total)
        if booked_in.name == posting.match.currency:
            amounts = [-float(item.amount) for item in posting.items]
        elif company_currency.name == posting.match.currency:
            booked_in, amounts = company_currency, shares
        else:
            booked_in = self.env["res.currency"].search(
                [("name", "=", posting.match.currency)], limit=1
            )
            amounts = [-float(item.amount) for item in posting.items]
        return [
            {
                "name": counterpart["name"],
                "account_id": item.account_id,
                "partner_id": item.partner_id or counterpart["partner_id"],
                "currency_id": booked_in.id,
                "amount_currency": amount,
                "balance": share,
            }
            for item, amount, share in zip(posting.items, amounts, shares, strict=True)
        ]

    # Lines that are open

    @api.model
    def _rewrite(self, postings: list[Posting]) -> None:
        """Move open lines from the suspense account to their final accounts."""
        groups = defaultdict(lambda: self.env["account.move.line"])
        for posting in postings:
            line = posting.line
            posting.former = {"partner_id": line.partner_id.id, "checked": line.checked}
            liquidity, suspense, _others = line._seek_for_lines()
            partner_id = posting.partner_id or line.partner_id.id
            if partner_id != line.partner_id.id:
                self._set_partner(line, liquidity, partner_id)
            counterpart = line._prepare_move_line_default_vals()[1]
            currency = self.env["res.currency"].browse(counterpart["currency_id"])
            if posting.direct and currency.name == posting.match.currency:
                groups[posting.items[0].account_id, partner_id] += suspense
            else:
                self._split(line, suspense, self._item_vals(posting, counterpart))
        for (account_id, partner_id), suspense in groups.items():
            suspense.with_context(skip_account_move_synchronization=True).write(
                {"account_id": account_id, "partner_id": partner_id}
            )

    def _set_partner(self, line, liquidity, partner_id) -> None:
        """Set the partner without the entry being rebuilt, as ``write`` would."""
        quiet = {"skip_account_move_synchronization": True, "skip_readonly_check": True}
        line.with_context(**quiet).partner_id = partner_id
        line.move_id.with_context(**quiet).partner_id = partner_id
        liquidity.with_context(**quiet).partner_id = partner_id

    def _split(self, line, suspense, items: list[dict]) -> None:
        line.move_id.with_context(
            skip_account_move_synchronization=True, skip_readonly_check=True
        ).write(
            {
                "line_ids": [Command.update(suspense.id, items[0])]
                + [Command.create(item) for item in items[1:]]
            }
        )

    # Reconciling

    @api.model
    def _settle(self, postings: list[Posting]) -> None:
        """Reconcile all, by stage; a line that Odoo refuses goes back to suspense."""
        for stage in sorted({posting.match.stage for posting in postings}):
            self._try([item for item in postings if item.match.stage == stage])
        for posting in postings:
            if posting.error:
                self._to_suspense(posting)
        flagged = self.env["account.bank.statement.line"].union(
            *(item.line for item in postings if item.match.flag and not item.error)
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
        self.env["account.move.line"]._reconcile_plan(plan)

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

    def _to_suspense(self, posting: Posting) -> None:
        line = posting.line
        liquidity = line._seek_for_lines()[0]
        self._set_partner(line, liquidity, posting.former["partner_id"])
        line.action_undo_reconciliation()

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
            partials = self._money_partials(debts, abs(item.amount))
            money = (partials.debit_move_id | partials.credit_move_id) - debts
            posting.former["pairs"] = posting.former.get("pairs", []) + [
                [partial.debit_move_id.id, partial.credit_move_id.id]
                for partial in partials
            ]
            self._reject_payments(posting, money)
            partials.unlink()
            plan.append(own | money)
            if sum(map(abs, money.mapped("amount_residual_currency"))) > abs(
                item.amount
            ):
                plan.append(money | debts)
        return plan

    def _money_partials(self, debts, amount: Decimal):
        """Return the partials by which that much money came in for the debts.

        One of exactly the amount is preferred, then the latest.
        """
        partials = debts.matched_debit_ids | debts.matched_credit_ids
        money = partials.filtered(
            lambda item: (
                moves := ((item.debit_move_id | item.credit_move_id) - debts).move_id
            )
            and (moves.statement_line_id or moves.origin_payment_id)
        ).sorted("id", reverse=True)
        side = "debit" if debts[0].balance > 0 else "credit"
        value = f"{side}_amount_currency"
        currency = debts[0].currency_id
        exact = money.filtered(
            lambda i: not currency.compare_amounts(i[value], float(amount))
        )
        chosen, rest = exact[:1], float(amount)
        if exact:
            return chosen
        for partial in money:
            if currency.compare_amounts(rest, 0) <= 0:
                break
            chosen |= partial
            rest -= partial[value]
        if currency.compare_amounts(rest, 0) > 0:
            raise UserError(
                self.env._(
                    "The payment that was returned isn't booked on the document."
                )
            )
        return chosen

    def _reject_payments(self, posting: Posting, money) -> None:
        payments = money.move_id.origin_payment_id
        if payments:
            posting.former["payments"] = [[item.id, item.state] for item in payments]
            payments.state = "rejected"

    # Records of what was decided

    @api.model
    def _record(self, decided: list[tuple], postings: dict, by_hand=False):
        """Write down every decision, and what was left open with something to say.

        :param decided: pairs of statement line and match.
        """
        rows = []
        for line, match in decided:
            posting = postings.get(match.line_id)
            if posting and not posting.error:
                rows.append(self._matched_vals(line, posting, by_hand))
            elif posting or match.suggestions or _is_telling(match):
                rows.append(self._open_vals(line, match, posting))
        return self.env["pom.match"].sudo().create(rows)

    def _suggestion_vals(self, line, suggestion, rank, currency) -> dict:
        amount = sum(item.amount for item in suggestion.allocations)
        return {
            "statement_line_id": line.id,
            "company_id": line.company_id.id,
            "rank": rank,
            "allocations": [
                [item.candidate_id, str(item.amount)] for item in suggestion.allocations
            ],
            "currency_id": currency.id,
            "amount": float(amount),
            "remainder": float(suggestion.remainder),
            "reason_template": suggestion.reason,
            "reason_values": dict(suggestion.values),
        }

    def _matched_vals(self, line, posting: Posting, by_hand) -> dict:
        match = posting.match
        return {
            **self._line_vals(line),
            "state": "matched",
            "rule": match.rule if match.rule != BY_HAND else False,
            "by_hand": by_hand,
            "flag": match.flag or False,
            "partner_id": posting.partner_id or match.partner_id or False,
            "reason_template": match.reason,
            "reason_values": dict(match.values),
            "evidence": [list(pair) for pair in match.evidence],
            "allocations": [[a.candidate_id, str(a.amount)] for a in match.allocations],
            "former": posting.former,
        }

    def _open_vals(self, line, match: Match, posting) -> dict:
        template, values = match.reason, dict(match.values)
        if posting:
            template = posting.error if posting.error == BUSY else REFUSED
            values = {"error": posting.error}
        return {
            **self._line_vals(line),
            "state": "open",
            "reason_template": template,
            "reason_values": values,
            "suggestion_ids": [
                Command.create(
                    self._suggestion_vals(line, suggestion, rank, line.currency_id)
                )
                for rank, suggestion in enumerate(match.suggestions)
            ],
        }

    def _line_vals(self, line) -> dict:
        return {
            "statement_line_id": line.id,
            "journal_id": line.journal_id.id,
            "company_id": line.company_id.id,
            "currency_id": line.currency_id.id,
            "date": line.date,
            "amount": line.amount,
            "decided_by": self.env.uid,
        }

    # Undoing

    @api.model
    def _undo(self, matches) -> None:
        lines = matches.statement_line_id
        lines.check_access("write")
        lines.lock_for_update(allow_referencing=True)
        for match in matches:
            line = match.statement_line_id
            former = match.former or {}
            self._set_partner(line, line._seek_for_lines()[0], former.get("partner_id"))
            line.action_undo_reconciliation()
            if line.checked != former.get("checked", True):
                line.move_id.checked = former["checked"]
            self._restore(former)

    def _restore(self, former: dict) -> None:
        """Put back together what a return had parted."""
        Item = self.env["account.move.line"]
        pairs = [Item.browse(pair).exists() for pair in former.get("pairs", ())]
        Item._reconcile_plan([pair for pair in pairs if len(pair) == 2])
        for payment_id, state in former.get("payments", ()):
            self.env["account.payment"].browse(payment_id).exists().state = state

    @api.model
    def _mark_undone(self, lines) -> None:
        """Close the decisions on lines that go back to suspense, whatever the way."""
        live = (
            self.env["pom.match"]
            .sudo()
            .search([("statement_line_id", "in", lines.ids), ("state", "=", "matched")])
        )
        live.write(
            {
                "state": "undone",
                "undone_by": self.env.uid,
                "undone_on": fields.Datetime.now(),
            }
        )


#: Rule of a decision that a person took from the suggestions.
BY_HAND = "by_hand"

_AMOUNTS = (
    "journal_id",
    "date",
    "amount",
    "foreign_currency_id",
    "amount_currency",
    "payment_ref",
    "partner_id",
)


def _shares(currency, balance: float, items: list[Item], total: Decimal) -> list[float]:
    """Divide a balance in proportion, the rounding on the last."""
    shares = [
        currency.round(balance * float(item.amount / total)) for item in items[:-1]
    ]
    return [*shares, currency.round(balance - sum(shares))]


def _is_telling(match: Match) -> bool:
    """Whether an open line's reason says more than that nothing was recognised."""
    return bool(match.evidence)
