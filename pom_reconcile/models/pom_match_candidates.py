import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..matching.base import Candidate, Keys

#: A payment that was paid out or a debt that was paid longer ago is not looked for.
PAYMENT_DAYS = 180
PAID_DAYS = 400

#: A number without its separators, as ``Keys.compact_names`` has them.
COMPACT = r"regexp_replace(upper(%s), '[^A-Z0-9]', '', 'g')"


@dataclass
class Found:
    """Candidates of a batch, and what booking needs to know of each beyond matching."""

    candidates: list[Candidate] = field(default_factory=list)
    accounts: dict[int, int] = field(default_factory=dict)
    partners: dict[int, int] = field(default_factory=dict)


class PomMatchCandidates(models.AbstractModel):
    """What a batch of bank lines may settle, in a fixed number of queries.

    Ids are those of journal items: receivable and payable ones of documents,
    outstanding ones of payments.
    """

    _name = "pom.match.candidates"
    _description = "Open Items for Bank Lines"

    @api.model
    def _find(self, keys: Keys, company, first_date) -> Found:
        """Return the candidates for the keys in the company and its branches.

        :param first_date: date of the oldest line.
        """
        self.env.flush_all()
        context = {
            "companies": self._companies(company),
            "owners": self._owners(keys),
            "spellings": list(keys.spellings | keys.references),
            "compact": list(keys.compact_names),
            "sequences": list(keys.sequence_numbers),
            "amounts": list(keys.amounts),
            "tokens": list(keys.tokens),
            "end_to_end": list(keys.end_to_end_ids),
            "mandates": list(keys.mandates),
            "payments_since": first_date - datetime.timedelta(days=PAYMENT_DAYS),
            "paid_since": first_date - datetime.timedelta(days=PAID_DAYS),
        }
        rows = [
            *self._open_items(context),
            *self._waiting_payments(context),
            *self._paid_items(context, keys),
        ]
        return self._as_found(rows, company)

    def _companies(self, company):
        """Return the company and its branches, whose items may be settled."""
        return (
            self.env["res.company"].sudo().search([("id", "child_of", company.id)]).ids
        )

    def _owners(self, keys: Keys) -> list[int]:
        """Return the debtors that an account number, name or address belongs to."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.commercial_partner_id
                  FROM res_partner_bank b
                  JOIN res_partner p ON p.id = b.partner_id
                 WHERE b.sanitized_acc_number = ANY(%(ibans)s) AND b.active
                 UNION
                SELECT commercial_partner_id
                  FROM res_partner
                 WHERE lower(name) = ANY(%(names)s) OR lower(email) = ANY(%(emails)s)
                """,
                ibans=list(keys.ibans),
                names=[name.lower() for name in (*keys.raw_names, *keys.names)],
                emails=[email.lower() for email in keys.emails],
            )
        )
        return [partner_id for (partner_id,) in rows if partner_id]

    def _open_items(self, context) -> list[dict]:
        """Return what is open and named, or of a debtor so found, or of a sum."""
        return self.env.execute_query_dict(
            SQL(
                f"""
                WITH open AS MATERIALIZED (
                    SELECT {_ITEM},
                           COUNT(*) OVER (PARTITION BY m.id) AS parts
                      FROM account_move_line l
                      JOIN account_move m ON m.id = l.move_id
                      JOIN account_account a ON a.id = l.account_id
                 LEFT JOIN res_partner p ON p.id = l.partner_id
                     WHERE l.reconciled IS NOT TRUE
                       AND l.parent_state = 'posted'
                       AND l.company_id = ANY(%(companies)s)
                       AND a.account_type IN ('asset_receivable', 'liability_payable')
                       AND a.reconcile
                       AND l.payment_id IS NULL
                       AND l.amount_residual_currency <> 0
                ), seed AS (
                    SELECT DISTINCT commercial_partner_id
                      FROM open
                     WHERE payment_reference = ANY(%(spellings)s)
                        OR sequence_number = ANY(%(sequences)s)
                        OR {COMPACT % "name"} = ANY(%(compact)s)
                        OR {COMPACT % "COALESCE(ref, '')"} = ANY(%(compact)s)
                        OR commercial_partner_id = ANY(%(owners)s)
                )
                SELECT * FROM open
                 WHERE abs(residual) = ANY(%(amounts)s)
                    OR payment_reference = ANY(%(spellings)s)
                    OR commercial_partner_id IN (SELECT * FROM seed)
                """,
                **context,
            )
        )

    def _waiting_payments(self, context) -> list[dict]:
        """Return the payments that were booked and wait for their money."""
        return self.env.execute_query_dict(
            SQL(
                f"""
                SELECT {_ITEM},
                       1 AS parts,
                       TRUE AS waiting,
                       y.memo,
                       COALESCE(y.payment_reference, y.memo) AS end_to_end_id,
                       v.code AS provider,
                       t.reference AS transaction_reference,
                       t.provider_reference,
                       i.names AS invoices
                  FROM account_payment y
                  JOIN account_move m ON m.id = y.move_id
                  JOIN account_move_line l
                    ON l.move_id = m.id AND l.account_id = y.outstanding_account_id
                  JOIN account_account a ON a.id = l.account_id
             LEFT JOIN res_partner p ON p.id = l.partner_id
             LEFT JOIN payment_transaction t ON t.id = y.payment_transaction_id
             LEFT JOIN payment_provider v ON v.id = t.provider_id
             LEFT JOIN LATERAL (
                       SELECT array_agg(d.payment_reference) AS names
                         FROM account_move__account_payment r
                         JOIN account_move d ON d.id = r.invoice_id
                        WHERE r.payment_id = y.id) i ON TRUE
                 WHERE y.is_matched IS NOT TRUE
                   AND y.state IN ('in_process', 'paid')
                   AND y.company_id = ANY(%(companies)s)
                   AND y.date >= %(payments_since)s
                   AND l.parent_state = 'posted'
                   AND l.reconciled IS NOT TRUE
                   AND l.amount_residual_currency <> 0
                   AND a.reconcile
                """,
                **context,
            )
        )

    def _paid_items(self, context, keys: Keys) -> list[dict]:
        """Return what was paid lately and is named: a second payment, or a return."""
        return self.env.execute_query_dict(
            SQL(
                f"""
                WITH named AS (
                    SELECT m.id
                      FROM account_move m
                     WHERE m.payment_reference = ANY(%(spellings)s)
                     UNION
                    SELECT m.id
                      FROM account_move m
                     WHERE m.company_id = ANY(%(companies)s)
                       AND m.date >= %(paid_since)s
                       AND m.move_type IN ('out_invoice', 'in_invoice', 'out_receipt')
                       AND m.payment_state IN ('paid', 'in_payment', 'partial')
                       AND ({COMPACT % "m.name"} = ANY(%(compact)s)
                            OR (m.commercial_partner_id = ANY(%(owners)s)
                                AND m.amount_total = ANY(%(amounts)s)))
                     UNION
                    SELECT r.invoice_id
                      FROM payment_transaction t
                      JOIN account_invoice_transaction_rel r ON r.transaction_id = t.id
                     WHERE t.reference = ANY(%(tokens)s)
                        OR upper(t.provider_reference) = ANY(%(tokens)s)
                     UNION
                    SELECT d.move_id
                      FROM account_bank_statement_line s
                      JOIN account_move_line c ON c.move_id = s.move_id
                      JOIN account_partial_reconcile r
                        ON c.id IN (r.credit_move_id, r.debit_move_id)
                      JOIN account_move_line d
                        ON d.id IN (r.credit_move_id, r.debit_move_id) AND d.id <> c.id
                     WHERE s.pom_end_to_end_id = ANY(%(end_to_end)s)
                        OR s.pom_mandate = ANY(%(mandates)s)
                )
                SELECT {_ITEM},
                       1 AS parts,
                       t.reference AS transaction_reference,
                       t.provider_reference,
                       b.end_to_end_id,
                       b.mandate
                  FROM named n
                  JOIN account_move m ON m.id = n.id
                  JOIN account_move_line l
                    ON l.move_id = m.id AND l.display_type = 'payment_term'
                  JOIN account_account a ON a.id = l.account_id
             LEFT JOIN res_partner p ON p.id = l.partner_id
             LEFT JOIN LATERAL (
                       SELECT x.reference, x.provider_reference
                         FROM account_invoice_transaction_rel r
                         JOIN payment_transaction x ON x.id = r.transaction_id
                        WHERE r.invoice_id = m.id AND x.state = 'done'
                        ORDER BY x.id DESC LIMIT 1) t ON TRUE
             LEFT JOIN LATERAL (
                       SELECT s.pom_end_to_end_id AS end_to_end_id,
                              s.pom_mandate AS mandate
                         FROM account_partial_reconcile r
                         JOIN account_move_line c
                           ON c.id IN (r.credit_move_id, r.debit_move_id)
                          AND c.id <> l.id
                         JOIN account_bank_statement_line s ON s.move_id = c.move_id
                        WHERE r.debit_move_id = l.id OR r.credit_move_id = l.id
                        ORDER BY r.id DESC LIMIT 1) b ON TRUE
                 WHERE l.company_id = ANY(%(companies)s)
                   AND l.parent_state = 'posted'
                   AND l.reconciled
                """,
                **context,
            )
        )

    # From rows to candidates

    def _as_found(self, rows, company) -> Found:
        owners = {row["commercial_partner_id"] for row in rows} - {None}
        people = self._people(list(owners))
        under_way = self._under_way([row["move_id"] for row in rows])
        currencies = {
            currency.id: currency.name
            for currency in self.env["res.currency"]
            .with_context(active_test=False)
            .search([])
        }
        found = Found()
        for row in {row["id"]: row for row in rows}.values():
            found.accounts[row["id"]] = row["account_id"]
            found.partners[row["id"]] = row["partner_id"]
            found.candidates.append(
                _candidate(row, company.id, currencies, people, under_way)
            )
        return found

    def _people(self, owners: list[int]) -> dict[int, dict]:
        """Return names, e-mail addresses and account numbers of debtors."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.commercial_partner_id,
                       array_agg(DISTINCT p.name),
                       array_agg(DISTINCT p.email),
                       array_agg(DISTINCT b.sanitized_acc_number)
                  FROM res_partner p
             LEFT JOIN res_partner_bank b ON b.partner_id = p.id AND b.active
                 WHERE p.commercial_partner_id = ANY(%s)
              GROUP BY p.commercial_partner_id
                """,
                owners,
            )
        )
        return {
            owner: {
                "partner_names": tuple(filter(None, names)),
                "emails": tuple(filter(None, emails)),
                "ibans": tuple(filter(None, ibans)),
            }
            for owner, names, emails, ibans in rows
        }

    def _under_way(self, move_ids: list[int]) -> set[int]:
        """Return the documents that someone is paying through a provider right now."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.invoice_id
                  FROM account_invoice_transaction_rel r
                  JOIN payment_transaction t ON t.id = r.transaction_id
                 WHERE r.invoice_id = ANY(%s) AND t.state IN ('pending', 'authorized')
                """,
                move_ids,
            )
        )
        return {move_id for (move_id,) in rows}


