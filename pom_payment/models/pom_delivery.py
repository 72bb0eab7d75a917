import uuid

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import delivery_code
from .res_partner_reminders import CHANNEL_SELECTION

#: A message that can't have been read.
LOST = ("failed", "bounced")


class PomDelivery(models.Model):
    """One message that carried a payment link: what was said, where it went, and what
    became of it.
    """

    _name = "pom.delivery"
    _description = "Message to a Debtor"
    _order = "id desc"
    _rec_name = "subject"

    kind = fields.Selection(
        selection=[
            ("invoice", "Invoice"),
            ("reminder", "Reminder"),
            ("asked", "Reminder as asked"),
            ("thanks", "Thank you"),
            ("confirmation", "Confirmation"),
        ],
        required=True,
        readonly=True,
    )
    channel = fields.Selection(CHANNEL_SELECTION, required=True, readonly=True)
    address = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, readonly=True, index=True
    )
    move_ids = fields.Many2many(
        "account.move",
        "pom_delivery_move_rel",
        "delivery_id",
        "move_id",
        string="Invoices",
        readonly=True,
    )
    first_move_ids = fields.Many2many(
        "account.move",
        "pom_delivery_first_move_rel",
        string="Invoices Asked For the First Time",
        readonly=True,
    )
    paylink_id = fields.Many2one(
        "pom.paylink", string="Link", readonly=True, index="btree_not_null"
    )
    code = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: delivery_code.new_code(),
    )
    url = fields.Char(string="Address of the Page", compute="_compute_url")
    lang = fields.Char(readonly=True)
    subject = fields.Char(readonly=True)
    text = fields.Text(readonly=True)
    short_text = fields.Text(readonly=True)
    legal = fields.Text(string="What the Law Wants Said", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(string="Asked", readonly=True)
    fee = fields.Monetary(string="Costs", readonly=True)
    interest = fields.Monetary(readonly=True)
    penalty = fields.Monetary(readonly=True)
    total = fields.Monetary(compute="_compute_total")
    deadline = fields.Date(readonly=True)
    policy_id = fields.Many2one(
        "pom.reminder.policy", readonly=True, ondelete="set null"
    )
    level_id = fields.Many2one(
        "pom.reminder.policy.level", readonly=True, ondelete="set null"
    )
    variant_id = fields.Many2one(
        "pom.ab.variant", readonly=True, ondelete="set null", index="btree_not_null"
    )
    previous_id = fields.Many2one(
        "pom.delivery",
        string="Instead Of",
        readonly=True,
        ondelete="set null",
        help="The message by another channel that didn't arrive or wasn't looked at.",
    )
    reminder_ids = fields.One2many("pom.reminder", "delivery_id", string="Reminders")
    state = fields.Selection(
        selection=[
            ("queued", "Queued"),
            ("by_hand", "For a person to send"),
            ("sending", "Being sent"),
            ("sent", "Sent"),
            ("delivered", "Delivered"),
            ("bounced", "Bounced"),
            ("failed", "Failed"),
        ],
        default="queued",
        required=True,
        readonly=True,
        index=True,
    )
    failure = fields.Char(string="What Went Wrong", readonly=True)
    sent_date = fields.Datetime(string="Sent", readonly=True)
    seen_date = fields.Datetime(
        string="Seen",
        readonly=True,
        help="When a person did something on the page; opening the link doesn't count.",
    )
    paid_date = fields.Datetime(string="Paid After", readonly=True)
    message_id = fields.Char(readonly=True, index="btree_not_null", copy=False)
    external_id = fields.Char(
        readonly=True,
        index="btree_not_null",
        copy=False,
        help="The message's name at whoever carries it.",
    )
    attachment_id = fields.Many2one("ir.attachment", string="Letter", readonly=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is taken.")

    @api.depends("paylink_id", "code")
    def _compute_url(self):
        for delivery in self:
            delivery.url = delivery_code.tagged(
                delivery.paylink_id.sudo().url or "", delivery.code
            )

    @api.depends("amount", "fee", "interest", "penalty")
    def _compute_total(self):
        for delivery in self:
            delivery.total = (
                delivery.amount + delivery.fee + delivery.interest + delivery.penalty
            )

    # -- making ------------------------------------------------------------------------

    @api.model
    def _ask(self, asked):
        """Records of what is to be sent; not sent yet.

        :param list[dict] asked: ``kind``, ``channel``, ``partner_id``, ``company_id``
            and ``moves`` (record set), and whatever other fields
        :rtype: pom.delivery
        """
        partners = self.env["res.partner"].browse(row["partner_id"] for row in asked)
        moves = [row.pop("moves") for row in asked]
        links = self.env["account.move"].union(*moves).pom_paylink_id
        links.sudo()._renew()
        deliveries = self.create(
            [
                {
                    **values,
                    "move_ids": [(6, 0, debts.ids)],
                    "paylink_id": debts[:1].pom_paylink_id.id,
                    "currency_id": debts[:1].currency_id.id,
                    "amount": sum(move._pom_to_ask() for move in debts),
                    "address": partner._pom_address(values["channel"]),
                    "lang": partner.lang or self.env.lang,
                    "external_id": uuid.uuid4().hex,
                }
                for values, debts, partner in zip(asked, moves, partners, strict=True)
            ]
        )
        deliveries._put_into_words()
        return deliveries

    def _send(self):
        """Send or queue these, each by its channel."""
        for channel, deliveries in self.grouped("channel").items():
            getattr(deliveries, f"_send_{channel}")()

    @api.model
    def _plan_calls(self, moves, summary):
        """An activity on each invoice, for whoever looks after it."""
        kind = self.env.ref("mail.mail_activity_data_call")
        model = self.env["ir.model"]._get_id("account.move")
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": kind.id,
                    "summary": summary,
                    "res_model_id": model,
                    "res_id": move.id,
                    "user_id": (move.invoice_user_id or self.env.user).id,
                    "date_deadline": fields.Date.context_today(self),
                }
                for move in moves
            ]
        )

    # -- what became of it -------------------------------------------------------------

    def _note_sent(self, state="sent"):
        """It left us: from now on the terms of the law run."""
        fresh = self.filtered(lambda delivery: not delivery.sent_date)
        fresh.write({"sent_date": fields.Datetime.now()})
        self.filtered(lambda d: d.state not in LOST).write({"state": state})
        for company, deliveries in fresh.grouped("company_id").items():
            day = company._pom_now().date()
            deliveries.reminder_ids.write({"done_date": day})

    def _note_lost(self, failure, state="bounced"):
        """It didn't arrive: the next channel is tried at the next occasion."""
        self.write({"state": state, "failure": failure})
        for company, deliveries in self.grouped("company_id").items():
            today = company._pom_now().date()
            deliveries.reminder_ids.filtered(lambda r: r.state == "sent").write(
                {"check_date": today, "done_date": today}
            )

    @api.model
    def _note_seen(self, link, code):
        """A person is on the page that this message led to.

        Written once, without a lock and without waiting for whoever has one.
        """
        code = delivery_code.normalize(code or "")
        if not code:
            return
        self.flush_model(["seen_date"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE pom_delivery SET seen_date = %s
                 WHERE id IN (SELECT id FROM pom_delivery
                               WHERE code = %s AND paylink_id = %s
                                 AND seen_date IS NULL
                                 FOR UPDATE SKIP LOCKED)
                """,
                fields.Datetime.now(),
                code,
                link.id,
            )
        )
        self.invalidate_model(["seen_date"])

    @api.model
    def _note_paid(self, moves):
        """These are paid: so are the messages that asked for nothing else."""
        asked = self.search(
            [("move_ids", "in", moves.ids), ("paid_date", "=", False)], order="id"
        ).filtered(lambda d: all(m.currency_id.is_zero(m.amount_residual)
                                 for m in d.move_ids))  # fmt: skip
        asked.write({"paid_date": fields.Datetime.now()})
        self._thank(asked.filtered(lambda d: d.kind != "thanks"))

    @api.model
    def _thank(self, asked):
        """One thank-you per customer, by the channel that worked."""
        last = {
            delivery.partner_id: delivery
            for delivery in asked.sorted("id")
            if delivery.company_id.pom_thank_you
            and delivery.channel in ("email", "sms")
            and delivery.state not in LOST
        }
        thanks = self._ask(
            [
                {
                    "kind": "thanks",
                    "channel": delivery.channel,
                    "partner_id": partner.id,
                    "company_id": delivery.company_id.id,
                    "moves": delivery.move_ids,
                }
                for partner, delivery in last.items()
            ]
        )
        thanks._send()

    @api.model
    def _confirm(self, move, text, channel="email"):
        """Tell the debtor that something was settled: a plan, a dispute.

        :param str text: a sentence in the debtor's language
        """
        delivery = self._ask(
            [
                {
                    "kind": "confirmation",
                    "channel": channel,
                    "partner_id": move.partner_id.id,
                    "company_id": move.company_id.id,
                    "moves": move,
                }
            ]
        )
        delivery.write({"text": text, "short_text": f"{text} {delivery.url}"})
        delivery._send()
        return delivery

    # -- actions -----------------------------------------------------------------------

    def action_open_invoices(self):
        return self.move_ids._get_records_action()

    def action_mark_sent(self):
        """A person did what there was to do."""
        self.check_access("write")
        to_do = self.filtered(lambda delivery: delivery.state == "by_hand")
        to_do.sudo()._note_sent()

    def action_do(self):
        """Do what a person has to do for this channel."""
        self.ensure_one()
        return getattr(self, f"_do_{self.channel}")()

    def _by_hand(self):
        self.write({"state": "by_hand"})
