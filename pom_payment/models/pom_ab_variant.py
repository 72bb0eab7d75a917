from odoo import fields, models

from ..tools import ab_statistics
from .res_partner_reminders import CHANNEL_SELECTION

#: What a variant can say otherwise than its level.
WORDS = ("subject", "text", "short_text")


class PomAbVariant(models.Model):
    _name = "pom.ab.variant"
    _description = "A/B Variant"
    _order = "test_id, sequence, id"

    test_id = fields.Many2one(
        "pom.ab.test", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    weight = fields.Integer(string="Share", default=1)
    subject = fields.Char(translate=True)
    text = fields.Text(translate=True)
    short_text = fields.Text(translate=True)
    button = fields.Char(string="Words on the Button", translate=True)
    color = fields.Char(string="Colour of the Button")
    button_first = fields.Boolean(string="Button Above the Text")
    channel = fields.Selection(CHANNEL_SELECTION)
    hour = fields.Float(
        string="Not Before", help="Hour of the day; 0: the policy's hours."
    )
    sent = fields.Integer(compute="_compute_counts")
    ripe = fields.Integer(
        string="Had Their Days",
        compute="_compute_counts",
        help="Messages that are old enough to be judged.",
    )
    paid = fields.Integer(string="Paid in Time", compute="_compute_counts")
    seen = fields.Integer(compute="_compute_counts")
    rate = fields.Float(string="Paid (%)", compute="_compute_counts", digits=(16, 1))
    low = fields.Float(string="From (%)", compute="_compute_counts", digits=(16, 1))
    high = fields.Float(string="To (%)", compute="_compute_counts", digits=(16, 1))

    _weight_positive = models.Constraint(
        "CHECK(weight >= 0)", "A share can't be negative."
    )

    def _compute_counts(self):
        counts = self.test_id._counts() if self.test_id.ids else {}
        for variant in self:
            numbers = counts.get(variant.id, (0, 0, 0, 0))
            variant.sent, variant.ripe, variant.paid, variant.seen = numbers
            arm = ab_statistics.Arm(variant.ripe, variant.paid)
            low, high = ab_statistics.interval(arm)
            variant.rate, variant.low, variant.high = (
                arm.rate * 100,
                low * 100,
                high * 100,
            )

    def _overrides(self):
        return {name: self[name] for name in WORDS if self[name]}
