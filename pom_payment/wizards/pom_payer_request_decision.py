from odoo import api, fields, models


class PomPayerRequestDecision(models.TransientModel):
    """Before a debtor is told what was decided: what was asked, and the answer."""

    _name = "pom.payer.request.decision"
    _description = "Decision on a Request"

    request_id = fields.Many2one("pom.payer.request", required=True, readonly=True)
    decision = fields.Selection(
        selection=[("accepted", "Accept"), ("refused", "Refuse")],
        required=True,
        readonly=True,
    )
    mark = fields.Char(readonly=True)
    partner_id = fields.Many2one(related="request_id.partner_id", related_sudo=False)
    said = fields.Text(related="request_id.said", related_sudo=False)
    told = fields.Text(string="Answer to the Debtor", compute="_compute_told")

    @api.depends("request_id", "decision")
    def _compute_told(self):
        for wizard in self:
            wizard.told = wizard.request_id._words_of_answer(wizard.decision)

    def action_decide(self):
        self.ensure_one()
        request = self.request_id.with_context(pom_request_seen=self.mark)
        if self.decision == "accepted":
            request.action_accept()
        else:
            request.action_refuse()
        return {"type": "ir.actions.act_window_close"}
