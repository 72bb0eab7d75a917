from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from .pom_match_answer import RETURNED

#: Lines that the screen gets at a time, and the most that it may ask for.
PAGE, MOST = 50, 500

#: Documents, accounts or partners that a search shows.
FOUND = 12


class PomMatchQueue(models.AbstractModel):
    """The screen on which an accountant works off the bank lines that are left open.

    What the screen calls is here, and checks who calls; what it gets are plain values.
    A scope says which lines: of a ``journal_id``, of some ``statement_ids``, or all.
    """

    _name = "pom.match.queue"
    _description = "Bank Lines That Are Left"

    @api.model
    def load(self, scope=None, after="", limit=PAGE) -> dict:
        """Return the lines that follow ``after``, the oldest first, and how many are
        left in all."""
        self.env["pom.match"]._check_accountant()
        domain = self._domain(scope or {})
        following = domain & Domain("internal_index", ">", after or "")
        lines = self.env["account.bank.statement.line"].search_fetch(
            following, order="internal_index", limit=min(limit, MOST)
        )
        return {"lines": self._values(lines), "left": self._count(domain)}

    @api.model
    def book(self, line_id, parts, choice=None, scope=None) -> dict:
        """Book a line, and return what is left and what was settled.

        :param parts: pairs of a document's id and the amount that it takes.
        :param choice: of the rest, ``rest`` and ``target_id``; ``suggestion_id`` where
            the parts were suggested.
        """
        self.env["pom.match"]._check_accountant()
        choice = choice or {}
        line, answer = self._line(line_id), self.env["pom.match.answer"]
        suggestion = self._suggestion(line, parts, choice.get("suggestion_id"))
        rest, target_id = choice.get("rest") or "", choice.get("target_id")
        answer._book(line, parts, rest, target_id, suggestion)
        documents = answer._documents(parts)
        settled = documents.filtered(lambda item: item.reconciled)
        return {**self._answer(line, scope), "settled": settled.ids}

    @api.model
    def undo(self, line_id, scope=None) -> dict:
        """Undo what was decided on a line."""
        self.env["pom.match"]._check_accountant()
        line = self._line(line_id)
        match = line.pom_match_id
        if match.state != "matched":
            raise UserError(self.env._("There is nothing to undo here."))
        match.action_undo()
        return self._answer(line, scope)

    @api.model
    def look_again(self, line_id, scope=None) -> dict:
        """Try to match a line with what is open now, and suggest anew."""
        self.env["pom.match"]._check_accountant()
        line = self._line(line_id)
        line._pom_auto_match()
        return self._answer(line, scope)

    @api.model
    def _open(self, scope) -> dict:
        """Return the action that shows these lines on the screen."""
        action = self.env["ir.actions.client"]._for_xml_id(
            "pom_reconcile.pom_match_queue_action"
        )
        action["context"] = {"scope": scope}
        return action

    # What can be searched

    @api.model
    def find_documents(self, line_id, text="") -> list[dict]:
        """Return open documents and payments: of these words or this amount; without
        any, of the line's partner, or else of its amount."""
        self.env["pom.match"]._check_accountant()
        line = self._line(line_id)
        items = self.env["account.move.line"].search_fetch(
            self._documents_domain(line) & self._words(line, text.strip()),
            order="date_maturity, id",
            limit=FOUND,
        )
        return [self._document(item, item.amount_residual_currency) for item in items]

    @api.model
    def find_accounts(self, line_id, text="") -> list[dict]:
        """Return the accounts that a line may be booked on."""
        self.env["pom.match"]._check_accountant()
        line = self._line(line_id)
        domain = self.env["pom.match.answer"]._accounts_domain(line)
        Account = self.env["account.account"].with_company(line.company_id)
        return _named(Account.name_search(text, domain, limit=FOUND))

    @api.model
    def find_partners(self, line_id, text="") -> list[dict]:
        """Return the partners whose credit a line may be."""
        self.env["pom.match"]._check_accountant()
        line = self._line(line_id)
        domain = [
            ("company_id", "in", [False, line.company_id.id]),
            ("parent_id", "=", False),
        ]
        return _named(self.env["res.partner"].name_search(text, domain, limit=FOUND))

    def _documents_domain(self, line) -> Domain:
        return Domain(
            [
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("account_id.reconcile", "=", True),
                ("amount_residual_currency", "!=", 0),
                ("currency_id", "in", line._pom_currencies().ids),
                ("company_id", "child_of", line.company_id.root_id.ids),
                ("move_id", "!=", line.move_id.id),
            ]
        )

    def _words(self, line, text) -> Domain:
        if not text:
            if partner := line.partner_id.commercial_partner_id:
                return Domain("partner_id", "child_of", partner.ids)
            return Domain.OR(
                Domain("currency_id", "=", currency_id) & _of_amount(amount)
                for currency_id, amount in self._amounts(line).items()
            )
        paths = ("move_name", "move_id.payment_reference", "ref", "partner_id")
        words = Domain.OR([Domain(path, "ilike", text) for path in paths])
        amount = _amount(text)
        return words | _of_amount(amount) if amount else words

    # What the screen gets

    def _domain(self, scope) -> Domain:
        domain = Domain("is_reconciled", "=", False) & Domain("state", "=", "posted")
        if journal_id := scope.get("journal_id"):
            domain &= Domain("journal_id", "=", journal_id)
        if statement_ids := scope.get("statement_ids"):
            domain &= Domain("statement_id", "in", statement_ids)
        return domain & Domain("company_id", "in", self.env.companies.ids)

    def _count(self, domain) -> int:
        return self.env["account.bank.statement.line"].search_count(domain)

    def _line(self, line_id):
        line = self.env["account.bank.statement.line"].browse(line_id).exists()
        line.check_access("read")
        if not line:
            raise UserError(self.env._("This bank line isn't there any more."))
        return line

    def _suggestion(self, line, parts, suggestion_id):
        """Return the suggestion, if it is the line's own and was taken as it stands."""
        suggestion = self.env["pom.match.suggestion"].browse(suggestion_id or ())
        own = suggestion.exists() & line.pom_suggestion_ids
        taken = [(item_id, float(amount)) for item_id, amount in parts]
        given = [(item_id, float(amount)) for item_id, amount in own.allocations or ()]
        return own if taken == given else None

    def _answer(self, line, scope) -> dict:
        self.env.flush_all()
        line.invalidate_recordset()
        lines = line.filtered(lambda one: not one.is_reconciled)
        left = self._count(self._domain(scope or {}))
        return {"line": next(iter(self._values(lines)), None), "left": left}

    def _values(self, lines) -> list[dict]:
        """Return what is shown of each, read with a fixed number of queries."""
        by_line = self._suggestions(lines)
        fees = {journal.id: self._fee(journal) for journal in lines.journal_id}
        return [
            {
                **self._said(line),
                "id": line.id,
                "index": line.internal_index,
                "amount": line.amount,
                "currency_id": line.currency_id.id,
                "amounts": self._amounts(line),
                "partner": line.partner_id.display_name or "",
                "journal": line.journal_id.display_name,
                "fee": fees[line.journal_id.id],
                "reason": line.pom_reason or "",
                "booked": line.pom_match_id.state == "matched",
                "suggestions": by_line.get(line.id, []),
            }
            for line in lines
        ]

    def _said(self, line) -> dict:
        """Return the bank's own words."""
        note = html2plaintext(line.narration or "").strip()
        return {
            "date": fields.Date.to_string(line.date),
            "name": line.partner_name or "",
            "account": line.account_number or "",
            "text": line.payment_ref or "",
            "note": "" if note == line.payment_ref else note,
        }

    def _amounts(self, line) -> dict:
        """Return the money, by id of each currency in which the bank told it."""
        return {
            currency.id: line.amount
            if currency == line.currency_id
            else line.amount_currency
            for currency in line._pom_currencies()
        }

    def _fee(self, journal) -> dict | None:
        account = journal._pom_fee_account()
        return {"id": account.id, "label": account.display_name} if account else None

    def _suggestions(self, lines) -> dict:
        """Return what may be answered to each line: what was suggested, or what was
        undone."""
        ways = [
            (line, one, one.reason, one.reason_template, one.id)
            for line in lines
            for one in line.pom_suggestion_ids
        ]
        ways += [
            (line, one, one.reason, one.reason_template, False)
            for line in lines.filtered(lambda line: not line.pom_match_id)
            for one in line.pom_match_ids[:1]
        ]
        items = self._items(one.allocations for _line, one, *_more in ways)
        found = {}
        for line, one, reason, template, suggestion_id in ways:
            parts = [
                self._document(items[item_id], float(amount))
                for item_id, amount in one.allocations or ()
                if item_id in items
                and (template == RETURNED or not items[item_id].reconciled)
            ]
            if parts and len(parts) == len(one.allocations):
                found.setdefault(line.id, []).append(
                    {"id": suggestion_id, "reason": reason, "parts": parts}
                )
        return found

    def _items(self, allocations) -> dict:
        """Return the journal items that are allocated and still there, by id."""
        item_ids = {item_id for some in allocations for item_id, _amount in some or ()}
        items = self.env["account.move.line"].search_fetch(
            [("id", "in", list(item_ids))]
        )
        return {item.id: item for item in items}

    def _document(self, item, amount) -> dict:
        return {
            "id": item.id,
            "label": item.move_name or item.name or "",
            "partner": item.partner_id.display_name or "",
            "due": fields.Date.to_string(item.date_maturity or item.date),
            "open": item.amount_residual_currency,
            "amount": amount,
            "currency_id": item.currency_id.id,
        }


def _named(pairs) -> list[dict]:
    return [{"id": key, "label": label} for key, label in pairs]


def _amount(text) -> float:
    """Return the amount that someone typed, with a comma or a point."""
    try:
        return float(text.replace(" ", "").replace(",", "."))
    except ValueError:
        return 0.0


def _of_amount(amount) -> Domain:
    return Domain("amount_residual_currency", "in", (amount, -amount))
