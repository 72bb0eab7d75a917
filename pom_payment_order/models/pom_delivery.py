from odoo import fields, models

KIND = "debit_returned"


class PomDelivery(models.Model):
    """Messages about direct debits."""

    _inherit = "pom.delivery"

    kind = fields.Selection(
        selection_add=[("invoice",), (KIND, "Returned direct debit"), ("thanks",)],
        ondelete={KIND: "cascade"},
    )

    def _asks(self):
        # EXTENDS 'pom_message'
        return self.kind == KIND or super()._asks()

    def _texts(self):
        # EXTENDS 'pom_message'
        if self.kind != KIND:
            return super()._texts()
        return {
            "subject": self.env._("Please pay {invoice}"),
            "text": "",
            "short_text": "",
        }
