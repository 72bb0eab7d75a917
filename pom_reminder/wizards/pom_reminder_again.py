from odoo import api, fields, models
from odoo.tools.misc import format_datetime


class PomReminderAgain(models.TransientModel):
    """Asks whoever reminds customers who were reminded just now."""

    _name = "pom.reminder.again"
    _description = "Remind Once More"

    move_ids = fields.Many2many("account.move", string="Invoices", required=True)
    last_messages = fields.Text(compute="_compute_last_messages")
    has_others = fields.Boolean(compute="_compute_last_messages")

    @api.depends("move_ids")
    def _compute_last_messages(self):
        for wizard in self:
            last = wizard.move_ids._pom_just_asked()
            newest = {
                (move.commercial_partner_id, delivery): None
                for move, delivery in last.items()
            }
            wizard.last_messages = "\n".join(
                wizard._sentence(partner, delivery) for partner, delivery in newest
            )
            wizard.has_others = len(last) < len(wizard.move_ids)

    def _sentence(self, partner, delivery):
        channels = dict(delivery._fields["channel"]._description_selection(self.env))
        moment = delivery.sent_date or delivery.create_date
        return self.env._(
            "%(customer)s: %(invoices)s, by %(channel)s on %(moment)s",
            customer=partner.display_name,
            invoices=", ".join(delivery.move_ids.mapped("name")),
            channel=channels[delivery.channel],
            moment=format_datetime(self.env, moment, dt_format="short"),
        )

    def action_remind(self):
        self.check_access("write")
        return self.move_ids._pom_remind_now()

    def action_remind_others(self):
        self.check_access("write")
        just_asked = self.move_ids._pom_just_asked()
        others = self.move_ids.filtered(lambda move: move not in just_asked)
        return others._pom_remind_now()
