from odoo import fields, models


class PomApiKeyNew(models.TransientModel):
    """Asks what a new key is for."""

    _name = "pom.api.key.new"
    _description = "New Key of a Third System"

    subscriber_id = fields.Many2one("pom.subscriber", required=True, readonly=True)
    name = fields.Char(required=True, string="Used For")

    def action_make(self):
        self.ensure_one()
        self.subscriber_id.check_access("write")
        key = self.env["pom.api.key"]._make(self.subscriber_id, self.name)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Key"),
            "res_model": "pom.api.key.shown",
            "view_mode": "form",
            "target": "new",
            "context": {"default_key": key},
        }


class PomApiKeyShown(models.AbstractModel):
    """Shows a new key, once: it's stored nowhere."""

    _name = "pom.api.key.shown"
    _description = "New Key, Shown Once"

    id = fields.Id()
    key = fields.Char(readonly=True)
