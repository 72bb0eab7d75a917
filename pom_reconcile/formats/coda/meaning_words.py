"""Every word that the bank's codes are told in, for the translators.

The tables of meanings and causes hold the words themselves; this list has them once
more, one by one, since the export of terms only sees marked texts.
"""

from __future__ import annotations

from odoo.addons.pom_payment.tools.marking import _

# There is no environment here:
# pylint: disable=prefer-env-translation
MEANING_WORDS = (
    _("SEPA B2B"),
    _("SEPA core"),
    _("account blocked"),
    _("account closed"),
    _("applied"),
    _("cancellation"),
    _("cancelled after a request"),
    _("creditor unknown"),
    _("creditor's bank unknown"),
    _("debtor's bank unknown"),
    _("direct debit forbidden on this account"),
    _("distribution sector"),
    _("first of a series"),
    _("fuel"),
    _("insufficient funds"),
    _("last of a series"),
    _("loading of Proton"),
    _("mandate incomplete"),
    _("missing creditor name"),
    _("missing debtor account"),
    _("missing debtor name"),
    _("no reason given"),
    _("no reason given by the bank"),
    _("no valid mandate"),
    _("not a consumer's account"),
    _("not applied"),
    _("one-off"),
    _("other card"),
    _("private card"),
    _("purchase"),
    _("recurrent"),
    _("refund"),
    _("refused by the debtor"),
    _("regulatory reason"),
    _("reimbursement of Proton"),
    _("reject"),
    _("return"),
    _("returned"),
    _("reversal of a purchase"),
    _("sent twice"),
    _("technical problem"),
    _("telephone data"),
    _("the debtor asked for a refund"),
    _("the debtor disagrees"),
    _("the debtor has died"),
    _("the debtor's account does not allow it"),
    _("the debtor's bank does not allow it"),
    _("wrong account number"),
    _("wrong bank"),
    _("wrong format"),
    _("wrong transaction code"),
)
