from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from ..tools import ab_assignment, ab_statistics


class PomAbTest(models.Model):
    """Which call to action gets more people to pay.

    How many messages it takes is decided before the start; there is no verdict before
    that (see tools/ab_statistics.py).
    """

    _name = "pom.ab.test"
    _description = "A/B Test"
    _inherit = ["pom.anchored", "pom.kept"]
    _order = "id desc"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    place = fields.Selection(
        selection=[
            ("level", "Reminders of a level"),
            ("invoice", "Messages with invoices"),
            ("page", "The payment page"),
        ],
        string="Of",
        required=True,
        default="level",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    level_id = fields.Many2one(
        "pom.reminder.policy.level", ondelete="cascade", index=True
    )
    planned = fields.Integer(
        string="Messages per Variant",
        required=True,
        default=400,
        help="Decide before you start, and let it run until then.",
    )
    pay_days = fields.Integer(
        string="Paid Within (days)",
        required=True,
        default=7,
        help="What counts as a success: paid in so many days after the message.",
    )
    base_rate = fields.Float(string="Expected Rate (%)", default=40.0)
    change = fields.Float(string="Smallest Difference Worth Finding (%)", default=10.0)
    advised = fields.Integer(string="Messages Needed", compute="_compute_advised")
    variant_ids = fields.One2many("pom.ab.variant", "test_id", copy=True)
    state = fields.Selection(
        selection=[
            ("collecting", "Too early to tell"),
            ("too_few", "Too few to tell"),
            ("no_difference", "No difference found"),
            ("better", "One is better"),
        ],
        string="Result",
        compute="_compute_result",
    )
    winner_id = fields.Many2one("pom.ab.variant", compute="_compute_result")
    p_value = fields.Float(compute="_compute_result", digits=(16, 4))

    _planned_positive = models.Constraint(
        "CHECK(planned > 0 AND pay_days > 0)",
        "A test needs messages and days to pay in.",
    )

    _level_of_place = models.Constraint(
        "CHECK((place = 'level') = (level_id IS NOT NULL))",
        "Choose the level whose reminders are tried.",
    )

    @api.onchange("place")
    def _onchange_place(self):
        if self.place != "level":
            self.level_id = False

    @api.model
    def _running(self, place, company):
        """The test of what belongs to no level, the newest of a company; empty if
        there is none.
        """
        return self.browse(self._running_id(place, company.id))

    @api.model
    @ormcache("place", "company_id")
    def _running_id(self, place, company_id):
        """Asked for by each page that somebody looks at."""
        domain = [("place", "=", place), ("company_id", "=", company_id)]
        tests = self.sudo().with_context(active_test=True)
        return tests.search(domain, order="id desc", limit=1).id

    def _compute_advised(self):
        for test in self:
            usable = 0 < test.base_rate < 100 and test.change
            test.advised = usable and ab_statistics.sample_size(
                test.base_rate / 100, test.change / 100
            )

    def _compute_result(self):
        for test in self:
            variants = test.variant_ids
            arms = [ab_statistics.Arm(v.judged, v.paid) for v in variants]
            verdict = ab_statistics.judge(arms, test.planned)
            test.state = verdict.state
            test.p_value = verdict.p_value or 0.0
            has_winner = verdict.winner is not None
            test.winner_id = variants[verdict.winner] if has_winner else False

    def _pick(self, debtor):
        """The variant for a debtor, whichever of the invoices it's about: always the
        same one. None without a test.

        :param res.partner debtor: who owes, not one of its contacts
        :rtype: pom.ab.variant
        """
        variants = self.variant_ids
        weights = variants.mapped("weight")
        if not any(weights):
            return variants[:0]
        name = f"{self._name},{self.id}"
        return variants[ab_assignment.pick(name, str(debtor.id), weights)]

    def action_use_winner(self):
        """The better variant becomes what the level is; the test is over."""
        self.ensure_one()
        self.check_access("write")
        if self.winner_id and self.level_id:
            self.winner_id._take_over()
            self.active = False
        elif self.winner_id:
            # From now on everybody gets it.
            (self.variant_ids - self.winner_id).weight = 0

    # -- counting ----------------------------------------------------------------------

    def _counts(self):
        """(messages, judged ones, paid in time, seen) by variant.

        Judged are as many as were planned, the first that had their days to be paid in:
        the newest ones don't look like failures, and judging doesn't go on as more come
        in. Seen is what a person did on the page; opening a link doesn't count, since
        scanners do that. A debtor counts once, by the first message: who has forty
        invoices is one person who likes the subject or doesn't.

        :rtype: dict[int, tuple[int, int, int, int]]
        """
        self.env["pom.delivery"].flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        found = {}
        for of_page, tests in self.grouped(lambda test: test.place == "page").items():
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT variant_id,
                           COUNT(*),
                           COUNT(*) FILTER (WHERE judged),
                           COUNT(*) FILTER (
                               WHERE judged AND settled_date <= sent_date + term),
                           COUNT(*) FILTER (WHERE seen_date IS NOT NULL)
                      FROM (SELECT first.*, term,
                                   sent_date + term <= %s AND row_number() OVER (
                                       PARTITION BY variant_id
                                       ORDER BY sent_date, first.id
                                   ) <= test.planned AS judged
                              FROM (%s) first
                              JOIN pom_ab_variant variant
                                ON variant.id = first.variant_id
                              JOIN pom_ab_test test ON test.id = variant.test_id
                        CROSS JOIN make_interval(days => test.pay_days) term) message
                  GROUP BY variant_id
                    """,
                    fields.Datetime.now(),
                    tests.variant_ids._first_messages(of_page),
                )
            )
            found.update((variant, tuple(counts)) for variant, *counts in rows)
        return found
