import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as CONCURRENT
from odoo.tools import SQL

from ..matching.keys import kept_keys
from ..tools.news_queries import LINES_WITH_NEWS, WAITING_SINCE

_logger = logging.getLogger(__name__)

#: Once in so long a line is tried whatever is new: it may be told by what was changed
#: elsewhere, such as the name of a customer.
ANYWAY = timedelta(days=1)


class AccountBankStatementLine(models.Model):
    """Lines that were left open, tried again when something new may concern them."""

    _inherit = "account.bank.statement.line"

    pom_keys = fields.Json("What It Says", readonly=True, copy=False)

    def _pom_keep_keys(self, bank_lines):
        """Note what these lines say, by which something new is held against them."""
        said = {line.id: kept_keys(line) for line in bank_lines}
        for line in self:
            if line.pom_keys != said[line.id]:
                line.pom_keys = said[line.id]

    @api.model
    def _pom_to_try(self, limit=None, after=0):
        """Return open lines worth another try: never tried, or tried before something
        new that shares a word with them. What a person undid is left to persons."""
        return self.search(
            self._pom_to_try_domain() & Domain("id", ">", after),
            limit=limit,
            order="id",
        )

    @api.model
    def _pom_to_try_domain(self):
        self.env.flush_all()
        journals = self.env["account.journal"].search([("pom_match_from", "!=", False)])
        tried = Domain("pom_tried_on", "=", False) & ~journals._pom_past_domain()
        tried |= Domain("pom_tried_on", "<", fields.Datetime.now() - ANYWAY)
        tried |= Domain("id", "in", self._pom_with_news())
        (listed,) = self.env.execute_query(
            SQL("SELECT max(create_date) FROM pom_payout")
        )[0]
        if listed:
            tried |= Domain("pom_tried_on", "<", listed)
        return (
            tried
            & Domain("is_reconciled", "=", False)
            & Domain("state", "=", "posted")
            & Domain("journal_id.pom_auto_match", "=", True)
            & ~Domain("pom_match_ids.state", "=", "undone")
        )

    @api.model
    def _pom_with_news(self):
        """Ids of open lines that say a word of something that came since they were
        tried.
        """
        kinds = ("asset_receivable", "liability_payable")
        accounts = (
            self.env["account.account"]
            .sudo()
            ._search(
                [("account_type", "in", kinds)], active_test=False, bypass_access=True
            )
        )
        waiting = self.env.execute_query(SQL(WAITING_SINCE))
        if not waiting:
            return []
        [(since, before)] = waiting
        query = SQL(
            LINES_WITH_NEWS,
            accounts=accounts.subselect(),
            since=since,
            before=before,
        )
        # That what is open is little of what there ever was, no statistics say.
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        rows = self.env.execute_query(query)
        self.env.cr.execute("SET LOCAL enable_seqscan TO DEFAULT")
        return [line_id for (line_id,) in rows]

    @api.model
    def _cron_pom_auto_match(self, batch=200):
        """Try open lines again; what is done is kept, batch by batch."""
        cron = self.env["ir.cron"]
        ids = self._pom_to_try().ids
        cron._commit_progress(remaining=len(ids))
        for start in range(0, len(ids), batch):
            lines = self.browse(ids[start : start + batch]).exists()
            try:
                lines._pom_try_by_halves()
            except CONCURRENT as error:
                self.env.cr.rollback()
                _logger.info("Bank lines are tried again later: %s", error)
            left = max(len(ids) - start - batch, 0)
            if not cron._commit_progress(len(lines), remaining=left):
                break
            self.env.invalidate_all()

    def _pom_try_by_halves(self):
        """Match; a line that makes the program fail is found and left alone."""
        try:
            with self.env.cr.savepoint():
                self._pom_auto_match()
        except CONCURRENT:
            raise
        except Exception:
            self.env.invalidate_all()
            if len(self) > 1:
                middle = len(self) // 2
                self[:middle]._pom_try_by_halves()
                self[middle:]._pom_try_by_halves()
                return
            _logger.exception("Bank line %s can't be matched", self.id)
            self.pom_tried_on = fields.Datetime.now()
