from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from odoo import Command, api, models

from odoo.addons.pom_payment.tools.marking import _

from ..matching.base import Match
from ..tools.postings import Found, Item, Posting, settling_items, shares

#: What an entry's amounts depend on.
_AMOUNTS = (
    "journal_id",
    "date",
    "amount",
    "foreign_currency_id",
    "amount_currency",
    "payment_ref",
    "partner_id",
)


# pylint: disable=prefer-env-translation
#: Why a return isn't booked.
UNKNOWN_DISCOUNT = _(
    "The money that came back paid several invoices early, and the books don't tell"
    " what was written off of which."
)

#: Of the items that core prepares for a discount.
_KEPT = (
    "name",
    "tax_ids",
    "tax_tag_ids",
    "tax_repartition_line_id",
    "group_tax_id",
    "analytic_distribution",
)


class PomMatchBooking(models.AbstractModel):
    """Puts bank lines on their final accounts: those to be created, and open ones.

    Reconciling is another step: :class:`PomMatchSettling`.
    """

    _name = "pom.match.booking"
    _description = "Booking of Matched Bank Lines"

    # From a decision to journal items

    @api.model
    def _postings(self, matches, found: Found, journal) -> dict:
        """Return a posting per decided match, by line id."""
        postings = {
            match.line_id: Posting(match, self._items(match, found, journal))
            for match in matches
            if match.decided
        }
        for posting in postings.values():
            match = posting.match
            if match.remainder_as == "fee" or match.charges:
                self._name_account(posting)
            if match.flag == "returned" and match.discounted:
                if not self._is_discount_known(match, found):
                    posting.error = UNKNOWN_DISCOUNT
        return postings

    def _name_account(self, posting: Posting) -> None:
        """Have the decision say where a fee goes."""
        account = self.env["account.account"].browse(posting.items[-1].account_id)
        named = f"{account.code} {account.name}"
        values = {**posting.match.values, "account": named}
        posting.match = replace(posting.match, values=values)

    def _items(self, match: Match, found: Found, journal) -> list[Item]:
        items = settling_items(match, found)
        if match.flag == "returned" and match.discounted:
            self._add_lost_discount(items, match)
        if match.remainder:
            self._add_remainder(items, match, found, journal)
        if match.charges:
            account = journal._pom_remainder_account("fee", -match.charges)
            items.append(Item(account.id, None, -match.charges))
        return items

    def _add_remainder(self, items: list[Item], match: Match, found, journal) -> None:
        """Put what the documents didn't take where the rule says that it goes."""
        items += self._claim_items(match)
        rest = match.remainder - sum(paid.amount for paid in match.claims)
        if not rest:
            return
        match = replace(match, remainder=rest)
        if match.remainder_as == "discount":
            items += self._discount_items(match)
            return
        if match.remainder_as != "credit":
            account = self._remainder_account(match, found, journal)
            items.append(Item(account, None, match.remainder))
            return
        for item in items:
            if item.partner_id == match.partner_id:
                item.amount += match.remainder
                return
        account = self._credit_account(match, journal)
        items.append(Item(account, match.partner_id, match.remainder))

    def _claim_items(self, match: Match) -> list[Item]:
        """Return what of the money goes into income, by claim."""
        values = self.env["account.move"]._pom_claim_items(list(match.claims))
        return [
            Item(vals.pop("account_id"), match.partner_id, paid.amount, more=vals)
            for vals, paid in zip(values, match.claims, strict=True)
        ]

    def _add_lost_discount(self, items: list[Item], match: Match) -> None:
        """A discount was booked with the money that goes back: all of the debt is open
        again, and what was written off isn't any more.
        """
        own = {item.partner_id: item for item in reversed(items)}
        for written in self._lost(match):
            amount = Decimal(str(round(written.amount_currency, 3)))
            account, partner = written.account_id.id, written.partner_id.id
            own.get(partner, items[0]).amount -= amount
            items.append(Item(account, partner, amount, more=_kept(written)))

    def _lost(self, match: Match):
        """Return the items of the discounts that a return takes back."""
        settled = [part.candidate_id for part in match.allocations]
        terms = self.env["account.move.line"].browse(settled)
        return terms.move_id._pom_discount_written_off()

    def _is_discount_known(self, match: Match, found: Found) -> bool:
        """Whether the books tell which items the discounts were that a return takes
        back: money that paid several may not say whose they are."""
        candidates = found.by_id()
        taken = sum(candidates[key].discount_taken for key in match.discounted)
        lost = sum(self._lost(match).mapped("amount_currency"))
        return taken == Decimal(str(round(lost, 3)))

    def _discount_items(self, match: Match) -> list[Item]:
        """Return core's own items for a discount: the taxes that it changes, too."""
        Move, given = self.env["account.move"], []
        terms = self.env["account.move.line"].browse(match.discounted)
        for term in terms:
            values = {
                "aml": term,
                "amount_currency": -term.amount_residual_currency,
                "balance": -term.amount_residual,
            }
            found = Move._get_invoice_counterpart_amls_for_early_payment_discount(
                [values], term.balance - term.discount_balance
            )
            made = [vals for group in found.values() for vals in group]
            if len(match.allocations) > 1:
                # Says whose it was, if the money of one of them comes back.
                for vals in made:
                    vals["name"] = f"{vals['name']} ({term.move_id.name})"
            given += made
        return [
            Item(
                vals["account_id"],
                vals.get("partner_id"),
                -Decimal(str(round(vals["amount_currency"], 3))),
                more={name: vals[name] for name in _KEPT if name in vals},
            )
            for vals in given
            if vals["amount_currency"]
        ]

    def _remainder_account(self, match: Match, found, journal) -> int:
        """Return the journal's account; for a payout's fee else the provider's own."""
        if match.rule == "payout" and not journal.pom_fee_account_id:
            first = found.by_id()[match.allocations[0].candidate_id]
            if first.fee_account:
                return first.fee_account
        return journal._pom_remainder_account(match.remainder_as, match.remainder).id

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
        if posting.direct and not self._in_other_currency(vals, posting, journal):
            vals["counterpart_account_id"] = posting.items[0].account_id
        else:
            vals["line_ids"] = self._new_items(vals, posting)

    def _new_items(self, vals: dict, posting: Posting) -> list:
        """Return the commands for the bank's own journal item and the others."""
        line = self.env["account.bank.statement.line"].new(
            {name: vals[name] for name in _AMOUNTS if name in vals}
        )
        defaults = line._prepare_move_line_default_vals()
        for default in defaults:
            default.pop("move_id")
            default.update(
                name=vals.get("payment_ref"), partner_id=vals.get("partner_id")
            )
        liquidity, counterpart = defaults
        items = [liquidity, *self._item_vals(posting, counterpart)]
        return [Command.create(item) for item in items]

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
        total = sum(item.amount for item in posting.items)
        balance = counterpart["debit"] - counterpart["credit"]
        company_currency = self.env.company.currency_id
        balances = shares(total, posting.items, balance, company_currency.round)
        currency = self._currency(posting, counterpart)
        amounts = (
            balances
            if currency == company_currency
            else [-float(item.amount) for item in posting.items]
        )
        return [
            {
                "name": counterpart["name"],
                "account_id": item.account_id,
                "partner_id": item.partner_id or counterpart["partner_id"],
                "currency_id": currency.id,
                "amount_currency": amount,
                "balance": share,
                **item.more,
            }
            for item, amount, share in zip(
                posting.items, amounts, balances, strict=True
            )
        ]

    def _currency(self, posting: Posting, counterpart: dict):
        """Return the currency of the documents, which the amounts are in."""
        name = posting.match.currency
        booked_in = self.env["res.currency"].browse(counterpart["currency_id"])
        for currency in (booked_in, self.env.company.currency_id):
            if currency.name == name:
                return currency
        return self.env["res.currency"].search([("name", "=", name)], limit=1)

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

    @api.model
    def _set_partner(self, line, liquidity, partner_id) -> None:
        """Set the partner without the entry being rebuilt, as ``write`` would."""
        quiet = {"skip_account_move_synchronization": True, "skip_readonly_check": True}
        line.with_context(**quiet).partner_id = partner_id
        line.move_id.with_context(**quiet).partner_id = partner_id
        liquidity.with_context(**quiet).partner_id = partner_id

    def _split(self, line, suspense, items: list[dict]) -> None:
        line.move_id.with_context(
            skip_account_move_synchronization=True,
            skip_readonly_check=True,
            skip_invoice_sync=any("tax_repartition_line_id" in item for item in items),
        ).write(
            {
                "line_ids": [Command.update(suspense.id, items[0])]
                + [Command.create(item) for item in items[1:]]
            }
        )

    @api.model
    def _to_suspense(self, line, partner_id) -> None:
        """Put a line back to where it was before it was matched."""
        self._set_partner(line, line._seek_for_lines()[0], partner_id)
        line.action_undo_reconciliation()


def _kept(item) -> dict:
    """Of an item for a discount, what the item that takes it back has as well."""
    values = item.read(_KEPT, load=False)[0]
    values.pop("id")
    for name in ("tax_ids", "tax_tag_ids"):
        values[name] = [Command.set(values[name])]
    return values
