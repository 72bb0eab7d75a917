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
