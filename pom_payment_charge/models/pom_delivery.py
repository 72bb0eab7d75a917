from odoo import api, fields, models

#: Who words a message, by its kind.
SUBJECTS = {
    "charge": "_subject_charge",
    "charge_agreed": "_subject_charge_agreed",
    "charge_failed": "_subject_charge_failed",
}


class PomDelivery(models.Model):
    """Messages about charges."""

    _inherit = "pom.delivery"

    kind = fields.Selection(
        selection_add=[
            ("invoice",),
            ("charge", "Announced charge"),
            ("charge_agreed", "Consent to charges"),
            ("charge_failed", "Failed charge"),
            ("thanks",),
        ],
        ondelete=dict.fromkeys(SUBJECTS, "cascade"),
    )

    @api.model
    def _asking_kinds(self):
        # EXTENDS 'pom_message'
        return (*super()._asking_kinds(), "charge_failed")

    def _texts(self):
        # EXTENDS 'pom_message'
        if self.kind not in SUBJECTS:
            return super()._texts()
        subject = getattr(self, SUBJECTS[self.kind])()
        return {"subject": subject, "text": "", "short_text": ""}

    def _subject_charge(self):
        return self.env._("About the payment of {invoice}")

    def _subject_charge_agreed(self):
        return self.env._("What you agreed to for {invoice}")

    def _subject_charge_failed(self):
        return self.env._("Please pay {invoice}")

    def _page_values(self):
        # EXTENDS 'pom_message'
        return {**super()._page_values(), "instead": self._instead_of_charge()}

    def _instead_of_charge(self):
        """What may be done about a charge that was announced: each leads to its place
        on the page, where it is done; who only looks at a mail opens its links, too.

        :return: address and words of each
        """
        waiting = self.move_ids.sudo().pom_charge_ids._waiting()
        if self.kind != "charge" or not self.url or not waiting:
            return []
        own = self.with_context(lang=self.lang)
        return [
            (f"{self.url}#charge-now", own.env._("Pay it myself instead")),
            (f"{self.url}#day", own.env._("Choose another day")),
            (f"{self.url}#charge-stop", own.env._("Stop it")),
        ]

    def _mail_files(self):
        # EXTENDS 'pom_message'
        if self.kind != "charge_agreed":
            return super()._mail_files()
        consents = self.env["pom.charge.consent"].sudo()
        known = [
            ("partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
            ("move_id", "in", self.move_ids.ids),
            ("document_id", "!=", False),
        ]
        return consents.search(known, limit=1).document_id
