from datetime import timedelta

from odoo import models
from odoo.tools.misc import format_date

from odoo.addons.pom_payment.tools.page_style import PageStyle

from ..tools.remind_form import REMIND


class PomPaylink(models.Model):
    _inherit = "pom.paylink"

    def _all_request_kinds(self):
        # EXTENDS 'pom_payment'
        return [*super()._all_request_kinds(), REMIND]

    def _last_days(self):
        # EXTENDS 'pom_payment'
        last = self._first_delay() + timedelta(self.company_id._pom_setup().remind_days)
        return {**super()._last_days(), "remind_on": last}

    def _words_of_reminding(self):
        """What is said to who asked to be reminded later."""
        asked = self._asked_to_remind("id desc")
        return self.env._(
            "Noted. We will remind you on %s, and not before.",
            format_date(self.env, asked.remind_on),
        )

    def _asked_to_remind(self, order):
        return self.env["pom.payer.request"].search(
            [("kind", "=", "remind"), ("move_ids", "in", self._documents().ids)],
            order=order,
            limit=1,
        )

    def _first_delay(self):
        """The day from which the longest delay counts: however often somebody with the
        link asks for a later reminder, it never gets later than that in all.
        """
        asked = self._asked_to_remind("id")
        if not asked:
            return self._today()
        return self.company_id._pom_local(asked.create_date).date()

    def _page_style(self):
        # EXTENDS 'pom_payment': a test may show another page to some debtors.
        test = self.env["pom.ab.test"].sudo()._running("page", self.company_id)
        variant = test._pick(self.partner_id.commercial_partner_id)
        if not variant:
            return super()._page_style()
        return PageStyle(
            variant.color or "",
            variant.button or "",
            variant.first_way or "",
            variant.transfer_first,
        )
