import base64
import logging
import traceback
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: Attempts, and minutes between them; together more than a day.
BACK_OFF = (0, 1, 2, 5, 15, 30, 60, 180, 360, 720)


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
    body = fields.Binary(string="Raw Body", attachment=False, readonly=True)
    body_text = fields.Text(string="Body", compute="_compute_body_text")
    headers = fields.Json(readonly=True)
    state = fields.Selection(
        selection=[
            ("new", "To apply"),
            ("done", "Applied"),
            ("held", "Held"),
            ("dead", "Given up"),
        ],
        default="new",
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Text(readonly=True, help="Why it was held, or what failed.")
    attempts = fields.Integer(readonly=True)
    next_try = fields.Datetime(readonly=True, default=fields.Datetime.now)
    applied_date = fields.Datetime(readonly=True)
    transaction_id = fields.Many2one("payment.transaction", readonly=True)

    _event_uniq = models.Constraint(
        "UNIQUE(provider_id, event_key)", "This event was received before."
    )

    @api.depends("body")
    def _compute_body_text(self):
        for event in self.with_context(bin_size=False):
            event.body_text = event._raw_body().decode("utf-8", "replace")

    def _raw_body(self):
        return base64.b64decode(self.body or b"")

    @api.model
    def _store(self, provider, verdict, body, headers):
        """Keep an authentic event, once.

        :param EventVerdict verdict:
        :param bytes body: as it came
        :return: whether it was new
        """
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO pom_webhook_event (
                    provider_id, company_id, event_key, provider_reference, body,
                    headers, state, attempts, next_try, create_date, write_date,
                    create_uid, write_uid)
                VALUES (%s, %s, %s, %s, %s, %s, 'new', 0, %s, %s, %s, %s, %s)
                ON CONFLICT (provider_id, event_key) DO NOTHING
                RETURNING id
                """,
                provider.id,
                provider.company_id.id,
                verdict.event_key,
                verdict.provider_reference,
                base64.b64encode(body),
                fields.Json(name="headers").convert_to_column(headers, self),
                now,
                now,
                now,
                self.env.uid,
                self.env.uid,
            )
        )
        if rows:
            self.env.ref("pom_payment.cron_apply_events")._trigger()
        return bool(rows)

    @api.model
    def _cron_apply(self, batch=50):
        """Apply what was stored, oldest first; a bad one never stops the others."""
        domain = [("state", "=", "new"), ("next_try", "<=", fields.Datetime.now())]
        events = self.search(domain, limit=batch, order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(domain))
        for event in events:
            event = event.try_lock_for_update().filtered_domain(domain)
            if not event:
                continue
            event._apply_or_postpone()
            if not cron._commit_progress(1):
                break

    def action_apply(self):
        """Try once more, by hand."""
        for event in self:
            event._apply_or_postpone()

    def _apply_or_postpone(self):
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._apply()
        except Exception:
            self.env.invalidate_all()
            _logger.warning("Event %s could not be applied", self.id, exc_info=True)
            self._postpone(traceback.format_exc())

    def _apply(self):
        """Ask the provider about the payment that the event names, and apply that."""
        provider = self.provider_id.with_company(self.company_id)
        update = provider._pom_fetch(self.provider_reference)
        transaction = self._find_transaction(update)
        if not transaction:
            self._postpone(self.env._("No payment of ours has this number."))
            return
        refusal = transaction._pom_apply(update)
        self.write(
            {
                "state": "held" if refusal else "done",
                "reason": refusal or False,
                "transaction_id": transaction.id,
                "applied_date": fields.Datetime.now(),
            }
        )

    def _find_transaction(self, update):
        """The payment of ours. The event may be faster than the answer to our request
        to make the payment: then our own reference tells.
        """
        transaction = self.env["payment.transaction"].search(
            [
                ("provider_id", "=", self.provider_id.id),
                ("provider_reference", "=", update.provider_reference),
            ],
            limit=1,
        )
        if transaction:
            return transaction
        started = self.env["payment.transaction"].search(
            [
                ("provider_id", "=", self.provider_id.id),
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

    def _postpone(self, reason):
        attempts = self.attempts + 1
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
            self.env.ref("pom_payment.cron_apply_events")._trigger(
                fields.Datetime.now() + delay
            )