#: What every query says of a journal item.
_ITEM = """
    l.id, l.move_id, l.account_id, l.partner_id, l.currency_id,
    COALESCE(p.commercial_partner_id, l.partner_id) AS commercial_partner_id,
    l.amount_residual_currency AS residual,
    l.amount_currency - l.amount_residual_currency AS paid,
    l.date_maturity, l.discount_date,
    abs(l.amount_currency) - abs(l.discount_amount_currency) AS discount,
    m.name, m.ref, m.payment_reference, m.move_type, m.sequence_number,
    COALESCE(m.invoice_date, m.date) AS date,
    a.account_type"""


def _candidate(row, company_id, currencies, people, under_way) -> Candidate:
    unknown = {"partner_names": (), "emails": (), "ibans": ()}
    return Candidate(
        id=row["id"],
        kind=_kind(row),
        residual=_decimal(row["residual"]),
        paid=_decimal(row["paid"]),
        currency=currencies[row["currency_id"]],
        company_id=company_id,
        move_id=row["move_id"],
        name=row["name"] or "",
        partner_id=row["partner_id"],
        commercial_partner_id=row["commercial_partner_id"],
        date=row["date"],
        due_date=row["date_maturity"],
        references=_references(row),
        provider=row.get("provider") or "",
        transaction_reference=row.get("transaction_reference") or "",
        provider_reference=row.get("provider_reference") or "",
        end_to_end_id=row.get("end_to_end_id") or "",
        mandate=row.get("mandate") or "",
        under_way=row["move_id"] in under_way,
        discount_amount=_decimal(row["discount"] or 0)
        if row["discount_date"]
        else Decimal(0),
        discount_date=row["discount_date"],
        **people.get(row["commercial_partner_id"], unknown),
    )


def _decimal(amount) -> Decimal:
    """Return the database's number without needless digits behind the point."""
    return Decimal(amount).quantize(Decimal("0.001")).normalize() + 0


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
    if row["move_type"] in ("in_invoice", "in_refund"):
        own.append(row["ref"])
    return tuple(dict.fromkeys(filter(None, own)))
