"""Every word of CAMT that an accountant reads, for the translators.

The code holds the words themselves; this list has them once more, one by one, since the
export of terms only sees marked texts.
"""

from __future__ import annotations

from odoo.addons.pom_payment.tools.marking import _

# There is no environment here:
# pylint: disable=prefer-env-translation
WORDS = (
    _("SEPA business direct debit"),
    _("SEPA credit transfer"),
    _("SEPA direct debit"),
    _("account management"),
    _("additional information"),
    _("amount of the payment"),
    _("automatic transfer"),
    _("bank's code"),
    _("bank's note"),
    _("bill of exchange"),
    _("card"),
    _("card payments of customers"),
    _("cash deposit"),
    _("cash management"),
    _("cash pooling"),
    _("cash withdrawal"),
    _("charges"),
    _("cheque"),
    _("cheque number"),
    _("commission"),
    _("commodities"),
    _("counter transaction"),
    _("counterparty address"),
    _("credit transfer"),
    _("credit transfer received"),
    _("cross-border transfer"),
    _("derivatives"),
    _("direct debit"),
    _("direct debit collected"),
    _("domestic transfer"),
    _("fees"),
    _("foreign exchange"),
    _("instant credit transfer"),
    _("instant credit transfer received"),
    _("instant payment"),
    _("interest"),
    _("loan or deposit"),
    _("lockbox"),
    _("number of payments"),
    _("on behalf of"),
    _("payment"),
    _("payment at a terminal"),
    _("payment at a terminal by credit card"),
    _("precious metal"),
    _("reason of return"),
    _("returned transfer"),
    _("reversed direct debit"),
    _("securities"),
    _("standing order"),
    _("sweeping"),
    _("tax"),
    _("topping"),
    _("trade services"),
    _("transfer within the bank"),
    _("unpaid direct debit"),
    _("wages"),
    _("zero balancing"),
)
