from odoo import fields, models

from ..tools.agreed_plan import AgreedPlan, is_kept

#: Codes of payment methods by which the creditor collects: core's Enterprise addon and
#: OCA's ``account_payment_sepa_direct_debit``.
DIRECT_DEBIT = ("sdd", "sepa_direct_debit")


class AccountMove(models.Model):
    """Debts that are paid as agreed, so that nobody is to be reminded of them. To be
    extended by whatever makes other plans or mandates.
    """

    _inherit = "account.move"

    def _pom_ids_planned(self):
        """Ids of those with a payment plan that is kept.

        :rtype: set[int]
        """
        requests = (
            self.env["pom.payer.request"]
            .sudo()
            .search(
                [
                    ("kind", "=", "plan"),
                    ("state", "=", "accepted"),
                    ("move_ids", "in", self.ids),
                ]
            )
        )
        kept = requests.filtered(lambda request: request._is_plan_kept())
        return set(kept.move_ids.ids) & set(self.ids)

    def _pom_ids_with_mandate(self):
        """Ids of those that are collected by direct debit.

        :rtype: set[int]
        """
        return {move.id for move in self if move._pom_is_collected()}

    def _pom_is_collected(self):
        # ``mandate_id`` is the field of OCA's ``account_payment_mandate``.
        mandate = "mandate_id" in self._fields and self.mandate_id
        return bool(mandate) or (
            self.preferred_payment_method_line_id.code in DIRECT_DEBIT
        )


class PomPayerRequest(models.Model):
    _inherit = "pom.payer.request"

    plan_amount = fields.Monetary(
        string="Amount of the Plan",
        readonly=True,
        help="What was open when the plan was agreed to.",
    )

    def _is_plan_kept(self):
        if not self.plan_count or not self.plan_first_on:
            return False
        plan = AgreedPlan(self.plan_amount, self.plan_count, self.plan_first_on)
        left = sum(self.move_ids.mapped("amount_residual"))
        return is_kept(plan, left, self.company_id._pom_now().date())
