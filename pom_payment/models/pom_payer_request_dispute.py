from odoo import api, fields, models


class PomPayerRequest(models.Model):
    """What is contested is noted on the invoice, in a plain column: installing computes
    nothing over the books, and lists needn't look for requests.
    """

    _inherit = "pom.payer.request"

    is_mended = fields.Boolean(
        string="Credited",
        readonly=True,
        copy=False,
        help="A credit note was made for the dispute that was accepted.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        requests = super().create(vals_list)
        requests._note_disputed()
        return requests

    def write(self, vals):
        # EXTENDS 'base'
        done = super().write(vals)
        if vals.keys() & {"state", "amount", "move_ids", "is_mended"}:
            self._note_disputed()
        return done

    def _is_contested(self):
        """Whether it isn't asked: nobody answered yet, or the debtor was right and the
        invoice isn't mended.
        """
        is_right = self.kind == "dispute" and self.state == "accepted"
        return self.is_open_dispute or is_right and not self.is_mended

    def _note_disputed(self):
        moves = self.filtered(lambda request: request.kind == "dispute").move_ids
        for move in moves.sudo():
            disputes = move.pom_request_ids.filtered(lambda one: one._is_contested())
            amount = min(sum(disputes.mapped("amount")), move.amount_total)
            if move.currency_id.compare_amounts(move.pom_disputed_amount, amount):
                move.pom_disputed_amount = amount
