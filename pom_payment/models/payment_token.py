import logging

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.http import request

from ..psp.values import PspError

_logger = logging.getLogger(__name__)


class PaymentToken(models.Model):
    _inherit = "payment.token"

    pom_customer = fields.Char(
        string="Customer at the Provider",
        readonly=True,
        help="Who gave the mandate, as the provider numbers the payer.",
    )

    pom_consent = fields.Text(
        string="Agreed To",
        readonly=True,
        help="The words that the payer agreed to when these details were saved.",
    )

    def _get_available_tokens(self, *args, **kwargs):
        # EXTENDS 'payment': what somebody saved is offered to that person, not to
        # whoever holds a link to the invoice.
        if request and request.env.user._is_public():
            return self.browse()
        tokens = super()._get_available_tokens(*args, **kwargs)
        if kwargs.get("is_validation"):
            # Only shown, so that the debtor can delete them.
            return tokens
        # Who agreed on a payment page held a link, and may be somebody else.
        return tokens.filtered(lambda token: not token.pom_consent)

    def _handle_archiving(self):
        # EXTENDS 'payment'
        super()._handle_archiving()
        for token in self.filtered("pom_customer"):
            token._pom_revoke()

    def _pom_revoke(self):
        """Withdraw the mandate at the provider too. When it doesn't answer, the consent
        is withdrawn all the same: we charge nothing to what is archived.
        """
        provider = self.provider_id
        adapter = provider._pom_adapter()
        try:
            if adapter and provider.state != "disabled":
                mandate = adapter.revoke_request(self.pom_customer, self.provider_ref)
                provider._pom_send(mandate)
        except (UserError, PspError) as error:
            _logger.warning("Mandate of token %s not revoked: %s", self.id, error)
