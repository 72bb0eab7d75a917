from decimal import Decimal

from odoo import fields, models

from ..tools.charge_days import CARD


class ResCompany(models.Model):
    """Whether debtors may have invoices charged automatically, and how early they are
    told.
    """

    _inherit = "res.company"

    pom_charge_offered = fields.Boolean(
        string="Invoices Charged Automatically",
        help="Debtors may agree on the payment page that an invoice is charged on its "
        "day, or every invoice on its day.",
    )
    pom_charge_card_days = fields.Integer(
        string="Cards: Announced (days before)", default=3
    )
    pom_charge_debit_days = fields.Integer(
        string="Direct Debits: Announced (days before)",
        default=14,
        help="Fourteen, unless your payer agreed to fewer: what stands here when "
        "somebody agrees is part of what is agreed to.",
    )
    pom_charge_bank_days = fields.Integer(
        string="Bank Not Older Than (days)",
        default=5,
        help="Nothing is charged when the newest statement of the bank journal that "
        "the invoice names is older: who made a transfer isn't charged. -1: whatever "
        "its age.",
    )
    pom_charge_from = fields.Float(string="Charged From", default=9)
    pom_charge_to = fields.Float(string="Charged Until", default=17)

    _pom_charge_numbers = models.Constraint(
        "CHECK(pom_charge_card_days >= 1 AND pom_charge_debit_days >= 1"
        " AND pom_charge_bank_days >= -1 AND pom_charge_from >= 0"
        " AND pom_charge_from < pom_charge_to AND pom_charge_to <= 24)",
        "Charges are announced one day before at least, and made between two hours of "
        "one day.",
    )

    def _pom_charge_notice(self, kind):
        """Days between announcing and charging.

        :param str kind: ``card`` or ``direct_debit``
        """
        return self.pom_charge_card_days if kind == CARD else self.pom_charge_debit_days

    def _pom_charge_bank(self):
        """How old the bank's statements may be, None for any age."""
        return None if self.pom_charge_bank_days < 0 else self.pom_charge_bank_days

    def _pom_charge_money(self, amount):
        return Decimal(f"{amount:.{self.currency_id.decimal_places}f}")
