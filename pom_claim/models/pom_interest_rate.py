from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from odoo.addons.pom_payment.utils import in_words_of
from odoo.addons.pom_reminder.laws import RATES, RULES, series
from odoo.addons.pom_reminder.laws.rates import half_begins, half_of

#: What each table is of.
SERIES = [
    ("be", "Belgium: late payment, rounded up to the half point"),
    ("nl_consumer", "Netherlands: statutory interest (6:119)"),
    ("nl_business", "Netherlands: commercial interest (6:119a)"),
    ("fr_business", "France: ECB and 10 points (L441-10)"),
    ("de_consumer", "Germany: base rate and 5 points (§ 288)"),
    ("de_business", "Germany: base rate and 9 points (§ 288)"),
    ("lu_business", "Luxembourg: late payment"),
]
#: Kind of the activity that asks for a rate.
MISSING_ACTIVITY = "pom_claim.mail_activity_rate"
#: So long before a half-year begins nobody can know its rate.
EARLY = timedelta(days=10)


class PomInterestRate(models.Model):
    """Yearly interest that a law sets, from a day on: those that the laws here know,
    and those that somebody entered since.
    """

    _name = "pom.interest.rate"
    _description = "Interest on Late Payment"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "series, since desc"

    series = fields.Selection(SERIES, string="Law", required=True)
    since = fields.Date(
        string="From", required=True, help="1 January or 1 July of a year."
    )
    percent = fields.Float(
        string="% a Year", digits=(16, 3), required=True, aggregator=None
    )
    known = fields.Selection(
        [("published", "Published"), ("computed", "Computed, notice not seen")],
        string="Known As",
        required=True,
        default="published",
        help="Computed by the law's own formula, when its notice wasn't seen yet.",
    )
    source = fields.Char(help="Where it was published, and when it was read.")

    _once = models.UniqueIndex(
        "(series, since)", "There is a rate of this law from this day on."
    )

    @api.depends("series", "since")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["series"]._description_selection(self.env))
        for rate in self:
            parts = [format_date(self.env, rate.since), names.get(rate.series)]
            rate.display_name = " – ".join(filter(None, parts))

    @api.constrains("since", "percent")
    def _check_rate(self):
        for rate in self:
            if rate.since != half_begins(half_of(rate.since)):
                raise ValidationError(
                    self.env._("Rates begin on 1 January or 1 July of a year.")
                )
            if not 0 <= rate.percent < 100:
                raise ValidationError(self.env._("A rate is between 0 and 100 %."))

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base': who asked for it has it.
        rates = super().create(vals_list)
        known = self.search([("series", "in", rates.mapped("series"))])
        known.activity_unlink([MISSING_ACTIVITY])
        return rates

    @api.model
    def _seed(self):
        """Keep what the laws here know; what somebody changed stays as it is."""
        known = {(rate.series, rate.since) for rate in self.search([])}
        # Noted in English, whoever reads it: the installer has no other language.
        self.with_context(mail_create_nolog=True).create(
            [
                {
                    "series": code,
                    "since": row.since,
                    "percent": float(row.percent),
                    "known": row.known,
                }
                for code, rates in RATES.items()
                for row in rates.rows
                if row.percent is not None and (code, row.since) not in known
            ]
        )

    @api.model
    def _complete(self, code, rates):
        """
        :param str code: of a series, '' for none
        :rtype: Rates
        """
        if not code or not rates:
            return rates
        rows = self.search_fetch([("series", "=", code)], ["since", "percent"])
        return rates.with_more(
            {row.since: Decimal(f"{row.percent:.3f}").normalize() for row in rows}
        )

    # -- asked for ---------------------------------------------------------------------

    @api.model
    def _ask_for_missing(self, setups):
        """An activity for each rate of a half-year that has begun, or is about to, that
        is needed and not known.
        """
        for setup in setups:
            day = setup.company_id._pom_today() + EARLY
            for code in self._needed_by(setup):
                rows = self.search([("series", "=", code)])
                if rows and not self._complete(code, RATES[code]).on(day):
                    rows[:1]._ask_once(day, setup)

    @api.model
    def _needed_by(self, setup):
        """Series by which one of its policies asks interest of the law."""
        policies = setup.consumer_policy_id | setup.business_policy_id
        return {
            code
            for policy in policies
            if any(policy.level_ids.mapped("with_interest"))
            if (code := series(RULES[policy.rule]))
        }

    def _ask_once(self, day, setup):
        begins = half_begins(half_of(day))
        kind = self.env.ref(MISSING_ACTIVITY)
        if self.activity_ids.filtered(lambda one: one.activity_type_id == kind):
            return
        user = setup.user_id or self.env.ref("base.user_admin")
        told = in_words_of(self, setup.company_id, user)
        since = format_date(told.env, begins)
        self.activity_schedule(
            MISSING_ACTIVITY,
            date_deadline=begins,
            summary=told.env._("Enter the rate from %s", since),
            note=told.env._(
                "No interest is asked for the days from %s on until this rate is in "
                "the table of interest on late payment.",
                since,
            ),
            user_id=user.id,
        )
