import time
from datetime import datetime, timezone
from hmac import compare_digest

from odoo import fields, models
from odoo.tools import SQL, hmac

#: How long the page tells what became of a payment that wasn't made.
TELLING_MINUTES = 30
#: Of these nothing was charged.
ENDED = ("cancel", "error")


class PomPaylink(models.Model):
    """What somebody had before the eyes who presses Pay, and what became of it since:
    an old page never pays something else.
    """

    _inherit = "pom.paylink"

    def _mark(self, choice):
        """Of what a page shows to be paid: sent along with every form that pays.

        :return: when it was shown, and a seal of link, documents, what is open of each,
            the amount, and the last payment of them
        """
        return f"{int(time.time())}-{self._mark_seal(choice)}"

    def _mark_seal(self, choice):
        digits = choice.currency.decimal_places
        moves = choice.moves.sorted("id")
        seen = (
            self.id,
            [(move.id, str(move.pom_standing.left)) for move in moves],
            f"{choice.amount:.{digits}f}",
            self._last_paid(moves),
        )
        return hmac(self.env(su=True), "pom-mark", seen)[:32]

    def _last_paid(self, moves):
        """Id of the last payment of these that a provider took; None when there is
        none.
        """
        if not moves or not self._may_have("attempts"):
            return None
        self.env["payment.transaction"].flush_model(["state", "invoice_ids"])
        [(last,)] = self.env.execute_query(
            SQL(
                """
                SELECT max(tx.id)
                  FROM account_invoice_transaction_rel rel
                  JOIN payment_transaction tx ON tx.id = rel.transaction_id
                 WHERE rel.invoice_id IN %s AND tx.state = 'done'
                """,
                tuple(moves.ids),
            )
        )
        return last

    def _is_as_seen(self, choice, mark):
        """Whether what was shown is still to be paid so.

        :param str mark: as the form brought it back
        """
        seal = mark.partition("-")[2]
        return compare_digest(seal.encode(), self._mark_seal(choice).encode())

    def _paid_since(self, mark, items=()):
        """The payment that was made since a page was shown, of what can be paid there.

        :param items: ids of the documents that were named there
        :rtype: payment.transaction
        """
        shown = mark.partition("-")[0]
        moment = int(shown) if shown.isdecimal() and len(shown) < 12 else 0
        since = datetime.fromtimestamp(moment, timezone.utc).replace(tzinfo=None)
        return self._last_payment(items, [("last_state_change", ">=", since)])

    def _last_payment(self, items=(), since=()):
        """
        :return: the last payment that a provider took of what is behind this link
        :rtype: payment.transaction
        """
        ours = [("pom_paylink_id", "=", self.id)]
        if self.move_id:
            ours = ["|", *ours, ("invoice_ids", "in", self.move_id.ids)]
        elif items:
            debtor = ("partner_id", "child_of", self.debtor_id.commercial_partner_id.id)
            ours = ["|", *ours, "&", debtor, ("invoice_ids", "in", list(items))]
        return (
            self.env["payment.transaction"]
            .sudo()
            .search(
                [
                    ("state", "=", "done"),
                    ("operation", "!=", "refund"),
                    *since,
                    *ours,
                ],
                order="last_state_change DESC, id DESC",
                limit=1,
            )
        )

    def _ended_attempt(self):
        """The last attempt that was begun here, when it just ended and nothing was
        charged.

        :rtype: payment.transaction
        """
        attempts = self.env["payment.transaction"].sudo()
        # Who agrees to be charged begins something, too, which isn't an invoice's.
        is_of_invoice = self.move_id and self._may_have("attempts")
        if not self.last_attempt and not is_of_invoice:
            return attempts
        last = attempts.search_fetch(
            [("pom_paylink_id", "=", self.id), ("operation", "!=", "refund")],
            ["state", "last_state_change", "pom_given_up", "pom_problem"],
            order="id DESC",
            limit=1,
        )
        just_now = fields.Datetime.subtract(
            fields.Datetime.now(), minutes=TELLING_MINUTES
        )
        is_sure = last.state in ENDED and not last.pom_given_up and not last.pom_problem
        return last if is_sure and last.last_state_change >= just_now else attempts
