from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

from ..tools import cursor
from ..tools.problems import Refusal

#: Debts that one page looks at for a status, which no column holds.
LOOKED_AT = 1000
STEP = 200
#: Nothing is older, or newer.
EARLIEST, LATEST = datetime(2000, 1, 1), datetime(3000, 1, 1)
#: A transaction is seen by others so soon after it began, and much sooner.
JUST_BEGUN = timedelta(seconds=1)
#: Documents of a number: posted ones by core's index (name, journal_id), those that are
#: drafts again or cancelled by core's (journal_id, state, …): there are few.
NUMBERED = """(
    SELECT id FROM account_move
     WHERE name = %(number)s AND name <> '/' AND state = 'posted'
     UNION ALL
    SELECT move.id
      FROM account_journal journal
      JOIN account_move move
        ON move.journal_id = journal.id AND move.state IN ('draft', 'cancel')
     WHERE move.name = %(number)s)"""
#: The settled parts of this company's debts, in the order in which they were.
PAYMENTS = """
    SELECT partial.id
      FROM account_partial_reconcile partial
      JOIN account_move_line line ON line.id = partial.debit_move_id
      JOIN account_move move ON move.id = line.move_id
     WHERE partial.id > %s AND partial.company_id = %s
       AND move.company_id = %s AND move.move_type IN %s
     ORDER BY partial.id LIMIT %s"""


class PomSubscriber(models.Model):
    """What a third system reads: pages of which each takes as long as the first."""

    _inherit = "pom.subscriber"

    def _debts(self):
        """Domain of what this system may know, which asks in its company."""
        return [
            ("company_id", "=", self.env.company.id),
            ("move_type", "in", PAYABLE),
            ("posted_before", "=", True),
        ]

    def _invoice_told(self, number):
        moves = self.env["account.move"]
        move = moves.search_fetch(
            [*self._debts(), ("id", "=", number)], moves._pom_fields_told()
        )
        if not move:
            raise Refusal(404, "This company has no such invoice.")
        return move._pom_told()

    @api.model
    def _complete_until(self):
        """A moment, in UTC: what is dated before it is there, and is seen from now on.
        Rows bear the date on which their transaction began, so who is still writing
        holds it back.
        """
        [[moment]] = self.env.execute_query(
            SQL(
                """
                SELECT LEAST(clock_timestamp(), MIN(xact_start)) AT TIME ZONE 'UTC' - %s
                  FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid()
                   AND backend_type = 'client backend'
                """,
                JUST_BEGUN,
            )
        )
        # What was written until then is seen by a transaction that begins now.
        self.env.cr.commit()  # pylint: disable=invalid-commit
        return moment

    def _page_of_invoices(self, filters, after, limit, until):
        """
        :param dict filters: parameters of the address
        :param datetime until: of the first page, as :meth:`_complete_until` says it
        """
        moves = self.env["account.move"]
        domain = [*self._debts(), *self._filter(filters)]
        status = filters.get("status")
        step = STEP if status else limit + 1
        until = until if "changed_since" in filters else None
        told, last, looked = [], after, 0
        while looked < LOOKED_AT:
            found = moves.search_fetch(
                [*domain, ("id", ">", last)],
                moves._pom_fields_told(),
                order="id",
                limit=step,
            )
            settled = found._pom_read_to_tell()
            for move in found:
                if len(told) == limit:
                    return {"invoices": told, "next": cursor.write(last, until)}
                last = move.id
                # As it's told, so that a filter and what is shown can't differ.
                if not status or move._pom_status_told() == status:
                    told.append(move._pom_told(settled[move.id]))
            looked += len(found)
            if len(found) < step:
                return {"invoices": told, "next": None}
        return {"invoices": told, "next": cursor.write(last, until)}

    def _filter(self, filters):
        domain = []
        if "number" in filters:
            domain.append(("id", "in", self._numbered(filters["number"])))
        for name, field in (
            ("reference", "payment_reference"),
            ("customer", "partner_id.ref"),
        ):
            if name in filters:
                domain.append((field, "=", filters[name]))
        moves = self.env["account.move"]
        domain += moves._pom_due_domain(
            filters.get("due_from"), filters.get("due_until")
        )
        domain += moves._pom_status_domain(filters.get("status"))
        if since := filters.get("changed_since"):
            domain.append(("id", "in", self._changed_since(since)))
        return domain

    def _numbered(self, number):
        """
        :return: query for ids of documents
        """
        self.env["account.move"].flush_model(["journal_id", "name", "state"])
        return SQL(NUMBERED, number=number)

    @api.model
    def _moment(self, text):
        """
        :return: in UTC, as it's kept
        """
        moment = datetime.fromisoformat(text)
        # What a zone makes of the first and the last year is no moment.
        local = min(max(moment.replace(tzinfo=None), EARLIEST), LATEST)
        return local - (moment.utcoffset() or timedelta())

    def _changed_since(self, text):
        """
        :return: query for ids of invoices
        """
        self.env["pom.outbound.event"].flush_model()
        return SQL(
            "(SELECT move_id FROM pom_outbound_event"
            " WHERE subscriber_id = %s AND create_date >= %s AND move_id IS NOT NULL)",
            self.id,
            fields.Datetime.to_string(self._moment(text)),
        )

    def _page_of_payments(self, after, limit):
        self.env.flush_all()
        company = self.company_id.id
        query = SQL(PAYMENTS, after, company, company, PAYABLE, limit + 1)
        rows = self.env.execute_query(query)
        more = len(rows) > limit
        ids = [row[0] for row in rows[:limit]]
        partials = self.env["account.partial.reconcile"].browse(ids)
        noted = partials._pom_noted()
        return {
            "payments": [
                partial.debit_move_id.move_id._pom_settled_told(
                    partial, noted.get(partial.id, 0)
                )
                for partial in partials
            ],
            "next": cursor.write(ids[-1]) if more else None,
        }
