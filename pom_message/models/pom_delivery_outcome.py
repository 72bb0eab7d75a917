import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.debt.standing import SETTLED

from ..tools import delivery_code

_logger = logging.getLogger(__name__)

#: A message that can't have been read.
LOST = ("failed", "bounced", "overtaken")
#: There is nothing to be paid any more, or it's on its way into the books.
DONE = SETTLED | {"received"}
#: Hours of the day in which a phone may ring for a thank-you.
CIVIL_HOURS = range(9, 20)


class PomDelivery(models.Model):
    """What became of a message."""

    _inherit = "pom.delivery"

    def _note_sent(self, state="sent"):
        """It left us: from now on the terms of the law run."""
        fresh = self.filtered(lambda delivery: not delivery.sent_date)
        fresh.write({"sent_date": fields.Datetime.now()})
        self.filtered(lambda d: d.state not in LOST).write(
            {"state": state, "failure": False}
        )
        for company, deliveries in fresh.grouped("company_id").items():
            day = company._pom_today()
            deliveries._after_sent(day)

    def _note_lost(self, failure, state="bounced"):
        """It didn't arrive: the next channel is tried at the next occasion."""
        self.write({"state": state, "failure": failure})
        for company, deliveries in self.grouped("company_id").items():
            deliveries._after_lost(company._pom_today())

    def _after_sent(self, day):
        """Hook: what follows from their having left on a day."""

    def _after_lost(self, day):
        """Hook: what follows from their not having arrived, as known since a day."""

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
            [("move_ids", "in", moves.ids), ("kind", "in", self._asking_kinds())],
            order="id",
        )
        standings = asked.move_ids._pom_standings()
        asked = asked.filtered(
            lambda delivery: all(
                standings[move.id].word in SETTLED for move in delivery.move_ids
            )
        )
        fresh = asked.filtered(lambda delivery: not delivery.settled_date)
        asked._note_settled()
        try:
            with self.env.cr.savepoint():
                self._thank(fresh, moves)
        except psycopg2.OperationalError:
            # For whoever books the payment to play again.
            raise
        except Exception:
            _logger.exception("No thank-you for %s", moves.ids)

    @api.model
    def _thank(self, asked, moves):
        """One thank-you per customer, by the channel that worked.

        :param moves: what is paid; ``asked`` are messages that asked for it
        """
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
            + self._thanks_unasked(moves)
        )
        thanks._send()

    @api.model
    def _thanks_unasked(self, moves):
        """What to thank for though no message asked for it. Hook.

        :return: as :meth:`_ask` takes it
        :rtype: list[dict]
        """
        return []

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
        overtaken = self.filtered(lambda delivery: not delivery.sent_date)._overtaken()
        overtaken._note_overtaken()
        return self - overtaken

    def _overtaken(self):
        """Those that say what is no longer true. Hook: for an addon's own kinds."""
        # What core mails is core's.
        asking = self.filtered(
            lambda delivery: delivery.kind == "invoice" and delivery.channel != "email"
        )
        standings = asking.move_ids._pom_standings()
        return asking.filtered(
            lambda delivery: delivery._is_dead()
            or all(standings[move.id].word in DONE for move in delivery.move_ids)
        )

    def _is_dead(self):
        """Whether the address in this message leads nowhere any more."""
        return not self.paylink_id or self.paylink_id.withdrawn

    def _note_overtaken(self):
        """They don't leave. Hook: what follows from that."""
        self.write({"state": "overtaken"})
