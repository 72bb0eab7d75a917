"""What debtors do in half a year, and what they get."""

from datetime import date

from odoo import Command
from odoo.tests import tagged

from .half_year import DUE, HalfYearCase

REPLY = """From: <{sender}>
To: catchall@dekat.example
Subject: Re: reminder
In-Reply-To: {to}
References: {to}
Message-Id: <half.year@klant.example>

Why?
"""


@tagged("standard", "post_install", "-at_install")
class TestHalfYear(HalfYearCase):
    def test_half_a_year(self):
        self.company.pom_thank_you = True
        self.setup.remind_days = 60
        self._play(
            self._silent, self._looks, self._pays, self._bounces, self._refused,
            self._granted, self._plan, self._reminds_herself, self._shop, self._held,
            self._holidays, self._two_invoices, self._paid_ahead, self._parts,
            self._replies, texts=3,
        )  # fmt: skip

    # -- the stories -------------------------------------------------------------------

    def _silent(self, name):
        """Never looks, never pays: the chains of all levels to their ends."""
        partner, _move = self._somebody(name)
        self._post(partner, "2026-04-14", "2026-05-13", "2026-05-27")
        return partner, [
            ("2026-03-27", "email", "Notice"),  # the 28th is a Saturday
            ("2026-04-07", "email", "First reminder"),  # Easter Monday is over
            ("2026-04-13", "letter", "First reminder"),  # unseen for 5 days: a Sunday
            # Posted on 14 April: begins on the 17th, over on 1 May; then a weekend.
            ("2026-05-04", "email", "Second reminder"),
            ("2026-05-08", "sms", "Second reminder"),
            ("2026-05-12", "letter", "Second reminder"),
            # Posted on 13 May, and ten days: Saturday before Whitsun.
            ("2026-05-26", "letter", "Last reminder"),
            ("2026-06-08", "task", "Call"),  # posted on 27 May, ten days: a Saturday
        ]

    def _looks(self, name):
        """Looks each time: no other channel is tried."""
        partner, move = self._somebody(name)
        self._sees(move, "2026-03-28", "2026-04-08", "2026-04-24")
        self._post(partner, "2026-05-12")
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-04-23", "email", "Second reminder"),  # 8 April and fourteen days
            ("2026-05-11", "letter", "Last reminder"),  # forty days: a Sunday
            ("2026-05-26", "task", "Call"),  # fifty-five days: Whit Monday
        ]

    def _pays(self, name):
        partner, move = self._somebody(name)
        self.days.on("2026-04-10", lambda: self._pay(move))
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-04-10", "email", "thanks"),
        ]

    def _bounces(self, name):
        """The mail server doesn't know the address until somebody mends it."""
        partner, move = self._somebody(name)
        self.days.smtp.refused[partner.email] = "550 5.1.1 unknown"
        self._post(partner, "2026-04-09")

        def mend():
            partner.email = "bounces.again@klant.example"

        self.days.on("2026-04-20", mend)
        self.days.on("2026-04-30", lambda: self._pay(move))
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-04-08", "letter", "First reminder"),
            # Posted on the 9th: begins on Tuesday 14 April, over on the 28th.
            ("2026-04-29", "email", "Second reminder"),
            ("2026-04-30", "email", "thanks"),
        ]

    def _refused(self, name):
        """Contests all of it; is told no, has five quiet days, then it goes on."""
        partner, move = self._somebody(name)
        self._sees(move, "2026-03-28", "2026-04-07", "2026-04-08", "2026-04-28")
        self._request("2026-04-09", move, "dispute", amount=121, reason="faulty")
        self._answer("2026-04-22", move, "action_refuse")
        self.days.on("2026-04-29", lambda: self._pay(move))
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-04-22", "email", "confirmation"),
            ("2026-04-28", "email", "Second reminder"),  # quiet until Monday the 27th
            ("2026-04-29", "email", "thanks"),
        ]

    def _granted(self, name):
        """Contests it and is right: nothing, however long the credit note takes."""
        partner, move = self._somebody(name)
        self._request("2026-04-02", move, "dispute", amount=121, reason="amount")
        self._answer("2026-04-15", move, "action_accept")
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-15", "email", "confirmation"),
        ]

    def _plan(self, name):
        """Pays two of three parts as agreed, and not the last."""
        partner, move = self._somebody(name, amount=90.0)
        self._sees(move, "2026-04-08", "2026-07-07", "2026-07-21")
        self._request(
            "2026-04-08", move, "plan", plan_count=3, plan_first_on=date(2026, 4, 30)
        )
        self._answer("2026-04-10", move, "action_accept")
        for day in ("2026-05-04", "2026-06-01"):
            self.days.on(day, lambda: self._pay(move, 30))
        self.days.on("2026-07-22", lambda: self._pay(move, 30))
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-04-10", "email", "plan"),
            # 30 June and three days for the transfer, and a week of grace.
            ("2026-07-04", "email", "plan_late"),
            ("2026-07-12", "email", "plan"),
            # Five days in peace: over on Friday.
            ("2026-07-20", "email", "Second reminder"),
            ("2026-07-22", "email", "thanks"),
        ]

    def _reminds_herself(self, name):
        """Wants an SMS on a day of her own, and nothing before it."""
        partner, move = self._somebody(name, pom_channel="sms")
        self._request("2026-03-10", move, "remind", remind_on=date(2026, 4, 9))
        self.days.on("2026-04-10", lambda: self._pay(move))
        return partner, [
            ("2026-04-09", "sms", "asked"),
            ("2026-04-10", "sms", "thanks"),
        ]

    def _shop(self, name):
        """A business: sooner, and with interest and the EUR 40 of the law."""
        partner, move = self._somebody(name, amount=1000.0, is_company=True)
        self._sees(move, "2026-04-04", "2026-04-15")
        self._post(partner, "2026-04-29")
        return partner, [
            ("2026-04-03", "email", "First reminder"),
            ("2026-04-14", "email", "Second reminder"),
            ("2026-04-28", "letter", "Formal notice"),
            ("2026-05-11", "task", "Call"),  # forty days: a Sunday
        ]

    def _held(self, name):
        """The creditor waits until the end of April, and pays attention again."""
        partner, move = self._somebody(name)
        move.write(
            {
                "pom_quiet_until": date(2026, 5, 1),
                "pom_quiet_reason": "Is in hospital",
            }
        )
        self.days.on("2026-05-05", lambda: self._pay(move))
        return partner, [
            ("2026-05-04", "email", "First reminder"),
            ("2026-05-05", "email", "thanks"),
        ]

    def _holidays(self, name):
        """Due so that the days fall on Ascension and 1 May."""
        partner, move = self._somebody(name, due=date(2026, 5, 9))
        self._sees(move, "2026-05-07", "2026-05-16")
        self.days.on("2026-06-02", lambda: self._pay(move))
        return partner, [
            ("2026-05-06", "email", "Notice"),
            ("2026-05-15", "email", "First reminder"),  # the 14th is Ascension
            ("2026-06-01", "email", "Second reminder"),  # over on Saturday 30 May
            ("2026-06-02", "email", "thanks"),
        ]

    def _two_invoices(self, name):
        """One message for both, then only for the one that is still open."""
        partner, first = self._somebody(name, amount=100.0)
        second = self._invoice(DUE, 50.0, partner)
        self._sees(first, "2026-03-28", "2026-04-08")
        self._sees(second, "2026-04-24")
        self.days.on("2026-04-15", lambda: self._pay(first))
        self.days.on("2026-04-25", lambda: self._pay(second))
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-04-23", "email", "Second reminder"),
            ("2026-04-25", "email", "thanks"),
        ]

    def _paid_ahead(self, name):
        """The money is here, on account; and nobody has applied it."""
        partner, move = self._somebody(name)
        journal = self.company_data["default_journal_bank"]

        def arrive():
            self.env["account.payment"].create(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": partner.id,
                    "amount": 121,
                    "date": "2026-04-02",
                    "journal_id": journal.id,
                }
            ).action_post()

        self.days.on("2026-04-02", arrive)
        return partner, [("2026-03-27", "email", "Notice")]

    def _parts(self, name):
        """Half at the end of March, half at the end of April: each has its calendar."""
        terms = self.env["account.payment.term"].create(
            {
                "name": "Halves",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (30, 60)
                ],
            }
        )
        partner = self._debtor(name, f"{name.lower()}@klant.example")
        move = self._invoice(
            DUE,
            200.0,
            partner,
            invoice_date=date(2026, 3, 1),
            invoice_payment_term_id=terms.id,
        )
        self._sees(
            move, "2026-03-28", "2026-04-08", "2026-04-24", "2026-04-28", "2026-05-06"
        )
        self.days.on("2026-05-07", lambda: self._pay(move))
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-04-23", "email", "Second reminder"),
            ("2026-04-27", "email", "Notice"),  # of the second half
            ("2026-05-05", "email", "First reminder"),
            ("2026-05-07", "email", "thanks"),
        ]

    def _replies(self, name):
        """Answers the mail: nothing more before somebody has answered that, and no
        letter to who has read it.
        """
        partner, move = self._somebody(name)

        def write():
            delivery = move.pom_delivery_ids.sorted("id")[-1]
            raw = REPLY.format(to=delivery.message_id, sender=partner.email)
            threads = self.env["mail.thread"].with_user(self.env.ref("base.user_root"))
            threads.message_process("account.move", raw)

        self._sees(move, "2026-03-28")
        self.days.on("2026-04-09", write)
        self._answer("2026-05-06", move, "action_accept")
        self.days.on("2026-05-07", lambda: self._pay(move))
        return partner, [
            ("2026-03-27", "email", "Notice"),
            ("2026-04-07", "email", "First reminder"),
            ("2026-05-06", "email", "Second reminder"),
            ("2026-05-07", "email", "thanks"),
        ]
