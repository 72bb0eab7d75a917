from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.debt.aged import aged
from odoo.addons.pom_payment.models.account_move_coming import DIRECT_DEBITS
from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

#: More than there are journal items: from the row of a part to that of the next one.
STEP = 2**31
#: Since when which customers aren't to be reminded, of themselves or as a whole: of the
#: few that it's said of.
QUIET = """(
       SELECT partner.id, GREATEST(partner.pom_quiet_until,
                                   owner.pom_quiet_until) AS until
         FROM res_partner partner
         JOIN res_partner owner ON owner.id = partner.commercial_partner_id
        WHERE partner.id IN (
              SELECT id FROM res_partner WHERE pom_quiet_until IS NOT NULL
               UNION
              SELECT member.id
                FROM res_partner owner
                JOIN res_partner member ON member.commercial_partner_id = owner.id
               WHERE owner.pom_quiet_until IS NOT NULL))"""
#: What is open of the receivable accounts: of each by core's index of what isn't
#: reconciled. OFFSET has PostgreSQL seek these and their documents, instead of joining
#: all that ever was open.
ALL_LINES = """(SELECT id FROM account_account
                 WHERE account_type = 'asset_receivable' OFFSET 0) account
    CROSS JOIN LATERAL (SELECT * FROM account_move_line open
                         WHERE open.account_id = account.id
                           AND open.reconciled IS NOT TRUE
                           AND open.parent_state = 'posted'
                           AND open.amount_residual <> 0 OFFSET 0) line"""
#: And of some documents.
LINES_OF = """(SELECT open.*
                  FROM account_move_line open
                  JOIN account_account account ON account.id = open.account_id
                 WHERE open.move_id = ANY(ARRAY(%s))
                   AND account.account_type = 'asset_receivable'
                   AND open.reconciled IS NOT TRUE
                   AND open.parent_state = 'posted'
                   AND open.amount_residual <> 0 OFFSET 0) line"""
#: Open items, each with its day, and since when it is late.
ITEMS = """
        SELECT line.id + COALESCE(told.part, 0) * %(step)s AS id,
               line.move_id, line.partner_id, line.company_id,
               line.company_currency_id AS currency_id,
               CASE WHEN move.move_type IN %(payable)s THEN 'invoices'
                    WHEN move.move_type = 'out_refund' THEN 'credit_notes'
                    WHEN %(is_money)s THEN 'payments' ELSE 'others' END AS kind,
               CASE WHEN told.move_id IS NULL THEN line.amount_residual
                    ELSE ROUND(line.amount_residual * told.high, %(digits)s)
                       - ROUND(line.amount_residual * told.low, %(digits)s)
                    END AS residual,
               today.day,
               due.day AS date_maturity,
               CASE WHEN told.move_id IS NULL THEN due.day
                    ELSE told.late_since END AS late_since,
               GREATEST(move.pom_quiet_until, quiet.until) AS quiet_until,
               %(collected)s OR told.collected IS NOT NULL AS is_collected,
               told.collected AS collected_on
          FROM %(lines)s
    CROSS JOIN LATERAL (SELECT * FROM account_move owed
                         WHERE owed.id = line.move_id OFFSET 0) move
          JOIN today ON today.company_id = line.company_id
          JOIN res_currency currency ON currency.id = line.company_currency_id
     LEFT JOIN told ON told.move_id = line.move_id
                   AND COALESCE(told.maturity, line.date_maturity)
                       IS NOT DISTINCT FROM line.date_maturity
     LEFT JOIN %(quiet)s quiet ON quiet.id = line.partner_id
     LEFT JOIN account_payment_method_line way
            ON way.id = move.preferred_payment_method_line_id
     LEFT JOIN account_payment_method method ON method.id = way.payment_method_id
    CROSS JOIN LATERAL (
            SELECT COALESCE(told.due, line.date_maturity, line.date)) due(day)"""


