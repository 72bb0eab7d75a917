from odoo import api, fields, models
from odoo.tools import SQL

from ..matching.reading import is_provider

#: Of some contacts, the debtors of the group that each belongs to: of the company at
#: its top, and of all below that.
GROUPS = """
    WITH RECURSIVE above(asked, id, parent_id) AS (
        SELECT id, id, parent_id FROM res_partner WHERE id = ANY(%(asked)s)
     UNION
        SELECT a.asked, p.id, p.parent_id
          FROM above a
          JOIN res_partner p ON p.id = a.parent_id
    ), within(asked, id) AS (
        SELECT asked, id FROM above WHERE parent_id IS NULL
     UNION
        SELECT w.asked, p.id
          FROM within w
          JOIN res_partner p ON p.parent_id = w.id
    )
    SELECT w.asked, array_agg(DISTINCT p.commercial_partner_id)
      FROM within w
      JOIN res_partner p ON p.id = w.id
  GROUP BY w.asked"""


class AccountBankStatementLine(models.Model):
    """Who paid, where a person says it: the surest sign of that. Whom a program takes
    it for, by an account or a name, isn't.
    """

    _inherit = "account.bank.statement.line"

    pom_partner_picked = fields.Boolean(
        "Partner Picked by Hand", readonly=True, copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'account'
        """Of a line without anybody's name or account a program can't guess whose it
        is: whoever typed it in said so.
        """
        if not self.env.context.get("pom_importing"):
            vals_list = [
                {**vals, "pom_partner_picked": True} if _is_told(vals) else vals
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        # EXTENDS 'account'
        """A person who sets the partner has the line tried again with it."""
        if "partner_id" in vals and not self._pom_is_guessing():
            picked = bool(vals["partner_id"])
            vals = {**vals, "pom_partner_picked": picked, "pom_tried_on": False}
        return super().write(vals)

    @api.model
    def _pom_is_guessing(self):
        """Whether a program sets the partner: who looks it up, or books the entry."""
        context = self.env.context
        return bool(
            context.get("pom_guessing_partner")
            or context.get("skip_account_move_synchronization")
        )

    def _retrieve_partner(self):
        # EXTENDS 'account_reconcile_oca': the account may be another's, and the name.
        guessing = self.with_context(pom_guessing_partner=True)
        return super(AccountBankStatementLine, guessing)._retrieve_partner()

    def _pom_picked(self):
        """Whom persons picked as who paid these, or was paid. A provider pays for
        others.

        :return: by id of the line, the debtor and those of his group
        :rtype: dict[int, tuple[int, frozenset[int]]]
        """
        picked = {
            line.id: line.partner_id.commercial_partner_id
            for line in self.filtered("pom_partner_picked")
        }
        debtors = {
            line_id: partner
            for line_id, partner in picked.items()
            if partner and not is_provider(partner.name or "")
        }
        if not debtors:
            return {}
        asked = list({partner.id for partner in debtors.values()})
        groups = dict(self.env.execute_query(SQL(GROUPS, asked=asked)))
        return {
            line_id: (partner.id, frozenset(groups[partner.id]))
            for line_id, partner in debtors.items()
        }


def _is_told(vals):
    bank_told = vals.get("partner_name") or vals.get("account_number")
    return bool(vals.get("partner_id")) and not bank_told
