from odoo import models

from ..tools.key_queries import LAST_NUMBER
from ..tools.match_queries import COMPACT


class AccountPayment(models.Model):
    _inherit = "account.payment"

    # What waits for its money, by what a few bank lines say of it: the provider's id,
    # the identifier that the payer gave it, or what somebody wrote for whom it's told
    # apart by (``key_queries.PAYMENTS``).
    _pom_waiting_transaction_idx = models.Index(
        "(payment_transaction_id) WHERE is_matched IS NOT TRUE"
    )
    _pom_waiting_reference_idx = models.Index(
        f"(({COMPACT % 'payment_reference'})) WHERE is_matched IS NOT TRUE"
    )
    _pom_waiting_memo_idx = models.Index(
        f"(({COMPACT % 'memo'})) WHERE is_matched IS NOT TRUE"
    )
    _pom_waiting_number_idx = models.Index(
        f"(({LAST_NUMBER % 'memo'})) WHERE is_matched IS NOT TRUE"
    )
