"""Transaction codes in words: type, family, operation, category.

Source: CODA 2.6, annex II. Banks have codes of their own and send unknown ones
(``00000000`` too), so everything here has a fallback and nothing raises.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache


def _table(definition: str) -> dict[str, str]:
    """Read lines of ``code words``."""
    rows = (line.split(None, 1) for line in definition.splitlines() if line.strip())
    return {code: words.strip() for code, words in rows}


FAMILIES = _table(
    """
    01 credit transfer
    02 instant credit transfer
    03 cheque
    04 card
    05 direct debit
    07 commercial paper
    09 counter transaction
    11 securities
    13 credit
    30 various
    35 closing
    41 international transfer
    43 foreign cheque
    47 foreign commercial paper
    80 charges
    """
)

_TRANSFER = """
    {0}01 individual transfer order
    {0}02 transfer order by the bank
    {0}03 standing order
    {0}05 wages
    {0}07 collective transfer
    {0}13 transfer from own account
    {0}17 centralisation
    {0}50 transfer in your favour
    {0}51 transfer in your favour by the bank
    {0}52 payment in your favour
    {0}54 unexecutable transfer order
    {0}64 transfer to own account
    {0}66 centralisation
"""

OPERATIONS = _table(
    _TRANSFER.format("01")
    + """
    0139 circular cheque
    0160 circular cheque not presented
    0162 unpaid postal order
    """
    + _TRANSFER.format("02")
    + """
    0301 payment of your cheque
    0305 payment of voucher
    0309 unpaid voucher
    0311 department store cheque
    0315 your purchase of a bank cheque
    0317 certified cheque
    0338 provisionally unpaid
    0352 first credit of cheques, vouchers
    0358 remittance of cheques, credit after collection
    0360 reversal of voucher
    0362 reversal of cheque
    0363 second credit of unpaid cheque
    0366 remittance of cheque by your branch
    0401 loading a GSM card
    0402 payment by card within the eurozone
    0403 settlement of credit cards
    0404 cash withdrawal from an ATM
    0405 loading Proton
    0406 payment with tank card
    0407 payment by GSM
    0408 payment by card outside the eurozone
    0409 upload of prepaid card
    0410 correction for prepaid card
    0450 credit after a payment at a terminal
    0451 unloading Proton
    0452 loading GSM cards
    0453 cash deposit at an ATM
    0454 download of prepaid card
    0455 income from payments by GSM
    0456 correction for prepaid card
    0468 credit after Proton payments
    0501 payment
    0503 unpaid debt
    0505 reimbursement
    0550 credit after collection
    0552 credit under usual reserve
    0554 reimbursement
    0556 unexecutable reimbursement
    0558 reversal
    0701 payment of commercial paper
    0705 commercial paper claimed back
    0706 extension of maturity date
    0707 unpaid commercial paper
    0708 payment in advance
    0709 agio on supplier's bill
    0739 return of an irregular bill of exchange
    0750 remittance of commercial paper, credit after collection
    0752 remittance of commercial paper, credit under usual reserve
    0754 remittance of commercial paper for discount
    0756 remittance of supplier's bill with guarantee
    0758 remittance of supplier's bill without guarantee
    0901 cash withdrawal
    0905 purchase of foreign bank notes
    0907 purchase of gold
    0909 purchase of petrol coupons
    0913 cash withdrawal by your branch
    0917 purchase of fiscal stamps
    0919 difference in payment
    0925 purchase of traveller's cheque
    0950 cash payment
    0952 payment to night safe
    0958 payment by your branch
    0960 sale of foreign bank notes
    0962 sale of gold
    0968 difference in payment
    0970 sale of traveller's cheque
    1101 purchase of securities
    1102 tenders
    1103 subscription to securities
    1104 issues
    1105 partial payment of subscription
    1106 share option plan
    1109 settlement of securities
    1111 coupons payable
    1113 repurchase of issue
    1115 interim interest on subscription
    1117 management fee
    1119 regularisation costs
    1150 sale of securities
    1151 tender
    1152 payment of coupons
    1158 repayable securities
    1162 interim interest on subscription
    1164 your issue
    1166 retrocession of issue commission
    1168 compensation for missing coupon
    1170 settlement of securities
    1301 short-term loan
    1302 long-term loan
    1305 settlement of fixed advance
    1307 settlement of instalment credit
    1311 settlement of mortgage loan
    1313 settlement of bank acceptances
    1315 settlement of hire-purchase
    1319 settlement of documentary import credit
    1321 other credit applications
    1350 settlement of instalment credit
    1354 fixed advance, capital and interest
    1355 fixed advance, interest
    1356 subsidy
    1360 mortgage loan
    1362 term loan
    1368 documentary export credit
    1370 settlement of bank acceptance
    3001 spot purchase of foreign exchange
    3003 forward purchase of foreign exchange
    3005 capital or interest of term investment
    3033 value date correction
    3039 undefined transaction
    3050 spot sale of foreign exchange
    3052 forward sale of foreign exchange
    3054 capital or interest of term investment
    3055 interest of term investment
    3083 value date correction
    3089 undefined transaction
    3501 closing
    3550 closing
    4101 transfer
    4103 standing order
    4105 collective payment of wages
    4107 collective transfer
    4113 transfer from own account
    4117 centralisation
    4137 costs of outgoing foreign transfer
    4138 costs of incoming foreign transfer
    4150 transfer
    4164 transfer to own account
    4166 centralisation
    4301 payment of a foreign cheque
    4307 unpaid foreign cheque
    4315 purchase of an international bank cheque
    4352 remittance of foreign cheque, credit under usual reserve
    4358 remittance of foreign cheque, credit after collection
    4362 reversal of cheque
    4701 payment of foreign bill
    4705 bill claimed back
    4706 extension
    4707 unpaid foreign bill
    4711 payment of documents abroad
    4713 discount of foreign supplier's bill
    4714 warrant fallen due
    4750 remittance of foreign bill, credit after collection
    4752 remittance of foreign bill, credit under usual reserve
    4754 discount abroad
    4756 remittance of guaranteed foreign supplier's bill
    4758 remittance of foreign supplier's bill without guarantee
    4760 remittance of documents abroad, credit under usual reserve
    4762 remittance of documents abroad, credit after collection
    4764 warrant
    8002 costs of electronic output
    8004 costs of documentary credit
    8006 damage relating to bills and cheques
    8007 insurance costs
    8008 registering compensation for savings accounts
    8009 postage
    8010 purchase of smart card
    8011 costs of handling correspondence
    8012 costs of bank guarantee
    8013 renting of safe
    8014 handling costs of instalment credit
    8015 night safe
    8016 bank confirmation
    8017 account maintenance or custody
    8018 trade information
    8019 custody of securities
    8020 drawing up a certificate
    8021 pay-packet charges
    8022 management or custody
    8023 research costs
    8024 participation in and refund of interest
    8025 renting of direct debit box
    8026 travel insurance premium
    8027 subscription fee
    8029 information charges
    8031 writ service fee
    8033 miscellaneous fees and commissions
    8035 costs
    8037 access to database
    8039 surety fee
    8041 research costs
    8043 printing of forms
    8045 documentary credit charges
    8047 charging fees for transactions
    8049 cancellation or correction
    8099 cancellation or correction
    """
)

#: Operations that mean the same in almost every family.
COMMON = {
    "37": "costs",
    "49": "cancellation or correction",
    "87": "reimbursement of costs",
    "99": "cancellation or correction",
}

#: Families and operations of money that comes back.
RETURNS = {("05", "03"), ("05", "05"), ("05", "58"), ("01", "54"), ("02", "54")}
#: Costs of the bank: a family of their own, and an operation in any other.
COSTS_FAMILY, COSTS_OPERATION = "80", "37"
#: What the matching calls the other movements of a family.
KINDS = {"01": "transfer", "02": "transfer", "05": "direct_debit", "41": "transfer"}

CATEGORIES = _table(
    """
    001 interest received
    002 interest paid
    003 credit commission
    004 postage
    005 renting of letterbox
    006 various fees
    007 access to database
    008 information charges
    009 travelling expenses
    010 writ service fee
    011 VAT
    012 exchange commission
    013 payment commission
    014 collection commission
    015 correspondent charges
    016 negative interest
    017 research costs
    018 guarantee charges
    019 tax on physical delivery
    020 costs of physical delivery
    021 costs of bank cheque
    022 priority costs
    023 exercising fee
    024 growth premium
    025 individual entry for exchange charges
    026 handling commission
    027 charges for unpaid bills
    028 fidelity premium
    029 protest charges
    030 account insurance
    031 charges foreign cheque
    032 drawing up a circular cheque
    033 charges for a foreign bill
    034 reinvestment fee
    035 charges foreign documentary bill
    036 costs of a refused cheque
    037 commission for handling charges
    039 telecommunications
    041 credit card costs
    042 payment card costs
    043 insurance costs
    045 handling costs
    047 charges extension bill
    049 stamp duty
    050 capital term investment
    051 withholding tax
    053 printing of forms
    055 repayment of loan or credit capital
    057 interest subsidy
    058 capital premium
    059 default interest
    061 charging fees for transactions
    063 rounding differences
    065 interest payment advice
    066 fixed advance, capital
    067 fixed advance, interest
    068 countervalue of an entry
    069 forward arbitrage contracts: capital
    070 forward arbitrage contracts: interest
    071 fixed advance
    072 commission for a third party
    073 costs of ATM abroad
    074 mailing costs
    100 gross amount
    435 tax
    436 tax
    437 speculation tax
    438 securities account tax
    """
)


#: Of details that explain an amount: what was paid, and what banks take for it (the
#: VAT on that, too). Interest, taxes and capital are neither.
GROSS = "100"
CHARGES = frozenset(
    "005 006 007 008 009 011 012 013 014 015 017 018 020 021 022 026 027 029 031 032"
    " 033 035 036 037 039 041 042 043 045 061 073 074".split()
)


@lru_cache(maxsize=4096)
def lookup(code: str) -> tuple[str, str]:
    """Return a code and its words, the same strings for each movement that has it."""
    return code, describe(code)


def describe(code: str, say: Callable[[str], str] = str) -> str:
    """Return an eight-digit transaction code in words, empty when unknown.

    :param say: puts each of the words into somebody's language

    >>> describe("00150000"), describe("80137011"), describe("00000000")
    ('credit transfer: transfer in your favour', 'credit transfer: costs, VAT', '')
    >>> describe("00495000")
    'card'
    """
    family, operation, category = code[1:3], code[3:5], code[5:8]
    words = FAMILIES.get(family, "")
    action = OPERATIONS.get(family + operation) or COMMON.get(operation, "")
    kind = CATEGORIES.get(category, "")
    details = ", ".join(say(word) for word in (action, kind) if word)
    return ": ".join(filter(None, [words and say(words), details]))


def line_kind(code: str, return_type: str = "") -> str:
    """Return what the matching calls such a movement, empty when the code doesn't tell.

    :param code: eight digits.
    :param return_type: as of a transaction, empty for none.

    >>> line_kind("00503000"), line_kind("00150000"), line_kind("08035000")
    ('return', 'transfer', 'costs')
    """
    family, operation = code[1:3], code[3:5]
    if return_type or (family, operation) in RETURNS:
        return "return"
    if family == COSTS_FAMILY or operation == COSTS_OPERATION:
        return "costs"
    return KINDS.get(family, "")
