from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.pom_message.models.pom_delivery_credit import CREDIT_NOTE

from .pom_overview_money import INVOICES, LATE

#: Days in which a customer's habit is looked for.
YEAR = 365


class PomOverview(models.AbstractModel):
    """Who owes most that is late, and what is usual with them."""

    _inherit = "pom.overview"

    @api.model
    def _late(self, scope, items):
        late = [row for row in items if row["kind"] == "late"]
        partners = self.env["res.partner"].browse(row["partner_id"] for row in late)
        habits = self._habits(scope, partners.commercial_partner_id)
        return {
            "code": "late",
            "title": self.env._("Top ten late"),
            "empty": self.env._("Nobody is late."),
            "tables": late
            and [
                {
                    "code": "late",
                    "title": self.env._("Late now"),
                    "columns": [
                        self.env._("Customer"),
                        self.env._("Overdue"),
                        self.env._("Since"),
                        self.env._("Usually"),
                    ],
                    "rows": [
                        self._late_row(scope, habits, partner, row)
                        for partner, row in zip(partners, late, strict=True)
                    ],
                    "chart": self._lying(0),
                }
            ],
        }

    @api.model
    def _late_row(self, scope, habits, partner, row):
        door, amount, days = ["late", partner.id], row["amount"], row["days"]
        return {
            "label": partner.display_name,
            "door": door,
            "cells": [
                self._cell(self._text_money(scope, amount), float(amount), door),
                self._cell(self._text_days(days), days),
                self._cell(self._text_habit(habits.get(partner.commercial_partner_id))),
            ],
        }

    @api.model
    def _habits(self, scope, partners):
        """How late each paid on average within a year, and how often.

        :rtype: dict[res.partner, tuple[float, int]]
        """
        rows = self.env["pom.debt.figure"]._read_group(
            self._of_companies(scope)
            & Domain("partner_id", "in", partners.ids)
            & Domain("paid_date", ">=", scope.today - timedelta(YEAR))
            & Domain("way", "!=", CREDIT_NOTE),
            ["partner_id"],
            ["days_late:avg", "__count"],
        )
        return {partner: (days, count) for partner, days, count in rows}

    @api.model
    def _text_habit(self, habit):
        if not habit:
            return self.env._("not known yet")
        days, count = round(habit[0]), habit[1]
        if not days:
            return self.env._("on the day (%s×)", count)
        told = {"days": self._text_days(abs(days)), "count": count}
        if days > 0:
            return self.env._("%(days)s late (%(count)s×)", **told)
        return self.env._("%(days)s early (%(count)s×)", **told)

    @api.model
    def _open_late(self, scope, partner_id, row):
        if row or type(partner_id) is not int:
            return None
        domain = self._of_companies(scope) & INVOICES & Domain("age", "in", LATE)
        domain &= Domain("partner_id", "=", partner_id)
        return self._action("pom.debtor.report", self.env._("Late now"), domain)
