from odoo import fields, models


class PomConnectionTestLine(models.TransientModel):
    _name = "pom.connection.test.line"
    _description = "Result of a Connection Test"
    _order = "id"

    test_id = fields.Many2one("pom.connection.test", required=True, ondelete="cascade")
    what = fields.Char(readonly=True)
    verdict = fields.Selection(
        selection=[("good", "Good"), ("note", "To know"), ("bad", "Wrong")],
        readonly=True,
    )
    message = fields.Text(readonly=True)
