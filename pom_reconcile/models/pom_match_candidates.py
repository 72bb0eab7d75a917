import datetime
from collections import defaultdict
from decimal import Decimal
from itertools import accumulate

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.pom_payment.debt.facts import Claim

from ..matching.base import Candidate, Keys
from ..matching.names import name_key
from ..tools import match_queries as queries
from ..tools.postings import Found

#: A payment that was paid out or a debt that was paid longer ago is not looked for.
PAYMENT_DAYS = 180
PAID_DAYS = 400


class PomMatchCandidates(models.AbstractModel):
    """What a batch of bank lines may settle, in a fixed number of queries.

    Ids are those of journal items: receivable and payable ones of documents,
    outstanding ones of payments.
    """

    _name = "pom.match.candidates"
    _description = "Open Items for Bank Lines"

    @api.model
    def _find(self, keys: Keys, company, first_date, few=False) -> Found:
        """Return the candidates for the keys in the company and its branches.

        :param first_date: date of the oldest line.
        :param few: there are so few lines that looking up what they say is quicker
            than reading all that is open; what can be decided is the same.
        """
        self.env.flush_all()
        context = self._context(keys, company, first_date)
        rows = self._rows_by_keys(keys, context) if few else self._rows(context)
        self._add_invoices([row for row in rows if row.get("waiting")])
        found = self._as_found(rows, company, context["companies"])
        found.candidates += self._elsewhere(context)
        return found

    def _rows(self, context) -> list[dict]:
        """Return what is open, waits for its money or was paid, for many lines."""
        return [
            row
            for query in (
                queries.OPEN_ITEMS,
                queries.WAITING_PAYMENTS,
                queries.PAID_ITEMS,
            )
            for row in self._select(query, context)
        ]

    def _select(self, query, context) -> list[dict]:
        return self.env.execute_query_dict(SQL(query, **context))

    def _add_invoices(self, rows) -> None:
        """Complete payments with what those are called that they were applied to."""
        ids = [row["payment_id"] for row in rows]
        named = defaultdict(list)
        for one in self._select(queries.APPLIED, {"payments": ids}) if ids else ():
            named[one["payment_id"]].append(one)
        for row in rows:
            row["invoices"] = [
                one[name]
                for name in ("payment_reference", "name", "ref")
                for one in named[row["payment_id"]]
            ]

    def _context(self, keys: Keys, company, first_date) -> dict:
        companies, others = self._companies(company)
        return {
            "companies": companies,
            "others": others,
            "owners": self._owners(keys, companies),
            "spellings": list(keys.spellings | keys.references),
            "compact": list(keys.compact_names),
            "number_keys": list(keys.number_keys),
            "sequences": list(keys.sequence_numbers),
            "amounts": list(keys.amounts),
            "tokens": list(keys.tokens),
            "end_to_end": list(keys.end_to_end_ids),
            "mandates": list(keys.mandates),
            "ordered_as": self._ordered_as(),
            "is_noted": self.env["account.move"]._pom_sql_is_noted(SQL("e")),
            "payments_since": first_date - datetime.timedelta(days=PAYMENT_DAYS),
            "paid_since": first_date - datetime.timedelta(days=PAID_DAYS),
        }

    def _ordered_as(self):
        """Return the end-to-end id that OCA's payment orders give a payment."""
        if "payment_order_id" not in self.env["account.payment"]._fields:
            return SQL("NULL")
        return SQL("CASE WHEN y.payment_order_id IS NOT NULL THEN y.id::text END")

    def _companies(self, company):
        """Return the company and its branches, whose items may be settled, and whether
        there are others."""
        every = self.env["res.company"].sudo().search_fetch([], ["parent_path"])
        path = company.sudo().parent_path
        own = every.filtered(lambda one: one.parent_path.startswith(path))
        return own.ids, own != every

    def _owners(self, keys: Keys, companies) -> list[int]:
        """Return the debtors that were picked, or that an account number, name or
        address belongs to."""
        query = SQL(
            queries.OWNERS,
            ibans=list(keys.ibans),
            companies=companies,
            emails=[email.lower() for email in keys.emails],
        )
        owners = {partner_id for (partner_id,) in self.env.execute_query(query)}
        return list((owners | self._called(keys.names) | keys.partners) - {None})

    def _called(self, names) -> set[int]:
        """Return the debtors that have one of these names, see :func:`.name_key`."""
        query = SQL(queries.NAMESAKES, names=list(names))
        rows = self.env.execute_query(query) if names else []
        return {owner for owner, name in rows if name_key(name or "") in names}

    def _elsewhere(self, context) -> list[Candidate]:
        """Return documents of other companies: only their numbers are of interest."""
        if not context["others"]:
            return []
        rows = self.env.execute_query(SQL(queries.ELSEWHERE, **context))
        return [
            Candidate(
                id=-move_id,
                kind="paid_invoice",
                residual=Decimal(0),
                currency="",
                company_id=company_id,
                name=name,
            )
            for move_id, company_id, name in rows
        ]

    # From rows to candidates

    def _as_found(self, rows, company, companies) -> Found:
        owners = {row["commercial_partner_id"] for row in rows} - {None}
        known = {
            "people": self._people(list(owners), companies),
            "currencies": self._currencies(),
            "taken": self._discounts_taken([row for row in rows if _is_paid(row)]),
            **self._known_of([row["move_id"] for row in rows], company),
        }
        found = Found()
        for row in {row["id"]: row for row in rows}.values():
            found.accounts[row["id"]] = row["account_id"]
            found.partners[row["id"]] = row["partner_id"]
            found.candidates.append(_candidate(row, company, **known))
        return found

    def _currencies(self) -> dict[int, str]:
        currencies = self.env["res.currency"].with_context(active_test=False)
        return {one.id: one.name for one in currencies.search_fetch([], ["name"])}

    def _known_of(self, move_ids: list[int], company) -> dict:
        """Return what else is known of documents: of which a payment is on its way;
        what was agreed on; and what was asked on top."""
        moves = self.env["account.move"].sudo().browse(set(move_ids) - {None})
        moves.fetch(moves._pom_fact_fields())
        return {
            "under_way": moves._pom_ids_under_way(),
            "agreed": self._agreed(moves),
            "claims": self._claims(moves, company),
        }

    def _people(self, owners: list[int], companies) -> dict[int, dict]:
        """Return names, e-mail addresses and account numbers of debtors."""
        query = SQL(queries.PEOPLE, owners=owners, companies=companies)
        names = ("partner_names", "emails", "ibans", "learnt", "shared")
        return {
            owner: {
                name: tuple(filter(None, values or ()))
                for name, values in zip(names, row, strict=True)
            }
            for owner, *row in self.env.execute_query(query)
        }

    def _agreed(self, moves) -> dict[int, tuple[Decimal, ...]]:
        """Return what pays the first part of a payment plan, the first two, and so on,
        by document that has one."""
        return {
            move_id: tuple(accumulate(part.left for part in parts))
            for move_id, parts in moves._pom_plans({}).items()
        }

    def _discounts_taken(self, paid) -> dict[int, Decimal]:
        """Return what was written off of documents as they were paid early."""
        ids = {row["move_id"] for row in paid if row["discount_date"]}
        moves = self.env["account.move"].sudo().browse(ids)
        return {
            move.id: _decimal(sum(taken.values()))
            for move in moves
            if (taken := move._pom_discounts_taken())
        }

    def _claims(self, moves, company) -> dict[int, tuple[Claim, ...]]:
        """Return what was asked on top of these documents, of those in the currency in
        which it's asked."""
        claims = moves._pom_claims()
        return {
            move.id: claims[move.id]
            for move in moves.browse(claims)
            if move.currency_id == company.currency_id
        }


