"""Communications that have a structure, of movements and information records: the
fields of each type, as tables. :mod:`.structured` and :mod:`.informations` read them.

Source: CODA 2.6, annex I (types 100 to 127 in records 2, 001 to 011 in records 3); 107
was deleted in 2.4 and is given as older files have it.

Names are what a person reads, and the keys by which the decoder takes a value. Within
records 3 they are unique over all types, so that pairs tell which type they came from.
"""

from __future__ import annotations

from .pairs import table

MOVEMENT_WIDTH = 146
INFORMATION_WIDTH = 265

MOVEMENTS = {
    "100": table("25 x creditor reference"),
    "101": table("12 x structured communication"),
    "102": table("12 x structured communication"),
    "103": table("12 x number"),
    "105": table(
        """
        15 m gross amount
        15 m gross amount in original currency
        12 r8 rate
        3 c currency
        12 x structured communication
        2 x country of principal
        15 m equivalent in EUR
        """
    ),
    "106": table(
        """
        15 m amount
        15 m amount on which it is calculated
        12 r8 percentage
        1 n minimum
        15 m equivalent in EUR
        """
    ),
    "107": table(
        """
        12 x direct debit number
        6 d pivot date
        30 x communication
        1 x reason for refusal
        11 x creditor number
        """
    ),
    "108": table(
        """
        15 m amount
        15 m interest
        12 r8 interest rate
        6 d from
        6 d to
        """
    ),
    "111": table(
        """
        1 n card scheme
        6 n point of sale
        3 n period
        6 n first transaction
        6 d date of first transaction
        6 n last transaction
        6 d date of last transaction
        1 n type of transaction
        16 x terminal name
        10 x terminal town
        """
    ),
    "113": table(
        """
        16 x card number
        1 n card scheme
        6 n terminal
        6 n sequence number
        6 d date
        4 t time
        1 n type of transaction
        16 x terminal name
        10 x terminal town
        15 m original amount
        12 r8 rate
        3 c currency
        5 r2 volume
        2 n product
        5 r3 unit price
        """
    ),
    "114": table(
        """
        1 n card scheme
        6 n point of sale
        3 n period
        6 n sequence number
        6 d date
        4 t time
        1 n type of transaction
        16 x terminal name
        10 x terminal town
        16 x transaction reference
        """
    ),
    "115": table(
        """
        16 x card number
        1 n card scheme
        6 n terminal
        6 n sequence number
        6 d date
        4 t time
        6 d validation date
        6 n validation sequence number
        15 m original amount
        1 x conformity
        16 x terminal name
        10 x terminal town
        12 x message
        """
    ),
    "121": table(
        """
        15 m amount of the bill
        6 d maturity date
        6 d conventional maturity date
        6 d date of issue
        11 n company number
        3 c currency
        3 x _
        13 x bill number
        12 r8 rate
        """
    ),
    "122": table(
        """
        4 n days
        12 r8 rate
        15 m base amount
        1 n minimum
        13 x bill number
        6 d maturity date
        """
    ),
    "123": table(
        """
        6 d start date
        6 d maturity date
        15 m base amount
        12 r8 percentage
        4 n days
        1 n minimum
        13 x guarantee number
        """
    ),
    "124": table(
        """
        20 x card number
        1 n issuer
        12 x invoice number
        15 x identification number
        6 d date
        """
    ),
    "125": table(
        """
        12 x credit account
        15 x extension
        15 m old balance
        15 m new balance
        15 m amount in foreign currency
        3 c currency
        6 d start date
        6 d end date
        12 r8 interest rate
        13 x reference
        """
    ),
    "126": table(
        """
        15 x deposit number
        15 m amount
        15 m equivalent
        6 d start date
        6 d end date
        12 r8 interest rate
        15 m interest
        3 c currency
        12 r8 rate
        """
    ),
    "127": table(
        """
        6 d settlement date
        1 n type of direct debit
        1 n scheme
        1 n paid or reason for refusal
        35 x creditor identifier
        35 x mandate
        62 x communication
        1 n type of return
        4 x reason of return
        """
    ),
}

#: The fields that read as a text, where a communication has any for human eyes.
TEXTS = {
    "103": ("number",),
    "107": ("communication",),
    "111": ("terminal name", "terminal town"),
    "113": ("terminal name", "terminal town"),
    "114": ("terminal name", "terminal town"),
    "115": ("terminal name", "terminal town", "message"),
    "127": ("communication",),
}

_BANK = """
    35 x {0}
    35 x {0} (2)
    35 x {0} (3)
    35 x {0} (4)
"""
_ORDER = """
    13 x {0} order
    15 x {0} file number
    13 x {0} customer reference
    2 x {0} code type
    15 x {0} code
"""

INFORMATIONS = {
    "001": table(
        """
        70 x counterparty
        35 x counterparty street
        35 x counterparty locality
        35 x counterparty identification
        """
    ),
    "002": table(_BANK.format("message of the bank")),
    "004": table(_BANK.format("counterparty's bank")),
    "005": table(_BANK.format("correspondent bank")),
    "006": table(
        """
        30 x detail
        3 c detail currency
        15 m detail amount
        1 s detail sign
        3 n detail category
        """
    ),
    "007": table(
        """
        7 n number of notes or coins
        6 r3 denomination
        15 m total of notes or coins
        """
    ),
    "008": table(
        """
        70 x ultimate beneficiary
        35 x ultimate beneficiary identification
        """
    ),
    "009": table(
        """
        70 x ultimate debtor
        35 x ultimate debtor identification
        """
    ),
    "010": table(
        _ORDER.format("security")
        + """
        1 x number or nominal
        12 r4 number of securities
        3 c issue currency
        4 n securities per unit
        3 c quotation currency
        12 r4 quotation
        12 r8 exchange rate
        40 x security
        13 x bordereau
        8 x coupon number
        8 x coupon date
        30 x market
        8 y transaction date
        24 x nature of transaction
        15 m nominal value
        """
    ),
    "011": table(
        _ORDER.format("coupon security")
        + """
        12 r4 number of coupons
        40 x coupon security
        3 c coupon currency
        14 r6 coupon amount
        1 n dividend or interest
        15 m foreign tax
        24 x nature of coupon
        6 x number of coupon
        6 d date of coupon
        12 r8 coupon exchange rate
        3 c coupon payment currency
        15 m coupon nominal value
        """
    ),
}
