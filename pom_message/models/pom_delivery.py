import uuid
from datetime import date
from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.pom_payment.debt.asking import Part
from odoo.addons.pom_payment.debt.facts import ZERO

from ..tools import delivery_code
from ..tools.channels import CHANNEL_SELECTION, CHANNELS


class PomDelivery(models.Model):
    """One message that carried a payment link: what was said, where it went, and what
    became of it.
    """

    _name = "pom.delivery"
    _description = "Message to a Debtor"
    _inherit = ["pom.sealed"]
    _order = "id desc"
    _rec_name = "subject"

    kind = fields.Selection(
        selection=[
            ("invoice", "Invoice"),
            ("thanks", "Thank you"),
            ("confirmation", "Confirmation"),
        ],
        string="Type",
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
    legal = fields.Text(string="Statutory Information", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(string="Amount Requested", readonly=True)
    parts = fields.Json(
        readonly=True,
        help="What was asked: rows of invoice, due date and amount; of who pays less "
        "for being early also how much less, and the last day for that.",
    )
    fee = fields.Monetary(string="Costs", readonly=True)
    interest = fields.Monetary(readonly=True)
    penalty = fields.Monetary(string="Compensation", readonly=True)
    total = fields.Monetary(compute="_compute_total")
    deadline = fields.Date(readonly=True)
    state = fields.Selection(
        selection=[
            ("queued", "Queued"),
            ("by_hand", "For a person to send"),
            ("sending", "Being sent"),
            ("sent", "Sent"),
            ("delivered", "Delivered"),
            ("bounced", "Bounced"),
            ("failed", "Failed"),
            ("overtaken", "Not sent: no longer due"),
        ],
        default="queued",
        required=True,
        readonly=True,
        index=True,
    )
    sent_date = fields.Datetime(string="Sent", readonly=True)
    seen_date = fields.Datetime(
        string="Seen",
        readonly=True,
        help="When a person did something on the page; opening the link doesn't count.",
    )
    paid_date = fields.Datetime(
        string="Paid After",
        readonly=True,
        help="When the money came, on the last message that left before it: that one "
        "is taken for what made the debtor pay.",
    )
    settled_date = fields.Datetime(
        string="Settled",
        readonly=True,
        help="When all that it asked was paid, whatever made the debtor pay.",
    )
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

    @api.depends("subject", "kind", "move_ids.name", "partner_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """A short message, or one that failed before it was written, has no subject."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for delivery in self:
            about = ", ".join(filter(None, delivery.move_ids.mapped("name")))
            delivery.display_name = delivery.subject or (
                f"{kinds.get(delivery.kind, '')} – "
                f"{about or delivery.partner_id.display_name}"
            )

    # -- kinds and channels ------------------------------------------------------------

    @api.model
    def _channels(self):
        """The ways that there are. Hook: an addon adds its own.

        :rtype: dict[str, Channel]
        """
        return CHANNELS

    @api.model
    def _asking_kinds(self):
        """Kinds of messages that ask for money. Hook: for an addon's own kinds.

        :rtype: tuple[str, ...]
        """
        return ("invoice",)

    def _asks(self):
        """Whether this asks for money."""
        return self.kind in self._asking_kinds()

    # -- making ------------------------------------------------------------------------

    @api.model
    def _ask(self, asked):
        """Records of what is to be sent; not sent yet.

        :param list[dict] asked: ``kind``, ``channel``, ``partner_id``, ``company_id``
            and ``moves`` (record set), and whatever other fields; ``parts``, lists of
            ``debt.asking.Part`` by id of invoice, where it isn't what the page asks
        :rtype: pom.delivery
        """
        partners = self.env["res.partner"].browse(row["partner_id"] for row in asked)
        companies = self.env["res.company"].browse(row["company_id"] for row in asked)
        moves = [row.pop("moves") for row in asked]
        parts = self._parts_to_ask(asked, moves)
        links = self.env["pom.paylink"].sudo()._links_of(moves)
        self.env["pom.paylink"].sudo().union(*links)._renew()
        deliveries = self.create(
            [
                {
                    **values,
                    "move_ids": [(6, 0, debts.ids)],
                    "paylink_id": link.id,
                    "currency_id": debts[:1].currency_id.id,
                    "parts": rows,
                    "amount": self._sum(rows),
                    "address": partner._pom_address(values["channel"]),
                    "lang": partner.lang or company.partner_id.lang or self.env.lang,
                    "external_id": uuid.uuid4().hex,
                }
                for values, debts, rows, link, partner, company in zip(
                    asked, moves, parts, links, partners, companies, strict=True
                )
            ]
        )
        deliveries._put_into_words()
        return deliveries

    @api.model
    def _parts_to_ask(self, asked, moves):
        """
        :return: for each message rows as :meth:`_row_to_ask` makes them
        :rtype: list[list[list]]
        """
        known = [row.pop("parts", None) for row in asked]
        others = self.env["account.move"].union(
            *(debts for debts, parts in zip(moves, known, strict=True) if not parts)
        )
        standings = others._pom_standings()
        return [
            [
                self._row_to_ask(move, part)
                for move in debts
                for part in (parts or {}).get(move.id, ())
                or self._parts_of_page(standings.get(move.id))
            ]
            for debts, parts in zip(moves, known, strict=True)
        ]

    @api.model
    def _row_to_ask(self, move, part):
        row = [move.id, part.day and part.day.isoformat(), str(part.amount)]
        return [*row, str(part.off), part.until.isoformat()] if part.off else row

    @api.model
    def _parts_of_page(self, standing):
        """As the page asks it, or all of what isn't asked now."""
        if not standing:
            return []
        day = standing.day_asked or standing.day
        amount = standing.asked or max(standing.left, ZERO)
        return [Part(day, amount, *(standing.discount or ()))]

    @api.model
    def _sum(self, rows):
        return float(sum(Decimal(amount) for _move, _day, amount, *_off in rows))

    def _rows(self):
        """What this message asks: rows of invoice, due date and amount."""
        # Those of a message in memory have new ids.
        moves = dict(zip(self.move_ids._origin.ids, self.move_ids, strict=True))
        return [
            (moves[move_id], day and date.fromisoformat(day), float(amount))
            for move_id, day, amount, *_off in self.parts or ()
            if move_id in moves
        ]

    def _later(self):
        """What this comes to after each day until which less is asked.

        :rtype: list[tuple[datetime.date, float]]
        """
        total, found = Decimal(f"{self.total:.3f}"), {}
        for _move, _day, _amount, off, until in sorted(
            (row for row in self.parts or () if len(row) > 3), key=lambda row: row[4]
        ):
            total += Decimal(off)
            found[date.fromisoformat(until)] = float(total)
        return list(found.items())

    def _asked_of(self, move):
        """What this message asks of one invoice."""
        return sum(amount for debt, _day, amount in self._rows() if debt == move)

    def _send(self):
        """Send or queue these, each by its channel."""
        for channel, deliveries in self.grouped("channel").items():
            getattr(deliveries, self._channels()[channel].send)()

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
                    "date_deadline": move.company_id._pom_today(),
                }
                for move in moves
            ]
        )

    @api.model
    def _confirm(self, move, text, channel="email", kind="confirmation", quoted=""):
        """Tell the debtor that something was settled, as a dispute.

        :param account.move move: one or more of one customer
        :param str text: a sentence in the debtor's language
        :param str kind: of message, where an addon has one of its own for this
        :param str quoted: what it answers, for where there is room
        """
        delivery = self._ask(
            [
                {
                    "kind": kind,
                    "channel": channel,
                    "partner_id": move.partner_id.id,
                    "company_id": move.company_id.id,
                    "moves": move,
                }
            ]
        )
        short_text = delivery._short_text(
            "{text} {url}", {"text": text, "company": move.company_id.name}
        ).rstrip()
        told = delivery.with_context(lang=delivery.lang).env
        name = delivery.partner_id.pom_addressee
        whole = "\n\n".join(filter(None, (text, quoted)))
        in_full = told._("Dear %(name)s,\n\n%(text)s", name=name, text=whole)
        delivery.write({"text": in_full, "short_text": short_text})
        delivery._send()
        return delivery

    # -- actions -----------------------------------------------------------------------

    def action_open_invoices(self):
        self.check_access("read")
        return self.move_ids._get_records_action()

    def action_mark_sent(self):
        """A person did what there was to do."""
        self.check_access("write")
        to_do = self.filtered(lambda delivery: delivery.state == "by_hand")
        to_do.sudo()._note_sent()

    def action_do(self):
        """Do what a person has to do for this channel."""
        self.ensure_one()
        self.check_access("write")
        return getattr(self, self._channels()[self.channel].do)()

    def _by_hand(self):
        self.write({"state": "by_hand"})
