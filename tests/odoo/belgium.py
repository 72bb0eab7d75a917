"""Core's world of accounting, in Belgium, with a company that is there already."""

from odoo import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from dev.books import NAME


class BelgianCase(AccountTestInvoicingCommon):
    country_code = "BE"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As whoever works there has it: core's forms look at the user's clock.
        cls.env.user.tz = "Europe/Brussels"

    @classmethod
    def setup_independent_company(cls, **kwargs):
        # EXTENDS 'account': loading a chart takes most of the time of a test.
        company = cls.env["res.company"].sudo().search([("name", "=", NAME)])
        if not company:
            return super().setup_independent_company(**kwargs)
        # As it does for who makes one.
        cls.env.user.sudo().company_ids |= company
        return company.sudo(False)

    @classmethod
    def _posted(cls, partner, amount, company=None, **values):
        """An invoice of that total, without tax."""
        moves = cls.env["account.move"].with_company(company or cls.company)
        row = {
            "name": "Brood voor de week",
            "price_unit": amount,
            "tax_ids": [Command.clear()],
        }
        move = moves.create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_line_ids": [Command.create(row)],
                **values,
            }
        )
        move.action_post()
        return move.with_env(cls.env)
