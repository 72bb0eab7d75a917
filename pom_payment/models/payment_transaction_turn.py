import logging

from odoo import models
from odoo.exceptions import LockError
from odoo.tools import SQL

from ..utils import BUSY, being_updated

_logger = logging.getLogger(__name__)

#: How often what the provider answered is written down before it's left to the sweep.
WRITE_TRIES = 5


class PaymentTransaction(models.Model):
    """Whose turn it is: the payer's page, the provider's news and the sweep may all be
    at the same payment.
    """

    _inherit = "payment.transaction"

    def _pom_note_committed(self, note, answer):
        """The provider's answer isn't lost when its webhook was faster and changed the
        same row.

        :param note: method of this transaction that writes the answer down
        """
        for _try in range(WRITE_TRIES):
            try:
                # Whoever wrote while the provider was asked came before: what is read
                # from here on is theirs.
                self.env.cr.commit()  # pylint: disable=invalid-commit
                self._pom_lock("FOR NO KEY UPDATE")
                self.env.invalidate_all()
                note(answer)
                self.env.cr.commit()  # pylint: disable=invalid-commit
                return
            except BUSY:
                self.env.cr.rollback()
                self.env.invalidate_all()
        _logger.error("Transaction %s: the provider's answer isn't kept", self.id)

    def _pom_lock(self, how="FOR NO KEY UPDATE SKIP LOCKED"):
        """Lock these rows, as ``lock_for_update`` does. That somebody else changed them
        meanwhile, after which the same is done again, is no error that a log should
        have.

        :param how: PostgreSQL's clause; one that doesn't skip waits
        :raises LockError: when somebody else is at it
        """
        query = SQL(
            "SELECT FROM payment_transaction WHERE id IN %s %s",
            tuple(self.ids),
            SQL(how),
        )
        self.env.cr.execute(query, log_exceptions=False)
        if self.env.cr.rowcount != len(self):
            raise LockError(being_updated(self.env))
