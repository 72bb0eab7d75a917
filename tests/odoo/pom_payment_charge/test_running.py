"""The days after somebody agreed: what is told, charged, and what follows when it
comes to nothing. Worked out by hand.
"""

from datetime import datetime

from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import DUE, MONDAY, ChargeCase, RunningCase


@tagged("standard", "post_install", "-at_install")
class TestRunning(RunningCase):
    # -- as it should be ---------------------------------------------------------------

    def test_announced_three_days_before_and_charged(self):
        """Friday the 20th: told on Tuesday the 17th."""
        move, _consent = self.agreed()
        self.days("11-03", "11-16")
        self.assertEqual(self.told(move), ["charge_agreed"])
        self.days("11-17")
        self.assertEqual(self.told(move), ["charge_agreed", "charge"])
        text = move.pom_delivery_ids.sorted("id")[-1].text
        for said in ("November 20, 2026", "45.73", move.name, "••6787"):
            self.assertIn(said, text)
        self.days("11-18", "11-19")
        self.assertFalse(self.charged())
        self.days("11-20")
        self.assertEqual(self.charged(), [4573])
        self.assertEqual(move.payment_state, "paid")
        self.days("11-20", "11-23", "12-21")
        self.assertEqual(self.charged(), [4573])

    def test_not_at_night_nor_on_sundays(self):
        with self.on(MONDAY):
            move = self.owed(due="2026-11-15")
            self.agree(move)
        self.days("11-10", "11-12", "11-13", "11-14", "11-15")
        self.assertFalse(self.charged())
        for hour, charged in ((7, []), (17, []), (15, [4573])):
            with self.on("2026-11-16", hour):
                self.run_crons("charge")
            self.assertEqual(self.charged(), charged, hour)

    def test_what_is_due_now_is_charged(self):
        """21 were paid meanwhile; a credit note took another 4.73."""
        move, _consent = self.agreed()
        self.days("11-17")
        with self.on("2026-11-18"):
            self._register(move, 21)
            self._credit(move, 4.73)
        self.days("11-20")
        self.assertEqual(self.charged(), [2000])
        self.assertEqual(move.payment_state, "paid")

    def _register(self, move, amount):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"amount": amount})
        )
        wizard.action_create_payments()

    def _credit(self, move, amount):
        refund = move._reverse_moves([{"invoice_date": "2026-11-18"}])
        refund.invoice_line_ids.price_unit = amount
        refund.action_post()
        lines = (move | refund).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        lines.reconcile()

    def test_whoever_paid_is_not_charged(self):
        move, _consent = self.agreed()
        self.days("11-17")
        with self.on("2026-11-18"):
            self._register(move, 45.73)
        self.days("11-20", "11-23")
        self.assertFalse(self.charged())
        self.assertEqual(self.charges(move).state, "skipped")

    def test_whose_money_is_here_under_another_name_is_not_charged(self):
        """50.00 on account cover 30.00, and 20.00 of 40.00."""
        moves = [self.agreed(amount=amount)[0] for amount in (30, 40)]
        with self.on("2026-11-16"):
            self.put_on_account(self.jan, 50)
        self.days("11-17", "11-20", "11-23")
        self.assertEqual(self.charged(), [2000])
        self.assertEqual(
            [(charge.state, charge.reason) for charge in self.charges(moves[0])],
            [("skipped", "covered")],
        )
        self.assertEqual(self.told(moves[0]), ["charge_agreed"])
        self.assertEqual(self.status(moves[0], "11-23"), "covered")

    def test_who_pays_at_this_moment_is_not_charged(self):
        move, _consent = self.agreed()
        self.days("11-17")
        with self.on(DUE):
            self.charges(move).consent_id.action_pause()
            other = self._begin(move)
            self.charges(move).consent_id.action_resume()
            self.run_crons("charge")
            self.assertFalse(self.charged())
            self.psp.pay(other.provider_reference)
            self._deliver()
        self.days("11-23")
        self.assertFalse(self.charged())
        self.assertEqual(move.payment_state, "paid")

    def test_old_bank_statements(self):
        move, _consent = self.agreed()
        self.company.pom_charge_bank_days = 5
        self.days("11-17", "11-20")
        self.assertFalse(self.charged())
        charge = self.charges(move)
        self.assertEqual((charge.state, charge.reason), ("announced", "stale_bank"))
        self.company.pom_charge_bank_days = -1
        self.days("11-23")
        self.assertEqual(self.charged(), [4573])

    def test_more_than_was_agreed_to(self):
        """80 at once, 100 a month: 70 is charged, 85 is asked, 40 is asked too."""
        self.provider.payment_method_ids = self.card
        with self.on(MONDAY):
            first = self.owed(due=MONDAY)
            consent = self.agree(first, "every", most="80", month="100")
            moves = [self.owed(amount, due=DUE) for amount in (70, 85, 40)]
        self.days("11-17", "11-20")
        found = [self.charges(move).state for move in moves]
        self.assertEqual(found, ["done", "asked", "asked"])
        self.assertEqual(self.charged(), [7000])
        self.assertEqual(consent.state, "active")
        for move in moves[1:]:
            self.assertEqual(self.told(move)[-1], "charge_failed")
            self.assertEqual(self.status(move, "11-20"), "open")

    # -- failures ----------------------------------------------------------------------

    def test_no_funds_three_times(self):
        """Friday 20; third working day Wednesday 25; seventh Tuesday 1 December."""
        move, consent = self.agreed()
        self.days("11-17")
        self.declined(consent, "insufficient_funds")
        self.days("11-20", "11-23", "11-24")
        self.assertEqual(self.charged(), [4573])
        text = move.pom_delivery_ids.sorted("id")[-1].text
        self.assertIn("November 25, 2026", text)
        self.assertEqual(self.status(move, "11-24"), "collected")
        self.days("11-25", "11-30")
        self.assertEqual(self.charged(), [4573] * 2)
        self.days("12-01", "12-02", "12-15")
        self.assertEqual(self.charged(), [4573] * 3)
        self.assertEqual(
            self.states(move),
            [
                ("failed", "2026-11-20"),
                ("failed", "2026-11-25"),
                ("asked", "2026-12-01"),
            ],
        )
        self.assertEqual(
            self.told(move),
            ["charge_agreed", "charge", "charge", "charge", "charge_failed"],
        )
        self.assertEqual(move.pom_payment_status, "overdue")
        self.assertEqual(consent.state, "active")

    def test_no_funds_then_some(self):
        move, consent = self.agreed()
        self.days("11-17")
        self.declined(consent, "insufficient_funds")
        self.days("11-20")
        self.psp.declines.clear()
        self.days("11-25")
        self.assertEqual(move.payment_state, "paid")
        self.assertEqual([one[0] for one in self.states(move)], ["failed", "done"])

    def test_refused_for_good(self):
        move, consent = self.agreed()
        self.days("11-17")
        self.declined(consent, "possible_fraud")
        self.days("11-20", "11-25", "12-01")
        self.assertEqual(self.charged(), [4573])
        self.assertEqual((consent.state, consent.token_id.active), ("failed", False))
        delivery = move.pom_delivery_ids.sorted("id")[-1]
        self.assertEqual(delivery.kind, "charge_failed")
        self.assertNotIn("fraud", delivery.text)
        self.assertIn(delivery.code.lower(), delivery.url.lower())

    def test_the_bank_wants_to_hear_it_from_the_payer(self):
        move, consent = self.agreed()
        self.days("11-17")
        self.declined(consent, "authentication_required")
        self.days("11-20", "11-25")
        self.assertEqual(self.states(move), [("asked", "2026-11-20")])
        self.assertEqual(consent.state, "active")
        self.assertIn("confirm", move.pom_delivery_ids.sorted("id")[-1].text)

    def test_mandate_taken_back_elsewhere(self):
        move, consent = self.agreed()
        self.days("11-17")
        customer = self.psp.customer(consent.token_id.pom_customer)
        customer.mandates[self.number_of(consent)] = ""
        self.days("11-20")
        self.assertFalse(self.charged())
        self.assertEqual((consent.state, consent.reason), ("failed", "mandate"))
        self.assertEqual(self.status(move, "11-20"), "open")

    def test_card_that_expires(self):
        move, consent = self.agreed()
        customer = self.psp.customer(consent.token_id.pom_customer)
        customer.card_expires = "2026-11-19"
        self.days("11-17")
        self.assertEqual(consent.state, "failed")
        self.assertIn("expires", move.pom_delivery_ids.sorted("id")[-1].text)
        self.assertEqual(self.status(move, "11-17"), "open")

    def test_no_answer_is_no_failure(self):
        """It was charged, and the answer got lost: found, never tried again."""
        move, _consent = self.agreed()
        self.days("11-17")
        self.psp.faults.inject("lost_answer", 504, times=1, only="create")
        self.days("11-20")
        charge = self.charges(move)
        self.assertEqual((charge.state, move.payment_state), ("charging", "not_paid"))
        self.assertEqual(move.pom_payment_status, "in_progress")
        with self.on(DUE, 11):
            charge.transaction_id._pom_ask()
            self.run_crons("charge")
        self.assertEqual((charge.state, move.payment_state), ("done", "paid"))
        self.assertEqual(self.charged(), [4573])

    def test_never_asked(self):
        """Stopped before the provider heard of it: charged on the next working day."""
        move, consent = self.agreed()
        self.days("11-17")
        with self.on(DUE):
            charge = self.charges(move)
            attempt = charge._begin_attempt(consent._learn())
            self.run_crons("charge")
            self.assertFalse(self.charged())
        # The database has a clock of its own.
        self.env.cr.execute(
            SQL(
                "UPDATE payment_transaction SET create_date = %s WHERE id = %s",
                datetime(2026, 11, 20, 10),
                attempt.id,
            )
        )
        self.env.invalidate_all()
        with self.on(DUE, 13):
            attempt._pom_ask()
            self.assertEqual(attempt.state, "cancel")
            self.run_crons("charge")
            self.assertFalse(self.charged())
        self.days("11-23")
        self.assertEqual(self.charged(), [4573])
        self.assertEqual(
            self.states(move), [("skipped", "2026-11-20"), ("done", "2026-11-23")]
        )

    def test_two_for_one_part(self):
        """The database itself keeps a part from being charged twice."""
        move, consent = self.agreed()
        values = self.charges(move).copy_data()[0]
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.env["pom.charge"].create({**values, "consent_id": consent.id})

    def test_parts_that_are_others_by_now(self):
        """Agreed for the 20th; then the invoice got another day."""
        move, _consent = self.agreed()
        with self.on("2026-11-10"):
            move.button_draft()
            move.invoice_date_due = "2026-12-04"
            move.action_post()
            self.run_crons("plan")
        self.assertEqual(
            [(one.state, one.day.isoformat()) for one in self.charges(move)],
            [("skipped", "2026-11-20"), ("planned", "2026-12-04")],
        )

    # -- by hand -----------------------------------------------------------------------

    def test_summary(self):
        move, _consent = self.agreed()
        self.assertEqual(
            move.with_context(lang="en_US").pom_charge_summary.replace("\xa0", " "),
            "1 × 45.73 €, next November 20, card ••6787",
        )


