from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

from ..tools import link_token
from .account_move_debt import PAYABLE

#: In these a debtor can pay, wanted or not.
PAYING = ("open", "planned", "disputed", "covered")
#: State of the link for each word of the debt behind it; the others are their own.
STATES = {
    "overdue": "open",
    "partial": "open",
    "handed_over": "open",
    "reversed": "credit",
    "none": "withdrawn",
    "draft": "withdrawn",
    "cancelled": "withdrawn",
}
#: How long an attempt keeps others out until its provider says how long it lives.
ATTEMPT_TIME = timedelta(minutes=10)


def attempt_deadline():
    return fields.Datetime.now() + ATTEMPT_TIME


class PomPaylink(models.Model):
    """One debtor's way to one debt: an invoice, or a statement of all that one debtor
    owes a company. Holds no amount: that is read from the debt.
    """

    _name = "pom.paylink"
    _description = "Payment Link"
    _inherit = ["pom.sealed"]
    _order = "id desc"

    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: link_token.new_token(),
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        readonly=True,
        ondelete="cascade",
        # Links that were taken back too: of an invoice's form, of its deletion, and of
        # the lock on a debt that begins to be paid (``_pom_lock_debts``).
        index="btree_not_null",
    )
    debtor_id = fields.Many2one(
        "res.partner",
        string="Statement of",
        readonly=True,
        ondelete="cascade",
        # Statements that were merged too: of messages about several invoices
        # (``pom.delivery``), and of a customer's deletion.
        index="btree_not_null",
        help="Set instead of an invoice: the link shows all that this debtor owes.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Debtor",
        compute="_compute_partner_id",
        search="_search_partner_id",
        compute_sudo=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    issued_to_id = fields.Many2one(
        "res.partner",
        string="Issued To",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who owed it when the link was made. It is no other debtor's.",
    )
    valid_until = fields.Date(
        required=True,
        readonly=True,
        help="Last day on which one can pay with this link; every message that "
        "carries it makes it later.",
    )
    withdrawn = fields.Boolean(
        readonly=True,
        help="Taken back by hand: the page tells so, whatever the invoice's state.",
    )
    last_attempt = fields.Datetime(
        readonly=True,
        help="When somebody last began to pay. Written under a lock, so that of two "
        "simultaneous attempts one fails and sees the other.",
    )
    printed = fields.Char(
        readonly=True,
        copy=False,
        help="What was left and asked when the invoice was drawn that is kept.",
    )
    merged_into_id = fields.Many2one(
        "pom.paylink",
        string="Merged Into",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
        help="The link that shows the same since two customers became one.",
    )
    transaction_ids = fields.One2many("payment.transaction", "pom_paylink_id")
    url = fields.Char(string="Address", compute="_compute_url", compute_sudo=True)
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("in_progress", "Payment in Progress"),
            ("received", "Received"),
            ("held", "Being Checked"),
            ("covered", "Covered by Credit"),
            ("planned", "Planned"),
            ("collected", "Collected by Us"),
            ("disputed", "Disputed"),
            ("blocked", "Blocked"),
            ("paid", "Paid"),
            ("credit", "Credit"),
            ("expired", "Expired"),
            ("withdrawn", "Withdrawn"),
        ],
        compute="_compute_state",
        compute_sudo=True,
    )

    _token_uniq = models.Constraint("UNIQUE(token)", "This token is taken.")
    _one_live_link = models.UniqueIndex(
        "(move_id) WHERE withdrawn IS NOT TRUE",
        "This invoice has a payment link already.",
    )
    _one_live_statement = models.UniqueIndex(
        "(debtor_id, company_id) WHERE debtor_id IS NOT NULL "
        "AND withdrawn IS NOT TRUE AND merged_into_id IS NULL",
        "This debtor has a statement link already.",
    )
    _one_debt = models.Constraint(
        "CHECK((move_id IS NULL) <> (debtor_id IS NULL))",
        "A payment link is for an invoice or for a statement.",
    )

    @api.depends("token", "company_id.pom_base_url")
    def _compute_url(self):
        bases = {
            company: company._pom_base_url() for company in self.mapped("company_id")
        }
        for link in self:
            link.url = f"{bases.get(link.company_id, '')}/p/{link.token}"

    @api.depends("move_id.partner_id", "debtor_id")
    def _compute_partner_id(self):
        for link in self:
            link.partner_id = link.move_id.partner_id or link.debtor_id

    def _search_partner_id(self, operator, value):
        return [
            "|",
            ("move_id.partner_id", operator, value),
            ("debtor_id", operator, value),
        ]

    @api.depends("valid_until", "withdrawn", "debtor_id", "move_id.pom_standing")
    def _compute_state(self):
        words = self._debt_words()
        for link in self:
            link.state = link._current_state(words.get(link.id))

    def _current_state(self, word):
        if self.withdrawn:
            return "withdrawn"
        state = STATES.get(word, word)
        is_over = state in PAYING and self.valid_until < self._today()
        return "expired" if is_over else state

    @api.depends("move_id.name", "debtor_id.display_name")
    def _compute_display_name(self):
        for link in self:
            link.display_name = (
                link.move_id.name or link.debtor_id.display_name or link.token
            )

    def _today(self):
        return self.company_id._pom_today()

    @api.model
    def _valid_until(self, company):
        return company._pom_today() + timedelta(days=company.pom_paylink_days)

    @api.model
    def _create_for(self, moves):
        """A link for each of these invoices that has none of its debtor; one INSERT
        for all.
        """
        if not moves:
            return self
        live = self.search_fetch(
            [("move_id", "in", moves.ids), ("withdrawn", "=", False)],
            ["move_id", "issued_to_id", "company_id"],
        )
        foreign = live.filtered(lambda link: link._is_of_another_debtor())
        if foreign:
            foreign._leave_to_another_debtor()
        linked = set((live - foreign).move_id._ids)
        return self.create(
            [
                {
                    "move_id": move.id,
                    "issued_to_id": move.partner_id.id,
                    "company_id": company.id,
                    "valid_until": until,
                }
                for company, group in moves.grouped("company_id").items()
                for until in [self._valid_until(company)]
                for move in group
                if move.id not in linked
            ]
        )

    @api.model
    def _create_for_open_invoices(self, batch=1000):
        """Links for what was open before this was installed."""
        moves = self.env["account.move"].search(
            [
                ("state", "=", "posted"),
                ("move_type", "in", PAYABLE),
                ("amount_residual", "!=", 0),
            ]
        )
        for start in range(0, len(moves), batch):
            self._create_for(moves[start : start + batch])

    def _renew(self):
        """Valid for the full time again, as from today."""
        for company, links in self.grouped("company_id").items():
            links.valid_until = self._valid_until(company)

    def action_withdraw(self):
        """Take the link back; the page then says so and nobody can pay there."""
        self.check_access("write")
        self.sudo().withdrawn = True

    def action_replace(self):
        """Withdraw, and give the debt a new link."""
        self.action_withdraw()
        self.sudo()._create_for(self.move_id)
        for link in self.filtered("debtor_id"):
            link.sudo()._statement_of(link.debtor_id, link.company_id)

    # -- paying ------------------------------------------------------------------------

    def _lock(self, moves=None):
        """Wait for whoever is beginning to pay the same debt, by its own link or by
        that of a statement.
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                "UPDATE pom_paylink SET last_attempt = %s WHERE id = %s",
                fields.Datetime.now(),
                self.id,
            )
        )
        (self.move_id if moves is None else moves)._pom_lock_debts()
        self.env.invalidate_all()

    def _begin_attempt(
        self, provider, method, operation="online_redirect", choice=None, token=None
    ):
        """A new transaction for what was chosen, or none when somebody is paying
        already, or nothing is due, or the link is over.

        It is committed before the provider is asked for anything: whatever happens
        then, there is a record to follow.

        :param Choice choice: None for all that is asked
        :param token: what it is charged to, if that was saved
        :rtype: payment.transaction
        """
        self.ensure_one()
        wanted = choice or self._choice()
        self._lock(wanted.moves)
        # What was chosen may have been paid while we waited.
        choice = self._choice(wanted.moves.ids, str(wanted.amount))
        if self.state not in PAYING or choice.problem:
            return self.env["payment.transaction"]
        attempt = self._create_attempt(provider, method, operation, choice)
        attempt.token_id = token
        self.env.cr.commit()  # pylint: disable=invalid-commit
        return attempt

    def _create_attempt(self, provider, method, operation, choice=None):
        choice = choice or self._choice()
        moves = choice.moves
        transaction = self.env["payment.transaction"].sudo()
        # Forty invoice numbers in a row fit in no provider's reference.
        prefix = f"{self.debtor_id.id}-{moves[:1].name}" if len(moves) > 1 else None
        return transaction.create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": transaction._compute_reference(
                    provider.code,
                    prefix=prefix,
                    invoice_ids=[Command.set(moves.ids)],
                ),
                "amount": float(choice.amount),
                "currency_id": choice.currency.id,
                "partner_id": self.partner_id.id,
                "operation": operation,
                "landing_route": f"/p/{self.token}",
                "invoice_ids": [Command.set(moves.ids)],
                "pom_paylink_id": self.id,
                "pom_expires_at": attempt_deadline(),
            }
        )

    def _attempts_under_way(self):
        """Attempts to pay what is behind this link that keep others out."""
        return self._documents()._pom_attempts_under_way()

    def _give_up(self):
        """Stop what is under way, so that the debtor can pay in another way."""
        self._attempts_under_way()._pom_make_way()

    def _bank_transfer(self, choice=None):
        """What somebody needs who pays from the own bank, or None when no account is
        known.

        :return: dict of ``holder``, ``iban``, ``bic``, ``reference`` (str) and
            ``account`` (record)
        """
        choice = choice or self._choice()
        account = self._account(choice.moves[:1])
        if not account or not choice.amount > 0:
            return None
        return {
            "holder": account._pom_holder(),
            "iban": account.acc_number,
            "bic": account.bank_id._pom_bic(),
            "reference": self._transfer_reference(choice.moves),
            "account": account,
        }

    def _transfer_reference(self, moves):
        if len(moves) == 1:
            return moves.payment_reference or moves.name
        names = " ".join(moves.mapped("name"))
        # 140 characters is what a transfer carries.
        return names if len(names) <= 140 else self.debtor_id.ref or moves[0].name
