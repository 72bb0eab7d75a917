import secrets

import requests

from odoo import api, fields, models
from odoo.tools import consteq

from ..controllers.webhook import proof
from ..tools import outgoing
from .payment_provider_watch import SILENCE
from .payment_provider_ways import BOOKKEEPING

#: The most that an answer is waited for.
SECONDS = 5
BATCH = 20


class PaymentProvider(models.Model):
    """Whether events find their way is looked at when somebody enters a key, not when
    the first payer waits.
    """

    _inherit = "payment.provider"

    pom_reach_it = fields.Boolean(
        string="Address Not Tried Yet",
        copy=False,
        readonly=True,
        help="A key is new, and nobody has looked yet whether events would arrive.",
    )

    def write(self, vals):
        # EXTENDS 'payment'
        if BOOKKEEPING.issuperset(vals):
            return super().write(vals)
        before = {one: one._pom_key() for one in self}
        result = super().write(vals)
        new = self.filtered(lambda one: one._pom_key() not in (None, before[one]))
        cron = new and self.env.ref("pom_payment.cron_reach", raise_if_not_found=False)
        if cron:
            new.pom_reach_it = True
            cron.sudo()._trigger()
        return result

    def _pom_key(self):
        """What events are asked for with; None while nothing is collected."""
        adapter = self._pom_adapter()
        if not adapter or self.state == "disabled":
            return None
        credentials = self._pom_credentials()
        return credentials if adapter.is_ready(credentials) else None

    @api.model
    def _pom_cron_reach(self):
        new = self.search([("pom_reach_it", "=", True)], limit=BATCH)
        new.pom_reach_it = False
        for provider in new.filtered(lambda one: one.state != "disabled"):
            if trouble := provider._pom_trouble_of_address():
                provider._pom_tell_administrators(
                    self.env._("%s: no event will arrive", provider.name),
                    self.env._(
                        "%(trouble)s Open the provider and press Test Connection.",
                        trouble=trouble,
                    ),
                )

    def _pom_trouble_of_address(self):
        """Why the address that we give to the provider doesn't lead to this very
        database; '' when it does.
        """
        url, nonce = self.pom_webhook_url, secrets.token_hex(8)
        try:
            answer = outgoing.send("GET", url, seconds=SECONDS, params={"nonce": nonce})
        except requests.RequestException:
            return self.env._("%s doesn't answer. Is it the public address?", url)
        wanted = proof(self.env, self.id, nonce)
        if answer.ok and answer.text.isascii() and consteq(answer.text, wanted):
            return ""
        return self.env._(
            "%(url)s leads to something else (HTTP %(status)s). With several databases "
            "on one server each needs a host name of its own, and a dbfilter.",
            url=url,
            status=answer.status_code,
        )

    def _pom_tell_administrators(self, summary, note):
        """Those of the company, one activity each."""
        administrators = self.env.ref("base.group_system").all_user_ids.filtered(
            lambda user: user.active
            and not user.share
            and self.company_id in user.company_ids
        )
        partner = self.company_id.partner_id
        for user in administrators:
            partner.activity_schedule(
                SILENCE, summary=summary, note=note, user_id=user.id
            )
