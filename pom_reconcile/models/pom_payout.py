import base64
import datetime
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..matching.base import BankLine, PayoutItem
from ..matching.reading import read
from ..matching.text import canonical
from ..tools.payout_list import PayoutListError, read_payout_list

#: A payout is on the account at most so many days after the provider made it.
DAYS_UNDER_WAY = 7


class PomPayout(models.Model):
    """What a payment provider says that one of its payouts is made of.

    Received, never edited. It comes from the provider, by :meth:`_receive`, or as the
    list that an accountant downloaded there.
    """

    _name = "pom.payout"
    _description = "Payout of a Payment Provider"
    _order = "date desc, id desc"
    _rec_name = "reference"

    provider_id = fields.Many2one(
        "payment.provider",
        readonly=True,
        ondelete="set null",
        help="That told us. Empty: a list was added by hand.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    reference = fields.Char(
        required=True, help="As on the bank statement: 1234567.2611.03, po_1A2b3C…"
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    amount = fields.Monetary("Paid Out", required=True)
    items = fields.Json(readonly=True)
    item_count = fields.Integer("Payments", compute="_compute_items")
    gross = fields.Monetary(compute="_compute_items")
    list_file = fields.Binary(
        "List", attachment=True, help="The provider's list of payments, as CSV."
    )

    _reference_uniq = models.UniqueIndex(
        "(company_id, reference)", "This payout is there already."
    )

    @api.depends("items")
    def _compute_items(self):
        for payout in self:
            amounts = [Decimal(gross) for _reference, gross in payout.items or ()]
            payout.item_count = len(amounts)
            payout.gross = float(sum(amounts))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("list_file"):
                vals["items"] = self._read_list(vals["list_file"])
        return super().create(vals_list)

    def _read_list(self, data):
        try:
            items = read_payout_list(base64.b64decode(data))
        except PayoutListError as error:
            raise UserError(
                self.env._(
                    "No payments were found in this list (%(problem)s). It must be a"
                    " CSV file with a heading, a column of the provider's payment ids"
                    " and one of their amounts.",
                    problem=error,
                )
            ) from error
        return [[item.reference, str(item.gross)] for item in items]

    @api.model
    def _receive(
        self, company, reference, date, amount, currency, items, provider=None
    ):
        """Keep a payout that a provider reports; one that is there stays as it is.

        :param amount: what is paid out, in ``currency``.
        :param items: pairs of the provider's payment id and its gross amount; refunds
            and chargebacks are negative.
        """
        known = self.search(
            [("company_id", "=", company.id), ("reference", "=", reference)]
        )
        return known or self.create(
            {
                "company_id": company.id,
                "provider_id": provider and provider.id,
                "reference": reference,
                "date": date,
                "amount": float(amount),
                "currency_id": currency.id,
                "items": [[item_id, str(gross)] for item_id, gross in items],
            }
        )

    # Of bank lines

    @api.model
    def _lists(self, lines: list[BankLine], company) -> dict:
        """Return the items by line id, of each line that surely is a known payout.

        Amount and currency must agree, and its reference be in the text; where the bank
        doesn't give any, it must be the only payout of these days.
        """
        payouts = [line for line in lines if line.amount and read(line).payout]
        if not payouts:
            return {}
        first = min(line.date for line in payouts)
        known = self.sudo().search_fetch(
            [
                ("company_id", "=", company.id),
                ("date", ">=", first - datetime.timedelta(days=2 * DAYS_UNDER_WAY)),
            ]
        )
        found = ((line.id, known._of_line(line)) for line in payouts)
        return {line_id: payout._as_items() for line_id, payout in found if payout}

    def _of_line(self, line: BankLine):
        same = self.filtered(
            lambda payout: (
                payout.items
                and payout.currency_id.name == line.currency
                and not payout.currency_id.compare_amounts(
                    payout.amount, float(line.amount)
                )
            )
        )
        tokens = read(line).tokens
        named = same.filtered(lambda payout: canonical(payout.reference) in tokens)
        days = datetime.timedelta(days=DAYS_UNDER_WAY)
        usual = named or same.filtered(
            lambda payout: payout.date <= line.date <= payout.date + days
        )
        return usual if len(usual) == 1 else self.browse()

    def _as_items(self) -> tuple[PayoutItem, ...]:
        return tuple(
            PayoutItem(reference, Decimal(gross)) for reference, gross in self.items
        )
