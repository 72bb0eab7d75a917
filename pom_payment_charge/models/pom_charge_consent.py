from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.charge_days import CARD, DIRECT_DEBIT
from ..tools.charge_rules import Limits

#: Of the words that are agreed to: another one whenever they change.
VERSION = "2026-11-29"
#: Nothing is charged any more.
OVER = ("stopped", "failed")


class PomChargeConsent(models.Model):
    """That somebody agreed, on a payment page, to charges that nobody taps for: in the
    words that were shown. The words are never edited.
    """

    _name = "pom.charge.consent"
    _description = "Consent to Charges"
    _inherit = ["pom.sealed", "pom.noted"]
    _order = "id desc"

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        help="Whose invoices are charged.",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    kind = fields.Selection(
        selection=[("due", "This invoice, on its day"), ("every", "Every invoice")],
        string="For",
        required=True,
        readonly=True,
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="On whose page it was agreed to.",
    )
    state = fields.Selection(
        selection=[
            ("waiting", "Not finished"),
            ("active", "Active"),
            ("paused", "Paused"),
            ("stopped", "Stopped"),
            ("failed", "Failed"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    token_id = fields.Many2one(
        "payment.token", string="Charged To", readonly=True, index="btree_not_null"
    )
    means = fields.Selection(
        selection=[(CARD, "Card"), (DIRECT_DEBIT, "Direct debit")],
        default=DIRECT_DEBIT,
        required=True,
        readonly=True,
    )
    hint = fields.Char(
        string="Last Digits", readonly=True, help="Of the card or the account."
    )
    expires = fields.Date(string="Card Expires", readonly=True)
    most = fields.Monetary(
        string="Most at Once", readonly=True, help="0: however much is due."
    )
    most_a_month = fields.Monetary(string="Most a Month", readonly=True)
    until = fields.Date(readonly=True)
    notice = fields.Integer(
        string="Announced (days before)",
        compute="_compute_notice",
        help="As agreed: a longer time in the settings counts as well.",
    )
    notice_card = fields.Integer(required=True, readonly=True, default=3)
    notice_debit = fields.Integer(required=True, readonly=True, default=14)
    wording = fields.Text(string="Agreed To", required=True, readonly=True)
    version = fields.Char(required=True, readonly=True, default=VERSION)
    lang = fields.Char(string="Language", readonly=True)
    agreed_on = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    ip = fields.Char(string="Address of the Browser", readonly=True)
    agent = fields.Char(string="Browser", readonly=True)
    told_on = fields.Date(
        string="Confirmed",
        readonly=True,
        help="When the words were mailed to who agreed.",
    )
    document_id = fields.Many2one(
        "ir.attachment", string="Confirmation", readonly=True, copy=False
    )
    reason = fields.Char(string="Why It Ended", readonly=True)
    charge_ids = fields.One2many("pom.charge", "consent_id", string="Charges")
    transaction_ids = fields.One2many(
        "payment.transaction", "pom_charge_consent_id", string="Agreed To With"
    )

    @api.depends("partner_id", "hint", "means")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for consent in self:
            parts = (consent.partner_id.display_name, consent._means_in_words())
            consent.display_name = ", ".join(filter(None, parts))

    @api.depends("means", "notice_card", "notice_debit", "company_id")
    def _compute_notice(self):
        for consent in self:
            is_card = consent.means == CARD
            agreed = consent.notice_card if is_card else consent.notice_debit
            wanted = consent.company_id.sudo()._pom_charge_notice(consent.means)
            consent.notice = max(agreed, wanted)

    def _limits(self):
        """
        :rtype: Limits
        """
        company = self.company_id
        return Limits(
            company._pom_charge_money(self.most) if self.most else None,
            company._pom_charge_money(self.most_a_month) if self.most_a_month else None,
            self.until or None,
        )

    # -- life --------------------------------------------------------------------------

    def _begin(self, token):
        """The payer did what the provider asks for: from now on it counts.

        :param token: what is charged
        """
        method = token.payment_method_id
        code = method.primary_payment_method_id.code or method.code
        self.write(
            {
                "state": "active",
                "token_id": token.id,
                "hint": token.payment_details,
                "means": CARD if code == CARD else DIRECT_DEBIT,
            }
        )
        self._plan()
        self.env.ref("pom_payment_charge.cron_confirm")._trigger()

    def _stop(self, reason, state="stopped"):
        """Nothing is charged any more, at the provider neither.

        :param str reason: code, as ``_reasons`` has them
        """
        going = self.filtered(lambda consent: consent.state not in OVER)
        going.write({"state": state, "reason": reason})
        going._note_why()
        going.charge_ids._waiting()._end("stopped", reason)
        going.token_id.active = False

    # -- actions -----------------------------------------------------------------------

    def action_pause(self):
        """Charge nothing for now: what is planned waits."""
        self.check_access("write")
        self.filtered(lambda consent: consent.state == "active").sudo().state = "paused"

    def action_resume(self):
        self.check_access("write")
        paused = self.filtered(lambda consent: consent.state == "paused").sudo()
        paused.state = "active"
        paused.charge_ids._catch_up()
        paused._plan()

    def action_stop(self):
        """End it: who agreed is told."""
        self.check_access("write")
        for consent in self.sudo().filtered(lambda one: one.state not in OVER):
            consent._stop("creditor")
            consent._tell_stopped()

    def action_open_charges(self):
        self.ensure_one()
        self.check_access("read")
        return self.charge_ids._get_records_action()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if any(consent.charge_ids.transaction_ids for consent in self):
            raise UserError(
                self.env._(
                    "Payments were charged with this consent: it is their proof. Stop "
                    "it instead."
                )
            )
