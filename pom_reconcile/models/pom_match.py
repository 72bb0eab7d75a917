import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tools import LazyTranslate
from odoo.tools.misc import format_amount, format_date, formatLang

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

from ..matching.reasons import CHARGES
from ..matching.rules import RULES

_lt = LazyTranslate(__name__)

#: An amount in a reason, as ``matching.settle.money`` spells it.
SPELLED = re.compile(r"(\d+\.\d\d) ([A-Z]{3})", re.ASCII)

#: The rules as an accountant knows them; the engine's own list says which there are.
RULE_NAMES = {
    "waiting_payment": _lt("Payment awaiting its receipt at the bank"),
    "payout": _lt("Payout of a payment provider"),
    "returned": _lt("Returned payment"),
    "exact_reference": _lt("Structured communication and exact amount"),
    "several_references": _lt("Several references that sum to the amount"),
    "instalment": _lt("Instalment"),
    "netted": _lt("Invoice less credit note"),
    "invoice_number": _lt("Invoice number"),
    "inexact_reference": _lt("Structured communication, other amount"),
    "paid_twice": _lt("Second payment"),
    "short_number": _lt("Short number and exact amount"),
    "known_account": _lt("Known bank account and amount"),
    "name_amount": _lt("Name and amount"),
    "details": _lt("Total whose payments are listed elsewhere"),
}

FLAGS = [
    ("partial", "Partly paid"),
    ("surplus", "Paid too much"),
    ("paid_twice", "Paid twice"),
    ("returned", "Returned"),
]


