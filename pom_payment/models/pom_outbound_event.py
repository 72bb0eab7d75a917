import json
import logging
import time
from datetime import timedelta, timezone
from operator import methodcaller
from typing import NamedTuple

import requests

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import standard_webhooks

_logger = logging.getLogger(__name__)

#: Minutes between tries; together almost three days.
BACK_OFF = (1, 2, 5, 15, 30, 60, 180, 360, 720, 1440, 1440)
TIMEOUT = 10
#: Until when a system can ask for what it missed.
DAYS_KEPT = 90


class _Told(NamedTuple):
    id: int
    digest: str
    xact: str


class PomOutboundEvent(models.Model):
    """What a third system is told: how one invoice stands now. Written in the
    transaction that changed it, sent afterwards: nothing is told that didn't happen,
    and nothing that happened is forgotten.
    """

    _name = "pom.outbound.event"
    _description = "Message to a Third System"
    _order = "id desc"
    _rec_name = "message_id"

    subscriber_id = fields.Many2one(
        "pom.subscriber",
        string="Third System",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="subscriber_id.company_id", store=True)
    move_id = fields.Many2one(
        "account.move", string="Invoice", readonly=True, ondelete="cascade"
    )
    message_id = fields.Char(compute="_compute_message_id")
    body = fields.Text(required=True, readonly=True)
    status = fields.Char(readonly=True)
    digest = fields.Char(readonly=True, help="Of what was told, to see what is new.")
    xact = fields.Char(readonly=True, help="Number of the database's transaction.")
    state = fields.Selection(
        selection=[
            ("new", "To send"),
            ("done", "Taken"),
            ("superseded", "Overtaken"),
            ("asked", "Not sent"),
            ("dead", "Given up"),
        ],
        required=True,
        readonly=True,
        default="new",
        help="Overtaken: a later message about this invoice counts. Not sent: the "
        "system has no push address and asks by itself.",
    )
    attempts = fields.Integer(readonly=True)
    next_try = fields.Datetime(readonly=True, default=fields.Datetime.now)
    reason = fields.Text(readonly=True)
    sent_date = fields.Datetime(readonly=True)

    _to_send_idx = models.Index("(next_try) WHERE state = 'new'")
    _last_idx = models.Index("(move_id, subscriber_id, id DESC)")

    def _compute_message_id(self):
        for event in self:
            event.message_id = f"msg_{event.id}"

    # -- writing down ------------------------------------------------------------------

    @api.model
    def _record(self, moves):
        """Write down how invoices stand, for whom that is news.

        :param moves: posted ones, or such as were told of before
        """
        subscribers = self.env["pom.subscriber"].search(
            [("company_id", "in", moves.company_id.ids)]
        )
        known = self._last_told(moves, subscribers)
        [(xact,)] = self.env.execute_query(SQL("SELECT pg_current_xact_id()::text"))
        rows = []
        for move in moves:
            data = move._pom_standing()
            digest = standard_webhooks.fingerprint(json.dumps(data, sort_keys=True))
            for subscriber in subscribers.filtered(
                lambda one, move=move: one.company_id == move.company_id
            ):
                last = known.get((move.id, subscriber.id))
                if _is_news(last, data, digest):
                    row = self._row(subscriber, move, data)
                    rows.append((last, {**row, "digest": digest, "xact": xact}))
        self._write_down(rows, xact)

    @api.model
    def _write_down(self, rows, xact):
        """Nobody saw what this transaction wrote before: that is corrected."""
        fresh = [row for last, row in rows if not last or last.xact != xact]
        for last, row in rows:
            if last and last.xact == xact:
                self.browse(last.id).write(row)
        if self.create(fresh).filtered(lambda event: event.state == "new"):
            self.env.ref("pom_payment.cron_push")._trigger()

    @api.model
    def _last_told(self, moves, subscribers):
        """The last message, by (invoice id, subscriber id)."""
        self.flush_model()
        return {
            (move_id, subscriber_id): _Told(*told)
            for move_id, subscriber_id, *told in self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT ON (move_id, subscriber_id)
                           move_id, subscriber_id, id, digest, xact
                      FROM pom_outbound_event
                     WHERE move_id = ANY(%s) AND subscriber_id = ANY(%s)
                     ORDER BY move_id, subscriber_id, id DESC
                    """,
                    moves.ids,
                    subscribers.ids,
                )
            )
        }

    @api.model
    def _row(self, subscriber, move, data):
        return {
            "subscriber_id": subscriber.id,
            "move_id": move.id,
            "status": data["status"],
            "body": _body("invoice.status", data),
            "state": "new" if subscriber.url else "asked",
        }

    @api.model
    def _test(self, subscriber):
        return self.create(
            {"subscriber_id": subscriber.id, "body": _body("test", {"hello": "world"})}
        )

    # -- sending -----------------------------------------------------------------------

    @api.model
    def _cron_push(self, batch=100):
        """Send what is due, the longest waiting first."""
        due = [("state", "=", "new"), ("next_try", "<=", fields.Datetime.now())]
        events = self.search(due, limit=batch, order="next_try, id")
        is_cut = self.env["ir.cron"]._pom_take_turn(events, methodcaller("_push_free"))
        if is_cut or len(events) == batch:
            self.env.ref("pom_payment.cron_push")._trigger()

    def _push_free(self):
        """Send, unless another process is at it."""
        if event := self.try_lock_for_update():
            event.invalidate_recordset()
            if event.state == "new":
                event._push()

    def action_push(self):
        """Send once more, by hand."""
        for event in self:
            event._push()

    def _push(self):
        self.ensure_one()
        if self._is_overtaken():
            self.state = "superseded"
        elif not self.subscriber_id.url:
            self.state = "asked"
        elif problem := self._post():
            self._postpone(problem)
        else:
            now = fields.Datetime.now()
            self.write({"state": "done", "reason": False, "sent_date": now})
            self.subscriber_id.write({"last_success": now, "failing_since": False})

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

    def _post(self):
        """
        :return: '' when it was taken, else what went wrong
        """
        subscriber = self.subscriber_id
        body = self.body.encode()
        headers = standard_webhooks.signed_headers(
            subscriber.secret, self.message_id, int(time.time()), body
        )
        try:
            answer = requests.post(
                subscriber.url,
                data=body,
                headers={**headers, "content-type": "application/json"},
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            _logger.info("Message %s not sent: %s", self.message_id, error)
            return self.env._("%s doesn't answer.", subscriber.url)
        if answer.status_code // 100 != 2:
            return self.env._(
                "%(url)s answers %(status)s.",
                url=subscriber.url,
                status=answer.status_code,
            )
        return ""

    def _postpone(self, problem):
        over = self.attempts >= len(BACK_OFF)
        now = fields.Datetime.now()
        delay = timedelta(minutes=0 if over else BACK_OFF[self.attempts])
        self.write(
            {
                "attempts": self.attempts + 1,
                "reason": problem,
                "state": "dead" if over else "new",
                "next_try": now + delay,
            }
        )
        if not self.subscriber_id.failing_since:
            self.subscriber_id.failing_since = now
        if not over:
            self.env.ref("pom_payment.cron_push")._trigger(now + delay)

    # -- being asked -------------------------------------------------------------------

    @api.model
    def _after(self, subscriber, last_id, limit):
        """Messages after one, oldest first; none that could still be preceded by one
        of a transaction that isn't through yet.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM pom_outbound_event
                 WHERE subscriber_id = %s AND id > %s AND move_id IS NOT NULL
                   AND xact::bigint <
                       pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                 ORDER BY id LIMIT %s
                """,
                subscriber.id,
                last_id,
                limit,
            )
        )
        return self.browse([row[0] for row in rows])

    @api.autovacuum
    def _gc(self):
        self.search([("create_date", "<", f"today -{DAYS_KEPT}d")]).unlink()


def _is_news(last, data, digest):
    """Whether it differs from the last message; a draft that nobody was told of isn't
    worth one.
    """
    if last:
        return last.digest != digest
    return data["status"] != "withdrawn"


def _body(kind, data):
    now = fields.Datetime.now().replace(tzinfo=timezone.utc)
    moment = now.isoformat().replace("+00:00", "Z")
    return json.dumps({"type": kind, "timestamp": moment, "data": data})
