from odoo import api, models

from odoo.addons.pom_payment.tools.registry import by_code

from ..name_in_text import RULE, SENTENCE


class PomMatch(models.Model):
    _inherit = "pom.match"

    @api.model
    def _rules(self):
        return super()._rules() | by_code([RULE])

    @api.model
    def _selection_rule(self):
        name = self.env._("Name in the text, and amount")
        return [*super()._selection_rule(), (RULE.code, name)]

    def _sentence(self, template, values):
        if template != SENTENCE:
            return super()._sentence(template, values)
        # Translated with the terms of this addon.
        return self.env._(SENTENCE) % values
