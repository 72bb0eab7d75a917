from odoo import models

#: Who words a message, by its kind.
TEXTS = {
    "reminder": "_texts_reminder",
    "asked": "_texts_asked",
    "handover": "_texts_handover",
}


class PomDelivery(models.Model):
    """Words and looks: those of the level or of its variant."""

    _inherit = "pom.delivery"

    def _texts(self):
        # EXTENDS 'pom_message'
        texts = TEXTS.get(self.kind)
        if texts:
            return getattr(self, texts)()
        usual, variant = super()._texts(), self.variant_id
        return {name: variant[name] or text for name, text in usual.items()}

    def _texts_reminder(self):
        level, variant = self.level_id, self.variant_id
        return {
            name: variant[name] or level[name]
            for name in ("subject", "text", "short_text")
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
