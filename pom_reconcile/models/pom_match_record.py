import json

from odoo import Command, api, fields, models

from odoo.addons.pom_payment.tools.marking import _

from ..matching.base import Match
from ..matching.reasons import REASONS
from ..tools.postings import BY_HAND, Posting
from .pom_match_booking import UNKNOWN_DISCOUNT

# pylint: disable=prefer-env-translation
#: Said of a line that was left open for another reason than the engine's.
REFUSED = _("Odoo refused to book it: %(error)s")
UNKNOWN_PAYOUT = REASONS["payout_without_list"]
#: Said of a line that was left open even where there is nothing to suggest.
TOLD = {
    REASONS[reason]
    for reason in (
        "twin",
        "unknown_reference",
        "given_up",
        "not_picked",
        "other_currency",
    )
}
SOMEONE_ELSE = _("Someone else is working on the same documents.")
#: Why something isn't booked, in our own words.
OURS = {SOMEONE_ELSE, UNKNOWN_DISCOUNT}


class PomMatch(models.Model):
    """Writing decisions down, and closing them."""

    _inherit = "pom.match"

    @api.model
    def _record_anew(self, decided: list[tuple], postings: dict):
        """Write down decisions on lines that were tried before: what was said of a line
        that stays open is left as it is, unless there's something else to say.
        """
        lines = self.env["account.bank.statement.line"].union(
            *(line for line, _match in decided)
        )
        known = self.sudo().search(
            [("statement_line_id", "in", lines.ids), ("state", "=", "open")]
        )
        by_line = {match.statement_line_id.id: match for match in known}
        news, kept = [], self.browse()
        for line, match in decided:
            posting = postings.get(match.line_id)
            was, is_booked = by_line.get(line.id), posting and not posting.error
            if (
                was
                and not is_booked
                and was._says(self._open_vals(line, match, posting))
            ):
                kept |= was
            else:
                news.append((line, match))
        (known - kept).unlink()
        return self._record(news, postings)

    def _says(self, vals) -> bool:
        """Whether it's what these values of an open line would say."""
        names = ("rank", "allocations", "remainder", "reason_template", "reason_values")
        suggested = [{name: one[name] for name in names} for one in self.suggestion_ids]
        new = [
            {name: command[2][name] for name in names}
            for command in vals["suggestion_ids"]
        ]
        return (
            self.reason_template == vals["reason_template"]
            and (self.reason_values or {}) == _as_kept(vals["reason_values"])
            and suggested == [_as_kept(one) for one in new]
        )

    @api.model
    def _record(self, decided: list[tuple], postings: dict, by_hand=False):
        """Write down every decision, and what was left open with something to say.

        :param decided: pairs of statement line and match.
        """
        if any(match.reason == UNKNOWN_PAYOUT for _line, match in decided):
            self.env["pom.payout"]._ask_soon()
        rows = []
        for line, match in decided:
            posting = postings.get(match.line_id)
            if posting and not posting.error:
                rows.append(self._matched_vals(line, posting, by_hand))
            elif posting or match.suggestions or match.evidence or match.reason in TOLD:
                rows.append(self._open_vals(line, match, posting))
        return self.sudo().create(rows)

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
            "allocations": _as_json(match.allocations),
            "former": posting.former,
        }

    def _open_vals(self, line, match: Match, posting) -> dict:
        template, values = match.reason, dict(match.values)
        if posting:
            template = posting.error if posting.error in OURS else REFUSED
            values = {"error": posting.error}
        return {
            **self._line_vals(line),
            "state": "open",
            "reason_template": template,
            "reason_values": values,
            "suggestion_ids": [
                Command.create(self._suggestion_vals(line, suggestion, rank))
                for rank, suggestion in enumerate(match.suggestions)
            ],
        }

    def _suggestion_vals(self, line, suggestion, rank) -> dict:
        return {
            "statement_line_id": line.id,
            "company_id": line.company_id.id,
            "rank": rank,
            "allocations": _as_json(suggestion.allocations),
            "currency_id": line.currency_id.id,
            "amount": float(sum(item.amount for item in suggestion.allocations)),
            "remainder": float(suggestion.remainder),
            "reason_template": suggestion.reason,
            "reason_values": dict(suggestion.values),
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

    @api.model
    def _mark_undone(self, lines) -> None:
        """Close the decisions on lines that go back to suspense, whatever the way."""
        live = self.sudo().search(
            [("statement_line_id", "in", lines.ids), ("state", "=", "matched")]
        )
        live.write(
            {
                "state": "undone",
                "undone_by": self.env.uid,
                "undone_on": fields.Datetime.now(),
            }
        )


def _as_kept(value):
    """As it's read again from where it's kept as JSON."""
    return json.loads(json.dumps(value))


def _as_json(allocations) -> list:
    return [[item.candidate_id, str(item.amount)] for item in allocations]
