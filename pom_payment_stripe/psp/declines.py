"""Why Stripe's bank, or the payer's, refused a charge.

Sources: https://docs.stripe.com/declines/codes and …/error-codes; what to do about each
follows their advice. ``advice_code`` comes first where the card's scheme gives one.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from odoo.addons.pom_payment.psp.reading import optional_text
from odoo.addons.pom_payment.psp.values import ASK_PAYER, AUTHENTICATE, HARD, SOFT

#: Codes, one kind of failure after another.
CODES: Mapping[str, str] = MappingProxyType(
    {
        SOFT: "insufficient_funds card_velocity_exceeded issuer_not_available "
        "withdrawal_count_limit_exceeded processing_error reenter_transaction "
        "try_again_later approve_with_id generic_decline do_not_honor call_issuer "
        "no_action_taken service_not_allowed security_violation "
        "transaction_not_allowed card_declined bank_cannot_process",
        AUTHENTICATE: "authentication_required authentication_not_handled",
        ASK_PAYER: "expired_card incorrect_number incorrect_cvc incorrect_zip "
        "incorrect_address incorrect_pin invalid_cvc invalid_expiry_month "
        "invalid_expiry_year invalid_number invalid_pin pin_try_exceeded "
        "offline_pin_required online_or_offline_pin_required confirm_card_data "
        "incorrect_account_details customer_initiated refer_to_customer "
        "payment_method_customer_decline charge_exceeds_transaction_limit",
        HARD: "lost_card stolen_card pickup_card restricted_card fraudulent "
        "merchant_blacklist invalid_account new_account_information_available "
        "card_not_supported currency_not_supported not_permitted "
        "revocation_of_authorization revocation_of_all_authorizations "
        "stop_payment_order do_not_try_again testmode_decline debit_not_authorized "
        "account_closed bank_account_restricted sepa_unsupported_account "
        "payment_intent_mandate_invalid resource_missing",
    }
)
FAILURE: Mapping[str, str] = MappingProxyType(
    {code: kind for kind, codes in CODES.items() for code in codes.split()}
)


def why_declined(error: Mapping[str, Any]) -> tuple[str, str]:
    """
    :param error: as ``error`` of an answer, or ``last_payment_error`` of a payment
    :return: one of ``values.FAILURES``, '' when it isn't known; and Stripe's word

    >>> why_declined({"code": "card_declined", "decline_code": "insufficient_funds"})
    ('soft', 'insufficient_funds')
    >>> why_declined({"code": "card_declined", "decline_code": "news"})
    ('', 'news')
    """
    advice, declined, code = (
        optional_text(error, name) for name in ("advice_code", "decline_code", "code")
    )
    # One that nobody knows isn't taken for the general one behind it.
    word = (advice if advice in FAILURE else "") or declined or code
    return FAILURE.get(word, ""), word
