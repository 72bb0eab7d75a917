import logging

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as CONCURRENT

_logger = logging.getLogger(__name__)


class AccountBankStatementLine(models.Model):
    """What our matching leaves open, and a reconciliation model of OCA's is to book."""

    _inherit = "account.bank.statement.line"

    def _pom_of_models(self):
        """Open lines that a model books by itself. Only these are left to OCA's way:
        its search for invoices looks at no amount.
        """
        # Their query takes each label as a pattern: not without need.
        if not self or not self._pom_has_models():
            return self.browse()
        rules = self.env["account.reconcile.model"].sudo()
        return self.browse(rules._get_rules(self._pom_filter_open()))

    @api.model
    def _pom_has_models(self):
        """Whether any books by itself."""
        rules = self.env["account.reconcile.model"].sudo()
        return bool(rules.search_count([("trigger", "=", "auto_reconcile")], 1))

    def _pom_follow_models(self):
        """Have them book lines that were just imported. The statement is imported,
        whatever happens here.
        """
        try:
            with self.env.cr.savepoint():
                chosen = self.filtered("journal_id.pom_auto_match")._pom_of_models()
                if chosen:
                    quiet = {"pom_importing": False, "pom_by_rule": True}
                    chosen.with_context(**quiet)._auto_reconcile()
        except CONCURRENT:
            raise
        except Exception:
            self.env.invalidate_all()
            _logger.exception("Reconciliation models can't be followed")
