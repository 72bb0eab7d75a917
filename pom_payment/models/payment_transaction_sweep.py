import logging
import random
import time
from datetime import timedelta, timezone
from operator import methodcaller

from odoo import api, fields, models

from ..psp.values import Search
from ..utils import BUSY

_logger = logging.getLogger(__name__)

#: The first question, when its own event had the time to arrive.
FIRST_ASK = timedelta(minutes=2)
#: An attempt that the provider never confirmed is looked for this long.
SEARCH_TIME = timedelta(hours=1)
#: Open attempts are asked after at the set interval for an hour, then more seldom.
BUSY_TIME = timedelta(hours=1)
SELDOM = timedelta(minutes=30)
RARELY = timedelta(hours=6)
#: A success may follow an expiry: when closed ones are asked after, from their closing.
CLOSED_ASKS = (timedelta(minutes=15), timedelta(hours=3), timedelta(hours=24))
#: Whoever asks keeps other servers from asking for so long: it may be killed meanwhile.
CLAIM = timedelta(minutes=5)
UNDECIDED = ("draft", "pending")
CLOSED = ("cancel", "error")


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    pom_next_ask = fields.Datetime(
        string="To Be Asked Again",
        readonly=True,
        help="When the provider is asked about it.",
    )
    pom_found_by_sweep = fields.Boolean(
        readonly=True, help="No event told how it ended: the provider had to be asked."
    )

    pom_silent_since = fields.Datetime(
        string="No Answer Since",
        readonly=True,
        help="Since when the provider gave no answer about it.",
    )

    _pom_next_ask_idx = models.Index("(pom_next_ask) WHERE pom_next_ask IS NOT NULL")

    @api.model
    def _get_specific_create_values(self, provider_code, values):
        # EXTENDS 'payment'
        extra = super()._get_specific_create_values(provider_code, values)
        provider = self.env["payment.provider"].browse(values["provider_id"])
        if not provider._pom_adapter():
            return extra
        return {**extra, "pom_next_ask": fields.Datetime.now() + FIRST_ASK}

    @api.model
    def _pom_cron_sweep(self, batch=100):
        """Ask after every open attempt: a webhook that was lost costs minutes."""
        domain = [("pom_next_ask", "<=", fields.Datetime.now())]
        due = self.search(domain, limit=batch, order="pom_next_ask")
        cron = self.env["ir.cron"]
        if len(due) == batch:
            # Another server may take what this one isn't at.
            self.env.ref("pom_payment.cron_sweep_2")._trigger()
            cron._commit_progress()
        is_cut = cron._pom_take_turn(due, methodcaller("_pom_sweep_one"))
        if is_cut or len(due) == batch:
            self.env.ref("pom_payment.cron_sweep")._trigger()

    def _pom_claim(self):
        """Keep other servers from asking about it meanwhile; committed.

        :return: whether it's ours to ask
        """
        now = fields.Datetime.now()
        if not self.try_lock_for_update(allow_referencing=True):
            return False
        self.invalidate_recordset()
        if not self.pom_next_ask or self.pom_next_ask > now:
            return False
        self.pom_next_ask = now + CLAIM
        self.env.cr.commit()  # pylint: disable=invalid-commit
        return True

    def _pom_sweep_one(self):
        """Ask about one, in a transaction of its own; a bad one stops nobody."""
        self = self._pom_in_owners_words()
        try:
            if not self._pom_claim():
                return
            before = self.state
            if not self.pom_can_be_asked:
                self._pom_note_silence(False)
            elif self._pom_ask():
                # What it says isn't about this: nothing was learned.
                self._pom_note_silence(self._pom_when_next())
            else:
                self._pom_note_news()
                if self._pom_is_missed_event(before):
                    self.pom_found_by_sweep = True
            self.env.cr.commit()  # pylint: disable=invalid-commit
        except BUSY:
            # An event is being applied: the next run sees what it did.
            self._pom_start_over()
        except Exception:
            _logger.warning("Transaction %s: no news", self.id, exc_info=True)
            self._pom_start_over()
            self._pom_note_silence(fields.Datetime.now() + self._pom_interval())

    def _pom_start_over(self):
        self.env.cr.rollback()
        self.env.invalidate_all()
        time.sleep(random.uniform(0, 0.05))

    def _pom_ask(self):
        """Ask the provider, and apply what it says.

        :return: why that isn't believed; '' when it is
        """
        if self.operation == "refund":
            self._pom_follow_refund()
        elif not self.provider_reference:
            self._pom_find_or_drop()
        elif (outcome := self._pom_follow()).refusal:
            _logger.error("Transaction %s: %s", self.reference, outcome.refusal)
            return outcome.refusal
        return ""

    def _pom_is_missed_event(self, before):
        return before in UNDECIDED and self.state not in UNDECIDED

    def _pom_when_next(self):
        """When to ask again; False when nothing more is to be learned."""
        now = fields.Datetime.now()
        if self.pom_problem:
            # It may fit again when a setting is corrected.
            return now + RARELY
        if self.state in CLOSED:
            closed = self.last_state_change or self.create_date
            due = (closed + delay for delay in CLOSED_ASKS)
            return next((moment for moment in due if moment > now), False)
        if self.state == "done":
            return False if self.is_post_processed else now + SELDOM
        return now + self._pom_interval()

    def _pom_interval(self):
        age = fields.Datetime.now() - self.create_date
        if age < BUSY_TIME:
            minutes = self.env["ir.config_parameter"].sudo()
            minutes = minutes.get_param("pom_payment.sweep_minutes", "5")
            return timedelta(minutes=int(minutes) if minutes.isdigit() else 5)
        return SELDOM if age < timedelta(days=1) else RARELY

    def _pom_find_or_drop(self):
        """We stopped between asking for the payment and noting down its number."""
        provider = self.provider_id
        adapter = provider._pom_adapter()
        # Their clock and ours may differ a little.
        now = fields.Datetime.now().replace(tzinfo=timezone.utc) + FIRST_ASK
        made = self.create_date.replace(tzinfo=timezone.utc)
        request = adapter.search_request(
            Search(
                since=made - FIRST_ASK,
                until=now,
                reference=self.reference,
                charged=bool(self.token_id),
                customer=self.token_id.pom_customer or "",
            )
        )
        found = adapter.read_search(self._pom_send(request)) if request else []
        wire = adapter.wire_reference(self.reference)
        # Some can only list all of them.
        if found := [update for update in found if update.reference == wire]:
            self._pom_take_up(found[0].provider_reference)
        elif self.create_date < fields.Datetime.now() - SEARCH_TIME:
            self._set_canceled(self.env._("The provider knows no such payment."))

    def _pom_take_up(self, provider_reference):
        """Go on with a payment of ours whose number we had lost, its page too."""
        provider = self.provider_id
        adapter = provider._pom_adapter()
        request = adapter.fetch_request(provider_reference)
        answer = self._pom_send(request)
        update = provider._pom_with_reversals(adapter.read_update(answer))
        if update.reference != adapter.wire_reference(self.reference):
            return
        if update.is_final or self.token_id:
            self.provider_reference = provider_reference
        else:
            self._pom_note_created(adapter.read_created(answer))
        self._pom_apply(update)
