import logging
from collections import defaultdict
from contextlib import contextmanager
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE
from odoo.addons.pom_payment.utils import BUSY

_logger = logging.getLogger(__name__)

#: Words of what the books don't have as a debt.
UNASKED = ("draft", "cancelled", False)
#: What the books say of debts of which nothing may be open.
NARROW = {
    "paid": [("payment_state", "in", ("paid", "in_payment"))],
    "reversed": [("payment_state", "=", "reversed")],
    "draft": [("state", "=", "draft")],
    "cancelled": [("state", "=", "cancel")],
    "withdrawn": [],
}
#: No document is older; databases don't know all years.
EARLIEST = "1900-01-01"
#: What is read of an invoice to tell of it, beside the facts of its standing.
TOLD = ("name", "payment_reference", "partner_id", "invoice_date_due")
#: What settled each of some invoices, the first first.
SETTLED = """
    SELECT line.move_id, partial.id
      FROM account_move_line line
      JOIN account_account account ON account.id = line.account_id
      JOIN account_partial_reconcile partial ON partial.debit_move_id = line.id
     WHERE line.move_id IN %s AND account.account_type = 'asset_receivable'
     ORDER BY partial.id"""
#: Where the ids wait until the transaction is about to be committed.
WAITING = "pom_outbound_moves"
#: Set while more is to come.
AT_ONCE = "pom_outbound_at_once"
#: Which of some debtors' open debts a message said to be covered by their money.
TOLD_AS_COVERED = """
    SELECT move.id
      FROM account_move move
     WHERE move.commercial_partner_id IN %s
       AND move.move_type != 'entry'
       AND move.amount_residual > 0
       AND (SELECT TRUE FROM pom_outbound_event event
             WHERE event.move_id = move.id AND event.is_covered LIMIT 1)"""


class Settled(NamedTuple):
    """What settled an invoice, and what of that was no money, by id."""

    partials: models.BaseModel
    noted: dict[int, float]


