from odoo import models

from odoo.addons.pom_message.tools.delivery_code import tagged

#: Code of the message in whose name the file is being made.
CODE = "pom_peppol_code"
#: States in which the access point has said something.
TELLING = ("processing", "done", "error")


class AccountMove(models.Model):
    _inherit = "account.move"

    def _pom_einvoice_url(self):
        # EXTENDS 'pom_payment_ubl': who comes by it came by Peppol.
        url = super()._pom_einvoice_url()
        return tagged(url, self.env.context.get(CODE))

    def write(self, vals):
        # EXTENDS 'account'
        done = super().write(vals)
        if (state := vals.get("peppol_move_state")) in TELLING:
            found = self.env["pom.delivery"].sudo()._peppol_of(self)
            self.env["pom.delivery"].sudo().union(*found.values())._note_peppol(state)
        return done
