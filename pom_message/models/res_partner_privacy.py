from odoo import models

EXPORTED = (
    "create_date",
    "kind",
    "channel",
    "address",
    "subject",
    "text",
    "state",
    "sent_date",
    "seen_date",
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _pom_exported(self):
        # EXTENDS 'pom_payment'
        return {**super()._pom_exported(), "messages": ("pom.delivery", EXPORTED)}

    def _pom_personal(self):
        # EXTENDS 'pom_payment'
        found = self.env["pom.delivery"].search([("partner_id", "in", self.ids)])
        return {**super()._pom_personal(), "messages": found}

    def _pom_erase(self):
        # EXTENDS 'pom_payment': messages about what is open are proof, and stay.
        super()._pom_erase()
        closed = self._pom_personal()["messages"] - self._pom_needed_messages()
        closed.attachment_id.unlink()
        closed.unlink()

    def _pom_needed_messages(self):
        unsettled = self.env["account.move"]._pom_unsettled()
        return self._pom_personal()["messages"].filtered_domain(
            [
                "|",
                ("state", "in", ("queued", "by_hand", "sending")),
                ("move_ids", "any", unsettled),
            ]
        )

    def _pom_kept(self):
        # EXTENDS 'pom_payment'
        kept = self._pom_needed_messages()
        if not kept:
            return super()._pom_kept()
        text = (
            self.env._("1 message about an invoice that is open.")
            if len(kept) == 1
            else self.env._("%s messages about invoices that are open.", len(kept))
        )
        return [*super()._pom_kept(), text]
