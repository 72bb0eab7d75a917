from odoo import api, fields, models


class PomMatchRule(models.Model):
    """A rule of matching on one journal: whether it is used, and when it is tried."""

    _name = "pom.match.rule"
    _description = "Matching Rule of a Journal"
    _inherit = ["pom.anchored"]
    _order = "journal_id, sequence, id"

    journal_id = fields.Many2one(
        "account.journal", required=True, ondelete="cascade", index=True
    )
    code = fields.Selection(
        selection="_selection_code", string="Rule", required=True, readonly=True
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean("Used", default=True)

    _code_uniq = models.UniqueIndex("(journal_id, code)", "A rule is there once.")

    @api.model
    def _selection_code(self):
        Match = self.env["pom.match"]
        rules = Match._rules()
        return [(code, name) for code, name in Match._selection_rule() if code in rules]

    @api.model
    def _make(self, journals):
        """Give journals the rules that they lack, in the usual order."""
        there = self.with_context(active_test=False).search(
            [("journal_id", "in", journals.ids)]
        )
        rules = self.env["pom.match"]._rules()
        known = {(rule.journal_id.id, rule.code) for rule in there}
        return self.create(
            [
                {"journal_id": journal.id, "code": code, "sequence": 10 * place}
                for journal in journals
                for place, code in enumerate(rules, 1)
                if (journal.id, code) not in known
            ]
        )
