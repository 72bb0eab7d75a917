from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import formatLang

from odoo.addons.pom_message.tools import placeholders

from ..tools.channels import CALL
from ..tools.reminder_steps import Level
from .pom_delivery import choose_channel

#: For a first reminder of a level that has no channel with room for it.
ROOMY = ("email", "letter")


class PomReminderPolicyLevel(models.Model):
    _name = "pom.reminder.policy.level"
    _description = "Reminder Level"
    _inherit = ["pom.anchored"]
    _order = "policy_id, days, id"

    policy_id = fields.Many2one(
        "pom.reminder.policy", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    currency_id = fields.Many2one(related="policy_id.currency_id")
    name = fields.Char(required=True, translate=True)
    days = fields.Integer(
        string="Days After Due", help="Negative: that many days before the due date."
    )
    gap = fields.Integer(
        string="At Least After Previous",
        default=7,
        help="Days since the previous reminder went out.",
    )
    channel = fields.Selection(choose_channel, required=True, default="email")
    channel_2 = fields.Selection(
        choose_channel,
        string="Then",
        help="When the first can't be used, bounced, or wasn't looked at in time.",
    )
    channel_3 = fields.Selection(choose_channel, string="Then (2)")
    unseen_days = fields.Integer(
        string="Unseen For",
        default=5,
        help="Days after which the next channel is tried when nobody looked.",
    )
    subject = fields.Char(translate=True, required=True)
    text = fields.Text(
        translate=True,
        required=True,
        help="Placeholders: {name} {company} {invoice} {amount} {due} {days} {fee} "
        "{deadline} {url}",
    )
    short_text = fields.Text(
        string="Text of SMS and WhatsApp", translate=True, required=True
    )
    fee = fields.Monetary(string="Costs")
    with_interest = fields.Boolean(string="Interest")
    with_penalty = fields.Boolean(string="Compensation")
    button = fields.Char(string="Words on the Button", translate=True)
    color = fields.Char(string="Colour of the Button")
    button_first = fields.Boolean(string="Button Above the Text")
    hour = fields.Float(
        string="Not Before", help="Hour of the day; 0: the policy's hours."
    )
    whatsapp_template = fields.Char(
        string="WhatsApp Template",
        help="Name of an approved template for this level. Empty: the company's.",
    )
    test_ids = fields.One2many("pom.ab.test", "level_id", string="A/B Tests")

    @api.constrains("subject", "text", "short_text")
    def _check_placeholders(self):
        for level in self:
            texts = (level.subject, level.text, level.short_text)
            wrong = [name for text in texts for name in placeholders.unknown(text)]
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(level)s: there is no placeholder %(names)s. Choose from: "
                        "%(known)s",
                        level=level.name,
                        names=", ".join(f"{{{name}}}" for name in wrong),
                        known=", ".join(f"{{{name}}}" for name in placeholders.KNOWN),
                    )
                )

    @api.constrains(
        "days",
        "channel",
        "channel_2",
        "channel_3",
        "fee",
        "with_interest",
        "with_penalty",
    )
    def _check_rule(self):
        # Moving one level makes another one the first.
        for level in self.policy_id.level_ids:
            rule = level.policy_id._rule()
            if rule.is_law:
                level._check_costs(rule)
            if rule.grace_days:
                level._check_channels()

    def _check_costs(self, rule):
        """A law isn't set aside by a slip in the settings. Its term is kept by the
        calendar.
        """
        is_costly = self.fee or self.with_interest or self.with_penalty
        if is_costly and self._number() <= rule.free_reminders:
            self._refuse(self.env._("it must be free"))
        if rule.fee_cap is not None and Decimal(str(round(self.fee, 2))) > rule.fee_cap:
            most = formatLang(
                self.env, float(rule.fee_cap), currency_obj=self.currency_id
            )
            self._refuse(self.env._("it may cost at most %s", most))
        if self.with_penalty and not rule.brackets:
            self._refuse(self.env._("no compensation may be asked"))
        if self.with_interest and not rule.may_ask_interest:
            self._refuse(self.env._("no interest may be asked"))
        if self.with_penalty and self.fee and rule.is_exclusive:
            self._refuse(self.env._("the compensation covers all other costs"))

    def _check_channels(self):
        """A first reminder has to hold what a law wants said."""
        number = self._number()
        channels = self.env["pom.delivery"]._channels()
        roomy = {code for code, channel in channels.items() if channel.full_text}
        if number == 1 and not set(self._chain()) <= roomy:
            self._refuse(
                self.env._("it must go by a channel that has room for the full text")
            )

    def _refuse(self, reason):
        raise ValidationError(
            self.env._(
                "%(level)s under the rule “%(rule)s”: %(reason)s.",
                level=self.name,
                rule=self.policy_id._law_name(),
                reason=reason,
            )
        )

    def _number(self):
        """Of this reminder among those after the due date, from 1; 0 before it."""
        if self.days < 0:
            return 0
        after = self.policy_id.level_ids.filtered(lambda level: level.days >= 0)
        return after.sorted(lambda level: (level.days, level.id)).ids.index(self.id) + 1

    def _chain(self):
        chain = (self.channel, self.channel_2, self.channel_3)
        # One of an addon that is gone isn't known any more.
        known = self.env["pom.delivery"]._channels()
        return [code for code in chain if code in known]

    def _put_first(self, channel):
        """Try this channel before the others."""
        if channel:
            chain = [channel, *(code for code in self._chain() if code != channel)]
            self.channel, self.channel_2, self.channel_3 = (*chain, False, False)[:3]

    def _chain_for(self, partner, variant, number):
        """Channels to try for somebody, the one that was asked for first.

        :param int number: of the reminder; the first one after the due date may have
            to go where there is room for all that a law wants said
        :rtype: list[str]
        """
        wish = partner.pom_channel or variant.channel
        wishes = dict.fromkeys((*filter(None, [wish]), *self._chain()))
        if number != 1 or not self.policy_id._rule().must_state:
            return list(wishes)
        channels = self.env["pom.delivery"]._channels()
        roomy = [code for code in wishes if channels[code].full_text]
        # Whom nothing reaches that has room for it, somebody may still call.
        return [*(roomy or ROOMY), *(code for code in wishes if code == CALL)]

    def _step(self):
        return Level(self.id, self.days, self.gap)

    # -- actions -----------------------------------------------------------------------

    def action_preview(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": "pom.reminder.preview",
            "view_mode": "form",
            "target": "new",
            "context": {"default_level_id": self.id},
        }
