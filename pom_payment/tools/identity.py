"""Numbers by which anybody can look up a company."""


def readable(number: str, country: str) -> str:
    """Belgian enterprise numbers as the Crossroads Bank for Enterprises writes them.

    >>> readable("BE0477472701", "BE"), readable("0477472701", "BE")
    ('0477.472.701', '0477.472.701')
    >>> readable("NL123456789B01", "NL")
    'NL123456789B01'
    """
    digits = "".join(character for character in number if character.isdigit())
    if country != "BE" or len(digits) != 10:
        return number
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
