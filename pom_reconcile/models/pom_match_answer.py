from dataclasses import replace
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.pom_payment.debt.claims import explain
from odoo.addons.pom_payment.tools.marking import _

from ..matching.base import Allocation, Match
from ..matching.reasons import REASONS
from ..matching.settle import money
from ..tools.postings import BY_HAND, Item, Posting

# pylint: disable=prefer-env-translation
#: Why a line is booked as it is, by what a person did with what the documents left.
CHOSEN = {
    "": _("Chosen by hand: %(documents)s."),
    "open": _("Chosen by hand: %(documents)s; %(rest)s is left open."),
    "credit": _("Chosen by hand: %(documents)s; %(rest)s is credit of %(target)s."),
    "account": _("Chosen by hand: %(documents)s; %(rest)s is booked on %(target)s."),
}
CHOSEN["charges"] = CHOSEN["account"]
#: The same without any document.
WHOLE = {
    "credit": _("Booked by hand as credit of %(target)s."),
    "account": _("Booked by hand on %(target)s."),
}
#: Of a suggestion whose documents were paid, and whose money came back.
RETURNED = REASONS["suggest_returned"]
#: Of a suggestion whose rest is what the bank kept.
CHARGES_KEPT = REASONS["suggest_charges"]
#: Accounts that only documents, payments and banks are booked on.
NOT_CHOSEN = (
    "asset_receivable",
    "liability_payable",
    "asset_cash",
    "liability_credit_card",
    "off_balance",
)


