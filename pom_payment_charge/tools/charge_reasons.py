"""Why a charge or a consent came to its end, in words for the creditor."""

from collections.abc import Mapping
from types import MappingProxyType

from odoo.addons.pom_payment.tools.marking import _

#: By code; a provider's own code has no words.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "payer": _("The customer wished so on the payment page"),
        "creditor": _("Somebody of ours decided so"),
        "paid": _("Nothing was due any more"),
        "superseded": _("The invoice has other parts by now"),
        "covered": _("The customer had money with us"),
        "disputed": _("The customer doesn't agree with it"),
        "handed_over": _("Handed over for collection"),
        "withdrawn": _("The payment link was withdrawn"),
        "in_progress": _("The customer was paying"),
        "received": _("A payment is being booked"),
        "held": _("A payment came in that doesn't match"),
        "blocked": _("Blocked for payment"),
        "unanswered": _("The customer waits for an answer"),
        "stale_bank": _("The bank statements are not recent enough"),
        "mandate": _("The mandate isn't valid any more"),
        "expires": _("The card expires before that day"),
        "per_charge": _("More than the customer agreed to at once"),
        "per_month": _("More than the customer agreed to a month"),
        "until": _("After the last day that the customer agreed to"),
        "no_address": _("Nothing reaches the customer"),
        "not_made": _("The provider never heard of it"),
        "given_up": _("Given up by one of ours"),
        "unfinished": _("Never finished by the payer"),
        "failed": _("A charge failed for good"),
        "erased": _("The customer's data were erased"),
        "unknown": _("The provider doesn't say why"),
    }
)


def reason(code: str) -> str:
    """
    >>> reason("stale_bank"), reason("AM04")
    ('The bank statements are not recent enough', 'AM04')
    """
    return REASONS.get(code, code)
