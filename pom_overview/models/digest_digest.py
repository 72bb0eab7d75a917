from odoo import fields, models
from odoo.exceptions import AccessError

from odoo.addons.pom_message.models.pom_delivery_credit import CREDIT_NOTE

from .pom_overview_money import INVOICES, LATE


class DigestDigest(models.Model):
    """What debtors paid and what is late, in the mail that comes by itself."""

    _inherit = "digest.digest"

    kpi_pom_paid = fields.Boolean("Invoices Paid")
    kpi_pom_paid_value = fields.Monetary(compute="_compute_kpi_pom_paid_value")
    kpi_pom_late = fields.Boolean("Overdue Now")
    kpi_pom_late_value = fields.Monetary(compute="_compute_kpi_pom_late_value")

    def _compute_kpi_pom_paid_value(self):
        start, end, companies = self._get_kpi_compute_parameters()
        paid = [
            ("company_id", "in", companies.ids),
            ("paid_date", ">", start),
            ("paid_date", "<=", end),
            ("way", "!=", CREDIT_NOTE),
        ]
        sums = self._pom_sums("pom.debt.figure", paid, "amount:sum")
        for digest in self:
            company = digest.company_id or self.env.company
            digest.kpi_pom_paid_value = sums.get(company, 0)

    def _compute_kpi_pom_late_value(self):
        _start, _end, companies = self._get_kpi_compute_parameters()
        mine = [("company_id", "in", companies.ids), ("age", "in", LATE)]
        late = [*mine, *INVOICES]
        sums = self._pom_sums("pom.debtor.report", late, "residual:sum")
        for digest in self:
            company = digest.company_id or self.env.company
            digest.kpi_pom_late_value = sums.get(company, 0)

    def _pom_sums(self, model, domain, amount):
        """By company; who may not see them gets a mail without."""
        if not self.env[model].has_access("read"):
            raise AccessError(self.env._("These figures aren't for this user."))
        return dict(self.env[model]._read_group(domain, ["company_id"], [amount]))

    def _check_daily_logs(self):
        # EXTENDS 'digest', which sends ever less to who doesn't log in: who reads this
        # mail need not.
        weekly = self.env.ref("pom_overview.digest_payments", raise_if_not_found=False)
        return super()._check_daily_logs() - (weekly or self.browse())

    def _compute_kpis_actions(self, company, user):
        # EXTENDS 'digest'
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("account.menu_finance").id
        page = f"pom_overview.pom_overview_action?menu_id={menu}"
        return {**actions, "kpi_pom_paid": page, "kpi_pom_late": page}
