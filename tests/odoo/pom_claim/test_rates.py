"""Rates of the laws, kept by half-year, and asked for when one is missing."""

from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.pom_reminder.laws import RATES

from tests.odoo.pom_claim.common import switch_on
from tests.odoo.pom_reminder.common import ReminderCase


@tagged("standard", "post_install", "-at_install")
class TestRates(ReminderCase):
    def _rates(self, series="be"):
        return self.env["pom.interest.rate"].search([("series", "=", series)])

    def test_all_that_the_laws_know(self):
        rates = self.env["pom.interest.rate"]
        for code, table in RATES.items():
            found = {r.since: r.percent for r in self._rates(code)}
            self.assertEqual(
                found, {row.since: float(row.percent) for row in table.rows}
            )
        self.assertFalse(rates.search([]).message_ids, "nobody has to read of it")
        before = rates.search_count([])
        rates._seed()
        self.assertEqual(rates.search_count([]), before)

    def test_called_by_its_law_and_day(self):
        rate = self._rates().filtered(lambda one: one.since == date(2026, 7, 1))
        law = "Belgium: late payment, rounded up to the half point"
        self.assertEqual(rate.display_name, f"07/01/2026 – {law}")
        law = "Belgien: Zahlungsverzug, aufgerundet auf den halben Punkt"
        name = rate.with_context(lang="de_DE").display_name
        self.assertEqual(name, f"01.07.2026 – {law}")

    def test_what_is_entered_counts(self):
        policy = self.business.copy({"interest_rate": 0, "rule": "be_business"})
        day = date(2027, 3, 1)
        self.assertEqual(policy._rate(day), 0)
        self.env["pom.interest.rate"].create(
            {"series": "be", "since": "2027-01-01", "percent": 11}
        )
        self.assertEqual(policy._rate(day), 11)

    def test_missing_ones_are_asked_for(self):
        setup = switch_on(self.company)
        self.business.level_ids.with_interest = True
        with freeze_time("2026-12-10 09:00:00"):
            self.env["pom.claim"]._cron_look()
            self.assertFalse(self._rates().activity_ids)
        with freeze_time("2026-12-28 09:00:00"):
            setup.business_policy_id = self.business
            self.env["pom.claim"]._cron_look()
            self.env["pom.claim"]._cron_look()
            [activity] = self._rates().activity_ids
            self.assertIn("01/01/2027", activity.summary)
            self.env["pom.interest.rate"].create(
                {"series": "be", "since": "2027-01-01", "percent": 10.5}
            )
            self.assertFalse(self._rates().activity_ids)
            self.env["pom.claim"]._cron_look()
            self.assertFalse(self._rates().activity_ids)

    def test_half_years(self):
        rates = self.env["pom.interest.rate"]
        for values in ({"since": "2027-02-01"}, {"percent": 120}):
            row = {"series": "be", "since": "2027-01-01", "percent": 10, **values}
            with self.assertRaises(ValidationError):
                rates.create(row)
