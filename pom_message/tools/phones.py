"""Which numbers a text message reaches, by the plans of all countries (Google's
libphonenumber, in the library ``phonenumbers``).
"""

import phonenumbers
from phonenumbers import PhoneNumberType

#: Of what numbers of these kinds, nobody reads a text. Where a plan doesn't tell
#: landlines from mobiles (North America), it is tried.
VOICE_ONLY = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
    }
)


def can_be_texted(number: str) -> bool:
    """
    :param number: with the country's prefix

    >>> can_be_texted("+32470123456"), can_be_texted("+3292345678")
    (True, False)
    >>> can_be_texted("+3280012345"), can_be_texted("0470")
    (False, False)
    >>> can_be_texted("+12025550123")
    True
    """
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) not in VOICE_ONLY
