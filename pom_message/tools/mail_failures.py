"""Which failures of an e-mail pass by themselves."""

import re

#: Reply codes that begin with 4 ask to try again later (RFC 5321, 4.2.1), as smtplib
#: shows them: ``{'x@y.be': (451, b'4.7.1 Greylisted')}``.
LATER = re.compile(r"\(4\d\d, ")
NO_CONNECTION = "mail_smtp"


def is_transient(failure_type: str, reason: str) -> bool:
    """
    :param failure_type: as Odoo names it.

    >>> is_transient("mail_smtp", "")
    True
    >>> is_transient("unknown", "{'x@y.be': (451, b'4.7.1 Greylisted')}")
    True
    >>> is_transient("unknown", "{'x@y.be': (550, b'5.1.1 unknown, was 450, ')}")
    False
    """
    return failure_type == NO_CONNECTION or bool(LATER.search(reason or ""))
