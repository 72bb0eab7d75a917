from odoo import models

from ..tools.page_style import PageStyle


class PomPaylink(models.Model):
    _inherit = "pom.paylink"

    def _page_style(self):
        """How this debtor's page differs from the usual one. Hook.

        :rtype: PageStyle
        """
        return PageStyle()