class AccountMove(models.Model):
    """Tells third systems how invoices stand, whoever or whatever changed them: a
    provider, the bank, a person.
    """

    _inherit = "account.move"

    def _write_multi(self, vals_list):
        # EXTENDS 'base': whatever is stored passes here, computed values too.
        super()._write_multi(vals_list)
        telling = {"amount_residual", *self._pom_fact_fields()}
        pairs = zip(self, vals_list, strict=True)
        changed = [move.id for move, vals in pairs if telling & vals.keys()]
        if changed:
            self.browse(changed)._pom_tell_later()

    def _post(self, soft=True):
        # EXTENDS 'account': a flush on the way may have looked while it was a draft.
        posted = super()._post(soft=soft)
        posted._pom_tell_later()
        return posted

    def _pom_tell_later(self):
        """Look at the end of the transaction, once, how these invoices stand then."""
        if not self.env["pom.subscriber"]._listening():
            return
        precommit = self.env.cr.precommit
        if WAITING not in precommit.data:
            precommit.data[WAITING] = set()
            precommit.add(self.env["account.move"].sudo()._pom_tell)
        precommit.data[WAITING].update(self.ids)

    @api.model
    @contextmanager
    def _pom_at_once(self):
        # EXTENDS 'pom_payment': savepoints look, too, as if all was about to be
        # committed, when a payment is there and not yet applied.
        precommit = self.env.cr.precommit
        is_within = AT_ONCE in precommit.data
        precommit.data[AT_ONCE] = True
        waiting = precommit.data.setdefault(WAITING, set())
        try:
            with super()._pom_at_once():
                yield
        finally:
            if not is_within:
                precommit.data.pop(AT_ONCE, None)
                # A savepoint used up who tells; a commit, the ids.
                precommit.data.setdefault(WAITING, set()).update(waiting)
                precommit.add(self.env["account.move"].sudo()._pom_tell)

    @api.model
    def _pom_tell(self):
        data = self.env.cr.precommit.data
        if AT_ONCE in data:
            return
        ids = data.pop(WAITING, ())
        listening = self.env["pom.subscriber"]._listening()
        moves = self.browse(sorted(ids)).exists()
        moves = (moves | moves._pom_debts_beside()).filtered(
            lambda move: (
                move.move_type in PAYABLE
                and move.posted_before
                and move.company_id.id in listening
            )
        )
        if moves:
            moves._pom_tell_safely()

    def _pom_debts_beside(self):
        """What the debtors of these payments and credit notes owe: their money may
        cover it, or no longer does.
        """
        money = self.filtered(
            lambda move: move.move_type in ("entry", "out_refund")
            and move.commercial_partner_id
        )
        debtors, companies = money.commercial_partner_id, money.company_id
        if not debtors:
            return self.browse()
        # Of who owes thousands these alone can be news: what is covered now, and what
        # was told to be.
        covered = set()
        for key, amount in debtors._pom_on_account(companies).items():
            covered.update(self._pom_covered_by(key, amount))
        self.env["pom.outbound.event"].flush_model(["move_id", "is_covered"])
        told = self.env.execute_query(SQL(TOLD_AS_COVERED, tuple(debtors.ids)))
        return self.browse(sorted(covered.union(id_ for (id_,) in told)))

    def _pom_tell_safely(self):
        """Money is booked, whether or not others can be told of it."""
        self.invalidate_recordset(
            ["pom_standing", "pom_payment_status", "pom_amount_surplus"]
        )
        try:
            with self.env.cr.savepoint(flush=False):
                self.env["pom.outbound.event"]._record(self)
                self.env.flush_all()
        except BUSY:
            raise
        except Exception:
            self.env.invalidate_all(flush=False)
            _logger.exception("Third systems are not told of %s", self.ids)

    @api.model
    def _pom_fields_told(self):
        return (*TOLD, *self._pom_fact_fields())

    def _pom_read_to_tell(self):
        """Read at once what is told of these, and not the rest of so many columns.

        :return: what settled each
        :rtype: dict[int, Settled]
        """
        self.fetch(self._pom_fields_told())
        self.partner_id.fetch(["ref"])
        self.company_id._pom_read_kept()
        self.currency_id._pom_read_kept()
        partials = self.env["account.partial.reconcile"]
        partials.flush_model(["debit_move_id"])
        self.env["account.move.line"].flush_model(["move_id", "account_id"])
        found = defaultdict(list)
        if self.ids:
            for move_id, id_ in self.env.execute_query(SQL(SETTLED, tuple(self.ids))):
                found[move_id].append(id_)
        every = partials.browse(id_ for ids in found.values() for id_ in ids)
        noted = every._pom_noted()
        return {
            move.id: Settled(
                every.browse(found[move.id]).with_prefetch(every.ids), noted
            )
            for move in self
        }

    def _pom_told(self, settled=None):
        """How the invoice stands, as third systems read it: JSON, amounts as text.

        :param Settled settled: its part of :meth:`_pom_read_to_tell`, if that was
            asked for many
        """
        self.ensure_one()
        partials, noted = settled or self._pom_read_to_tell()[self.id]
        taken = self._pom_discounts_taken() if partials else {}
        word, standing = self.pom_payment_status, self.pom_standing
        discount = standing.discount
        return {
            "id": self.id,
            "number": self.name,
            "reference": self.payment_reference or "",
            "customer": self.partner_id.ref or "",
            "status": self._pom_status_told(),
            "amount_total": self._pom_amount_told(self.amount_total),
            "amount_due": self._pom_amount_told(
                0 if word in UNASKED else standing.left
            ),
            "amount_asked": self._pom_amount_told(standing.asked),
            "amount_covered": self._pom_amount_told(standing.covered),
            "amount_disputed": self._pom_amount_told(standing.disputed),
            "amount_surplus": self._pom_amount_told(self.pom_amount_surplus),
            "amount_without_payment": self._pom_amount_told(
                sum(noted.get(partial.id, 0) for partial in partials)
            ),
            "currency": self.currency_id.name,
            "due_date": _iso(self.invoice_date_due),
            "late_since": _iso(standing.late_since),
            "next_due": _iso(standing.next_day),
            "discount_until": _iso(discount and discount.until),
            "payment_page": self.pom_payment_url or "",
            "parts": [self._pom_part_told(part) for part in standing.parts],
            "plan": self._pom_plan_state() or None,
            "claims": [self._pom_claim_told(claim) for claim in standing.claims],
            "payments": [
                self._pom_payment_told(
                    partial, taken.get(partial.id, 0), noted.get(partial.id, 0)
                )
                for partial in partials
            ],
        }

    def _pom_part_told(self, part):
        return {
            "due_date": _iso(part.day),
            "amount": self._pom_amount_told(part.amount),
            "left": self._pom_amount_told(part.left),
        }

    def _pom_claim_told(self, claim):
        return {
            "kind": claim.kind,
            "amount": self._pom_amount_told(claim.amount),
            "asked_on": _iso(claim.day),
        }

    def _pom_status_told(self):
        return self.pom_payment_status or "withdrawn"

    def _pom_settled_told(self, partial, noted):
        """One payment of a list of them.

        :param float noted: what of it was no money
        """
        discount = self._pom_discounts_taken().get(partial.id, 0)
        return {
            "id": partial.id,
            "invoice": self.id,
            "number": self.name,
            "currency": self.currency_id.name,
            **self._pom_payment_told(partial, discount, noted),
        }

    def _pom_payment_told(self, partial, discount, noted):
        counterpart = partial.credit_move_id
        paid = partial.debit_amount_currency - discount - noted
        return {
            "amount": self._pom_amount_told(paid),
            "discount": self._pom_amount_told(discount),
            "without_payment": self._pom_amount_told(noted),
            "date": _iso(counterpart.date),
            "by": self._pom_paid_by(counterpart.move_id),
            "entry": counterpart.move_id.name,
        }

    def _pom_paid_by(self, entry):
        """The provider's code, or the other ways in which a debt goes away."""
        if provider := entry.origin_payment_id.payment_transaction_id.provider_code:
            return provider
        if entry.statement_line_id:
            return "bank"
        if entry.move_type == "out_refund":
            return "credit_note"
        return "registered" if entry.origin_payment_id else "other"

    @api.model
    def _pom_due_values(self, day):
        """
        :param str day: on which all of it is due; None leaves it as it is
        """
        return {"invoice_date_due": day} if day else {}

    @api.model
    def _pom_due_domain(self, first, last):
        """
        :param str first, last: days, or None
        """
        bounds = ((">=", first), ("<=", last))
        return [
            ("invoice_date_due", sign, max(day, EARLIEST))
            for sign, day in bounds
            if day
        ]

    @api.model
    def _pom_status_domain(self, status):
        """Narrows a search down to what may have a status; the standing decides."""
        if status in NARROW:
            return NARROW[status]
        return [("amount_residual", "!=", 0)] if status else []

    def _pom_amount_told(self, amount):
        return f"{amount:.{self.currency_id.decimal_places}f}"


def _iso(day):
    return day.isoformat() if day else None
