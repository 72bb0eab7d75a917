"""What an accountant does with charges, and what the debtor is told of it."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import RunningCase


@tagged("standard", "post_install", "-at_install")
class TestByHand(RunningCase):
    """Friday, 20 November: told three days before."""

    def test_moved_skipped_paused_by_the_accountant(self):
        move, consent = self.agreed()
        charge = self.charges(move).with_user(self._accountant())
        with self.on("2026-11-17"):
            with self.assertRaises(UserError):
                charge.day = "2026-11-18"
            charge.day = "2026-11-28"
            self.assertEqual(charge.day.isoformat(), "2026-11-30")
        self.days("11-20")
        self.assertFalse(self.charged())
        charge.consent_id.action_pause()
        self.assertEqual(self.status(move, "11-20"), "open")
        charge.consent_id.action_resume()
        charge.action_skip()
        self.assertEqual(charge.state, "skipped")
        charge.consent_id.action_stop()
        self.assertEqual(consent.state, "stopped")

    def test_less_of_it(self):
        """Told anew: on Friday for Monday. What is left of it is asked."""
        move, _consent = self.agreed(amount=80)
        self.days("11-17")
        charge = self.charges(move).with_user(self._accountant())
        with self.on("2026-11-18"):
            for wrong in (0, -1, 80.01):
                with self.assertRaises(UserError):
                    charge.amount = wrong
            charge.amount = 30
        self.assertEqual(
            (charge.state, charge.amount, charge.day.isoformat()),
            ("planned", 30, "2026-11-23"),
        )
        self.assertEqual(charge.lowered_from, 80)
        self.days("11-20")
        self.assertFalse(self.charged())
        self.assertEqual(self.told(move), ["charge_agreed", "charge", "charge"])
        self.assertIn("30.00", move.pom_delivery_ids.sorted("id")[-1].text)
        self.days("11-23")
        self.assertEqual(self.charged(), [3000])
        self.assertEqual(self.status(move, "11-24"), "overdue")
        with self.on("2026-11-24"):
            self.env.invalidate_all()
            self.assertEqual(move.pom_amount_asked, 50)

    def test_lowered_and_raised_again(self):
        """What says that it was lowered goes with it."""
        move, _consent = self.agreed(amount=80)
        charge = self.charges(move).with_user(self._accountant())
        with self.on("2026-11-10"):
            charge.day = "2026-11-24"
            self.assertFalse(charge.lowered_from)
            charge.amount = 30
            charge.day = "2026-11-25"
            self.assertEqual((charge.amount, charge.lowered_from), (30, 80))
            charge.amount = 80
            self.assertFalse(charge.lowered_from)

    def test_only_what_waits_is_changed(self):
        move, _consent = self.agreed()
        self.days("11-17", "11-20")
        charge = self.charges(move).with_user(self._accountant())
        self.assertEqual(charge.state, "done")
        with self.on("2026-11-21"), self.assertRaises(UserError):
            charge.amount = 10

    def test_paused_over_its_day(self):
        """Nobody expects it any more: told on Friday, 4 December, for Monday."""
        move, consent = self.agreed()
        self.days("11-17")
        consent.with_user(self._accountant()).action_pause()
        self.days("11-20", "11-27")
        with self.on("2026-12-02"):
            consent.action_resume()
            self.assertEqual(self.charges(move).day.isoformat(), "2026-12-07")
        self.days("12-02", "12-03", "12-04")
        self.assertFalse(self.charged())
        self.assertEqual(self.told(move), ["charge_agreed", "charge", "charge"])
        self.days("12-07")
        self.assertEqual(self.charged(), [4573])

    def test_waited_for_weeks(self):
        """For bank statements that came on 8 December only."""
        self.company.pom_charge_bank_days = 5
        move, _consent = self.agreed()
        self.days("11-17", *(f"11-{day}" for day in range(20, 31)))
        self.days("12-01", "12-02", "12-03", "12-04", "12-07")
        [charge] = self.charges(move)
        self.assertEqual(charge.reason, "stale_bank")
        self.assertEqual(self.told(move)[-1], "charge")
        self.company.pom_charge_bank_days = -1
        self.days("12-08")
        self.assertFalse(self.charged())
        self.days(*(f"12-{day:02d}" for day in range(9, 14)))
        self.assertEqual(self.charged(), [4573])
        self.assertEqual(self.told(move), ["charge_agreed", "charge", "charge"])

    def test_what_waits_for_a_person_opens(self):
        tasks = self.env["pom.to.do"]._tasks(self.company)
        for code, task in tasks.items():
            with self.subTest(code):
                self.env["ir.actions.actions"]._for_xml_id(task.action)
                self.env[task.model].search(task.domain)

    def _accountant(self):
        return self.env["res.users"].create(
            {
                "name": "Ann",
                "login": "ann-charges",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [
                    (6, 0, self.env.ref("account.group_account_invoice").ids)
                ],
            }
        )
