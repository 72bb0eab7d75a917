"""Statements of one file in their order, whatever its format."""

from __future__ import annotations

from .sentences import DISORDERED, REPEATED, WRONG_CHAIN


class Chain:
    """Whether each statement begins where the one before it in the file ended.

    Drafts have what a statement has, and ``opening_line``, ``debit``, ``credit`` and
    ``count``, :meth:`warn` and :meth:`problem`.
    """

    def __init__(self):
        self._last: dict[tuple[str, str], tuple] = {}
        self._seen: set[tuple] = set()

    def check(self, draft) -> None:
        """Compare with the last statement of the account; one sent twice is no gap."""
        if draft.duplicate:
            return
        key = (draft.account, draft.currency)
        whole = (*key, *_figures(draft))
        if whole in self._seen:
            draft.warn(draft.opening_line, REPEATED)
            return
        self._seen.add(whole)
        last = self._last.get(key)
        self._last[key] = (draft.new_balance, draft.new_balance_date, draft.sequence)
        if last is None or last[0] == draft.old_balance:
            return
        values = {"found": draft.old_balance, "due": last[0]}
        if _follows(draft, *last[1:]):
            values["account"] = draft.account
            draft.problem(draft.opening_line, WRONG_CHAIN, **values)
        else:
            draft.warn(draft.opening_line, DISORDERED, **values)


def _figures(draft) -> tuple:
    return (
        draft.old_balance,
        draft.old_balance_date,
        draft.new_balance,
        draft.new_balance_date,
        draft.debit,
        draft.credit,
        draft.count,
        draft.sequence,
    )


def _follows(draft, ended, sequence: str) -> bool:
    """Whether the statement claims to come after, by its number or its dates."""
    if sequence.isdecimal() and draft.sequence.isdecimal():
        if int(draft.sequence) == int(sequence) + 1:
            return True
    return not (ended and draft.old_balance_date) or draft.old_balance_date >= ended
