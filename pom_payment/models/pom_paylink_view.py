from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..tools import link_token

#: What one view of the page reads. A record has a hundred fields and more: reading all
#: of them is most of the time that a debtor waits.
LINK = (
    "token",
    "move_id",
    "debtor_id",
    "company_id",
    "valid_until",
    "withdrawn",
    "merged_into_id",
    "control_locked_until",
    "last_attempt",
)
MOVE = (
    "name",
    "company_id",
    "state",
    "move_type",
    "partner_id",
    "currency_id",
    "amount_total",
    "payment_state",
    "payment_reference",
    "partner_bank_id",
    "pom_quiet_until",
)
COMPANY = (
    "name",
    "partner_id",
    "currency_id",
    "email",
    "phone",
    "write_date",
    "primary_color",
    "email_secondary_color",
    "pom_base_url",
    "pom_page_color",
    "pom_page_font",
    "pom_page_welcome",
    "pom_page_footer",
    "pom_page_transfer",
    "pom_part_allowed",
    "pom_part_minimum",
    "pom_control_question",
    "pom_statement_whole",
    "pom_epc_reference_field",
)
PARTNER = (
    "name",
    "lang",
    "tz",
    "ref",
    "street",
    "zip",
    "city",
    "country_id",
    "vat",
    "company_registry",
    "commercial_partner_id",
    "write_date",
)
CURRENCY = ("name", "symbol", "position", "rounding", "decimal_places")
ACCOUNT = (
    "acc_number",
    "sanitized_acc_number",
    "acc_holder_name",
    "partner_id",
    "company_id",
    "bank_id",
)


class Line(NamedTuple):
    """One thing that an invoice is for.

    :param float total: in the invoice's currency, with taxes
    """

    name: str
    quantity: float
    total: float


class PomPaylink(models.Model):
    """The link and what is behind it, read for being looked at: one query a model."""

    _inherit = "pom.paylink"

    @api.model
    def _find(self, typed, looks=False):
        """The link that somebody opened, as superuser in its company; empty if none.

        :param str typed: token as it came, perhaps typed over from paper
        :param bool looks: for a page that changes nothing
        """
        token = link_token.normalize(typed)
        if not token:
            return self.browse()
        if looks:
            link = self._find_to_look(token)
        else:
            link = self.sudo().search_fetch([("token", "=", token)], LINK, limit=1)
        link = (not link.withdrawn and link.merged_into_id) or link
        return link.with_company(link.company_id) if link else link

    @api.model
    def _move_fields(self):
        """What is read of an invoice: what is shown, and what it stands on."""
        facts = self.env["account.move"]._pom_fact_fields()
        return tuple(dict.fromkeys((*MOVE, *facts)))

    @api.model
    def _company_fields(self):
        """Hook: what is read of the creditor. What isn't here and is asked for costs a
        query of all its columns.
        """
        return COMPANY

    def _read_parties(self):
        """Creditor and debtor: what decides on the language and the question."""
        self.move_id.fetch(self._move_fields())
        company = self.company_id
        company.fetch(self._company_fields())
        (self.partner_id | company.partner_id).fetch(PARTNER)
        (self.move_id.currency_id | company.currency_id).fetch(CURRENCY)
        return self

    def _lines(self):
        """What the invoice is for. Not as records: to search, fetch and read those
        takes five times as long.

        :rtype: list[Line]
        """
        products = self.env["product.product"]
        return [
            Line(
                name or products.browse(product_id or ()).display_name or "",
                quantity or 0,
                total or 0,
            )
            for name, product_id, quantity, total in self._rows_of_lines()
        ]

    def _rows_of_lines(self):
        self.env["account.move.line"].flush_model(
            ["move_id", "display_type", "sequence", "name", "product_id"]
            + ["quantity", "price_total"]
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT name, product_id, quantity, price_total
                  FROM account_move_line
                 WHERE move_id = %s AND display_type = 'product'
              ORDER BY sequence, id
                """,
                self.move_id.id,
            )
        )

    def _account(self, move):
        """Where a transfer for this invoice goes to."""
        account = move.partner_bank_id or self.company_id._pom_bank_account()
        account.fetch(ACCOUNT)
        return account
