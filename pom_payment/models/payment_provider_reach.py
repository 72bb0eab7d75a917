from datetime import timedelta

from odoo import api, fields, models

from ..tools import reaching
from .payment_provider_ways import BOOKKEEPING

#: What was tried in these hours, at the same address, isn't tried again by itself.
AGAIN = timedelta(hours=20)
#: Who saved a provider this long ago has left its form.
PRESENT = timedelta(minutes=10)


class PaymentProvider(models.Model):
    """Whether events find their way is looked at when somebody enters a key, not when
    the first payer waits: by the scheduler, so that saving never waits for it and never
    fails because of it.
    """

    _inherit = "payment.provider"

    pom_reach_trouble = fields.Char(
        string="Events Can't Arrive", compute="_compute_pom_reach_trouble"
    )

    @api.depends("state", "pom_webhook_url", "pom_last_event")
    @api.depends_context("lang")
    def _compute_pom_reach_trouble(self):
        rows = self.env["pom.provider.reach"].sudo()
        tried = {
            row.provider_id.id: row
            for row in rows.search([("provider_id", "in", self.ids)])
        }
        for provider in self:
            row = tried.get(provider.id)
            counts = row and provider._pom_still_counts(row)
            provider.pom_reach_trouble = counts and row._trouble()

    def _pom_still_counts(self, row):
        """Whether that is the address of today, and no event has proved it since."""
        heard = self.pom_last_event and self.pom_last_event > row.tried
        return (
            self.state != "disabled" and row.url == self.pom_webhook_url and not heard
        )

    def write(self, vals):
        # EXTENDS 'payment'
        if BOOKKEEPING.issuperset(vals):
            return super().write(vals)
        before = {one: one._pom_key() for one in self}
        result = super().write(vals)
        if any(one._pom_key() not in (None, before[one]) for one in self):
            self._pom_reach_soon()
        return result

    def _pom_key(self):
        """What the provider is asked with; None while nothing is collected."""
        if not self._pom_adapter() or self.state == "disabled":
            return None
        return self._pom_credentials() if self._pom_is_ready() else None

    @api.model
    def _pom_reach_soon(self):
        """Have addresses tried once this is saved."""
        cron = self.env.ref("pom_payment.cron_reach", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()

    @api.model
    def _pom_cron_reach(self):
        """Try what is new or was in trouble, and each day the others."""
        left = self._pom_to_try()
        jobs = self.env["ir.cron"]
        jobs._commit_progress(remaining=len(left))
        for count, provider in enumerate(left, 1):
            rows = self.env["pom.provider.reach"]
            row = rows._keep(rows._try(provider))
            provider._pom_tell_who_saved(row)
            if not jobs._commit_progress(1, remaining=len(left) - count):
                break

    def _pom_to_try(self):
        tried = {
            row.provider_id.id: row for row in self.env["pom.provider.reach"].search([])
        }
        return (
            self.search([("state", "!=", "disabled")])
            .filtered("pom_webhook_url")
            .filtered(lambda one: one._pom_is_ready())
            .filtered(lambda one: one._pom_is_due(tried.get(one.id)))
        )

    def _pom_is_due(self, row):
        if not row or row.verdict != reaching.GOOD or row.url != self.pom_webhook_url:
            return True
        return row.tried < max(self.write_date, fields.Datetime.now() - AGAIN)

    def _pom_tell_who_saved(self, row):
        """In a corner of the screen: the form was read before this was known."""
        user = self.write_uid
        trouble = row.with_context(lang=user.lang)._trouble()
        if trouble and self.write_date > fields.Datetime.now() - PRESENT:
            user._bus_send(
                "simple_notification",
                {
                    "type": "warning",
                    "sticky": True,
                    "title": self.name,
                    "message": trouble,
                },
            )
