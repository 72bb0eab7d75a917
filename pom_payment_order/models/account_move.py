from dataclasses import replace

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.pom_payment.debt.asking import Asking
from odoo.addons.pom_payment.debt.facts import DIRECT_DEBIT, Coming
from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

from ..tools.fitting import most


class AccountMove(models.Model):
    """Debts that are collected with a mandate: until the bank has done so, that is what
    is said of them; what it sends back is asked again.
    """

    _inherit = "account.move"

    # -- what is known about the debt --------------------------------------------------

    def _pom_facts(self):
        # EXTENDS 'pom_payment': the books have as paid what an order that is uploaded
        # will collect, days before that.
        facts = super()._pom_facts()
        paid = self.sudo()._origin.filtered(
            lambda move: not facts[move.id].books
            and all(due.left <= 0 for due in facts[move.id].dues)
        )
        for move_id, money in paid._pom_debits_at_bank().items():
            facts[move_id] = replace(facts[move_id], books="collected", coming=(money,))
        return facts

    def _pom_debits_at_bank(self):
        """What the bank was told to collect of these, on a day that isn't over.

        :rtype: dict[int, Coming]
        """
        moves = self.filtered(lambda move: move.move_type in PAYABLE)
        if not moves:
            return {}
        lines = self.env["account.payment.line"]
        lines.flush_model(["move_line_id", "state", "date"])
        self.env["account.payment"].flush_model(["state", "is_matched"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.move_id, max(line.date)
                  FROM account_payment_line line
                  JOIN account_move_line item ON item.id = line.move_line_id
                  JOIN account_payment_account_payment_line_rel rel
                    ON rel.account_payment_line_id = line.id
                  JOIN account_payment pay ON pay.id = rel.account_payment_id
                 WHERE item.move_id IN %s
                   AND line.state = 'uploaded'
                   AND pay.state = 'in_process'
                   AND pay.is_matched IS NOT TRUE
              GROUP BY item.move_id
                """,
                tuple(moves.ids),
            )
        )
        return {
            move_id: Coming(DIRECT_DEBIT, day=day)
            for move_id, day in rows
            if day and day >= self.browse(move_id).company_id._pom_today()
        }

    @api.model
    def _pom_sql_ordered_part(self):
        # EXTENDS 'pom_payment'
        self.env["account.payment.line"].flush_model(["pom_part_day"])
        return SQL("COALESCE(line.pom_part_day, %s)", super()._pom_sql_ordered_part())

    @api.model
    def _pom_sql_came_back(self):
        # EXTENDS 'pom_payment': of what isn't all collected at once, a part may have
        # been.
        return SQL(
            """EXISTS (SELECT FROM account_payment_account_payment_line_rel rel
                         JOIN account_payment pay ON pay.id = rel.account_payment_id
                        WHERE rel.account_payment_line_id = ordered.id
                          AND pay.state = 'rejected')"""
        )

    def _pom_askings_undebited(self):
        """How these stand as if nobody collected them: whose money is in the house
        under another name isn't collected from.

        :rtype: dict[int, Asking]
        """
        facts = self.sudo()._pom_covered_facts(_undebited)
        today = {company: company._pom_today() for company in self.company_id}
        return {
            move.id: Asking.of(facts[move.id], today[move.company_id]) for move in self
        }

    # -- into an order -----------------------------------------------------------------

    def create_account_payment_line(self):
        # EXTENDS 'account_payment_order': who is paying, or has paid, isn't collected
        # from as well.
        debts = self.filtered(lambda move: move.move_type in PAYABLE)
        askings = debts._pom_askings_undebited()
        for move in debts.filtered(lambda move: move.state == "posted"):
            if not most(askings[move.id]):
                raise UserError(
                    self.env._(
                        "%(invoice)s isn't collected. %(reason)s",
                        invoice=move.name,
                        reason=move._pom_refusal()
                        or self.env._("Nothing is to be paid of it now."),
                    )
                )
        return super().create_account_payment_line()

    def _pom_words_of_return(self):
        """What the payer of these is told when the bank has sent a debit back."""
        return self.env._(
            "Your bank sent back the direct debit for %(invoices)s. It is open again: "
            "please pay it on the page, or tell us there what is wrong.",
            invoices=", ".join(self.mapped("name")),
        )


def _undebited(facts):
    coming = tuple(money for money in facts.coming if money.kind != DIRECT_DEBIT)
    return replace(facts, coming=coming)
