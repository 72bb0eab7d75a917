from odoo import fields, models

from odoo.addons.pom_payment.groups import ACCOUNTING


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    pom_claim_id = fields.Many2one(
        "pom.claim",
        string="Claim",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=ACCOUNTING,
        help="What was asked on top of a debt, and is paid with this.",
    )