class PomDebtorReport(models.Model):
    """What is open, how old it is, and when the money may come: one row for each open
    item of the receivable accounts, so that all of them are what the books say.
    """

    _name = "pom.debtor.report"
    _description = "Aged Debtors and Expected Cash"
    _auto = False
    _rec_name = "move_id"
    _order = "date_maturity, id"
    _depends = {
        "account.move": [
            "payment_state",
            "move_type",
            "origin_payment_id",
            "pom_disputed_amount",
            "pom_quiet_until",
            "preferred_payment_method_line_id",
            "statement_line_id",
        ],
        "account.move.line": [
            "account_id",
            "amount_residual",
            "date",
            "date_maturity",
            "parent_state",
            "partner_id",
            "reconciled",
        ],
        "pom.debtor.habit": ["days"],
        "res.partner": ["commercial_partner_id", "pom_quiet_until"],
    }

    move_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    kind = fields.Selection(
        selection=[
            ("invoices", "Invoice"),
            ("credit_notes", "Credit note"),
            ("payments", "Payment"),
            ("others", "Other entry"),
        ],
        readonly=True,
    )
    date_maturity = fields.Date(string="Due Date", readonly=True)
    days_overdue = fields.Integer(readonly=True, aggregator="max")
    age = fields.Selection(
        selection=[
            ("0", "Not due"),
            ("1", "1-30 days"),
            ("2", "31-60 days"),
            ("3", "61-90 days"),
            ("4", "Over 90 days"),
            ("5", "Not asked now"),
        ],
        readonly=True,
        help="Not asked now: its day has passed, and it is disputed, on its way, "
        "covered by money of the customer, collected by us, blocked or withdrawn.",
    )
    residual = fields.Monetary(string="Open", readonly=True)
    is_collected = fields.Boolean(
        string="Collected by Us",
        readonly=True,
        help="By direct debit, or as the customer agreed.",
    )
    quiet_until = fields.Date(
        string="No Reminders Until",
        readonly=True,
        help="Of the invoice or the customer, whichever is later.",
    )
    usual_delay = fields.Integer(
        string="Usual Delay (days)",
        readonly=True,
        aggregator="avg",
        help="How many days after the due date this customer paid, over a year; "
        "counted anew each day.",
    )
    expected_date = fields.Date(
        string="Expected On",
        readonly=True,
        help="The due date and the customer's usual delay, the end of a time without "
        "reminders when that is later, or the day on which we collect. Empty when that "
        "day is over or the time has no end: nobody knows then.",
    )
    expected = fields.Selection(
        selection=[
            ("0", "Late, day unknown"),
            ("1", "This week"),
            ("2", "Next week"),
            ("3", "In two weeks"),
            ("4", "In three weeks"),
            ("5", "In four weeks"),
            ("6", "Later"),
            ("7", "On hold or contested, day unknown"),
        ],
        readonly=True,
        help="In which week, or why nobody knows: it's later than this customer ever "
        "paid, or it isn't asked.",
    )

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        # EXTENDS 'base': the rule on companies looks at what was found, and would have
        # all of the report made again for that.
        if field_names is not None:
            field_names = {*field_names, "company_id"}
        return super().search_fetch(domain, field_names, offset, limit, order)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH %(known)s,
                 item AS (%(items)s)
            SELECT item.id, item.move_id, item.partner_id, item.company_id,
                   item.currency_id, item.kind, item.date_maturity, item.residual,
                   item.is_collected, item.quiet_until,
                   CASE WHEN item.residual > 0
                        THEN GREATEST(item.day - item.late_since, 0)
                        ELSE 0 END AS days_overdue,
                   CASE WHEN item.late_since IS NULL
                         AND item.date_maturity < item.day THEN '5'
                        WHEN COALESCE(item.late_since, item.day) >= item.day THEN '0'
                        WHEN item.late_since >= item.day - 30 THEN '1'
                        WHEN item.late_since >= item.day - 60 THEN '2'
                        WHEN item.late_since >= item.day - 90 THEN '3'
                        ELSE '4' END AS age,
                   habit.days AS usual_delay,
                   CASE WHEN expected.day >= item.day AND expected.day < '9999-12-31'
                        THEN expected.day END AS expected_date,
                   CASE WHEN expected.day >= item.day AND expected.day < '9999-12-31'
                        THEN LEAST(week.number, 5) + 1
                        WHEN expected.day < item.day AND item.late_since < item.day
                        THEN 0 ELSE 7 END::text AS expected
              FROM item
         LEFT JOIN pom_debtor_habit habit
                ON habit.company_id = item.company_id
               AND habit.partner_id = item.partner_id
        CROSS JOIN LATERAL (
                SELECT CASE WHEN item.collected_on IS NOT NULL
                            THEN item.collected_on
                            WHEN item.is_collected
                            THEN GREATEST(item.date_maturity, item.day)
                            ELSE GREATEST(
                                 item.date_maturity + COALESCE(habit.days, 0),
                                 item.quiet_until) END
                       ) expected(day)
        CROSS JOIN LATERAL (
                SELECT (DATE_TRUNC('week', expected.day)::date
                        - DATE_TRUNC('week', item.day)::date) / 7) week(number)
            """,
            known=self._sql_known(self._told_now()),
            items=self._query_items(),
        )

    @api.model
    def _sql_known(self, told):
        """What is known beside the journal items: the day of each company, and of which
        invoices they don't tell how late they are.

        :param told: rows of :meth:`_rows_told`
        """
        nothing = SQL(
            "(NULL::int, NULL::date, 0, NULL::date, NULL::date, 0::numeric,"
            " 1::numeric, NULL::date)"
        )
        rows = [
            SQL("(%s, %s::date, %s, %s::date, %s::date, %s, %s, %s::date)", *row)
            for row in told
        ]
        return SQL(
            """today(company_id, day) AS (%s),
               told(move_id, maturity, part, due, late_since, low, high, collected)
                   AS (VALUES %s)""",
            self._query_today(),
            SQL(", ").join([nothing, *rows]),
        )

    @api.model
    def _companies(self):
        return self.env["res.company"].sudo().search_fetch([], ["partner_id"])

    @api.model
    def _query_today(self):
        """The day of each company: it doesn't end at midnight in Greenwich."""
        rows = [SQL("(%s, %s::date)", c.id, c._pom_today()) for c in self._companies()]
        return SQL("VALUES %s", SQL(", ").join(rows))

    @api.model
    def _told_now(self):
        self.env.flush_all()
        return self.env["account.move"]._pom_read_once(self._name, self._rows_told)

    @api.model
    def _rows_told(self):
        """Invoices of which the journal items don't tell how late they are: a row for
        each part, ``low`` to ``high`` of what is open; of the items of one day of
        ``maturity``, or of all where a plan was agreed to.

        :rtype: list[tuple]
        """
        moves = self.env["account.move"]._pom_not_as_booked(self._companies())
        return [
            (move.id, day, n, *row)
            for move, parts in self._told(moves).items()
            for n, (day, *row) in enumerate(parts)
        ]

    @api.model
    def _told(self, moves):
        """
        :return: by invoice rows of maturity, day, since when it's late, and share of
            what is open, from and to, and the day on which we collect it
        """
        today = {company: company._pom_today() for company in moves.company_id}
        facts = moves._pom_covered_facts()
        return {
            move: list(aged(facts[move.id], today[move.company_id])) for move in moves
        }

    @api.model
    def _query_items(self, moves=None):
        """
        :param SQL moves: a query of the ids of some documents; None for all
        """
        return SQL(
            ITEMS,
            lines=SQL(LINES_OF, moves) if moves else SQL(ALL_LINES),
            quiet=SQL(QUIET),
            collected=self._is_collected(),
            step=STEP,
            digits=SQL("currency.decimal_places"),
            payable=PAYABLE,
            is_money=self.env["account.move"]._pom_sql_is_money(SQL("move")),
        )

    @api.model
    def _is_collected(self):
        """As the facts about a debt say."""
        moves = self.env["account.move"]
        if moves._pom_knows_mandates():
            return moves._pom_sql_debited()
        return SQL("COALESCE(method.code IN %s, FALSE)", DIRECT_DEBITS)
