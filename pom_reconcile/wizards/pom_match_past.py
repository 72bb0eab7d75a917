from datetime import date

from odoo import api, fields, models
from odoo.fields import Command, Domain

#: Lines that one try looks at.
MOST = 500


class PomMatchPast(models.TransientModel):
    """Bank lines from before this was installed: from which day on they may be matched,
    once somebody saw what that would do.
    """

    _name = "pom.match.past"
    _description = "Matching of Past Bank Lines"

    journal_id = fields.Many2one("account.journal", required=True, readonly=True)
    company_id = fields.Many2one(related="journal_id.company_id", related_sudo=False)
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self._first_of_year(),
        help="Older lines are left alone.",
    )
    number = fields.Integer(string="Open Lines", compute="_compute_number")
    tried = fields.Integer(readonly=True)
    found = fields.Integer(readonly=True)
    summary = fields.Char(compute="_compute_summary")
    line_ids = fields.One2many("pom.match.past.line", "past_id", readonly=True)

    @api.model
    def _first_of_year(self):
        return date(self.env.company._pom_today().year, 1, 1)

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Past Bank Lines")

    @api.depends("date_from", "journal_id")
    def _compute_number(self):
        for past in self:
            lines = self.env["account.bank.statement.line"]
            past.number = lines.search_count(past._domain()) if past.date_from else 0

    @api.depends("tried", "found")
    @api.depends_context("lang")
    def _compute_summary(self):
        for past in self:
            past.summary = self.env._(
                "%(found)s of the latest %(tried)s would be matched; the others stay "
                "open.",
                found=past.found,
                tried=past.tried,
            )

    def _domain(self):
        return self.journal_id._pom_past_domain() & Domain("date", ">=", self.date_from)

    @api.model
    def _action(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "pom_reconcile.pom_match_past_action"
        )

    def action_try(self):
        """Show what would be matched. Nothing is booked."""
        self.ensure_one()
        self.check_access("write")
        self.env["pom.match"]._check_accountant()
        lines = self.env["account.bank.statement.line"].search(
            self._domain(), limit=MOST, order="internal_index desc"
        )
        matched = lines._pom_would_match()
        self.write(
            {
                "tried": len(lines),
                "found": len(matched),
                "line_ids": [Command.clear()]
                + [
                    Command.create({"statement_line_id": line.id, "reason": sentence})
                    for line, sentence in matched
                ],
            }
        )
        return {**self._action(), "res_id": self.id}

    def action_match(self):
        """From that day on, they are matched as new ones are. Whoever may set up the
        journal decides it.
        """
        self.ensure_one()
        self.check_access("write")
        self.journal_id.pom_match_from = self.date_from
        self.env.ref("pom_reconcile.ir_cron_auto_match")._trigger()
        return {"type": "ir.actions.act_window_close"}


class PomMatchPastLine(models.TransientModel):
    _name = "pom.match.past.line"
    _description = "Past Bank Line That Would Be Matched"

    past_id = fields.Many2one("pom.match.past", required=True, ondelete="cascade")
    statement_line_id = fields.Many2one(
        "account.bank.statement.line", required=True, ondelete="cascade"
    )
    # Read with the rights of whoever asks.
    date = fields.Date(related="statement_line_id.date", related_sudo=False)
    payment_ref = fields.Char(
        related="statement_line_id.payment_ref", related_sudo=False
    )
    amount = fields.Monetary(related="statement_line_id.amount", related_sudo=False)
    currency_id = fields.Many2one(
        related="statement_line_id.currency_id", related_sudo=False
    )
    reason = fields.Char(string="Why", readonly=True)
