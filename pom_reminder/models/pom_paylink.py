from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_date

from odoo.addons.pom_payment.tools.page_style import PageStyle

from ..tools.remind_form import REMIND


class PomPaylink(models.Model):
    _inherit = "pom.paylink"

    def _all_request_kinds(self):
        # EXTENDS 'pom_payment'
        return [*super()._all_request_kinds(), REMIND]

    def _request_kinds(self):
        # EXTENDS 'pom_payment': while all are stopped, not even what a debtor asked for
        # leaves.
        kinds = super()._request_kinds()
        if REMIND.code in kinds and self._is_stopped():
            del kinds[REMIND.code]
        return kinds

    def _is_stopped(self):
        return self._may_have("stopped") and self.company_id.pom_reminders_stopped

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

    @api.model
    def _sql_around(self):
        # EXTENDS 'pom_payment': of a statement, whether that was asked by its own link.
        wished = SQL(
            """link.move_id IS NULL
               AND (SELECT TRUE FROM pom_payer_request asked
                     WHERE asked.paylink_id = link.id
                       AND asked.kind = 'remind' LIMIT 1)
            OR (SELECT TRUE FROM pom_reminder wished
                 WHERE wished.move_id = link.move_id
                   AND wished.level_id IS NULL
                   AND wished.state = 'approved' LIMIT 1)"""
        )
        stopped = SQL(
            """(SELECT TRUE FROM pom_reminder_setup setup
                 WHERE setup.company_id = link.company_id
                   AND setup.state = 'stopped' LIMIT 1)"""
        )
        return {**super()._sql_around(), "wished": wished, "stopped": stopped}

    def _words_of_reminding_to_come(self):
        """The day that was promised, for whoever comes again; "" when none is."""
        if not self._may_have("wished") or self._is_stopped():
            return ""
        wished = self.env["pom.reminder"].search(
            [
                ("move_id", "in", self._documents().ids),
                ("level_id", "=", False),
                ("state", "=", "approved"),
                ("planned_date", ">=", self._today()),
            ],
            order="planned_date",
            limit=1,
        )
        day = format_date(self.env, wished.planned_date)
        return day and self.env._("We will remind you on %s, as you asked.", day)

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
