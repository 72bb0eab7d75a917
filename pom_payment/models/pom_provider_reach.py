import secrets

from odoo import fields, models

from ..controllers.webhook import proof
from ..tools import outgoing, reaching

#: Networks besides the internet in which the public address may be: none, unless an
#: administrator says so, as one does who tries everything on one machine.
ALLOWED = "pom_payment.internal_networks"


class PomProviderReach(models.Model):
    """Whether the events of a provider would have arrived, when it was last tried.

    Not a field of the provider: whoever saves that one never meets this.
    """

    _name = "pom.provider.reach"
    _description = "Whether Events of a Payment Provider Can Arrive"
    _rec_name = "provider_id"

    provider_id = fields.Many2one(
        "payment.provider", required=True, readonly=True, ondelete="cascade"
    )
    url = fields.Char(string="Address", readonly=True)
    verdict = fields.Selection(
        [
            (reaching.GOOD, "Leads Here"),
            (reaching.INSIDE, "Inside a Network"),
            (reaching.SILENT, "No Answer"),
            (reaching.ELSEWHERE, "Leads Elsewhere"),
        ],
        required=True,
        readonly=True,
    )
    tried = fields.Datetime(readonly=True)

    _one_each = models.UniqueIndex("(provider_id)")

    def _try(self, provider):
        """Try it now, and keep nothing: who waits for it mustn't meet who keeps it.

        :rtype: dict
        """
        url, nonce = provider.pom_webhook_url, secrets.token_hex(8)
        wanted = proof(self.env, provider.id, nonce)
        verdict = reaching.try_address(url, nonce, wanted, self._allowed())
        return {
            "provider_id": provider.id,
            "url": url,
            "verdict": verdict,
            "tried": fields.Datetime.now(),
        }

    def _keep(self, values):
        """Of the scheduler alone, which is never there twice.

        :return: the row of this provider
        """
        row = self.search([("provider_id", "=", values["provider_id"])])
        row.write(values)
        return row or row.create(values)

    def _allowed(self):
        typed = self.env["ir.config_parameter"].sudo().get_param(ALLOWED, "")
        try:
            return outgoing.networks(typed)
        except ValueError:
            return ()

    def _trouble(self):
        """What is wrong, and what to do, for whoever reads it; '' when nothing is."""
        self.ensure_one()
        words = {"url": self.url, "provider": self.provider_id.name}
        if self.verdict == reaching.INSIDE:
            return self.env._(
                "%(provider)s can't reach %(url)s from the internet: that is an "
                "address inside your network, or of this machine. Enter your public "
                "address in the settings (Payment Links), and point it at Odoo.",
                **words,
            )
        if self.verdict == reaching.SILENT:
            return self.env._(
                "From here nobody answers at %(url)s, where %(provider)s is to report "
                "payments. Check the public address in the settings (Payment Links), "
                "your domain and your firewall.",
                **words,
            )
        if self.verdict == reaching.ELSEWHERE:
            return self.env._(
                "%(url)s leads to something else than this database, so what "
                "%(provider)s reports gets lost. With several databases on one server "
                "each needs a host name of its own, and a dbfilter.",
                **words,
            )
        return ""
