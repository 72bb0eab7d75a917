from odoo import models

from ..tools.match_queries import COMPACT


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    # By what a few bank lines say: our reference, the provider's, and the payout that
    # the money came with (``key_queries.TRANSACTIONS``).
    _pom_compact_reference_idx = models.Index(f"(({COMPACT % 'reference'}))")
    _pom_compact_provider_idx = models.Index(
        f"(({COMPACT % 'provider_reference'})) WHERE provider_reference IS NOT NULL"
    )
    _pom_compact_payout_idx = models.Index(
        f"(({COMPACT % 'pom_payout_reference'})) WHERE pom_payout_reference IS NOT NULL"
    )
