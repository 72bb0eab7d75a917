"""From an entry (``Ntry``) to a transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import count

from ..base import Transaction, TransactionDraft, freeze
from ..references import find_references
from ..sepa_words import sepa_words
from . import control
from .amounts import (
    all_charges,
    charges,
    foreign,
    kept,
    less_charges,
    matching_amounts,
    own_amounts,
)
from .codes import lookup, own_code, read_code, returned
from .parties import Own, Role, address, counterparty, creditor_id, on_behalf_of
from .references import remittance, without_accounts
from .values import first, flag, money, sign, texts
from .xml import Node, refusal

#: Called with a line, a sentence and its values for what is odd.
Warn = Callable[..., None]
#: No reference of the bank's, in so many words.
NO_REFERENCE = frozenset(("", "NONREF", "NOTPROVIDED", "0"))


class Entry:
    """An entry on its way to a transaction.

    :param number: its place in the file's statement, from 1.
    :ivar days: booking and value date.
    """

    def __init__(self, node: Node, number: int, line: int, own: Own, warn: Warn):
        self.node = node
        self.number = number
        self.line = line
        self.own = own
        self.warn = warn
        self.direction = sign(node)
        self.amount = self._amount()
        self.reversed = flag(node, "RvslInd")
        self.days: tuple[date | None, date | None] = (None, None)

    def _amount(self) -> Decimal:
        found, direction = money(self.node), self.direction
        if found is None:
            raise refusal(control.NO_AMOUNT, self.line, number=self.number)
        if not direction:
            given = self.node.get("CdtDbtInd", "")
            values = {"number": self.number, "text": given}
            raise refusal(control.NO_DIRECTION, self.line, **values)
        if found.currency != self.own.currency:
            values = {"found": found.currency, "due": self.own.currency}
            values["number"] = self.number
            raise refusal(control.WRONG_ENTRY_CURRENCY, self.line, **values)
        return direction * found.value if found.value else found.value

    def transaction(self, ordinal: int) -> Transaction:
        """
        :raises ValueError: when an amount can't be read.
        """
        payments = [
            payment
            for group in self.node.get("NtryDtls", ())
            for payment in group.get("TxDtls", ())
        ]
        draft = self._draft(self.amount)
        draft.ordinal, draft.line_number = ordinal, self.line
        if len(payments) == 1 and not self._is_selection(payments[0]):
            self._read_single(draft, payments[0])
        else:
            self._read_total(draft, payments)
        return freeze(draft)

    def _draft(self, amount: Decimal) -> TransactionDraft:
        booked, valued = self.days
        return TransactionDraft(amount, date=booked, value_date=valued)

    def _is_selection(self, payment: Node) -> bool:
        """Whether this is one of several payments of which the others aren't given."""
        stated = self._batch("NbOfTxs")
        if not stated.isdecimal() or int(stated) < 2:
            return False
        amounts = own_amounts(payment, self.own.currency, self.direction)
        return bool(amounts) and self.amount not in amounts.values()

    def _batch(self, name: str) -> str:
        """Return what the bank says of the entry as a total."""
        groups = self.node.get("NtryDtls", ())
        return groups[0].get("Btch/" + name, "") if groups else ""

    # One payment

    def _read_single(self, draft: TransactionDraft, payment: Node) -> None:
        """Read an entry and its only payment, whose amount may differ."""
        informations = self._read_payment(draft, payment)
        # Some banks say them of the entry and of its only payment.
        informations += [
            pair for pair in _charges(self.node) if pair not in informations
        ]
        charged = all_charges(payment, self.node)
        nodes, currency = (payment, self.node), self.own.currency
        draft.charges = kept(nodes, charged, currency, self.amount)
        _add_note(draft, "bank's note", self.node.get("AddtlNtryInf", ""), informations)
        if payment.get("Amt") != self.node["Amt"]:
            self._compare(payment, informations, charged)
        file = self._batch("PmtInfId") or payment.get("Refs/PmtInfId", "")
        draft.payment_information_id = file
        draft.information = tuple(informations)

    def _compare(self, payment: Node, informations: list, charges: list) -> None:
        """Note what the payment amounts to where it isn't what was booked."""
        currency = self.own.currency
        amounts = own_amounts(payment, currency, self.direction)
        if not amounts or self.amount in amounts.values():
            return
        found = next(iter(amounts.values()))
        informations.append(("amount of the payment", f"{found} {currency}"))
        charged = sum(one.amount for one in charges if one.currency == currency)
        if found - charged != self.amount:
            values = {"number": self.number, "found": found, "due": self.amount}
            self.warn(self.line, control.DETAIL_DIFFERS, **values)

    # Several, or none

    def _read_total(self, draft: TransactionDraft, payments: list[Node]) -> None:
        node = self.node
        self._set_code(draft, {})
        _add_note(draft, "", node.get("AddtlNtryInf", ""), [])
        draft.bank_reference = self._bank_reference({})
        draft.foreign = foreign((node,), self.own.currency, self.amount)
        self._set_return(draft, {})
        draft.charges = kept(
            (node,), list(charges(node)), self.own.currency, self.amount
        )
        informations = [*_own_codes(node), *_charges(node)]
        file = self._batch("PmtInfId") or _common_file(payments)
        draft.payment_information_id = file
        if stated := self._batch("NbOfTxs"):
            informations.append(("number of payments", stated))
        draft.information = tuple(informations)
        if payments:
            self._set_details(draft, payments)

    def _set_details(self, draft: TransactionDraft, payments: list[Node]) -> None:
        """Keep the details if they add up, else show them only."""
        currency, direction = self.own.currency, self.direction
        amounts = [own_amounts(item, currency, direction) for item in payments]
        adds_up = False
        if all(amounts):
            chosen, adds_up = matching_amounts(amounts, self.amount)
            net = [less_charges(item, currency, direction) for item in payments]
            if not adds_up and None not in net and sum(net) == self.amount:
                chosen, adds_up = net, True
            if not adds_up:
                values = {"found": sum(chosen), "due": self.amount}
                values["number"] = self.number
                self.warn(self.line, control.DETAILS_DONT_ADD_UP, **values)
        else:
            chosen = [next(iter(item.values()), None) for item in amounts]
            self.warn(self.line, control.DETAILS_WITHOUT_AMOUNTS, number=self.number)
        details = map(self._detail, payments, chosen, count(1))
        if adds_up:
            draft.details, draft.batch = tuple(details), True
        else:
            draft.structured = tuple(map(_shown, details))

    def _detail(self, payment: Node, amount: Decimal | None, ordinal: int):
        draft = self._draft(amount)
        draft.ordinal, draft.line_number = ordinal, self.line
        draft.information = tuple(self._read_payment(draft, payment))
        if amount is not None:
            charged = list(charges(payment))
            draft.charges = kept((payment,), charged, self.own.currency, amount)
        return freeze(draft)

    # What both have

    def _read_payment(self, draft: TransactionDraft, payment: Node) -> list:
        """Read all but the amount; return what the bank adds."""
        self._set_code(draft, payment)
        self._set_return(draft, payment)
        role = self._set_counterparty(draft, payment)
        draft.references, draft.text = remittance(payment)
        draft.end_to_end_id = payment.get("Refs/EndToEndId", "")
        draft.mandate = payment.get("Refs/MndtId", "")
        draft.creditor_id = creditor_id(payment)
        draft.purpose = payment.get("Purp/Cd", "")
        draft.category_purpose = payment.get("PmtTpInf/CtgyPurp/Cd", "")
        draft.bank_reference = self._bank_reference(payment)
        if draft.amount is not None:
            nodes = (payment, self.node)
            draft.foreign = foreign(nodes, self.own.currency, draft.amount)
        if draft.text[4:5] == "+":
            _read_words(draft)
        informations = [*_own_codes(payment, self.node), *_added(payment, role)]
        _add_note(
            draft, "additional information", payment.get("AddtlTxInf", ""), informations
        )
        if draft.references:
            sides = (self.own.account, draft.counterparty_account)
            draft.references = without_accounts(draft.references, *sides)
        return informations

    def _set_counterparty(self, draft: TransactionDraft, payment: Node) -> Role:
        incoming = not (draft.amount or self.amount).is_signed()
        # In a return the parties keep the places that they had in the payment.
        paid = incoming ^ bool(draft.return_type)
        side, role = counterparty(payment, self.own, paid)
        draft.counterparty_name, draft.counterparty_account = side.name, side.account
        draft.counterparty_bic = side.bic
        return role

    def _set_code(self, draft: TransactionDraft, payment: Node) -> None:
        code = read_code(payment) or read_code(self.node)
        draft.code, draft.code_text = lookup(code)

    def _set_return(self, draft: TransactionDraft, payment: Node) -> None:
        reason = first(payment, ("RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry"))
        draft.return_reason = reason
        noted = reason or "RtrInf/AddtlInf" in payment
        draft.return_type = returned(draft.code) or ("return" if noted else "")
        if not draft.return_type and self.reversed:
            draft.return_type = "reversal"

    def _bank_reference(self, payment: Node) -> str:
        found = self.node.get("AcctSvcrRef", "")
        if found.upper() in NO_REFERENCE:
            found = payment.get("Refs/AcctSvcrRef") or self.node.get("NtryRef", "")
        return "" if found.upper() in NO_REFERENCE else found


