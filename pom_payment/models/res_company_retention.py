from datetime import timedelta

from odoo import fields, models


class ResCompany(models.Model):
    """How long what is known of debtors is kept, beside what bookkeeping law keeps."""

    _inherit = "res.company"

    pom_keep_days = fields.Integer(
        string="Keep What Was Said (days)",
        default=400,
        help="Messages to debtors, what they asked, and what payment providers told "
        "us. What concerns an open invoice is kept until it's closed.",
    )
    pom_keep_raw_days = fields.Integer(
        string="Keep Raw Data (days)",
        default=90,
        help="What providers sent as it came, what third systems were told, and "
        "receipts that were drawn.",
    )

    pom_show_days = fields.Integer(
        string="Show Links (days)",
        default=60,
        help="So long after payment or expiry a link still shows the invoice; then it "
        "shows how it stands and the receipt only.",
    )

    _pom_keep_bounds = models.Constraint(
        "CHECK(pom_keep_days >= 30 AND pom_keep_raw_days >= 7 AND pom_show_days > 0)",
        "Keep what was said for at least 30 days, raw data for at least 7, and show "
        "links for at least one.",
    )

    def _pom_forget_before(self, name):
        """Moment before which a setting of ours says to forget."""
        return fields.Datetime.now() - timedelta(days=self[name])

    def _pom_forget(self, *steps):
        """Do each step for each company.

        :param steps: functions of a company that forget some records, and say how many
        :return: (done, whether to come again), as the autovacuum wants it
        """
        every = self.sudo().with_context(active_test=False)
        companies = every.search([])  # pylint: disable=no-search-all
        done = sum(step(company) for company in companies for step in steps)
        return done, done
