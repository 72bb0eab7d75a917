"""A year of debtors, and a log of what was charged, said and booked on each day."""

from datetime import date, timedelta

from odoo import Command
from odoo.tools import mute_logger

from .common import ChargeCase

#: On which whoever agrees does so.
MONDAY = "01-04"


class YearCase(ChargeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"pom_reminders_stopped": False, "pom_thank_you": False})

    def setUp(self):
        super().setUp()
        self.psp.payments.clear()
        self.diary, self.people, self.log, self.seen = {}, {}, [], {}

    def live(self, start, end):
        """Each day what happens, then the crons."""
        day = start
        while day <= end:
            with self.on(day), mute_logger("odoo.addons.pom_payment_charge"):
                for act in self.diary.get(day, ()):
                    act()
                    self.note(day)
                self.run_crons()
                self.run_crons_of_plans()
                self._deliver()
                self.run_crons("charge")
                self.note(day)
            day += timedelta(1)

    # -- what happens, and what is seen of it ------------------------------------------

    def run_crons_of_plans(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("pom_payment_plan.cron_look_at_plans")
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def at(self, day, act):
        self.diary.setdefault(date.fromisoformat(f"2027-{day}"), []).append(act)

    def somebody(self, name):
        partner = self.env["res.partner"].create(
            {"name": name, "email": f"{name}@klant.example", "lang": "en_US"}
        )
        self.people[partner] = name
        return partner

    def bill(self, partner, amount, due, on=MONDAY):
        """An invoice, which is there from that day on.

        :return: a list that has it then
        """
        made = []

        def act():
            move = self._invoice(
                amount,
                partner_id=partner.id,
                invoice_date=f"2027-{on}",
                invoice_date_due=f"2027-{due}",
                invoice_payment_term_id=False,
            )
            made.append(move)

        self.at(on, act)
        return made

    def plan(self, made, first, on=MONDAY):
        """Three parts, a month apart."""

        def act():
            plan = self.env["pom.payment.plan"].create(
                {
                    "move_ids": [Command.set(made[0].ids)],
                    "first_on": f"2027-{first}",
                    "tell": False,
                }
            )
            plan.line_ids = [Command.create(row) for row in plan._equal_lines()]
            plan._agree()

        self.at(on, act)

    def agrees(self, made, kind="due", method="card", **typed):
        """On the page, on Monday.

        :return: a list that has the consent then
        """
        consents = []

        def act():
            self.provider.payment_method_ids = self.env.ref(
                f"payment.payment_method_{method}"
            )
            consents.append(self.agree(made[0], kind, **typed))

        self.at(MONDAY, act)
        return consents

    def declines(self, consents, reason, *days):
        """What the card's bank says from one day on, and from the next on nothing."""

        def act(says):
            number = self.number_of(consents[0])
            self.psp.declines[number] = says

        self.at(days[0], lambda: act(reason))
        for day in days[1:]:
            self.at(day, lambda: act(""))

    def transfers(self, made, amount, *days):
        """From a bank account."""

        def act():
            wizard = (
                self.env["account.payment.register"]
                .with_context(active_model="account.move", active_ids=made[0].ids)
                .create({"amount": amount})
            )
            wizard.action_create_payments()

        for day in days:
            self.at(day, act)

    def pays_by_link(self, made, day):
        def act():
            attempt = self._begin(made[0])
            self.psp.pay(attempt.provider_reference)
            self._deliver()

        self.at(day, act)

    def note(self, day):
        """What is new since the last look."""
        self.env.flush_all()
        self.env.invalidate_all()
        found = []
        for payment in self.psp.payments.values():
            if payment.sequence == "recurring" and self.is_new(payment.id):
                found.append((self.who(payment), f"charged {payment.amount / 100:.2f}"))
        partners = self.env["res.partner"].browse([one.id for one in self.people])
        messages = self.env["pom.delivery"].search(
            [("partner_id", "in", partners.ids)], order="id"
        )
        for message in messages:
            if self.is_new(message):
                found.append((self.people[message.partner_id], message.kind))
        for move in self.moves():
            left = move.amount_residual
            before = self.seen.get(move, move.amount_total)
            self.seen[move] = left
            name = self.people[move.partner_id]
            if round(before - left, 2) > 0:
                found.append((name, f"paid {before - left:.2f}"))
            elif round(left - before, 2) > 0:
                found.append((name, f"open again {left - before:.2f}"))
        self.log += [(name, f"{day:%m-%d}", what) for name, what in found]

    def is_new(self, key):
        return self.seen.setdefault(key, self) is self and not self.seen.update(
            {key: True}
        )

    def moves(self):
        return self.env["account.move"].search(
            [
                ("partner_id", "in", [partner.id for partner in self.people]),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
            ],
            order="id",
        )

    def who(self, payment):
        attempt = self.env["payment.transaction"].search(
            [("provider_reference", "=", payment.id)]
        )
        return self.people[attempt.partner_id]
