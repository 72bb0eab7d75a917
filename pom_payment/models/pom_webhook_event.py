import base64
import logging
import random
import time
import traceback
import zlib
from datetime import timedelta
from operator import methodcaller

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tools import SQL

from ..tools.event_reasons import CONNECTION_TEST, FOREIGN, MISMATCH
from ..utils import BUSY, in_words_of, patiently

_logger = logging.getLogger(__name__)

#: Attempts, and minutes between them; together almost a day.
BACK_OFF = (0, 1, 2, 5, 15, 30, 60, 180, 360, 720)
#: After so many attempts an event about no payment of ours isn't ours.
FOREIGN_AFTER = 3
#: Crons that apply events at the same time. The events of one payment always come to
#: the same one, in their order.
SHARDS = 4
#: How often work that met another's locks is begun anew at once.
BUSY_TRIES = 5
#: When so many events came within this time, a web worker only stores.
BURST = 4
BURST_TIME = timedelta(seconds=2)
#: When so many wait for one cron, it's on its way, and finds what is added behind them.
CROWD = 10
#: Number of the lock that the web worker holds that applies what arrived.
ONE_WORKER = zlib.crc32(b"pom_payment apply after answer")
#: Reference of the payments that "Test Connection" makes.
TEST_PREFIX = "POM-TEST-"
#: All that is kept of a request's headers, beside what the provider's adapter judges
#: by: others may hold somebody's secrets.
KEPT_HEADERS = {"content-type", "user-agent"}
#: Has the event that waits looked at now, if nobody is at it: whoever is may have asked
#: the provider already.
WAKE = """
    UPDATE pom_webhook_event SET next_try = least(next_try, %(now)s)
     WHERE id = (SELECT id FROM pom_webhook_event
                  WHERE provider_id = %(provider)s
                    AND provider_reference = %(reference)s
                    AND state = 'new'
                  LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING shard"""
#: Keeps an event, once. A copy of what is just being applied would wait for that.
STORE = """
    INSERT INTO pom_webhook_event (
        provider_id, company_id, event_key, provider_reference, shard, body,
        headers, state, attempts, next_try, create_date, write_date,
        create_uid, write_uid)
    SELECT %(provider)s, %(company)s, %(key)s, %(reference)s, %(shard)s,
           %(body)s, %(headers)s, 'new', 0, %(now)s, %(now)s, %(now)s,
           %(user)s, %(user)s
     WHERE NOT EXISTS (SELECT 1 FROM pom_webhook_event
                        WHERE provider_id = %(provider)s
                          AND event_key = %(key)s)
    ON CONFLICT (provider_id, event_key) DO NOTHING
    RETURNING id"""


