from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: States of a link behind which nothing is to be paid any more.
PAID = ("paid", "credit")
#: New links that are mailed per link and day.
MAILS_PER_DAY = 3


class PomPaylink(models.Model):
    """Links that are over for long. They lie about in mailboxes and on paper: whoever
    finds one learns how the debt stands, and no more.
    """

    _inherit = "pom.paylink"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_needed(self):
        """Somebody may hold a link to what is still open: withdrawn, it says so."""
        needed = self.filtered(lambda link: link.state not in (*PAID, "withdrawn"))
        if needed:
            raise UserError(
                self.env._(
                    "%s isn't paid yet: withdraw the payment link instead of deleting "
                    "it.",
                    needed[0].display_name,
                )
            )

    def _is_closed(self):
        """Whether payment or expiry is so long ago that nothing more is shown."""
        self.ensure_one()
        since = self._over_since()
        return bool(since) and since < self._today() - timedelta(
            days=self.company_id.pom_show_days
        )

    def _over_since(self):
        """Day of payment or expiry, or None."""
        state = self.state
        if state == "expired":
            return self.valid_until
        return self._settled_on() if state in PAID and self.move_id else None

    def _settled_on(self):
        """Day on which the last of it was paid or set off."""
        [(moment,)] = self.env.execute_query(
            SQL(
                """
                SELECT max(partial.create_date)
                  FROM account_partial_reconcile partial
                  JOIN account_move_line line
                    ON line.id IN (partial.debit_move_id, partial.credit_move_id)
                 WHERE line.move_id = %s
                """,
                self.move_id.id,
            )
        )
        return moment and self.company_id._pom_local(moment).date()

    def _mail_new_link(self):
        """Replace a link that expired long ago; who asked may have found it anywhere,
        so the new one goes to the address that we know.

        :return: whether it's on its way
        """
        self.ensure_one()
        within = self.env["pom.rate.limit"]._hit(
            "new link", self.id, MAILS_PER_DAY, 86400
        )
        can_send = (
            self.partner_id.email_normalized and self.sudo().company_id.pom_sender
        )
        if not within or not can_send:
            return False
        self.withdrawn = True
        fresh = self.sudo()._successor()
        template = self.env.ref("pom_payment.mail_template_new_link")
        template.sudo()._pom_send(fresh)
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return True

    def _successor(self):
        if self.move_id:
            return self._create_for(self.move_id)
        return self._statement_of(self.debtor_id, self.company_id)
