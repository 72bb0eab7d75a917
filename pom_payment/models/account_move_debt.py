from collections import defaultdict
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..around import around, is_looked_at
from ..debt.facts import Discount, Due, Facts
from ..debt.reasons import REFUSAL
from ..debt.standing import Standing, standing
from ..listed_fields import ListedSelection
from .pom_payer_request import UNANSWERED

#: Kinds of documents that a debtor is asked to pay.
PAYABLE = ("out_invoice", "out_receipt")
#: And those that lower what is asked.
DOCUMENTS = (*PAYABLE, "out_refund")
#: What is read of an invoice to know how it stands.
FACTS = (
    "state",
    "move_type",
    "payment_state",
    "company_id",
    "currency_id",
    "amount_total",
    "amount_residual",
    "commercial_partner_id",
    "pom_disputed_amount",
    "preferred_payment_method_line_id",
)
#: What a standing is made of, as far as fields tell; the rest is the day.
DEPENDS = (
    "state",
    "move_type",
    "payment_state",
    "amount_residual",
    "pom_disputed_amount",
    "pom_paylink_ids.withdrawn",
    "pom_request_ids.state",
    "transaction_ids.state",
    "transaction_ids.is_post_processed",
    "transaction_ids.pom_expires_at",
    "transaction_ids.pom_problem",
    "matched_payment_ids.state",
)
#: Expression of the parts of one document, of its journal items: the first columns of
#: ``_pom_query_terms`` but the document's.
TERMS_AS_JSON = """
    json_agg(json_build_array(
                 date_maturity, amount_currency, amount_residual_currency,
                 discount_date, discount_amount_currency)
             ORDER BY date_maturity, id)
    FILTER (WHERE display_type = 'payment_term')"""


class Terms(NamedTuple):
    """
    :param dues: parts, and ``discounts`` for who pays early, by document.
    :param live: ids of those whose link wasn't taken back.
    :param unanswered: ids of those whose debtor waits for an answer.
    :param moving: ids of those of which money may be on its way.
    """

    dues: dict
    discounts: dict
    live: set
    unanswered: set
    moving: set


class StandingField(fields.Json):
    """Holds a :class:`Standing` in the cache, for who reads many or reads it again;
    over the wire goes nothing.
    """

    def convert_to_cache(self, value, record, validate=True):
        return value or None

    def convert_to_record(self, value, record):
        return value or Standing("none")

    def convert_to_read(self, value, record, use_display_name=True):
        return False

    def convert_to_export(self, value, record):
        return ""