class PomMatch(models.Model):
    """One decision on a bank line: what it settles, by which rule and why.

    The bank line is a fact and stays as it is; this is what was concluded from it, and
    can be undone.
    """

    _name = "pom.match"
    _description = "Match of a Bank Line"
    _order = "id desc"
    _check_company_auto = True

    statement_line_id = fields.Many2one(
        "account.bank.statement.line",
        "Bank Line",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    journal_id = fields.Many2one("account.journal", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    date = fields.Date(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    label = fields.Char(related="statement_line_id.payment_ref")
    state = fields.Selection(
        [
            ("open", "Left open"),
            ("matched", "Matched"),
            ("undone", "Undone"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    rule = fields.Selection(selection="_selection_rule", readonly=True, index=True)
    flag = fields.Selection(FLAGS, readonly=True)
    by_hand = fields.Boolean("Accepted by Hand", readonly=True)
    reason_template = fields.Char(readonly=True)
    reason_values = fields.Json(readonly=True)
    reason = fields.Char(compute="_compute_reason")
    evidence = fields.Json(readonly=True)
    allocations = fields.Json(readonly=True)
    suggestion_ids = fields.One2many("pom.match.suggestion", "match_id", readonly=True)
    former = fields.Json(readonly=True)
    decided_by = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    undone_by = fields.Many2one("res.users", readonly=True)
    undone_on = fields.Datetime(readonly=True)

    _live_uniq = models.UniqueIndex(
        "(statement_line_id) WHERE state != 'undone'",
        "A bank line has one decision at a time.",
    )
    _figures_idx = models.Index("(journal_id, date, rule)")

    @api.model
    def _rules(self):
        """The rules that there are, in the usual order of trying. Hook: an addon adds
        its own, with its name in ``_selection_rule``.

        :rtype: dict[str, Rule]
        """
        return RULES

    @api.model
    def _selection_rule(self):
        """What accountants call the rules. Hook."""
        return [(code, self.env._(label)) for code, label in RULE_NAMES.items()]

    @api.depends("reason_template", "reason_values")
    @api.depends_context("lang")
    def _compute_reason(self):
        for match in self:
            match.reason = match._sentence(match.reason_template, match.reason_values)

    def _sentence(self, template, values):
        """Return a reason in the reader's language. Hook: for an addon's own."""
        if not template:
            return ""
        values = {name: self._as_read(value) for name, value in (values or {}).items()}
        if cause := values.get("cause"):
            values["cause"] = self.env._(cause)
        sentence = self.env._(template) % values
        if "charges" in values:
            sentence = f"{sentence} {self.env._(CHARGES) % values}"
        return sentence

    def _as_read(self, value):
        """An amount, which the matching spells plainly, as the reader writes it."""
        spelled = isinstance(value, str) and SPELLED.fullmatch(value)
        if not spelled:
            return value
        amount, code = float(spelled[1]), spelled[2]
        if code == self.currency_id.name:
            return format_amount(self.env, amount, self.currency_id)
        return f"{formatLang(self.env, amount, digits=2)} {code}"

    def _compute_display_name(self):
        for match in self:
            match.display_name = match.reason or match.label

    def action_undo(self):
        """Put the bank line, and what it settled, back to where they were."""
        self.check_access("read")
        self._check_accountant()
        for match in self:
            if match.state != "matched":
                raise UserError(self.env._("There is nothing to undo here."))
        lines = self.statement_line_id
        lines.check_access("write")
        lines.lock_for_update(allow_referencing=True)
        for match in self:
            match._undo()
        return True

    def _undo(self):
        line, former = self.statement_line_id, self.former or {}
        self.env["pom.match.booking"]._to_suspense(line, former.get("partner_id"))
        if line.checked != former.get("checked", True):
            line.move_id.checked = former["checked"]
        self.env["pom.match.settling"]._restore(former)

    def action_pay_back(self):
        """Propose the payment that gives a customer back what is his."""
        self.ensure_one()
        self.check_access("read")
        self._check_accountant()
        credit = self.statement_line_id.move_id.line_ids.filtered(
            lambda item: (
                item.account_type == "asset_receivable" and item.amount_residual < 0
            )
        )
        if not credit:
            raise UserError(self.env._("This credit was used or paid back already."))
        action = credit.action_register_payment()
        if why := self._why_not_back(credit):
            raise RedirectWarning(why, action, self.env._("Refund Anyway"))
        return action

    def _why_not_back(self, credit):
        """What whoever pays this back should know before; ''."""
        if back := self._went_back(credit)[:1]:
            return self.env._(
                "This may have been paid back already: %(amount)s left on %(day)s by a "
                "bank line that isn't matched yet. Match that one first.",
                amount=back.currency_id.format(-back.amount),
                day=format_date(self.env, back.date),
            )
        if covered := self._covered_by(credit):
            return self.env._(
                "The customer is asked that much less for %(invoices)s: this credit is "
                "counted there. Use it there before you pay anything back.",
                invoices=", ".join(covered.mapped("name")),
            )
        return ""

    def _covered_by(self, credit):
        """The invoices for which less is asked, since this credit is counted there."""
        keys = {
            (item.company_id.id, item.partner_id.commercial_partner_id.id)
            for item in credit
        }
        key = [(*key, currency.id) for key in keys for currency in credit.currency_id]
        debts = self.env["account.move"].sudo()._pom_all_debts_of(key)
        return debts.filtered(
            lambda debt: (
                debt.currency_id in credit.currency_id and debt.pom_standing.covered > 0
            )
        )

    def _named_invoices(self):
        """The invoices that each of these decisions says the money is for.

        :rtype: dict[pom.match, account.move]
        """
        names = {match: match._named() for match in self}
        moves = self.env["account.move"].search(
            [
                ("name", "in", list(set().union(*names.values()))),
                ("company_id", "in", self.company_id.ids),
                ("move_type", "in", PAYABLE),
            ],
            order="id",
        )
        return {
            match: moves.filtered(
                lambda move, match=match: (
                    move.name in names[match]
                    and move.company_id == match.company_id
                    and move.commercial_partner_id
                    == match.partner_id.commercial_partner_id
                )
            )
            for match in self
        }

    def _named(self):
        documents = (self.reason_values or {}).get("documents", "")
        return {name.strip() for name in documents.split(",")} - {""}

    @api.model
    def _check_accountant(self):
        """Refuse what only accountants may do, whatever else someone may write."""
        if not (self.env.su or self.env.user.has_group("account.group_account_user")):
            raise AccessError(
                self.env._("Only accountants may match bank lines or undo a match.")
            )

    def action_open_line(self):
        """Show the bank line in the reconciliation screen."""
        self.ensure_one()
        self.check_access("read")
        return self._open_line(self.statement_line_id)

    @api.model
    def _open_line(self, line):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_reconcile_oca.action_bank_statement_line_reconcile_all"
        )
        action["domain"] = [("id", "=", line.id)]
        action["context"] = {
            "default_journal_id": line.journal_id.id,
            "view_ref": "account_reconcile_oca.bank_statement_line_form_reconcile_view",
        }
        return action
