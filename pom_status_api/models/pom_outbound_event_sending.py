import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from operator import methodcaller

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.models import ir_cron
from odoo.addons.pom_payment.utils import BUSY

from ..tools import push, standard_webhooks
from .pom_outbound_event import ANSWERS, INSIDE, SILENT

#: Minutes between tries; together almost three days.
BACK_OFF = (1, 2, 5, 15, 30, 60, 180, 360, 720, 1440, 1440)
#: Systems that are told beside each other.
LANES = 8
#: How often work that met another server's is begun anew at once.
TRIES = 5
#: Who takes longer gets one message a turn.
SLOW_SECONDS = 2
#: A message that was being sent for so long is sent again: its server was killed.
CLAIM = timedelta(minutes=2)
#: The message that waits longest of each system that there is room for and that isn't
#: left alone for a while: one look by index a system, however much waits.
NEXT = """
    SELECT subscriber.id, waiting.id
      FROM pom_subscriber subscriber
CROSS JOIN LATERAL (
           SELECT event.id, event.next_try FROM pom_outbound_event event
            WHERE event.subscriber_id = subscriber.id
              AND event.state = 'new' AND event.next_try <= %(now)s
            ORDER BY event.next_try, event.id LIMIT 1) waiting
     WHERE (subscriber.paused_until IS NULL OR subscriber.paused_until <= %(now)s)
       AND NOT subscriber.id = ANY(%(without)s)
     ORDER BY waiting.next_try, waiting.id
     LIMIT %(limit)s"""


