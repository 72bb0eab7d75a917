from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.charge_days import announce_day, charge_day

#: Nothing was asked of the provider yet.
WAITING = ("planned", "announced")
#: How long after its own day the payer may have a part charged.
PUT_OFF = timedelta(days=14)
#: What an accountant may change of one that waits.
BY_HAND = {"day", "amount"}


class PomCharge(models.Model):
    """One attempt to charge one part of a debt, on one day. Another attempt is another
    record.
    """

    _name = "pom.charge"
    _description = "Charge"
    _inherit = ["pom.sealed"]
    _order = "day desc, id desc"
    _rec_name = "move_id"

    consent_id = fields.Many2one(
        "pom.charge.consent", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one(
        related="consent_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="consent_id.partner_id", store=True)
    currency_id = fields.Many2one(related="consent_id.currency_id")
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    part_day = fields.Date(
        string="Part Due", required=True, readonly=True, help="Which part it is for."
    )
    day = fields.Date(
        string="To Be Charged",
        required=True,
        help="Move it, and the customer is told anew.",
    )
    announce_on = fields.Date(string="To Be Announced", required=True, readonly=True)
    announced_on = fields.Date(string="Announced", readonly=True)
    amount = fields.Monetary(
        help="At most: less, where less is due on the day. Change it, and the customer "
        "is told anew; what it is less than the part is asked as usual.",
    )
    lowered_from = fields.Monetary(
        string="Lowered by Hand From",
        readonly=True,
        help="By hand: so much of the part was due then. 0: nobody changed the amount.",
    )
    tries = fields.Integer(string="Try", readonly=True, default=1)
    first_on = fields.Date(string="First Tried", readonly=True)
    charged_on = fields.Date(readonly=True)
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("announced", "Announced"),
            ("charging", "Being charged"),
            ("done", "Charged"),
            ("asked", "Payer is asked"),
            ("failed", "Failed"),
            ("returned", "Taken back"),
            ("skipped", "Skipped"),
            ("stopped", "Stopped"),
        ],
        default="planned",
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Char(string="Why", readonly=True)
    transaction_ids = fields.One2many(
        "payment.transaction", "pom_charge_id", string="Payment"
    )
    transaction_id = fields.Many2one(
        "payment.transaction", compute="_compute_transaction_id", compute_sudo=True
    )

    _one_live = models.UniqueIndex(
        "(move_id, part_day) WHERE state IN ('planned', 'announced', 'charging')",
        "This part is charged already.",
    )
    _one_a_day = models.UniqueIndex(
        "(move_id, part_day, charged_on) WHERE charged_on IS NOT NULL",
        "This part was charged today already.",
    )

    @api.depends("transaction_ids")
    def _compute_transaction_id(self):
        for charge in self:
            charge.transaction_id = charge.transaction_ids[:1]

    def _waiting(self):
        """Those of which the provider knows nothing yet."""
        return self.filtered(lambda charge: charge.state in WAITING)

    def _end(self, state, reason):
        """
        :param str reason: code, as ``_reasons`` has them
        """
        self.write({"state": state, "reason": reason})

    def _notice(self):
        """Days that lie between announcing and charging."""
        return self.consent_id.notice

    def _latest(self):
        """The last day that the payer may choose."""
        return max(self.part_day + PUT_OFF, self._earliest())

    def _earliest(self):
        """The first day on which it may be charged when it is announced now."""
        company = self.company_id
        today = company._pom_today()
        return charge_day(today, today, self._notice(), company._pom_place())

    def _unannounced(self, day):
        """What another day means."""
        place = self.company_id._pom_place()
        return {
            "announce_on": announce_day(day, self._notice(), place),
            "announced_on": False,
            "state": "planned",
        }

    def _asking(self):
        """The debt as if nobody had planned to collect it.

        :rtype: Asking
        """
        return self.move_id._pom_askings_uncollected()[self.move_id.id]

    # -- changed by hand ---------------------------------------------------------------

    def write(self, vals):
        # EXTENDS 'pom.sealed': another day or amount is announced anew.
        changed = BY_HAND & vals.keys()
        if changed and not self.env.su:
            if self - self._waiting():
                raise UserError(self.env._("Only what isn't charged yet is changed."))
            self.check_access("write")
            self.sudo()._change({name: vals[name] for name in changed})
            vals = {name: vals[name] for name in vals.keys() - changed}
        return super().write(vals)

    def _change(self, vals):
        """
        :raises UserError: when that is more than is due, or too early
        """
        for charge in self:
            if "amount" in vals:
                charge._ask_for(vals["amount"])
            day = vals.get("day", max(charge.day, charge._earliest()))
            charge._move_to(fields.Date.to_date(day))

    def _ask_for(self, amount):
        most = float(self._asking().part(self.part_day))
        if not 0 < (lowered := self.currency_id.round(amount)) <= most:
            raise UserError(
                self.env._(
                    "Of this part %s is due: choose an amount up to that.",
                    self._money_in_words(most),
                )
            )
        self.write({"amount": lowered, "lowered_from": lowered < most and most})

    def _move_to(self, day):
        """
        :raises UserError: when that is too early to tell the payer in time
        """
        for charge in self:
            earliest = charge._earliest()
            if not day or day < earliest:
                raise UserError(
                    self.env._(
                        "The customer is told %(days)s days before: choose a day from "
                        "%(day)s on.",
                        days=charge._notice(),
                        day=charge._day_in_words(earliest),
                    )
                )
            place = charge.company_id._pom_place()
            moved = charge_day(day, day, 0, place)
            charge.write({"day": moved, **charge._unannounced(moved)})

    def _catch_up(self):
        """Those whose day went by while nothing was charged are told anew."""
        for charge in self._waiting():
            if charge.day < charge.company_id._pom_today():
                charge._move_to(charge._earliest())

    # -- actions -----------------------------------------------------------------------

    def action_skip(self):
        """Don't charge this: the debtor pays it otherwise."""
        self.check_access("write")
        waiting = self.sudo()._locked()
        if not waiting:
            raise UserError(self.env._("This is being charged, or was charged."))
        for charge in waiting:
            charge._end("skipped", "creditor")
            charge._tell_skipped()

    def action_open_transaction(self):
        self.ensure_one()
        self.check_access("read")
        return self.transaction_ids._get_records_action()

    def _locked(self):
        """Those of these that wait, kept from whoever charges them."""
        mine = self.try_lock_for_update(allow_referencing=True)
        mine.invalidate_recordset(["state"])
        return mine._waiting()
