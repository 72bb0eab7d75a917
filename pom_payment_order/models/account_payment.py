import logging

from odoo import api, fields, models

from odoo.addons.pom_payment.utils import BUSY, in_words_of

_logger = logging.getLogger(__name__)

BATCH = 100


class AccountPayment(models.Model):
    """Direct debits that came back: whoever is to pay after all is told so."""

    _inherit = "account.payment"

    pom_return_told = fields.Date(
        string="Return Told",
        readonly=True,
        copy=False,
        help="When the customer was told that the bank sent it back.",
    )

    def write(self, vals):
        # EXTENDS 'account'
        result = super().write(vals)
        if vals.get("state") == "rejected" and self.payment_order_id:
            self.env.ref("pom_payment_order.cron_tell_returned")._trigger()
        return result

    @api.model
    def _cron_tell_returned(self):
        """Tell the payer, and who is in charge here."""
        returned = self.search(
            [
                ("state", "=", "rejected"),
                ("payment_type", "=", "inbound"),
                ("payment_order_id", "!=", False),
                ("pom_return_told", "=", False),
            ],
            order="id",
            limit=BATCH,
        )
        cron = self.env["ir.cron"]
        cron._pom_take_turn(returned, lambda one: one._pom_tell_one())

    def _pom_tell_one(self):
        try:
            payment = self.try_lock_for_update(allow_referencing=True)
            if payment and not payment.pom_return_told:
                payment.pom_return_told = payment.company_id._pom_today()
                # Told once at most, whatever happens to the machine.
                self.env.cr.commit()  # pylint: disable=invalid-commit
                payment._pom_tell_returned()
            self.env.cr.commit()  # pylint: disable=invalid-commit
        except BUSY:
            self.env.cr.rollback()
        except Exception:
            _logger.exception("Payment %s: its return isn't told", self.id)
            self.env.cr.rollback()

    def _pom_tell_returned(self):
        moves = self.payment_line_ids.move_line_id.move_id
        standings = moves._pom_standings()
        open_again = moves.filtered(lambda move: standings[move.id].asked)
        if not open_again:
            return
        owner = open_again[0]._pom_owner()
        told = in_words_of(self, self.company_id, owner).env
        open_again[0]._pom_alert(
            told._("A direct debit came back: does the mandate still hold?"),
            ", ".join(
                filter(None, (self.payment_order_id.name, *moves.mapped("name")))
            ),
        )
        company = self.company_id
        partner = open_again[0].partner_id.with_company(company)
        channel = partner._pom_reply_channel()
        if channel:
            deliveries = self.env["pom.delivery"].with_company(company)
            text = open_again.with_context(lang=partner.lang)._pom_words_of_return()
            deliveries._confirm(open_again, text, channel, kind="debit_returned")