class PomMatchAnswer(models.AbstractModel):
    """Books an open bank line as a person says, after a look at what is open now."""

    _name = "pom.match.answer"
    _description = "Answer of a Person to a Bank Line"

    @api.model
    def _book(self, line, parts, rest="", target_id=False, suggestion=None) -> None:
        """Book a line on what it settles, and on where its rest goes.

        :param parts: pairs of the id of a journal item and an amount, of the line's
            sign and in the item's currency.
        :param rest: what is left of the line: ``open``, ``credit`` of the partner, on
            the ``account`` of ``target_id``, or ``charges`` that the bank kept.
        :param suggestion: what the parts were taken from, for its reason.
        :raises UserError: when it can't be booked so, or not any more.
        """
        self.env["pom.match"]._check_accountant()
        line.check_access("write")
        line.lock_for_update(allow_referencing=True)
        self._check_open(line)
        returned = suggestion and suggestion.reason_template == RETURNED
        items = self._items(line, parts, returned)
        currency = self._currency(line, parts)
        left = self._amount(line, currency) - sum(item.amount for item in items)
        if rest == "credit" and parts:
            claimed = self._claim_items(line, parts, left)
            items += claimed
            left -= sum(item.amount for item in claimed)
        target = ""
        if left:
            items.append(self._rest_item(line, left, items, rest, target_id))
            target = self._target_name(rest, items[-1])
        match = self._match(line, items, currency, suggestion)
        if not suggestion or (left and rest != "open"):
            rest = rest if left else ""
            match = self._with_reason(match, parts, rest, left, target)
        self._carry_out(line, Posting(match, items))

    def _check_open(self, line):
        if not line._pom_filter_open():
            raise UserError(self.env._("This bank line isn't open any more."))
        if line._seek_for_lines()[2]:
            raise UserError(
                self.env._("A part of this bank line is booked: undo that first.")
            )

    # What it settles

    def _items(self, line, parts, returned) -> list[Item]:
        items = []
        debts = self._documents(parts).exists()
        debts.check_access("read")
        by_id = {debt.id: debt for debt in debts}
        for item_id, amount in parts:
            debt, amount = by_id.get(item_id), Decimal(str(amount))
            ours = debt and self._is_ours(debt, line)
            if not ours or not (returned or self._is_open(debt, amount)):
                raise UserError(
                    self.env._(
                        "This suggestion is out of date: less is open by now. Use"
                        " “Match” on the bank line for new ones."
                    )
                )
            items.append(
                Item(debt.account_id.id, debt.partner_id.id, amount, [debt.id])
            )
        return items

    def _documents(self, parts):
        return self.env["account.move.line"].browse([item_id for item_id, _a in parts])

    def _is_ours(self, debt, line) -> bool:
        return (
            debt.parent_state == "posted"
            and debt.company_id.root_id == line.company_id.root_id
            and debt.move_id != line.move_id
        )

    def _is_open(self, debt, amount) -> bool:
        """Whether so much of it is open, on its own side."""
        left = Decimal(str(debt.amount_residual_currency))
        within = amount * left > 0 and abs(amount) <= abs(left)
        return within and not debt.reconciled

    def _currency(self, line, parts):
        """Return the currency of the documents: the line's own, or its other one."""
        currency = self._documents(parts).currency_id or line.currency_id
        if len(currency) > 1 or currency not in line._pom_currencies():
            raise UserError(
                self.env._(
                    "Documents in another currency than the bank line's can't be"
                    " settled here: use the reconciliation screen."
                )
            )
        return currency

    def _amount(self, line, currency) -> Decimal:
        own = currency == line.currency_id
        return Decimal(str(line.amount if own else line.amount_currency))

    # Where its rest goes

    def _claim_items(self, line, parts, left) -> list[Item]:
        """Return what of the rest was asked on top of the documents: that is no credit
        of anybody's."""
        moves = self._documents(parts).move_id
        if moves.currency_id != line.company_id.currency_id:
            return []
        claims = [one for found in moves._pom_claims().values() for one in found]
        paid = list(explain(claims, left))
        values = moves._pom_claim_items(paid)
        partner = moves.partner_id[:1].commercial_partner_id
        return [
            Item(vals.pop("account_id"), partner.id, one.amount, more=vals)
            for vals, one in zip(values, paid, strict=True)
        ]

    def _rest_item(self, line, left, items, rest, target_id) -> Item:
        found = {
            "open": self._open_item,
            "credit": self._credit_item,
            "account": self._account_item,
            "charges": self._charges_item,
        }.get(rest)
        if not found:
            raise UserError(
                self.env._(
                    "Say what happens with the %(rest)s that are left.",
                    rest=money(left, line.currency_id.name),
                )
            )
        return found(line, left, items, target_id)

    def _open_item(self, line, left, items, target_id) -> Item:
        if not items or left * self._sign(line) < 0:
            raise UserError(self.env._("There is nothing that could be left open."))
        return Item(line.journal_id.suspense_account_id.id, None, left)

    def _credit_item(self, line, left, items, target_id) -> Item:
        partners = {item.partner_id for item in items if item.partner_id}
        partner_id = target_id or (partners.pop() if len(partners) == 1 else False)
        partner = self.env["res.partner"].browse(partner_id or line.partner_id.id)
        if not partner.exists() or left * self._sign(line) < 0:
            raise UserError(self.env._("Say whose credit it is."))
        partner.check_access("read")
        partner = partner.commercial_partner_id.with_company(line.company_id)
        incoming = left > 0
        account = (
            partner.property_account_receivable_id
            if incoming
            else partner.property_account_payable_id
        )
        return Item(account.id, partner.id, left)

    def _account_item(self, line, left, items, target_id) -> Item:
        account = self.env["account.account"].search(
            [("id", "=", target_id), *self._accounts_domain(line)]
        )
        if not account:
            raise UserError(self.env._("Choose the account to book it on."))
        return Item(account.id, None, left)

    def _charges_item(self, line, left, items, target_id) -> Item:
        account = line.journal_id._pom_remainder_account("fee", left)
        return Item(account.id, None, left)

    def _accounts_domain(self, line) -> list:
        """Return which accounts a person may book a line on."""
        return [
            ("company_ids", "parent_of", line.company_id.ids),
            ("account_type", "not in", NOT_CHOSEN),
            ("id", "!=", line.journal_id.suspense_account_id.id),
        ]

    def _sign(self, line) -> int:
        return -1 if line.amount < 0 else 1

    def _target_name(self, rest, item: Item) -> str:
        if rest == "credit":
            return self.env["res.partner"].browse(item.partner_id).display_name
        return self.env["account.account"].browse(item.account_id).display_name

    # Writing it down

    def _match(self, line, items, currency, suggestion) -> Match:
        allocations = tuple(
            Allocation(item.settles[0], item.amount) for item in items if item.settles
        )
        returned = suggestion and suggestion.reason_template == RETURNED
        return Match(
            line_id=line.id,
            rule=BY_HAND,
            allocations=allocations,
            currency=currency.name,
            flag="returned" if returned else "",
            reason=suggestion.reason_template if suggestion else "",
            values=suggestion.reason_values if suggestion else {},
        )

    def _with_reason(self, match: Match, parts, rest, left, target) -> Match:
        names = self._documents(parts).mapped("move_name")
        values = {
            "documents": ", ".join(dict.fromkeys(names)),
            "rest": money(left, match.currency),
            "target": target,
        }
        template = (CHOSEN if parts else WHOLE)[rest]
        return replace(match, reason=template, values=values)

    def _carry_out(self, line, posting: Posting) -> None:
        context = line.journal_id._pom_import_context()
        company = line.company_id
        booking = self.env["pom.match.booking"].with_company(company)
        posting.line = line.with_company(company).with_context(**context)
        booking.with_context(**context)._rewrite([posting])
        self.env["pom.match.settling"].with_context(**context)._settle([posting])
        if posting.error:
            raise UserError(posting.error)
        line._pom_forget_open()
        self.env["pom.match"]._record(
            [(line, posting.match)], {line.id: posting}, by_hand=True
        )
        self.env["pom.match.payer"]._learn(line)
