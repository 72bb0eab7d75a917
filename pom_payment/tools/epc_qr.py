"""The payload of an EPC QR code: a SEPA credit transfer that any bank app can fill in.

Source: EPC069-12, "Quick Response Code: Guidelines to enable data capture for the
initiation of a SEPA credit transfer", version 3.0.
"""

from decimal import Decimal

from . import references

NAME_LENGTH = 70
TEXT_LENGTH = 140
#: What a code of version 13 holds with error correction M.
MAX_BYTES = 331
MIN_CENTS, MAX_CENTS = 1, 99_999_999_999


class EpcError(ValueError):
    """The code can't be drawn; the text says why."""


def payload(
    *,
    name: str,
    iban: str,
    amount: Decimal,
    reference: str = "",
    text: str = "",
    bic: str = "",
    structured_field: bool = True,
) -> str:
    """Text to be put in the code.

    :param name: of the account holder, not of the trade: banks compare it with the
        account since October 2025 (Verification of Payee).
    :param amount: in euros.
    :param reference: OGM-VCS or RF; anything else is treated as free text.
    :param text: free text, used when there is no structured reference.
    :param structured_field: put an OGM as 12 digits in the field of structured
        references; else as ``+++…+++`` in the text field. Bank apps differ.
    :raises EpcError: when amount, name or account can't be in such a code.

    >>> print(payload(name="Demo BV", iban="BE68 5390 0754 7034",
    ...     amount=Decimal("45.73"), reference="+++123/4567/89002+++"))
    BCD
    002
    1
    SCT
    <BLANKLINE>
    Demo BV
    BE68539007547034
    EUR45.73
    <BLANKLINE>
    123456789002
    """
    structured, free = remittance(reference, text, structured_field)
    head = ["BCD", "002", "1", "SCT", one_line(bic)]
    account = [plain_iban(iban), euros(amount), "", structured]
    name = one_line(name)[:NAME_LENGTH]
    if not name:
        raise EpcError("The bank account has no holder.")
    return shortened(head, name, account, one_line(free)[:TEXT_LENGTH])


def shortened(head: list[str], name: str, account: list[str], free: str) -> str:
    """All of it, as far as it fits: letters outside ASCII take two bytes or more. First
    goes what the transfer can miss.
    """
    while (size := len(join(head, name, account, free).encode())) > MAX_BYTES:
        surplus = max(1, (size - MAX_BYTES) // 4)
        if free:
            free = free[:-surplus].rstrip()
        else:
            name = name[:-surplus].rstrip()
    return join(head, name, account, free)


def join(head: list[str], name: str, account: list[str], free: str) -> str:
    """Elements on lines of their own; empty ones at the end are left out."""
    return "\n".join([*head, name, *account, free]).rstrip("\n")


def remittance(reference: str, text: str, structured_field: bool) -> tuple[str, str]:
    """(structured, unstructured): at most one of them may be filled."""
    rf = references.rf_reference(reference)
    if rf:
        return rf, ""
    ogm = references.ogm_digits(reference)
    if not ogm:
        return "", reference or text
    return (ogm, "") if structured_field else ("", references.format_ogm(ogm))


def plain_iban(iban: str) -> str:
    plain = "".join(iban.split()).upper()
    if not 15 <= len(plain) <= 34 or not plain.isalnum():
        raise EpcError("The bank account is no IBAN.")
    return plain


def euros(amount: Decimal) -> str:
    """
    >>> euros(Decimal("1234567.5"))
    'EUR1234567.50'
    """
    cents = int((amount * 100).to_integral_value())
    if not MIN_CENTS <= cents <= MAX_CENTS:
        raise EpcError("The amount must be between 0.01 and 999,999,999.99 euros.")
    return f"EUR{cents // 100}.{cents % 100:02d}"


def one_line(value: str) -> str:
    """Line ends separate the elements, so none may be inside one."""
    return " ".join(value.split())