class AccountMove(models.Model):
    """How a debt stands: facts are gathered here, for a batch and with a fixed number
    of queries; ``debt.standing`` derives all the rest. Nobody else reads what is open,
    due, late or on its way.
    """

    _inherit = "account.move"

    pom_standing = StandingField(compute="_compute_pom_standing", compute_sudo=True)
    pom_amount_asked = fields.Monetary(
        string="Amount Asked Now",
        compute="_compute_pom_asked",
        compute_sudo=True,
        help="What page, codes and messages ask: what is due, with the discount for "
        "who pays early, and without what is on its way or contested.",
    )
    pom_day_asked = fields.Date(
        string="To Be Paid By",
        compute="_compute_pom_asked",
        compute_sudo=True,
        help="Of the oldest part that is asked. An early payment discount has a day of "
        "its own.",
    )
    pom_payment_status = ListedSelection(
        selection=[
            ("open", "To pay"),
            ("overdue", "Overdue"),
            ("partial", "Partly paid"),
            ("covered", "Covered by credit"),
            ("planned", "Not due yet"),
            ("collected", "Collected by us"),
            ("disputed", "Disputed"),
            ("handed_over", "Handed over"),
            ("in_progress", "Payment in progress"),
            ("received", "Received, being booked"),
            ("held", "Received, being checked"),
            ("paid", "Paid"),
            ("credit", "Credit"),
            ("reversed", "Credited"),
            ("blocked", "Blocked"),
            ("withdrawn", "Withdrawn"),
            ("draft", "Draft"),
            ("cancelled", "Cancelled"),
        ],
        string="Payment Status (link)",
        compute="_compute_pom_asked",
        compute_sudo=True,
    )

    @api.depends(*DEPENDS)
    def _compute_pom_standing(self):
        standings = self._pom_standings()
        for move in self:
            move.pom_standing = standings[move.id]

    @api.depends("pom_standing")
    def _compute_pom_asked(self):
        for move in self:
            one = move.pom_standing
            move.pom_amount_asked = float(one.asked)
            move.pom_day_asked = one.day_asked
            known = move.move_type in PAYABLE and one.word != "none"
            move.pom_payment_status = known and one.word

    def _pom_standings(self):
        """
        :rtype: dict[int, Standing]
        """
        today = {company: company._pom_today() for company in self.company_id}
        facts = self._pom_covered_facts()
        return {
            move.id: standing(facts[move._origin.id], today[move.company_id])
            if move._origin
            else Standing("draft")
            for move in self
        }

    def _pom_refusal(self):
        """Why no payment of this may begin, in words; '' when one may."""
        sentence = REFUSAL.get(self.pom_standing.word, "")
        return sentence and self.env._(sentence)  # pylint: disable=translation-required

    # -- facts -------------------------------------------------------------------------

    def _pom_facts(self):
        """What is known about each of these debts by itself, by id. Hook: an addon that
        knows more does ``facts = super()._pom_facts()`` and replaces its own field.

        :rtype: dict[int, Facts]
        """
        moves = self.sudo()._origin
        if not is_looked_at(moves):
            moves.fetch(moves._pom_fact_fields())
        terms = moves._pom_terms()
        coming = moves._pom_coming(
            moves.filtered(
                lambda move: move.id in terms.moving or move.id not in terms.dues
            )
        )
        plans = moves._pom_plans(terms.dues)
        claims = moves._pom_claims()
        return {
            move.id: Facts(
                books=move._pom_books(),
                dues=terms.dues.get(move.id, ()),
                plan=plans.get(move.id, ()),
                discount=terms.discounts.get(move.id),
                claims=claims.get(move.id, ()),
                disputed=move._pom_decimal(move.pom_disputed_amount),
                coming=tuple(coming.get(move.id, ())),
                withdrawn=move.move_type in PAYABLE and move.id not in terms.live,
                unanswered=move.id in terms.unanswered,
            )
            for move in moves
        }

    @api.model
    def _pom_fact_fields(self):
        """Fields that :meth:`_pom_facts` reads, in one query. Hook.

        :rtype: tuple[str]
        """
        return FACTS

    def _pom_books(self):
        """Why the books ask for nothing; '' when they do."""
        if self.move_type not in DOCUMENTS:
            return "none"
        if self.state != "posted":
            return "draft" if self.state == "draft" else "cancelled"
        known = {"reversed": "reversed", "blocked": "blocked"}
        return known.get(self.payment_state, "")

    def _pom_decimal(self, amount):
        return _decimal(amount, self.currency_id.decimal_places)

    @api.model
    def _pom_unsettled(self):
        """Domain of what the books have open, whoever asks for it or not: what was said
        about it is kept.
        """
        return [("amount_residual", "!=", 0)]

    def _pom_paid_part(self):
        """What the books have as paid of this invoice."""
        return self._pom_decimal(self.amount_total) - self.pom_standing.left

    def _pom_terms(self):
        """What the journal items, the links and the requests say of each document, in
        one query.

        :rtype: Terms
        """
        found = Terms(defaultdict(tuple), {}, set(), set(), set())
        rows = self._pom_rows_of_terms() if self.ids else ()
        digits = {move.id: move.currency_id.decimal_places for move in self}
        for move_id, day, amount, left, until, discounted, *flags in rows:
            decimal = partial(_decimal, digits=digits[move_id])
            due = Due(day, decimal(amount), decimal(left))
            found.dues[move_id] += (due,)
            # Core grants it as long as nothing was paid.
            if until and due.left == due.amount and due.left > 0:
                off = due.amount - decimal(discounted)
                found.discounts[move_id] = Discount(off, until)
            for flag, ids in zip(flags, found[2:], strict=True):
                if flag:
                    ids.add(move_id)
        return found

    def _pom_rows_of_terms(self):
        if is_looked_at(self):
            return around(self.env).terms
        self.env["account.move.line"].flush_model(
            ["date_maturity", "amount_residual_currency", "discount_date"]
        )
        self.env["pom.paylink"].flush_model(["move_id", "withdrawn"])
        self.env["pom.payer.request"].flush_model(["state", "move_ids"])
        return self.env.execute_query(self._pom_query_terms(tuple(self.ids)))

    @api.model
    def _pom_query_terms(self, ids):
        signs = self._pom_sql_moving(SQL("line.move_id")).values()
        return SQL(
            """
            SELECT line.move_id, line.date_maturity, line.amount_currency,
                   line.amount_residual_currency, line.discount_date,
                   line.discount_amount_currency,
                   (SELECT TRUE FROM pom_paylink link
                     WHERE link.move_id = line.move_id
                       AND link.withdrawn IS NOT TRUE LIMIT 1) AS live,
                   (SELECT TRUE
                      FROM pom_payer_request_move_rel rel
                      JOIN pom_payer_request request ON request.id = rel.request_id
                     WHERE rel.move_id = line.move_id
                       AND request.state IN %s LIMIT 1) AS unanswered,
                   COALESCE(%s) AS moving
              FROM account_move_line line
             WHERE line.move_id IN %s AND line.display_type = 'payment_term'
          ORDER BY line.move_id, line.date_maturity, line.id
            """,
            UNANSWERED,
            SQL(", ").join(signs),
            ids,
        )

    def _pom_plans(self, dues):
        """Parts that were agreed to, of those debts whose plan is kept. Hook.

        :param dict[int, tuple[Due]] dues: the documents' own parts, as far as known
        :rtype: dict[int, tuple[Due]]
        """
        return {}

    def _pom_plan_state(self):
        """How the newest plan for this debt stands; '' where there never was one. Hook.

        :rtype: str
        """
        return ""


def _decimal(amount, digits):
    return Decimal(f"{amount or 0:.{digits}f}")
