import json
from datetime import timezone
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import standard_webhooks

#: So many old ones are forgotten in one transaction.
BATCH_FORGOTTEN = 5000


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
    _description = "Message to an External System"
    _order = "id desc"
    _rec_name = "message_id"

    subscriber_id = fields.Many2one(
        "pom.subscriber",
        string="External System",
        required=True,
        readonly=True,
        ondelete="cascade",
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
            ("done", "Acknowledged"),
            ("superseded", "Overtaken"),
            ("asked", "Not sent"),
            ("dead", "Given up"),
        ],
        required=True,
        readonly=True,
        default="new",
        help="Overtaken: a later message about this invoice counts. Not sent: the "
        "system has no push address, or doesn't want to be told of this status.",
    )
    attempts = fields.Integer(readonly=True)
    next_try = fields.Datetime(readonly=True, default=fields.Datetime.now)
    reason = fields.Text(readonly=True)
    sent_date = fields.Datetime(readonly=True)

    # The message that waits longest at each system (``_next``).
    _to_send_idx = models.Index("(subscriber_id, next_try, id) WHERE state = 'new'")
    # What a system was told last of an invoice (``_last_told``, ``_is_overtaken``).
    _last_idx = models.Index("(move_id, subscriber_id, id DESC)")
    # What a system asks for after what it has (``_after``).
    _feed_idx = models.Index("(subscriber_id, id)")

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
            data = move._pom_told()
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
            self.env.ref("pom_status_api.cron_push")._trigger()

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
            "state": "new"
            if subscriber.url and subscriber._wants(data["status"])
            else "asked",
        }

    @api.model
    def _test(self, subscriber):
        return self.create(
            {"subscriber_id": subscriber.id, "body": _body("test", {"hello": "world"})}
        )

    # -- being asked -------------------------------------------------------------------

    @api.model
    def _after(self, subscriber, last_id, limit, status=""):
        """Messages after one, oldest first; none that could still be preceded by one
        of a transaction that isn't through yet.

        :param str status: only those that tell of it
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM pom_outbound_event
                 WHERE subscriber_id = %s AND id > %s AND move_id IS NOT NULL
                   AND (%s = '' OR status = %s)
                   AND xact::bigint <
                       pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                 ORDER BY id LIMIT %s
                """,
                subscriber.id,
                last_id,
                status,
                status,
                limit,
            )
        )
        return self.browse([row[0] for row in rows])

    @api.autovacuum
    def _gc(self):
        return self.env["res.company"]._pom_forget(self._forget)

    @api.model
    def _forget(self, company):
        """Until then a system can ask for what it missed."""
        events = self.search(
            [
                ("company_id", "=", company.id),
                ("create_date", "<", company._pom_forget_before("pom_keep_raw_days")),
            ],
            limit=BATCH_FORGOTTEN,
        )
        events.unlink()
        return len(events)


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
