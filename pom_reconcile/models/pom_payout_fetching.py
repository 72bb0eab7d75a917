from datetime import timedelta
from operator import methodcaller

from odoo import api, fields, models
from odoo.exceptions import UserError

#: The same provider isn't asked more often, however many bank lines wait.
PAUSE = timedelta(hours=1)


class PomPayout(models.Model):
    """Payouts that come by themselves."""

    _inherit = "pom.payout"

    @api.model
    def _cron_fetch(self):
        """Ask the providers that can be asked, each in a transaction of its own."""
        long_ago = fields.Datetime.now() - PAUSE
        providers = self._asked_providers().filtered(
            lambda one: not one.pom_payouts_asked or one.pom_payouts_asked < long_ago
        )
        self.env["ir.cron"]._pom_take_turn(
            providers, methodcaller("_pom_fetch_payouts")
        )
        self._match_again()

    @api.model
    def _asked_providers(self):
        providers = self.env["payment.provider"].sudo()
        return providers.search([("state", "!=", "disabled")]).filtered(
            lambda one: one._pom_adapter() and one._pom_can_tell_payouts()
        )

    @api.model
    def _match_again(self):
        self.env.ref("pom_reconcile.ir_cron_auto_match").sudo()._trigger()

    @api.model
    def _ask_soon(self):
        """A bank line is a payout of which nothing is known."""
        self.env.ref("pom_reconcile.ir_cron_fetch_payouts").sudo()._trigger()

    def action_fetch(self):
        """Ask now: a button of the list, whatever is selected there."""
        self.check_access("read")
        self.env["pom.match"]._check_accountant()
        providers = self._asked_providers().filtered(
            lambda one: one.company_id in self.env.companies
        )
        if not providers:
            raise UserError(
                self.env._(
                    "No provider can be asked yet. Bancontact Pro wants a merchant ID "
                    "and a signing key, Mollie an access token: see the provider."
                )
            )
        for provider in providers:
            provider._pom_fetch_payouts()
        self._match_again()
        return self._fetched(providers)

    def _fetched(self, providers):
        problems = providers.filtered("pom_payouts_problem")
        message = self.env._("All payouts of the last days are here.")
        if problems:
            message = " ".join(
                f"{one.name}: {one.pom_payouts_problem}" for one in problems
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if problems else "success",
                "sticky": bool(problems),
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
