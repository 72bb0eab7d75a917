from urllib.parse import urlsplit

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..tools import standard_webhooks


class PomSubscriber(models.Model):
    """A third system that wants to know how invoices stand: it's told of each change,
    and may ask. One secret serves both: we sign with it, and it asks with it.
    """

    _name = "pom.subscriber"
    _description = "Third System"
    _order = "name"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    url = fields.Char(
        string="Push Address",
        help="Where changes are sent to. Empty: the system asks by itself.",
    )
    secret = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        groups="base.group_system",
        default=lambda self: standard_webhooks.new_secret(),
        help="Signs what we send (Standard Webhooks), and is the key to ask with: "
        "Authorization: Bearer whsec_…",
    )
    key_hash = fields.Char(
        compute="_compute_key_hash", store=True, groups="base.group_system"
    )
    last_success = fields.Datetime(string="Last Taken", readonly=True)
    failing_since = fields.Datetime(readonly=True)
    event_ids = fields.One2many("pom.outbound.event", "subscriber_id")

    _key_uniq = models.Constraint("UNIQUE(key_hash)", "Each system has its own secret.")

    @api.depends("secret")
    def _compute_key_hash(self):
        for subscriber in self:
            subscriber.key_hash = standard_webhooks.fingerprint(subscriber.secret)

    @api.constrains("url")
    def _check_url(self):
        for subscriber in self.filtered("url"):
            if urlsplit(subscriber.url).scheme not in ("http", "https"):
                raise ValidationError(
                    self.env._("The push address must begin with https:// or http://.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        subscribers = super().create(vals_list)
        self.env.registry.clear_cache()
        return subscribers

    def write(self, vals):
        result = super().write(vals)
        if {"active", "company_id"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache()
    def _listening(self):
        """Ids of the companies whose invoices anybody wants to know of."""
        rows = self.sudo()._read_group([], ["company_id"])
        return frozenset(company.id for (company,) in rows)

    @api.model
    def _find(self, secret):
        """Who asks with this secret; empty when nobody does."""
        wanted = standard_webhooks.fingerprint(secret)
        return self.sudo().search([("key_hash", "=", wanted)], limit=1)

    def action_new_secret(self):
        """Replace the secret: the former one is worth nothing from now on."""
        for subscriber in self:
            subscriber.secret = standard_webhooks.new_secret()

    def action_test(self):
        """Send a message that means nothing, and say what became of it."""
        self.ensure_one()
        event = self.env["pom.outbound.event"].sudo()._test(self)
        event._push()
        taken = event.state == "done"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if taken else "danger",
                "message": self.env._("It was taken.") if taken else event.reason,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_events(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "pom_payment.pom_outbound_event_action"
        )
        return {**action, "domain": [("subscriber_id", "=", self.id)]}