class PomOutboundEvent(models.Model):
    """Sending: each third system in a lane of its own, so that one that is slow, or
    never ends its answer, delays nobody's messages but its own.
    """

    _inherit = "pom.outbound.event"

    @api.model
    def _cron_push(self):
        """Send what is due, for some seconds; what isn't done then is gone on with when
        others had their turn.
        """
        turn, is_first = _Turn(ir_cron.TURN_SECONDS), True
        with ThreadPoolExecutor(LANES) as pool:
            while self._fill_lanes(turn, pool):
                if is_first and self._next([], 1):
                    # Another server may take what waits behind these.
                    self.env.ref("pom_status_api.cron_push_2")._trigger()
                is_first = False
                # No transaction is open while systems are waited for.
                self.env["ir.cron"]._commit_progress()
                for event_id, outcome in turn.arrived():
                    self._in_peace(
                        lambda event, outcome=outcome: event._note_outcome(outcome),
                        event_id,
                    )
        self.env["pom.subscriber"]._tell_failing()
        if self._next([], 1):
            self.env.ref("pom_status_api.cron_push")._trigger()

    @api.model
    def _fill_lanes(self, turn, pool):
        """
        :return: whether anything is under way
        """
        while turn.is_open and (rows := self._next(turn.out, LANES - len(turn.lanes))):
            for subscriber_id, event_id in rows:
                # What is being sent is known as such before it is.
                if message := self._in_peace(methodcaller("_take"), event_id):
                    turn.begin(pool, subscriber_id, event_id, message)
        return bool(turn.lanes)

    @api.model
    def _in_peace(self, work, event_id):
        """Do something with a message, committed; anew when another server was in the
        way.

        :param work: function of the message
        :return: what that returns; None when others are in the way all the time
        """
        for _try in range(TRIES):
            try:
                result = work(self.browse(event_id))
                self.env.flush_all()
                self.env["ir.cron"]._commit_progress(1)
                return result
            except BUSY:
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
        return None

    @api.model
    def _next(self, without, limit):
        """(subscriber id, event id) of what is to be sent next."""
        self.flush_model()
        self.env["pom.subscriber"].flush_model(["paused_until"])
        now = fields.Datetime.now()
        query = SQL(NEXT, now=now, without=list(without), limit=limit)
        return self.env.execute_query(query)

    def _take(self):
        """Make sure that nobody else sends it now.

        :rtype: push.Message
        :return: None when it isn't to be sent
        """
        if not self.try_lock_for_update():
            return None
        self.invalidate_recordset()
        now = fields.Datetime.now()
        # Another server may have taken it since it was looked for.
        if self.state != "new" or self.next_try > now or self._is_needless():
            return None
        self.next_try = now + CLAIM
        return self._message()

    def _is_needless(self):
        if self._is_overtaken():
            self.state = "superseded"
        elif not self.subscriber_id.url or not self.subscriber_id.active:
            self.state = "asked"
        return self.state != "new"

    def _is_overtaken(self):
        return bool(
            self.move_id
            and self.search_count(
                [
                    ("subscriber_id", "=", self.subscriber_id.id),
                    ("move_id", "=", self.move_id.id),
                    ("id", ">", self.id),
                ],
                limit=1,
            )
        )

    def _message(self):
        subscriber, body = self.subscriber_id.sudo(), self.body.encode()
        headers = standard_webhooks.signed_headers(
            subscriber._signing_secrets(), self.message_id, int(time.time()), body
        )
        headers["content-type"] = "application/json"
        return push.Message(subscriber.url, headers, body, subscriber._networks())

    def action_push(self):
        """Send once more, by hand."""
        self.check_access("write")
        for event in self:
            event._push()

    def _push(self):
        """Send now, and wait for the answer."""
        self.ensure_one()
        self.state = "new"
        if not self._is_needless():
            self._note_outcome(push.post(self._message()))

    # -- what came of it ---------------------------------------------------------------

    def _note_outcome(self, outcome):
        self.invalidate_recordset()
        if outcome.is_taken:
            now = fields.Datetime.now()
            self.write({"state": "done", "reason": False, "sent_date": now})
            self.subscriber_id._note_success(now)
        elif outcome.is_gone:
            self.write({"state": "dead", **self._problem(outcome)})
            self.subscriber_id._note_gone()
        else:
            self._postpone(self._problem(outcome), outcome.wait)

    def _problem(self, outcome):
        """What to keep of why it wasn't taken; see :meth:`_compute_shown_reason`.

        :rtype: dict
        """
        values = {"url": self.subscriber_id.url, "status": outcome.status}
        if outcome.is_inside:
            reason = INSIDE
        else:
            reason = SILENT if outcome.status is None else ANSWERS
        return {"reason": reason, "reason_values": values}

    def _postpone(self, problem, wait=timedelta()):
        """This one, and for a while whatever waits at the same system: another message
        tells then whether it takes any, so that one that it never takes stops no other.

        :param dict problem: what to keep of it
        """
        over = self.attempts >= len(BACK_OFF)
        now = fields.Datetime.now()
        later = now + max(_back_off(self.attempts), wait)
        self.write(
            {
                "attempts": self.attempts + 1,
                **problem,
                "state": "dead" if over else "new",
                "next_try": later,
            }
        )
        pause = max(_back_off(self.subscriber_id.failures), wait)
        self.subscriber_id._note_failure(now, now + pause)
        cron = self.env.ref("pom_status_api.cron_push").sudo()
        cron._trigger([now + pause] if over else [now + pause, later])


def _back_off(failures):
    """How long to wait after so many failures before."""
    return timedelta(minutes=BACK_OFF[min(failures, len(BACK_OFF) - 1)])


class _Turn:
    """What one run of the cron has under way."""

    def __init__(self, seconds):
        self.over = time.monotonic() + seconds
        self.lanes: dict[Future, tuple[int, int]] = {}
        self._rest: set[int] = set()

    @property
    def is_open(self):
        """Whoever is slow is waited for; the others go on meanwhile."""
        now = time.monotonic()
        return len(self.lanes) < LANES and (
            now < self.over or (self.lanes and now < self.over + push.SECONDS)
        )

    @property
    def out(self):
        """Systems that get nothing more now."""
        return {subscriber for subscriber, _event in self.lanes.values()} | self._rest

    def begin(self, pool, subscriber_id, event_id, message):
        self.lanes[pool.submit(push.post, message)] = (subscriber_id, event_id)

    def arrived(self):
        """(event id, outcome) of what was answered; waits for the first."""
        done, _others = wait(self.lanes, return_when=FIRST_COMPLETED)
        for future in done:
            subscriber_id, event_id = self.lanes.pop(future)
            outcome = future.result()
            if not outcome.is_taken or outcome.seconds > SLOW_SECONDS:
                self._rest.add(subscriber_id)
            yield event_id, outcome
