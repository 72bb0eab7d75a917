from odoo import api, fields, models

#: Who words a message, by its kind.
TEXTS = {
    "reminder": "_texts_reminder",
    "asked": "_texts_asked",
    "handover": "_texts_handover",
}


class PomDelivery(models.Model):
    """Words and looks: those of the level or of its variant."""

    _inherit = "pom.delivery"

    is_returned = fields.Boolean(
        compute="_compute_is_returned",
        help="All that this asks was paid, and the bank took it back after the last "
        "reminder.",
    )

    @api.depends("move_ids")
    def _compute_is_returned(self):
        moves = self.move_ids.sudo()
        came_back = moves._pom_came_back()
        back = moves.filtered(lambda move: move.id in came_back)
        reminded = dict(
            self.sudo()._read_group(
                [("kind", "=", "reminder"), ("move_ids", "in", back.ids)],
                ["move_ids"],
                ["sent_date:max"],
            )
            if back
            else ()
        )
        for delivery in self:
            delivery.is_returned = delivery.move_ids and all(
                move.id in came_back
                and not _is_since(reminded.get(move), came_back[move.id], move)
                for move in delivery.move_ids.sudo()
            )

    def _texts(self):
        # EXTENDS 'pom_message'
        texts = TEXTS.get(self.kind)
        if texts:
            return getattr(self, texts)()
        usual, variant = super()._texts(), self.variant_id
        return {name: variant[name] or text for name, text in usual.items()}

    def _texts_reminder(self):
        level, variant = self.level_id, self.variant_id
        is_free = not (level.fee or level.with_interest or level.with_penalty)
        if is_free and self.is_returned:
            return self._texts_returned()
        return {
            name: variant[name] or level[name]
            for name in ("subject", "text", "short_text")
        }

    def _texts_returned(self):
        """Nobody forgot what he had paid."""
        return {
            "subject": self.env._("Payment returned: {invoice}"),
            "text": self.env._(
                "Dear {name},\n\nYour bank returned the payment for {invoice}, so "
                "{amount} is still to be paid. Please pay it on the page, or tell us "
                "there what is wrong."
            ),
            "short_text": self.env._(
                "{company}: your bank returned the payment for {invoice}; {amount} is "
                "still to be paid: {url}"
            ),
        }

    def _texts_asked(self):
        return {
            "subject": self.env._("Your reminder: {invoice} from {company}"),
            "text": self.env._(
                "Dear {name},\n\nYou asked us to remind you today of {invoice}: "
                "{amount}, due on {due}."
            ),
            "short_text": self.env._(
                "{company}: the reminder that you asked for, {invoice}, {amount}: {url}"
            ),
        }

    def _texts_handover(self):
        return {
            "subject": self.env._("Hand-over for collection: {invoice}"),
            "text": "",
            "short_text": "",
        }

    def _style(self):
        # EXTENDS 'pom_message'
        level, variant, usual = self.level_id, self.variant_id, super()._style()
        return {
            "button": variant.button or level.button or usual["button"],
            "color": variant.color or level.color or usual["color"],
            "button_first": (variant or level).button_first or usual["button_first"],
        }

    def _whatsapp_template(self):
        # EXTENDS 'pom_message'
        return self.level_id.whatsapp_template or super()._whatsapp_template()


def _is_since(moment, day, move):
    return bool(moment) and move.company_id._pom_local(moment).date() >= day
