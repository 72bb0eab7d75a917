"""What may be wrong with an MT940 file, in sentences."""

# There is no environment here:
# pylint: disable=prefer-env-translation
from __future__ import annotations

from odoo.addons.pom_payment.tools.marking import _

NOT_MT940 = _("This isn't an MT940 file: no statement begins in it (:20:).")
INTERIM = _(
    "This is an MT942 report of the day so far, which isn't final. Ask the bank for"
    " MT940 statements."
)
MISSING = _("The statement has no field :%(tag)s:.")
REPEATED_FIELD = _("The statement has the field :%(tag)s: twice.")
UNREADABLE_BALANCE = _("The balance “%(text)s” can't be read.")
UNREADABLE_ENTRY = _("The transaction “%(text)s” can't be read.")
OTHER_CURRENCY = _("The closing balance is in %(found)s, the opening one in %(due)s.")
