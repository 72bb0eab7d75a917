from odoo import fields, models
from odoo.tools import SQL

from ..tools import ab_statistics
from .pom_delivery import choose_channel

#: What a variant can say otherwise than its level, in every language.
WORDS = ("subject", "text", "short_text", "button")
#: And how it can be otherwise.
LOOKS = ("color", "hour")


class PomAbVariant(models.Model):
    _name = "pom.ab.variant"
    _description = "A/B Variant"
    _inherit = ["pom.anchored"]
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
    first_way = fields.Char(
        string="First Way to Pay",
        help="On the payment page: its name as it stands there, say Bancontact.",
    )
    transfer_first = fields.Boolean(string="Bank Transfer First")
    channel = fields.Selection(choose_channel)
    hour = fields.Float(
        string="Not Before", help="Hour of the day; 0: the policy's hours."
    )
    sent = fields.Integer(compute="_compute_counts")
    judged = fields.Integer(
        compute="_compute_counts",
        help="Messages that had their days to be paid in: the first ones, as many as "
        "were planned.",
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
            variant.sent, variant.judged, variant.paid, variant.seen = numbers
            arm = ab_statistics.Arm(variant.judged, variant.paid)
            low, high = ab_statistics.interval(arm)
            variant.rate, variant.low, variant.high = (
                arm.rate * 100,
                low * 100,
                high * 100,
            )

    def _take_over(self):
        """Make the level what this variant is."""
        level = self.test_id.level_id
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for name in WORDS:
            if self[name]:
                level.update_field_translations(
                    name,
                    {code: self.with_context(lang=code)[name] for code in languages},
                )
        level.write(
            {
                **{name: self[name] for name in LOOKS if self[name]},
                "button_first": self.button_first,
            }
        )
        level._put_first(self.channel)

    def _first_messages(self, of_page):
        """The first message of each of these to each debtor.

        :param bool of_page: by the page that it led to and that somebody looked at,
            not by what it said
        :return: a query of ids, variants and dates
        :rtype: SQL
        """
        return SQL(
            """
            SELECT DISTINCT ON (message.%(variant)s, partner.commercial_partner_id)
                   message.id, message.%(variant)s AS variant_id,
                   message.sent_date, message.settled_date, message.seen_date
              FROM pom_delivery message
              JOIN res_partner partner ON partner.id = message.partner_id
             WHERE message.%(variant)s IN %(variants)s
               AND message.sent_date IS NOT NULL
               AND message.state NOT IN ('bounced', 'failed')
               AND %(was_seen)s
          ORDER BY message.%(variant)s, partner.commercial_partner_id,
                   message.sent_date, message.id
            """,
            variant=SQL.identifier("page_variant_id" if of_page else "variant_id"),
            variants=tuple(self.ids) or (0,),
            was_seen=SQL("message.seen_date IS NOT NULL") if of_page else SQL("TRUE"),
        )
