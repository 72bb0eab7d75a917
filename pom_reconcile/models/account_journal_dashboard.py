from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.date_utils import start_of


class AccountJournal(models.Model):
    """What the journal's card shows: gaps between statements, and what was matched."""

    _inherit = "account.journal"

    def _fill_bank_cash_dashboard_data(self, dashboard_data):
        # EXTENDS 'account'
        super()._fill_bank_cash_dashboard_data(dashboard_data)
        gaps, figures = self._pom_gaps(), self._pom_figures()
        for journal_id, data in dashboard_data.items():
            data["pom_gaps"] = len(gaps.get(journal_id, ()))
            data["pom_figures"] = figures.get(journal_id, [])

    def _pom_gaps(self) -> dict[int, list[tuple[int, int]]]:
        """Return, by journal, pairs of statements between which money is missing."""
        Statement = self.env["account.bank.statement"]
        Statement.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT journal_id, previous_id, id
                  FROM (SELECT id, journal_id, balance_start,
                               LAG(id) OVER chain AS previous_id,
                               LAG(balance_end_real) OVER chain AS previous_end
                          FROM account_bank_statement
                         WHERE journal_id = ANY(%s) AND first_line_index IS NOT NULL
                        WINDOW chain AS
                               (PARTITION BY journal_id ORDER BY first_line_index)) s
                 WHERE round(previous_end, 2) <> round(balance_start, 2)
                """,
                self.ids,
            )
        )
        gaps = {}
        for journal_id, previous_id, statement_id in rows:
            gaps.setdefault(journal_id, []).append((previous_id, statement_id))
        return gaps

    def _pom_figures(self) -> dict[int, list[dict]]:
        """Return, by journal, what each rule matched (and undone) this month."""
        month = start_of(fields.Date.context_today(self), "month")
        Match = self.env["pom.match"]
        groups = Match.sudo()._read_group(
            [
                ("journal_id", "in", self.ids),
                ("decided_on", ">=", month),
                ("state", "!=", "open"),
            ],
            ["journal_id", "rule", "state"],
            ["__count"],
        )
        names = dict(Match._selection_rule())
        found = {}
        for journal, rule, state, count in groups:
            label = names.get(rule) or self.env._("Accepted by hand")
            empty = {"rule": label, "matched": 0, "undone": 0}
            row = found.setdefault(journal.id, {}).setdefault(label, empty)
            row["matched"] += count
            row["undone"] += count if state == "undone" else 0
        return {
            journal_id: sorted(rows.values(), key=lambda row: -row["matched"])
            for journal_id, rows in found.items()
        }

    def action_pom_gaps(self):
        """Show the statements on both sides of each gap."""
        self.check_access("read")
        pairs = self._pom_gaps().get(self.id, [])
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_bank_statement_tree"
        )
        title = self.env._("Statements with a gap between them")
        action["name"] = action["display_name"] = title
        action["domain"] = [("id", "in", [item for pair in pairs for item in pair])]
        action["context"] = {}
        return action

    def action_pom_queue(self):
        """Work off the lines that are left on this journal."""
        self.ensure_one()
        self.check_access("read")
        self.env["pom.match"]._check_accountant()
        return self.env["pom.match.queue"]._open({"journal_id": self.id})

    def action_pom_matches(self):
        """Show what was matched on this journal this month, by rule."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_reconcile.pom_match_action"
        )
        action["context"] = {
            "search_default_journal_id": self.id,
            "search_default_this_month": 1,
            "search_default_group_rule": 1,
        }
        return action
