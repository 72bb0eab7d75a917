import json
from datetime import timezone
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import standard_webhooks

#: So many old ones are forgotten in one transaction.
BATCH_FORGOTTEN = 5000
#: First half of the key of the advisory locks of who writes messages; the second is the
#: number of the last message of before.
WRITING = 0x504F4E
#: Why a message wasn't taken, put into words for whoever reads it.
INSIDE, SILENT, ANSWERS = "inside", "silent", "answers"


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
    is_covered = fields.Boolean(
        readonly=True, help="The debtor's money was told to cover a part of it."
    )
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
    reason = fields.Text(string="Reason As Kept", readonly=True)
    reason_values = fields.Json(readonly=True)
    shown_reason = fields.Text(string="Reason", compute="_compute_shown_reason")
    sent_date = fields.Datetime(readonly=True)

    # The message that waits longest at each system (``_next``).
    _to_send_idx = models.Index("(subscriber_id, next_try, id) WHERE state = 'new'")
    # What a system was told last of an invoice (``_last_told``, ``_is_overtaken``).
    _last_idx = models.Index("(move_id, subscriber_id, id DESC)")
    # Which debts were told to be covered (``TOLD_AS_COVERED``): few ever are.
    _covered_idx = models.Index("(move_id) WHERE is_covered")
    # What a system asks for after what it has (``_after``).
    _feed_idx = models.Index("(subscriber_id, id)")
    # Of which invoices a system was told since (``_changed_since``): each message is in
    # it once, at the end.
    _since_idx = models.Index("(subscriber_id, create_date) INCLUDE (move_id)")

    def _compute_message_id(self):
        for event in self:
            event.message_id = f"msg_{event.id}"

    @api.depends("reason", "reason_values")
    @api.depends_context("lang")
    def _compute_shown_reason(self):
        """A scheduler sends them: whoever looks reads it in the own language."""
        for event in self:
            event.shown_reason = event._reason_in_words(event.reason_values or {})

    def _reason_in_words(self, values):
        if self.reason == INSIDE:
            return self.env._(
                "%s is inside a network, or not reached by https. An administrator can "
                "allow a network in the settings of the third system.",
                values["url"],
            )
        if self.reason == SILENT:
            return self.env._("%s doesn't answer.", values["url"])
        if self.reason == ANSWERS:
            return self.env._("%(url)s answers %(status)s.", **values)
        return self.reason

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
        rows, settled = [], moves._pom_read_to_tell()
        for move in moves:
            data = move._pom_told(settled[move.id])
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
        if fresh:
            self._note_writing()
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
            "is_covered": float(data["amount_covered"]) > 0,
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
        :return: messages, and the number after which those of now end
        """
        last_through = self._last_through()
        # What was written until then is seen by a transaction that begins now.
        self.env.cr.commit()  # pylint: disable=invalid-commit
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM pom_outbound_event
                 WHERE subscriber_id = %s AND id > %s AND id <= %s
                   AND move_id IS NOT NULL AND (%s = '' OR status = %s)
                 ORDER BY id LIMIT %s
                """,
                subscriber.id,
                last_id,
                last_through,
                status,
                status,
                limit,
            )
        )
        return self.browse([row[0] for row in rows]), last_through

    @api.model
    def _note_writing(self):
        """Have everybody see, until this transaction is through, that messages with
        higher numbers than the last one are being written.
        """
        self.env.cr.execute(
            SQL(
                """SELECT pg_advisory_xact_lock_shared(
                          %s, (last_value - (NOT is_called)::int)::int)
                     FROM pom_outbound_event_id_seq""",
                WRITING,
            )
        )

    @api.model
    def _last_through(self):
        """
        :return: a number; nobody is writing a message with that one or a lower one
        """
        # First the number, then who writes: who begins in between takes a higher one.
        query = SQL("SELECT last_value FROM pom_outbound_event_id_seq")
        last = self.env.execute_query(query)[0][0]
        writing = self.env.execute_query(
            SQL(
                """
                SELECT MIN(objid::bigint) FROM pg_locks
                 WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2
                   AND pid <> pg_backend_pid()
                   AND database = (SELECT oid FROM pg_database
                                    WHERE datname = current_database())
                """,
                WRITING,
            )
        )[0][0]
        return last if writing is None else min(last, writing)

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
    moment = moment_told(fields.Datetime.now())
    return json.dumps({"type": kind, "timestamp": moment, "data": data})


def moment_told(moment):
    """As Odoo keeps it, for third systems; None where there is none."""
    if not moment:
        return None
    return moment.replace(tzinfo=timezone.utc).isoformat().replace("+00:00", "Z")
