from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL
from odoo.tools.misc import format_date, formatLang

from odoo.addons.pom_payment.debt.facts import Claim
from odoo.addons.pom_payment.utils import rate_in_words

from ..tools.rows import Row

#: What accountants call them.
KINDS = [
    ("costs", "Costs"),
    ("interest", "Interest"),
    ("compensation", "Compensation"),
]
#: What becomes of one that isn't asked any more.
ENDS = [("waived", "Waived"), ("lapsed", "Lapsed"), ("booked", "On a debit note")]


class PomClaim(models.Model):
    """What messages asked on top of a debt, one row of each kind: off the books until
    it's paid, since nobody knows whether it will be (CBN/CNC 2022/10).

    How much of it is paid is what journal items say that name it: whatever undoes
    those, asks it again.
    """

    _name = "pom.claim"
    _description = "Claim on Top of a Debt"
    _inherit = ["pom.sealed"]
    _order = "id desc"

    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        related="move_id.partner_id", string="Customer", store=True, index=True
    )
    kind = fields.Selection(KINDS, string="Type", required=True, readonly=True)
    amount = fields.Monetary(
        string="Asked",
        readonly=True,
        help="By all messages so far; interest up to the last of them.",
    )
    amount_before = fields.Monetary(
        readonly=True, help="What was asked before the last message."
    )
    asked_on = fields.Date(string="Last Asked", readonly=True)
    delivery_id = fields.Many2one(
        "pom.delivery", string="Last Message", readonly=True, ondelete="set null"
    )
    rule = fields.Char(string="Law", readonly=True)
    periods = fields.Json(
        readonly=True,
        help="How the interest was counted: rows of the day before the first, the last "
        "day, the principal, the yearly rate in percent, and the interest.",
    )
    counted = fields.Text(string="How It Was Counted", compute="_compute_counted")
    item_ids = fields.One2many(
        "account.move.line", "pom_claim_id", string="Booked", readonly=True
    )
    paid = fields.Monetary(compute="_compute_left", store=True)
    dropped = fields.Monetary(
        string="Not Asked Any More", readonly=True, help="Of what was asked."
    )
    dropped_as = fields.Selection(ENDS, string="Why Not", readonly=True)
    dropped_on = fields.Date(readonly=True)
    note_id = fields.Many2one(
        "account.move", string="Debit Note", readonly=True, ondelete="set null"
    )
    settled_on = fields.Date(
        string="Invoice Paid",
        readonly=True,
        help="Since when nothing is open of the invoice itself.",
    )
    left = fields.Monetary(compute="_compute_left", store=True)
    state = fields.Selection(
        [("asked", "Asked"), ("paid", "Paid"), *ENDS],
        compute="_compute_left",
        store=True,
        index=True,
    )

    _once = models.UniqueIndex(
        "(move_id, kind)", "This was asked of the invoice already: the row is one."
    )

    @api.depends(
        "amount",
        "dropped",
        "dropped_as",
        "item_ids.balance",
        "item_ids.parent_state",
        "item_ids.pom_claim_id",
    )
    def _compute_left(self):
        for claim in self:
            booked = claim.item_ids.filtered(lambda item: item.parent_state == "posted")
            claim.paid = max(-sum(booked.mapped("balance")), 0)
            left = claim.amount - claim.paid - claim.dropped
            claim.left = max(claim.currency_id.round(left), 0)
            claim.state = claim._state_of(claim.left)

    def _state_of(self, left):
        if left:
            return "asked"
        if self.dropped and self.dropped_as:
            return self.dropped_as
        return "paid" if self.paid else "lapsed"

    @api.depends("move_id.name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for claim in self:
            claim.display_name = f"{claim.move_id.name} – {kinds.get(claim.kind)}"

    @api.depends("periods")
    @api.depends_context("lang")
    def _compute_counted(self):
        for claim in self:
            claim.counted = "\n".join(
                claim._period_in_words(*row) for row in claim.periods or ()
            )

    def _period_in_words(self, after, until, principal, percent, amount):
        date = fields.Date.to_date
        days = (date(until) - date(after)).days
        return self.env._(
            "%(principal)s, %(days)s up to %(until)s at %(percent)s %% a year: "
            "%(amount)s",
            principal=self.currency_id.format(float(principal)),
            days=self.env._("1 day") if days == 1 else self.env._("%s days", days),
            until=format_date(self.env, until),
            percent=rate_in_words(self.env, percent),
            amount=formatLang(self.env, float(amount), digits=4),
        )

    def _row(self):
        """
        :rtype: Row
        """
        decimal = self.move_id._pom_decimal
        return Row(*map(decimal, (self.amount, self.paid, self.dropped)))

    def _as_fact(self):
        """
        :rtype: Claim
        """
        left = self.move_id._pom_decimal(self.left)
        return Claim(self.kind, left, self.asked_on, self.id)

    @api.model
    def _of(self, moves):
        """Those of these debts, by debt and kind.

        :rtype: dict[int, dict[str, pom.claim]]
        """
        found = {}
        for claim in self.search([("move_id", "in", moves.ids)], order="id"):
            found.setdefault(claim.move_id.id, {})[claim.kind] = claim
        return found

    @api.model
    def _lefts(self, moves):
        """What is open of each kind, by the id of the debt, as JSON keeps it.

        :rtype: dict[str, list]
        """
        # Of most nothing was ever asked on top, and that is known without asking.
        return {
            str(move.id): sorted(
                [claim.kind, str(claim._row().left)]
                for claim in move.pom_claim_ids
                if claim.left
            )
            for move in moves.sudo()
            if move.pom_has_claims
        }

    # -- being paid --------------------------------------------------------------------

    def _items(self):
        """Values of the journal items that take money for each into income, without
        their amounts.

        :rtype: list[dict]
        """
        self._take()
        return [
            {
                "name": claim.with_context(lang=claim._lang()).display_name,
                "account_id": claim._account().id,
                "pom_claim_id": claim.id,
                # Damages and interest are outside VAT.
                "tax_ids": [Command.clear()],
            }
            for claim in self
        ]

    def _take(self):
        """Taken as a write, so that two payments at a time aren't both set against the
        same claim: the second one fails and looks again.
        """
        if self:
            self.flush_recordset()
            self.env.cr.execute(
                SQL(
                    "UPDATE pom_claim SET write_date = write_date WHERE id IN %s",
                    tuple(self.ids),
                )
            )

    def _account(self):
        return self.company_id._pom_setup()._account_for(self.kind)

    def _lang(self):
        return self.company_id.partner_id.lang or self.env.lang

    # -- actions -----------------------------------------------------------------------

    def action_open_invoice(self):
        self.check_access("read")
        return self.move_id._get_records_action()
