"""A year of debtors whose invoices are charged, day by day: what was charged, said and
booked is exactly what was worked out by hand.

2027: 29 March is Easter Monday, 17 May Whit Monday, 1 and 11 November are holidays. A
card is announced three days before, an account fourteen, on a working day; what fails
for want of money is tried again on the third and the seventh working day.
"""

from datetime import date

from odoo.tests import tagged

from .year import MONDAY, YearCase

START, END = date(2027, 1, 4), date(2027, 12, 31)


@tagged("standard", "post_install", "-at_install")
class TestYear(YearCase):
    """Whoever agrees does so on Monday, 4 January."""

    def test_a_year(self):
        stories = (
            self._ann_keeps_the_plan, self._bob_pays_a_part_early, self._cas_pays_late,
            self._dirk_pays_twice, self._eva_contests, self._fons_has_no_money_once,
            self._gert_has_no_money, self._hans_is_refused_for_good,
            self._ine_must_confirm, self._jos_has_an_old_card,
            self._kim_takes_it_back_after_eight_weeks, self._lea_is_two_contacts,
            self._mia_fails_the_first_part, self._nel_has_money_the_third_time,
            self._ode_pays_more,
        )  # fmt: skip
        expected = {tell.__name__.split("_")[1]: tell() for tell in stories}
        self.live(START, END)
        for name, told in expected.items():
            with self.subTest(name):
                self.assertEqual(
                    [entry[1:] for entry in self.log if entry[0] == name], told
                )

    # -- the stories: what is charged, said and booked ---------------------------------

    def _ann_keeps_the_plan(self):
        """Mondays 1 February and 1 March, Thursday 1 April; 29 March is a holiday."""
        made = self.bill(self.somebody("ann"), 300, MONDAY)
        self.plan(made, "02-01")
        self.agrees(made)
        return [
            (MONDAY, "charge_agreed"),
            ("01-29", "charge"),
            ("02-01", "charged 100.00"),
            ("02-01", "paid 100.00"),
            ("02-26", "charge"),
            ("03-01", "charged 100.00"),
            ("03-01", "paid 100.00"),
            ("03-26", "charge"),
            ("04-01", "charged 100.00"),
            ("04-01", "paid 100.00"),
        ]

    def _bob_pays_a_part_early(self):
        """Nothing is announced or charged of what he paid by transfer."""
        made = self.bill(self.somebody("bob"), 300, MONDAY)
        self.plan(made, "02-01")
        self.agrees(made)
        self.transfers(made, 100, "02-10")
        return [
            (MONDAY, "charge_agreed"),
            ("01-29", "charge"),
            ("02-01", "charged 100.00"),
            ("02-01", "paid 100.00"),
            ("02-10", "paid 100.00"),
            ("03-26", "charge"),
            ("04-01", "charged 100.00"),
            ("04-01", "paid 100.00"),
        ]

    def _cas_pays_late(self):
        """Nobody charges him. Told on the fourth day, he pays within days of grace."""
        made = self.bill(self.somebody("cas"), 300, MONDAY)
        self.plan(made, "02-01")
        self.transfers(made, 100, "02-10", "03-01", "04-03")
        return [
            ("02-05", "plan_late"),
            ("02-10", "paid 100.00"),
            ("03-01", "paid 100.00"),
            ("04-03", "paid 100.00"),
        ]

    def _dirk_pays_twice(self):
        """By transfer what was announced, the day before: it isn't charged. What he
        then pays once more covers his next invoice, and that isn't charged either.
        """
        partner = self.somebody("dirk")
        made = self.bill(partner, 80, MONDAY)
        self.agrees(made, "every", most="100", month="200")
        following = self.bill(partner, 81, "02-15", on="01-18")
        self.transfers(following, 81, "02-14")
        last = self.bill(partner, 82, "04-15", on="03-15")
        self.at("03-20", lambda: self.put_on_account(partner, 82))
        self.at("04-16", lambda: self.assertEqual(
            last[0].pom_payment_status, "covered"
        ))  # fmt: skip
        return [
            (MONDAY, "paid 80.00"),
            (MONDAY, "charge_agreed"),
            ("02-12", "charge"),
            ("02-14", "paid 81.00"),
        ]

    def _eva_contests(self):
        """On a Saturday, what is to be charged on Monday. After the answer it is asked
        as any other; she pays by link.
        """
        partner = self.somebody("eva")
        made = self.bill(partner, 120, "03-15")
        self.agrees(made)
        asked = []

        def contest():
            requests = self.env["pom.payer.request"].sudo()
            asked.append(
                requests._receive(
                    made[0].pom_paylink_id,
                    "dispute",
                    {"reason": "faulty", "text": "No", "amount": 120},
                    made[0],
                )
            )

        self.at("03-13", contest)
        self.at("03-16", lambda: self.assertEqual(
            made[0].pom_payment_status, "disputed"
        ))  # fmt: skip
        self.at("03-20", lambda: self.answer(partner))
        self.pays_by_link(made, "03-25")
        return [
            (MONDAY, "charge_agreed"),
            ("03-12", "charge"),
            ("03-20", "confirmation"),
            ("03-25", "paid 120.00"),
        ]

    def answer(self, partner):
        request = self.env["pom.payer.request"].search(
            [("partner_id", "=", partner.id)]
        )
        request.action_refuse()

    def _fons_has_no_money_once(self):
        """Tuesday 20 April; the third working day is Friday 23."""
        made = self.bill(self.somebody("fons"), 60, "04-20")
        consents = self.agrees(made)
        self.declines(consents, "insufficient_funds", "04-20", "04-22")
        return [
            (MONDAY, "charge_agreed"),
            ("04-16", "charge"),
            ("04-20", "charged 60.00"),
            ("04-20", "charge"),
            ("04-23", "charged 60.00"),
            ("04-23", "paid 60.00"),
        ]

    def _gert_has_no_money(self):
        """The seventh working day after Tuesday 20 April is Thursday 29."""
        made = self.bill(self.somebody("gert"), 61, "04-20")
        consents = self.agrees(made)
        self.declines(consents, "insufficient_funds", "04-20")
        self.pays_by_link(made, "05-03")
        return [
            (MONDAY, "charge_agreed"),
            ("04-16", "charge"),
            ("04-20", "charged 61.00"),
            ("04-20", "charge"),
            ("04-23", "charged 61.00"),
            ("04-23", "charge"),
            ("04-29", "charged 61.00"),
            ("04-29", "charge_failed"),
            ("05-03", "paid 61.00"),
        ]

    def _hans_is_refused_for_good(self):
        """Nothing is charged any more, of the next invoice neither."""
        partner = self.somebody("hans")
        made = self.bill(partner, 62, MONDAY)
        consents = self.agrees(made, "every", most="100", month="200")
        following = self.bill(partner, 63, "04-20", on="03-22")
        self.declines(consents, "possible_fraud", "04-20")
        self.transfers(following, 63, "04-30")
        last = self.bill(partner, 64, "06-01", on="05-03")
        self.transfers(last, 64, "06-01")
        return [
            (MONDAY, "paid 62.00"),
            (MONDAY, "charge_agreed"),
            ("04-16", "charge"),
            ("04-20", "charged 63.00"),
            ("04-20", "charge_failed"),
            ("04-30", "paid 63.00"),
            ("06-01", "paid 64.00"),
        ]

    def _ine_must_confirm(self):
        """Her bank wants to hear it from her: a request, and it isn't tried again."""
        made = self.bill(self.somebody("ine"), 65, "04-20")
        consents = self.agrees(made)
        self.declines(consents, "authentication_required", "04-20", "04-21")
        self.pays_by_link(made, "04-26")
        return [
            (MONDAY, "charge_agreed"),
            ("04-16", "charge"),
            ("04-20", "charged 65.00"),
            ("04-20", "charge_failed"),
            ("04-26", "paid 65.00"),
        ]

    def _jos_has_an_old_card(self):
        """It ends in March: he hears that when it would have been announced."""
        made = self.bill(self.somebody("jos"), 66, "04-20")
        consents = self.agrees(made)

        def expire():
            customer = self.psp.customer(consents[0].token_id.pom_customer)
            customer.card_expires = "2027-03-31"

        self.at("02-01", expire)
        self.transfers(made, 66, "04-20")
        return [
            (MONDAY, "charge_agreed"),
            ("04-16", "charge_failed"),
            ("04-20", "paid 66.00"),
        ]

    def _kim_takes_it_back_after_eight_weeks(self):
        """An account, told of fourteen days before: Monday 31 May, and the 17th is a
        holiday. Its money is there on 4 June; on 30 July the bank takes it back.
        """
        partner = self.somebody("kim")
        made = self.bill(partner, 70, MONDAY)
        consents = self.agrees(
            made, "every", method="bancontact", most="100", month="200"
        )
        following = self.bill(partner, 71, "05-31", on="05-01")
        self.at("06-04", lambda: self.bank_says(following, self.psp.pay))
        self.at(
            "07-30",
            lambda: self.bank_says(
                following, lambda number: self.psp.charge_back(number, reason="MD06")
            ),
        )
        self.at("08-02", lambda: self.assertEqual(consents[0].state, "paused"))
        self.pays_by_link(following, "08-06")
        return [
            (MONDAY, "paid 70.00"),
            (MONDAY, "charge_agreed"),
            ("05-14", "charge"),
            ("05-31", "charged 71.00"),
            ("06-04", "paid 71.00"),
            ("07-30", "open again 71.00"),
            ("07-30", "charge_failed"),
            ("08-06", "paid 71.00"),
        ]

    def bank_says(self, made, act):
        act(self.charges(made[0]).transaction_id.provider_reference)
        self._deliver()

    def _lea_is_two_contacts(self):
        """The accountant merges them on 15 June: what the other one owes is charged as
        well, on Thursday 1 July.
        """
        first, second = self.somebody("lea"), self.somebody("lea")
        made = self.bill(first, 30, MONDAY)
        self.agrees(made, "every", most="100", month="200")
        self.bill(second, 90, "07-01", on="06-01")

        def merge():
            wizard = self.env["base.partner.merge.automatic.wizard"].create({})
            del self.people[first]
            wizard._merge([first.id, second.id], second)

        self.at("06-15", merge)
        return [
            (MONDAY, "paid 30.00"),
            (MONDAY, "charge_agreed"),
            ("06-28", "charge"),
            ("07-01", "charged 90.00"),
            ("07-01", "paid 90.00"),
        ]

    def _mia_fails_the_first_part(self):
        """Wednesday 1 September must be confirmed by her: asked, and late on the fifth,
        though the next one will be charged. 1 November is a holiday.
        """
        made = self.bill(self.somebody("mia"), 150, MONDAY)
        self.plan(made, "09-01")
        consents = self.agrees(made)
        self.declines(consents, "authentication_required", "09-01", "09-02")
        self.at("09-02", lambda: self.assertEqual(made[0].pom_amount_asked, 50))
        self.transfers(made, 50, "09-07")
        return [
            (MONDAY, "charge_agreed"),
            ("08-27", "charge"),
            ("09-01", "charged 50.00"),
            ("09-01", "charge_failed"),
            ("09-05", "plan_late"),
            ("09-07", "paid 50.00"),
            ("09-28", "charge"),
            ("10-01", "charged 50.00"),
            ("10-01", "paid 50.00"),
            ("10-29", "charge"),
            ("11-02", "charged 50.00"),
            ("11-02", "paid 50.00"),
        ]

    def _nel_has_money_the_third_time(self):
        """Monday 1 February, Thursday 4, Wednesday 10: she isn't called late while it
        is tried.
        """
        made = self.bill(self.somebody("nel"), 120, MONDAY)
        self.plan(made, "02-01")
        consents = self.agrees(made)
        self.declines(consents, "insufficient_funds", "02-01", "02-09")
        return [
            (MONDAY, "charge_agreed"),
            ("01-29", "charge"),
            ("02-01", "charged 40.00"),
            ("02-01", "charge"),
            ("02-04", "charged 40.00"),
            ("02-04", "charge"),
            ("02-10", "charged 40.00"),
            ("02-10", "paid 40.00"),
            ("02-26", "charge"),
            ("03-01", "charged 40.00"),
            ("03-01", "paid 40.00"),
            ("03-26", "charge"),
            ("04-01", "charged 40.00"),
            ("04-01", "paid 40.00"),
        ]

    def _ode_pays_more(self):
        """60 of 40: the last part shrinks to 20."""
        made = self.bill(self.somebody("ode"), 120, MONDAY)
        self.plan(made, "02-01")
        self.agrees(made)
        self.transfers(made, 60, "01-20")
        return [
            (MONDAY, "charge_agreed"),
            ("01-20", "paid 60.00"),
            ("02-26", "charge"),
            ("03-01", "charged 40.00"),
            ("03-01", "paid 40.00"),
            ("03-26", "charge"),
            ("04-01", "charged 20.00"),
            ("04-01", "paid 20.00"),
        ]
