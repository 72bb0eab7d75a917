import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.models import ir_cron

from ..tools import push, standard_webhooks

#: Minutes between tries; together almost three days.
BACK_OFF = (1, 2, 5, 15, 30, 60, 180, 360, 720, 1440, 1440)
#: Systems that are told beside each other.
LANES = 8
#: Who takes longer gets one message a turn.
SLOW_SECONDS = 2
#: A message that was being sent for so long is sent again: its server was killed.
CLAIM = timedelta(minutes=2)
#: The message that waits longest of each system that there is room for.
NEXT = """
    SELECT DISTINCT ON (event.subscriber_id) event.subscriber_id, event.id
      FROM pom_outbound_event event
     WHERE event.state = 'new' AND event.next_try <= %s
       AND NOT event.subscriber_id = ANY(%s)
     ORDER BY event.subscriber_id, event.next_try, event.id
     LIMIT %s"""


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
        turn = _Turn(ir_cron.TURN_SECONDS)
        with ThreadPoolExecutor(LANES) as pool:
            while self._fill_lanes(turn, pool):
                for event_id, outcome in turn.arrived():
                    self.browse(event_id)._note_outcome(outcome)
                    self.env["ir.cron"]._commit_progress(1)
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
                if message := self.browse(event_id)._take():
                    turn.begin(pool, subscriber_id, event_id, message)
                # What is being sent is known as such before it is.
                self.env["ir.cron"]._commit_progress()
        return bool(turn.lanes)

    @api.model
    def _next(self, without, limit):
        """(subscriber id, event id) of what is to be sent next."""
        self.flush_model()
        now = fields.Datetime.now()
        return self.env.execute_query(SQL(NEXT, now, list(without), limit))

    def _take(self):
        """Make sure that nobody else sends it now.

        :rtype: push.Message
        :return: None when it isn't to be sent
        """
        if not self.try_lock_for_update():
            return None
        self.invalidate_recordset()
        if self.state != "new" or self._is_needless():
            return None
        self.next_try = fields.Datetime.now() + CLAIM
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
            self.write({"state": "dead", "reason": self._problem(outcome)})
            self.subscriber_id._note_gone()
        else:
            self._postpone(self._problem(outcome), outcome.wait)

    def _problem(self, outcome):
        url = self.subscriber_id.url
        if outcome.is_inside:
            return self.env._(
                "%s is inside a network, or not reached by https. An administrator can "
                "allow a network in the settings of the third system.",
                url,
            )
        if outcome.status is None:
            return self.env._("%s doesn't answer.", url)
        return self.env._("%(url)s answers %(status)s.", url=url, status=outcome.status)

    def _postpone(self, problem, wait=timedelta()):
        """This one, and with it whatever else is due at the same system."""
        over = self.attempts >= len(BACK_OFF)
        now = fields.Datetime.now()
        delay = timedelta(minutes=0 if over else BACK_OFF[self.attempts])
        later = now + max(delay, wait)
        self.write(
            {
                "attempts": self.attempts + 1,
                "reason": problem,
                "state": "dead" if over else "new",
                "next_try": later,
            }
        )
        self.subscriber_id._note_failure(now)
        self._others_wait(later)
        if not over:
            self.env.ref("pom_status_api.cron_push").sudo()._trigger(later)

    def _others_wait(self, until):
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE pom_outbound_event SET next_try = %s"
                " WHERE subscriber_id = %s AND state = 'new' AND next_try < %s"
                "   AND id <> %s",
                until,
                self.subscriber_id.id,
                until,
                self.id,
            )
        )
        self.invalidate_model(["next_try"])


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
