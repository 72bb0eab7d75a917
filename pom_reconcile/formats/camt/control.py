"""What may be wrong or odd with a CAMT file, in sentences.

The balances are the bank's own control: the closing one is the opening one and all that
was booked between them. What contradicts them is refused; what a bank merely leaves out
is not.
"""

# There is no environment here:
# pylint: disable=prefer-env-translation
from __future__ import annotations

from odoo.addons.pom_payment.tools.marking import _

NOT_XML = _("The file can't be read from here on: it is cut off or damaged.")
NOT_CAMT = _("This is XML, but not a CAMT bank statement.")
DOCTYPE = _(
    "The file defines its own document type (DOCTYPE), which no bank does: it isn't"
    " read."
)
INTRADAY = _(
    "This is a CAMT.052 report of the day so far, which isn't final. Ask the bank for"
    " CAMT.053 statements."
)
NOTIFICATION = _(
    "This is a CAMT.054 notification of single payments, not a statement: the account's"
    " CAMT.053 statement has the same money. Use this file as the list of a payout."
)
NOT_NOTIFICATION = _("This isn't a CAMT.054 notification.")
MISMATCH = _("The file says that it is CAMT.%(stated)s, but holds CAMT.%(found)s.")
WRONG_VERSION = _("This is version “%(version)s” of CAMT.053; only 02 to 13 are known.")
NO_STATEMENT = _("There is no statement in this file.")

NO_ACCOUNT = _("The statement has no account number.")
NO_CURRENCY = _("The statement doesn't say what its currency is.")
NO_BALANCES = _(
    "The statement has no opening and closing balance, so its entries can't be checked."
)
NOT_LAST_PAGE = _(
    "This is page %(page)s of a statement, without balances of its own: import it when"
    " the bank gives the whole."
)
TWO_BALANCES = _("The statement has two balances %(code)s: %(found)s and %(other)s.")
UNEQUAL_OPENINGS = _(
    "The opening balance is %(found)s, but the period before was closed with %(due)s."
)
WRONG_BALANCE_CURRENCY = _(
    "The balance %(code)s is in %(found)s, the account in %(due)s."
)
WRONG_ENTRY_CURRENCY = _("Entry %(number)s is in “%(found)s”, the account in %(due)s.")
UNREADABLE = _("The amount “%(text)s” can't be read.")
NO_AMOUNT = _("Entry %(number)s has no amount.")
NO_DIRECTION = _(
    "Entry %(number)s doesn't say whether it is a credit or a debit: “%(text)s”."
)
NOT_A_DATE = _("“%(text)s” isn't a date.")

NOT_UTF8 = _(
    "The file says that it is written in UTF-8 and isn't; its letters are read as those"
    " of Windows."
)
SKIPPED = _(
    "Entries left out because they aren't booked, but pending or for information:"
    " %(count)s."
)
NO_STATUS = _(
    "Entries of which the bank doesn't say whether they are booked: %(count)s. The"
    " balances count them."
)
TURNED = _(
    "For what was reversed the bank gives the direction of the first booking instead of"
    " the reversal's, as the balances prove. Entries turned: %(count)s."
)
WRONG_NUMBER = _(
    "The bank counts %(due)s entries, the statement has %(found)s; its balances agree."
)
WRONG_SUM = {
    "credit": _(
        "The bank's total of credits is %(due)s, the entries add up to %(found)s; the"
        " balances agree."
    ),
    "debit": _(
        "The bank's total of debits is %(due)s, the entries add up to %(found)s; the"
        " balances agree."
    ),
}
DETAILS_DONT_ADD_UP = _(
    "The details of entry %(number)s add up to %(found)s instead of %(due)s: only the"
    " total is used."
)
DETAILS_WITHOUT_AMOUNTS = _(
    "The bank doesn't give amounts for the details of entry %(number)s in the account's"
    " currency: only the total is used."
)
DETAIL_DIFFERS = _(
    "The payment of entry %(number)s is of %(found)s, but %(due)s were booked."
)