@tagged("standard", "post_install", "-at_install")
class TestDebits(ChargeCase):
    """Direct debits, whose end is told days and weeks later."""

    def setUp(self):
        super().setUp()
        self.provider.payment_method_ids = self.bancontact
        with self.on(MONDAY):
            first = self.owed(due=MONDAY)
            self.consent = self.agree(first, "every", most="100", month="300")
            self.move = self.owed(70, due=DUE)
        for day in ("2026-11-06", "2026-11-20"):
            with self.on(day):
                self.run_crons()
        self.charge = self.charges(self.move)

    def news(self, day, act):
        with self.on(day):
            act(self.charge.transaction_id.provider_reference)
            self._deliver()
            self.run_crons()

    def test_pending_then_paid(self):
        self.assertEqual(self.charge.state, "charging")
        self.assertEqual(self.move.pom_payment_status, "in_progress")
        self.news("2026-11-26", self.psp.pay)
        self.assertEqual((self.charge.state, self.move.payment_state), ("done", "paid"))

    def test_sent_back_before_it_was_paid(self):
        self.news("2026-11-24", lambda number: self.psp.fail(number, "AM04"))
        again = self.charges(self.move)[-1]
        self.assertEqual(
            (self.charge.state, again.state, again.day.isoformat()),
            ("failed", "announced", "2026-11-25"),
        )

    def test_taken_back_after_eight_weeks(self):
        self.news("2026-11-26", self.psp.pay)
        self.news(
            "2027-01-21", lambda number: self.psp.charge_back(number, reason="MD06")
        )
        self.assertEqual((self.charge.state, self.charge.reason), ("returned", "payer"))
        self.assertEqual(self.move.amount_residual, 70)
        self.assertEqual(self.told(self.move)[-1], "charge_failed")
        self.assertEqual(len(self.charges(self.move)), 1, "not tried again")
        self.assertEqual(self.consent.state, "paused")

    def test_no_mandate(self):
        self.news("2026-11-24", lambda number: self.psp.fail(number, "MD01"))
        self.assertEqual(self.consent.state, "failed")

    def test_a_person_looks_at_a_death(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.move._pom_owner().lang = "nl_BE"
        self.news("2026-11-24", lambda number: self.psp.fail(number, "MD07"))
        self.assertEqual(self.consent.state, "active")
        self.assertIn("niemand weet waarom", self.move.activity_ids.summary)
        self.assertEqual(len(self.charges(self.move)), 1)
