"""What is wrong, or odd, with a statement of any format."""

# There is no environment here:
# pylint: disable=prefer-env-translation
from __future__ import annotations

from odoo.addons.pom_payment.tools.marking import _

#: What to do about most problems.
NEW_FILE = _("Ask the bank for the file again.")

WRONG_BALANCE = _(
    "The old balance and the movements give %(found)s, but the new balance is %(due)s."
)
WRONG_CHAIN = _(
    "The old balance of %(account)s is %(found)s, but the statement before it in this"
    " file ends with %(due)s: a statement between them is missing."
)
DISORDERED = _(
    "The statements are not in order of date: the one before it in this file ends "
    "with %(due)s, this one begins with %(found)s."
)
REPEATED = _("The same statement stands in this file before.")
DUPLICATE = _("The bank marks this as a duplicate of a statement it sent before.")
