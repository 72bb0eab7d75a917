import json

from odoo import fields, models


class PomPrivacy(models.TransientModel):
    """A contact asks what is known, or wants it gone."""

    _name = "pom.privacy"
    _description = "Personal Data Beside the Books"

    partner_id = fields.Many2one("res.partner", string="Contact", required=True)
    with_children = fields.Boolean(
        string="And Its Contacts", help="The addresses below this contact, too."
    )
    outcome = fields.Text(readonly=True)

    def _partners(self):
        self.check_access("write")
        self.partner_id.check_access("read")
        whole = self.partner_id
        if self.with_children:
            whole |= self.with_context(active_test=False).partner_id.child_ids
        return whole.sudo()

    def action_export(self):
        """A file with all of it, for the person."""
        self.ensure_one()
        data = self._partners()._pom_export()
        text = json.dumps(data, default=str, ensure_ascii=False, indent=1)
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self.partner_id.display_name}.json".replace("/", "-"),
                "raw": text.encode(),
                "mimetype": "application/json",
                # Gone with this wizard, by the autovacuum.
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "self",
        }

    def action_erase(self):
        """Erase it, and say what had to stay."""
        self.ensure_one()
        partners = self._partners()
        partners._pom_erase()
        self.outcome = "\n".join(partners._pom_kept())
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
