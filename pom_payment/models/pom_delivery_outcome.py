import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import delivery_code
from ..tools.reminder_reasons import Demands, why_not

_logger = logging.getLogger(__name__)

#: A message that can't have been read.
LOST = ("failed", "bounced", "overtaken")
#: Messages that ask for money: not one of them may leave once there is none to ask.
ASKING = ("reminder", "asked")
#: Hours of the day in which a phone may ring for a thank-you.
CIVIL_HOURS = range(9, 20)


class PomDelivery(models.Model):
    """What became of a message."""

    _inherit = "pom.delivery"

    def _note_sent(self, state="sent"):
        """It left us: from now on the terms of the law run."""
        fresh = self.filtered(lambda delivery: not delivery.sent_date)
        fresh.write({"sent_date": fields.Datetime.now()})
        self.filtered(lambda d: d.state not in LOST).write({"state": state})
        for company, deliveries in fresh.grouped("company_id").items():
            day = company._pom_now().date()
            deliveries.reminder_ids.write({"done_date": day})

    def _note_lost(self, failure, state="bounced"):
        """It didn't arrive: the next channel is tried at the next occasion."""
        self.write({"state": state, "failure": failure})
        for company, deliveries in self.grouped("company_id").items():
            today = company._pom_now().date()
            deliveries.reminder_ids.filtered(lambda r: r.state == "sent").write(
                {"check_date": today, "done_date": today}
            )

    @api.model
    def _note_seen(self, link, code):
        """A person is on the page that this message led to.

        Written once, without a lock and without waiting for whoever has one.
        """
        code = delivery_code.normalize(code or "")
        if not code:
            return
        self.flush_model(["seen_date"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE pom_delivery SET seen_date = %s
                 WHERE id IN (SELECT id FROM pom_delivery
                               WHERE code = %s AND paylink_id = %s
                                 AND seen_date IS NULL
                                 FOR UPDATE SKIP LOCKED)
                """,
                fields.Datetime.now(),
                code,
                link.id,
            )
        )
        self.invalidate_model(["seen_date"])

    @api.model
    def _note_paid(self, moves):
        """These are paid: so are the messages that asked for nothing else."""
        asked = self.search(
            [("move_ids", "in", moves.ids), ("paid_date", "=", False)], order="id"
        ).filtered(lambda d: all(m.currency_id.is_zero(m.amount_residual)
                                 for m in d.move_ids))  # fmt: skip
        asked.write({"paid_date": fields.Datetime.now()})
        try:
            with self.env.cr.savepoint():
                self._thank(asked.filtered(lambda d: d.kind in ("invoice", *ASKING)))
        except psycopg2.OperationalError:
            # For whoever books the payment to play again.
            raise
        except Exception:
            _logger.exception("No thank-you for %s", moves.ids)

    @api.model
    def _thank(self, asked):
        """One thank-you per customer, by the channel that worked."""
        last = {
            (delivery.company_id, delivery.partner_id): delivery
            for delivery in asked.sorted("id")
            if delivery.company_id.pom_thank_you and delivery.state not in LOST
        }
        thanks = self._ask(
            [
                {
                    "kind": "thanks",
                    "channel": channel,
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "moves": delivery.move_ids,
                }
                for (company, partner), delivery in last.items()
                if (channel := delivery._thanks_channel())
            ]
        )
        thanks._send()

    def _thanks_channel(self):
        """E-mail or SMS as it was asked; nobody's phone rings at night because a bank
        file was read then.
        """
        is_late = self.company_id._pom_now().hour not in CIVIL_HOURS
        channel = "email" if is_late else self.channel
        reaches = channel in ("email", "sms") and self.partner_id._pom_address(channel)
        return channel if reaches else ""

    # -- before it leaves --------------------------------------------------------------

    def _drop_overtaken(self):
        """Keep back what says what is no longer true: between writing a message and its
        leaving (a long queue, a letter to be printed) people pay, ask and contest.
        What is still due is asked for anew by the next run.

        :return: those that may go out
        """
        going = self
        for kind, asking in self.grouped("kind").items():
            asking = asking.filtered(lambda delivery: not delivery.sent_date)
            if kind in ASKING and asking:
                reasons = asking._reasons_not_to_ask(kind)
                late = asking.filtered(lambda d, r=reasons: d._is_overtaken(r))
                late._note_overtaken(reasons)
                going -= late
        return going

    def _reasons_not_to_ask(self, kind):
        """By invoice; '' when it's right to ask."""
        debts = self.move_ids._pom_debts()
        if kind == "asked":
            debts = {key: debt.as_asked() for key, debt in debts.items()}
        today = {c.id: c._pom_now().date() for c in self.company_id}
        return {
            move: why_not(debts[move.id], Demands(), today[move.company_id.id])
            for move in self.move_ids
        }

    def _is_overtaken(self, reasons):
        asked = sum(move._pom_to_ask() for move in self.move_ids)
        return (
            self.company_id.pom_reminders_stopped
            or any(reasons[move] for move in self.move_ids)
            or self.currency_id.compare_amounts(asked, self.amount) != 0
        )

    def _note_overtaken(self, reasons):
        self.write({"state": "overtaken"})
        undone = {"done_date": False, "check_date": False}
        asked = self.reminder_ids.filtered(lambda reminder: reminder.state == "sent")
        for reason, reminders in asked.grouped(lambda r: reasons[r.move_id]).items():
            state = "left_out" if reason else "approved"
            reminders.write({**undone, "state": state, "reason": reason})