class PomWebhookEvent(models.Model):
    """What a provider told us, as it came. Applied from here, never from the request:
    losing the process between any two lines loses nothing.
    """

    _name = "pom.webhook.event"
    _description = "Payment Provider Event"
    _order = "id desc"
    _rec_name = "event_key"

    provider_id = fields.Many2one(
        "payment.provider", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="provider_id.company_id", store=True)
    event_key = fields.Char(
        required=True, readonly=True, help="The same for every copy of an event."
    )
    provider_reference = fields.Char(readonly=True)
    shard = fields.Integer(readonly=True)
    body = fields.Binary(string="Raw Body", attachment=False, readonly=True)
    body_text = fields.Text(string="Body", compute="_compute_body_text")
    headers = fields.Json(readonly=True)
    state = fields.Selection(
        selection=[
            ("new", "To apply"),
            ("done", "Applied"),
            ("foreign", "Not ours"),
            ("held", "Held"),
            ("dead", "Given up"),
        ],
        default="new",
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Text(
        string="Reason As Kept",
        readonly=True,
        help="Why it was held, or what failed: a word of ours, or what was said.",
    )
    attempts = fields.Integer(readonly=True)
    next_try = fields.Datetime(readonly=True, default=fields.Datetime.now)
    applied_date = fields.Datetime(readonly=True)
    transaction_id = fields.Many2one("payment.transaction", readonly=True)

    _event_uniq = models.Constraint(
        "UNIQUE(provider_id, event_key)", "This event was received before."
    )
    _waiting_idx = models.Index("(provider_id, provider_reference) WHERE state = 'new'")
    _to_apply_idx = models.Index("(shard, next_try) WHERE state = 'new'")

    @api.depends("body")
    def _compute_body_text(self):
        for event in self.with_context(bin_size=False):
            event.body_text = event._raw_body().decode("utf-8", "replace")

    def _raw_body(self):
        return base64.b64decode(self.body or b"")

    # -- storing -----------------------------------------------------------------------

    @api.model
    def _store(self, provider, verdict, body, headers):
        """Keep an authentic event, once.

        :param EventVerdict verdict:
        :param bytes body: as it came
        :return: id of the event when it's new and not one of many, so that the caller
            applies it when it has answered; None when there's nothing to do, or it's
            left to the crons.
        """
        if verdict.foreign:
            return None
        now = fields.Datetime.now()
        if not verdict.signed and self._wake_waiting(provider, verdict, now):
            return None
        is_busy = self._is_busy(now)
        shard = zlib.crc32(verdict.provider_reference.encode()) % SHARDS
        names = KEPT_HEADERS | provider._pom_adapter().event_headers
        kept = {k: v for k, v in headers.items() if k.lower() in names}
        self.env.cr.execute(
            SQL(
                STORE,
                provider=provider.id,
                company=provider.company_id.id,
                key=verdict.event_key,
                reference=verdict.provider_reference,
                shard=shard,
                body=base64.b64encode(body),
                headers=fields.Json(name="headers").convert_to_column(kept, self),
                now=now,
                user=self.env.uid,
            ),
            # Two copies at the same moment: the second request is played again.
            log_exceptions=False,
        )
        rows = self.env.cr.fetchall()
        if not rows:
            return None
        if not is_busy:
            # Applied by us; the cron is only for the case that we are killed.
            self._shard_cron(shard)._trigger(now + timedelta(minutes=1))
            return rows[0][0]
        # Waking it takes longer than all the rest: a connection of its own.
        if not self._is_crowded(shard):
            self._shard_cron(shard)._trigger()
        return None

    @api.model
    def _wake_waiting(self, provider, verdict, now):
        """An unsigned event only names a payment, and anybody may name it a thousand
        times: the provider is asked once for all that came until then.

        :return: whether an event about that payment waits already
        """
        wake = SQL(
            WAKE,
            provider=provider.id,
            reference=verdict.provider_reference,
            now=now,
        )
        rows = self.env.execute_query(wake)
        for (shard,) in rows:
            self._shard_cron(shard)._trigger()
        return bool(rows)

    def _is_busy(self, now):
        """Whether many events come at once: then storing comes first, and crons do the
        work.
        """
        return bool(
            self.env.execute_query(
                SQL(
                    """
                    SELECT 1
                      FROM (SELECT create_date FROM pom_webhook_event
                             ORDER BY id DESC LIMIT 1 OFFSET %s) AS event
                     WHERE create_date > %s
                    """,
                    BURST,
                    now - BURST_TIME,
                )
            )
        )

    def _is_crowded(self, shard):
        """Whether a cron has so much to do that it will be at it when we commit."""
        waiting = SQL(
            """
            SELECT 1 FROM pom_webhook_event
             WHERE state = 'new' AND shard = %s AND next_try <= %s
             LIMIT 1 OFFSET %s
            """,
            shard,
            fields.Datetime.now(),
            CROWD,
        )
        return bool(self.env.execute_query(waiting))

    @api.model
    def _shard_cron(self, shard):
        return self.env.ref(f"pom_payment.cron_apply_events_{shard}")

    # -- applying ----------------------------------------------------------------------

    @classmethod
    def _apply_after_answer(cls, database, event_id):
        """Apply at once, when the provider has its answer. Whatever goes wrong here,
        the event is stored and its cron comes by.
        """
        try:
            with Registry(database).cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["pom.webhook.event"].browse(event_id)._apply_if_free()
        except Exception:
            _logger.warning("Event %s is left to the cron", event_id, exc_info=True)

    def _apply_if_free(self):
        """One web worker at a time applies; the others stay free for what arrives."""
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_WORKER])
        if self.env.cr.fetchone()[0]:
            self._apply_in_peace()
        else:
            self._shard_cron(self.shard)._trigger()

    @api.model
    def _cron_apply(self, shard, batch=100):
        """Apply what was stored, oldest first; a bad one never stops the others. What
        isn't done in one turn is gone on with when others had theirs.
        """
        events = self.search(self._due(shard), limit=batch, order="id")
        cron = self.env["ir.cron"]
        is_cut = cron._pom_take_turn(events, methodcaller("_apply_in_peace"))
        # Of those that came meanwhile, some may have relied on us.
        if is_cut or self.search_count(self._due(shard), limit=1):
            self._shard_cron(shard)._trigger()

    def _due(self, shard):
        return [
            ("state", "=", "new"),
            ("shard", "=", shard),
            ("next_try", "<=", fields.Datetime.now()),
        ]

    def _apply_in_peace(self):
        """Apply one event in a transaction of its own, anew when others were in the
        way; committed.
        """
        for _try in range(BUSY_TRIES):
            try:
                self.lock_for_update()
                self.invalidate_recordset()
                if self.state == "new":
                    self._apply_or_postpone()
                self.env.cr.commit()  # pylint: disable=invalid-commit
                return
            except BUSY:
                self.env.cr.rollback()
                self.env.invalidate_all()
                time.sleep(random.uniform(0.01, 0.1))

    def action_apply(self):
        """Try once more, by hand."""
        self.check_access("write")
        for event in self:
            patiently(self.env, event._apply_or_postpone)

    def _apply_or_postpone(self):
        self.ensure_one()
        self = in_words_of(self, self.company_id)
        try:
            with self.env.cr.savepoint():
                self._apply()
        except BUSY:
            raise
        except UserError as error:
            # The provider doesn't answer, or refuses: a sentence says it all.
            self.env.invalidate_all()
            self._postpone(str(error))
        except Exception:
            self.env.invalidate_all()
            _logger.warning("Event %s could not be applied", self.id, exc_info=True)
            self._postpone(traceback.format_exc())

    def _apply(self):
        """Ask the provider about the payment that the event names, and apply that."""
        provider = self.provider_id.with_company(self.company_id)
        update = provider._pom_fetch(self.provider_reference)
        if update.reference.startswith(TEST_PREFIX):
            self._close("done", CONNECTION_TEST)
            return
        transaction = self._find_transaction(update)
        if not transaction:
            self._postpone(FOREIGN, foreign=True)
            return
        self.transaction_id = transaction
        outcome = transaction._pom_apply(update)
        if outcome.booking_error:
            self._postpone(outcome.booking_error)
        elif outcome.refusal:
            self._close("held", MISMATCH, outcome.mismatches)
        else:
            self._close("done")

    def _close(self, state, reason=False, values=None):
        self.write(
            {
                "state": state,
                "reason": reason,
                "reason_values": values or False,
                "applied_date": fields.Datetime.now(),
            }
        )

    def _find_transaction(self, update):
        """The payment of ours. The event may be faster than the answer to our request
        to make the payment: then our own reference tells.
        """
        transactions = self.env["payment.transaction"]
        ours = [
            ("provider_id", "=", self.provider_id.id),
            ("operation", "!=", "refund"),
        ]
        transaction = transactions.search(
            [*ours, ("provider_reference", "in", _numbers(update))], limit=1
        )
        if transaction:
            return transaction
        started = transactions.search(
            [
                *ours,
                ("provider_reference", "=", False),
                ("create_date", ">", "today -2d"),
            ]
        )
        wire = self.provider_id._pom_adapter().wire_reference
        started = started.filtered(lambda tx: wire(tx.reference) == update.reference)
        if len(started) == 1:
            started.provider_reference = update.provider_reference
            return started
        return transaction

    def _postpone(self, reason, foreign=False):
        """
        :param foreign: the provider knows the payment, and we don't: perhaps our own
            half of it isn't committed yet, else another system's
        """
        attempts = self.attempts + 1
        if foreign and attempts >= FOREIGN_AFTER:
            self._close("foreign", reason)
            return
        over = attempts >= len(BACK_OFF)
        delay = timedelta(minutes=BACK_OFF[min(attempts, len(BACK_OFF) - 1)])
        self.write(
            {
                "attempts": attempts,
                "reason": reason,
                "state": "dead" if over else "new",
                "next_try": fields.Datetime.now() + delay,
            }
        )
        if not over:
            self._shard_cron(self.shard)._trigger(fields.Datetime.now() + delay)


def _numbers(update):
    """That a payment has over there, or was begun under."""
    return [one for one in (update.provider_reference, update.begun_as) if one]
