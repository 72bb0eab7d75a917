"""Whoever used reminders before an update goes on using them."""

import runpy
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons import pom_reminder

from .common import ReminderCase

SCRIPT = Path(pom_reminder.__path__[0], "migrations/19.0.1.1.0/post-migration.py")
#: Columns of before, and what they hold.
COMPANY = {
    "pom_policy_consumer_id": "integer",
    "pom_policy_business_id": "integer",
    "pom_reminders_stopped": "boolean",
    "pom_postage": "numeric",
    "pom_remind_days": "integer",
}


@tagged("standard", "post_install", "-at_install")
class TestUpdate(ReminderCase):
    def setUp(self):
        super().setUp()
        # As it is after the update and before the script: made, and empty.
        self.setup.unlink()
        self.env["pom.reminder.setup"]._make_missing()
        self.setup = self.company._pom_setup()

    def _before(self, **values):
        """The company's row as it was left by the version of before."""
        for column, kind in COMPANY.items():
            self._add("res_company", column, kind)
        self._add("pom_reminder_policy", "bank_days", "integer")
        sets = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value)
            for name, value in values.items()
        )
        self.env.cr.execute(
            SQL("UPDATE res_company SET %s WHERE id = %s", sets, self.company.id)
        )

    def _add(self, table, column, kind):
        self.env.cr.execute(
            SQL(
                "ALTER TABLE %s ADD COLUMN %s %s",
                SQL.identifier(table),
                SQL.identifier(column),
                SQL(kind),
            )
        )

    def _bank_days(self, policy, days):
        query = "UPDATE pom_reminder_policy SET bank_days = %s WHERE id = %s"
        self.env.cr.execute(SQL(query, days, policy.id))

    def _update(self):
        self.env.flush_all()
        runpy.run_path(SCRIPT)["migrate"](self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_goes_on_as_before(self):
        self._before(
            pom_policy_consumer_id=self.consumer.id,
            pom_policy_business_id=self.business.id,
            pom_postage=1.52,
            pom_remind_days=45,
        )
        self._bank_days(self.consumer, 5)
        self._bank_days(self.business, 3)
        self._bank_days(self.friendly, 1)
        self.assertEqual(self.setup.state, "draft")
        self._update()
        self.assertRecordValues(
            self.setup,
            [
                {
                    "state": "running",
                    "consumer_policy_id": self.consumer.id,
                    "business_policy_id": self.business.id,
                    "business_by": "company",
                    "since": False,
                    "sending": "policy",
                    # The stricter one; another policy's is nobody's.
                    "bank_days": 3,
                    "postage": 1.52,
                    "remind_days": 45,
                    "has_clause": False,
                }
            ],
        )
        self.assertEqual(self.company.pom_policy_consumer_id, self.consumer)

    def test_says_that_costs_need_a_clause(self):
        self._before(pom_policy_consumer_id=self.consumer.id)
        self._update()
        activity = self.setup.activity_ids
        self.assertEqual(activity.user_id, self.setup._who_is_told())
        self.assertIn("Reminders ask no costs any more", activity.summary)
        # What only says that something waits goes when nothing does.
        nothing = self.env["pom.reminder"]
        self.setup._tell_stalled(nothing, nothing)
        self.assertTrue(activity.exists())

    def test_no_clause_where_no_law_wants_one(self):
        self._before(pom_policy_business_id=self.friendly.id)
        self._bank_days(self.friendly, -1)
        self._update()
        self.assertFalse(self.setup.activity_ids)
        self.assertEqual(self.setup.bank_days, -1)
        self.assertFalse(self.setup.consumer_policy_id)

    def test_stopped_stays_stopped(self):
        self._before(
            pom_policy_consumer_id=self.consumer.id, pom_reminders_stopped=True
        )
        self._update()
        self.assertEqual(self.setup.state, "stopped")
        self.assertTrue(self.company.pom_reminders_stopped)
        self.assertFalse(self.setup.activity_ids)

    def test_who_reminded_nobody_is_not_started(self):
        self._before(pom_postage=2.05)
        self._update()
        self.assertEqual((self.setup.state, self.setup.postage), ("draft", 2.05))
        self.assertEqual((self.setup.business_by, self.setup.bank_days), ("number", 5))
        self.assertEqual(self.setup.remind_days, 30)

    def test_what_was_set_up_since_stays(self):
        self._before(pom_policy_consumer_id=self.consumer.id)
        self.setup.write({"state": "running", "consumer_policy_id": self.friendly.id})
        self._update()
        self.assertEqual(self.setup.consumer_policy_id, self.friendly)

    def test_once(self):
        """Who stops following a policy later isn't made to follow it again."""
        self._before(pom_policy_consumer_id=self.consumer.id)
        self._update()
        self.setup.write({"state": "draft", "consumer_policy_id": False})
        self._update()
        self.assertEqual(self.setup.state, "draft")