def _candidate(
    row, company, people, currencies, under_way, agreed, claims, taken
) -> Candidate:
    unknown = dict.fromkeys(
        ("partner_names", "emails", "ibans", "learnt", "shared"), ()
    )
    discounted = (
        row["discount_date"]
        and row["parts"] == 1
        and row["currency_id"] == company.currency_id.id
    )
    off = taken.get(row["move_id"], Decimal(0)) if _is_paid(row) else Decimal(0)
    return Candidate(
        id=row["id"],
        kind=_kind(row),
        residual=_decimal(row["residual"]),
        paid=_decimal(row["paid"]) - off,
        currency=currencies[row["currency_id"]],
        company_id=company.id,
        move_id=row["move_id"],
        name=row["name"] or "",
        partner_id=row["partner_id"],
        commercial_partner_id=row["commercial_partner_id"],
        date=row["date"],
        due_date=row["date_maturity"],
        references=_references(row),
        provider=row.get("provider") or "",
        on_account=bool(row.get("waiting") and not row["invoices"]),
        transaction_reference=row.get("transaction_reference") or "",
        provider_reference=row.get("provider_reference") or "",
        end_to_end_id=row.get("end_to_end_id") or "",
        payout_reference=row.get("payout_reference") or "",
        fee_account=row.get("fee_account"),
        mandate=row.get("mandate") or "",
        under_way=row["move_id"] in under_way,
        discount_amount=_decimal(row["discount"] or 0) if discounted else Decimal(0),
        discount_date=row["discount_date"] if discounted else None,
        agreed=agreed.get(row["move_id"], ()),
        claims=claims.get(row["move_id"], ()),
        given_up=bool(row.get("given_up")),
        discount_taken=off,
        **people.get(row["commercial_partner_id"], unknown),
    )


def _decimal(amount) -> Decimal:
    """Return the database's number without needless digits behind the point."""
    return Decimal(amount).quantize(Decimal("0.001")).normalize() + 0


def _is_paid(row) -> bool:
    return not row["residual"] and not row.get("waiting")


def _kind(row) -> str:
    if row.get("waiting"):
        return "payment"
    if not row["residual"]:
        return "paid_invoice"
    receivable = row["account_type"] == "asset_receivable"
    if (row["residual"] > 0) != receivable:
        return "credit_note"
    return "instalment" if row["parts"] > 1 else "invoice"


def _references(row) -> tuple[str, ...]:
    """Return what a payer may quote; of a bill also the supplier's own number."""
    own = [row["payment_reference"], row.get("memo"), *(row.get("invoices") or ())]
    if row["move_type"] in ("in_invoice", "in_refund", "in_receipt"):
        own.append(row["ref"])
    return tuple(dict.fromkeys(filter(None, own)))
