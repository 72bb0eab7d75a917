from odoo import api, fields, models

from odoo.addons.pom_message.models.pom_delivery_credit import WAYS
from odoo.addons.pom_reminder.models.pom_delivery import choose_channel

#: What a row is made of.
DEPENDS = {
    "account.move": [
        "commercial_partner_id",
        "invoice_currency_rate",
        "invoice_date",
        "move_type",
        "partner_id",
        "pom_disputed_amount",
        "pom_quiet_until",
        "preferred_payment_method_line_id",
        "statement_line_id",
        "origin_payment_id",
    ],
    "account.move.line": [
        "account_id",
        "amount_residual",
        "balance",
        "date",
        "date_maturity",
        "display_type",
        "parent_state",
        "partner_id",
        "reconciled",
    ],
    "account.partial.reconcile": ["credit_move_id", "debit_move_id"],
    "account.payment": ["payment_transaction_id"],
    "payment.transaction": [
        "create_date",
        "invoice_ids",
        "last_state_change",
        "operation",
        "payment_method_id",
    ],
    "pom.delivery": [
        "channel",
        "kind",
        "move_ids",
        "parts",
        "seen_date",
        "sent_date",
        "state",
    ],
    "pom.paylink": ["move_id", "withdrawn"],
    "pom.payer.request": ["kind", "move_ids"],
    "pom.reminder.setup": ["business_by", "company_id"],
    "res.partner": ["company_registry", "is_company", "lang", "vat"],
}
#: Where the rows of large books are kept between two runs of the scheduled job.
KEPT = "pom_debt_figure_kept"


class PomDebtFigure(models.Model):
    """One row for each part of an invoice, with its history: what was asked, by what
    it was paid, and when. The part's own journal item lends its id.

    Counted when it's looked at; where there are more parts than can be counted at
    once, the rows are kept, see :meth:`_keep`.
    """

    _name = "pom.debt.figure"
    _description = "Debt with Its History"
    _auto = False
    _rec_name = "move_id"
    _order = "invoice_date desc, id desc"
    _depends = DEPENDS

    move_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    journal_id = fields.Many2one("account.journal", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    group = fields.Selection(
        [("consumer", "Consumers"), ("business", "Businesses")],
        string="Customer Group",
        readonly=True,
    )
    lang = fields.Char(string="Language", readonly=True)
    invoice_date = fields.Date(readonly=True)
    due_date = fields.Date(readonly=True)
    amount = fields.Monetary(readonly=True)
    residual = fields.Monetary(string="Open", readonly=True)
    claimed = fields.Monetary(
        string="Asked on Top",
        readonly=True,
        help="Costs, interest and compensation that reminders asked, paid or not.",
    )
    disputed = fields.Monetary(
        readonly=True, help="What the debtor contests and nobody has answered yet."
    )
    is_disputed = fields.Boolean(string="Was Disputed", readonly=True)
    is_agreed = fields.Boolean(
        string="In a Plan", readonly=True, help="Paid in parts, or charged by itself."
    )
    asked_date = fields.Datetime(
        string="First Asked",
        readonly=True,
        help="When the first message left that arrived, before any payment.",
    )
    asked_channel = fields.Selection(
        choose_channel, string="First Asked By", readonly=True
    )
    seen_date = fields.Datetime(
        string="Seen",
        readonly=True,
        help="When somebody first did something on the payment page.",
    )
    begun_date = fields.Datetime(
        string="Begun", readonly=True, help="When a payment was first begun there."
    )
    paid_date = fields.Date(
        string="Paid", readonly=True, help="On which day the last of it came in."
    )
    way = fields.Selection(WAYS, string="Paid By", readonly=True)
    method_id = fields.Many2one(
        "payment.method", string="Payment Method", readonly=True
    )
    delivery_id = fields.Many2one(
        "pom.delivery",
        string="Paid After",
        readonly=True,
        help="The last message that left before the payment and arrived.",
    )
    channel = fields.Selection(choose_channel, string="Paid After a", readonly=True)
    messages = fields.Integer(
        readonly=True, help="That left before the payment, or until now."
    )
    reminders = fields.Integer(
        readonly=True, help="Of those messages, all but the invoice's own."
    )
    days_to_pay = fields.Integer(
        string="Days to Pay",
        readonly=True,
        aggregator="avg",
        help="From the invoice's date to the day of payment.",
    )
    days_late = fields.Integer(
        string="Days Late",
        readonly=True,
        aggregator="avg",
        help="From the due date to the day of payment; below zero when it came before.",
    )
    is_on_time = fields.Boolean(string="Paid in Time", readonly=True)
    is_quick = fields.Boolean(
        string="Paid Within a Day", readonly=True, help="Of the first message."
    )

    @property
    def _table_query(self):
        return self._query_figures()

    @api.depends("move_id", "due_date")
    def _compute_display_name(self):
        for figure in self:
            figure.display_name = figure.move_id.name

    def action_open_invoice(self):
        self.check_access("read")
        return self.move_id._get_records_action()