def _own_codes(*nodes: Node) -> Iterator[tuple[str, str]]:
    """Yield the bank's own code where the international one is used."""
    for node in nodes:
        if "BkTxCd/Domn/Cd" in node and (own := own_code(node)):
            yield "bank's code", own
            return


def _charges(node: Node) -> Iterator[tuple[str, str]]:
    for charge in charges(node):
        words = (str(charge.amount), charge.currency, charge.kind)
        yield "charges", " ".join(filter(None, words))


def _common_file(payments: list[Node]) -> str:
    """Return the payment file that all are of."""
    names = {item.get("Refs/PmtInfId", "") for item in payments}
    return names.pop() if len(names) == 1 else ""


def _read_words(draft: TransactionDraft) -> None:
    """Take a German bank's fields out of the text."""
    words = sepa_words(draft.text.replace("\n", " "))
    if not words:
        return
    draft.end_to_end_id = draft.end_to_end_id or words.get("EREF", "")
    draft.mandate = draft.mandate or words.get("MREF", "")
    draft.creditor_id = draft.creditor_id or words.get("CRED", "")
    draft.text = words.get("SVWZ", "")
    found = find_references(draft.text)
    draft.references = tuple(dict.fromkeys((*draft.references, *found)))


def _add_note(draft: TransactionDraft, name: str, note: str, informations) -> None:
    """Let a note of the bank be the text where there is none."""
    if not draft.text:
        draft.text = note
        if note and not draft.references:
            draft.references = find_references(note)
    elif note and note != draft.text:
        informations.append((name, note))


def _added(payment: Node, role: Role) -> Iterator[tuple[str, str]]:
    if place := address(payment, role):
        yield "counterparty address", place
    if ultimate := on_behalf_of(payment, role):
        yield "on behalf of", ultimate
    for note in texts(payment, "RtrInf/AddtlInf"):
        yield "reason of return", note
    if cheque := payment.get("Refs/ChqNb"):
        yield "cheque number", cheque
    yield from _charges(payment)


def _shown(detail: Transaction) -> tuple[str, str]:
    """Return a detail that isn't one as a line to read."""
    words = (detail.amount, detail.counterparty_name, detail.text.replace("\n", " "))
    return "payment", " ".join(str(word) for word in words if word not in (None, ""))
