from odoo import api, fields, models
from odoo.fields import Command, Domain

from odoo.addons.pom_message.tools import sms_text

from ..models.pom_delivery import choose_channel


class PomReminderPreview(models.TransientModel):
    """What a debtor would get, by channel and language; nothing is made or sent."""

    _name = "pom.reminder.preview"
    _description = "Preview of a Reminder"

    level_id = fields.Many2one("pom.reminder.policy.level", required=True)
    variant_id = fields.Many2one(
        "pom.ab.variant", domain="[('test_id.level_id', '=', level_id)]"
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        domain=[
            ("move_type", "in", ("out_invoice", "out_receipt")),
            ("state", "=", "posted"),
        ],
        default=lambda self: self._default_move(),
    )
    channel = fields.Selection(choose_channel, default="email", required=True)
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(), string="Language"
    )
    subject = fields.Char(compute="_compute_preview")
    sms_parts = fields.Integer(
        string="Counted as (SMS)",
        compute="_compute_preview",
        help="So many messages does the gateway count.",
    )
    body = fields.Html(compute="_compute_preview", sanitize=False)

    @api.model
    def _default_move(self):
        moves = self.env["account.move"]
        domain = [("move_type", "=", "out_invoice")]
        return moves.search(moves._pom_with_open_part() & Domain(domain), limit=1)

    @api.depends("level_id", "variant_id", "move_id", "channel", "lang")
    def _compute_preview(self):
        for preview in self:
            preview.subject = preview.body = preview.sms_parts = False
            if preview.level_id and preview.move_id:
                delivery = preview._delivery()
                preview.subject = delivery.subject
                preview.body = delivery._picture()
                preview.sms_parts = sms_text.parts(delivery.short_text or "")

    def _delivery(self):
        """A message that exists in memory only."""
        move, level, policy = self.move_id, self.level_id, self.level_id.policy_id
        lang = self.lang or move.partner_id.lang or self.env.lang
        today = move.company_id._pom_today()
        is_first = level._number() == 1
        asking = move._pom_askings(as_wished=True)[move.id]
        rows = [
            self.env["pom.delivery"]._row_to_ask(move, part)
            for part in asking.parts(asking.standing.day or today)
        ]
        values = {
            "kind": "reminder",
            "channel": self.channel,
            "company_id": move.company_id.id,
            "partner_id": move.partner_id.id,
            "first_move_ids": [Command.set(move.ids if is_first else [])],
            "fee": level.fee if not is_first else 0,
            "policy_id": policy.id,
            "level_id": level.id,
            "variant_id": self.variant_id.id,
            "deadline": is_first
            and policy._rule().last_free_day(today, self.channel == "letter"),
        }
        return self.env["pom.delivery"]._draft(values, move, rows, lang)
