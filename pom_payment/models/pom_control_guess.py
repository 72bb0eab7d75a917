from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import lockout

#: How long wrong answers are remembered.
KEPT = timedelta(days=7)


class PomControlGuess(models.Model):
    """Wrong answers to the control question of a link, by who gave them: whoever
    guesses is locked out, and the debtor isn't.
    """

    _name = "pom.control.guess"
    _description = "Wrong Answers to a Control Question"

    paylink_id = fields.Many2one("pom.paylink", required=True, ondelete="cascade")
    who = fields.Char(required=True, help="Hash of a browser or a sender.")
    failures = fields.Integer(required=True)
    locked_until = fields.Datetime()

    _who_uniq = models.Constraint("UNIQUE(paylink_id, who)", "Counted once.")

    @api.model
    def _locked(self, link, who):
        """Whether one of these has to wait."""
        return bool(
            self.search_count(
                [
                    ("paylink_id", "=", link.id),
                    ("who", "in", who),
                    ("locked_until", ">", fields.Datetime.now()),
                ],
                limit=1,
            )
        )

    @api.model
    def _note_wrong(self, link, who):
        """
        :return: whether that locked somebody out
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO pom_control_guess (paylink_id, who, failures, create_date)
                SELECT %s, unnest(%s), 1, %s
                ON CONFLICT (paylink_id, who)
                DO UPDATE SET failures = pom_control_guess.failures + 1
                """,
                link.id,
                list(who),
                fields.Datetime.now(),
            )
        )
        self.invalidate_model()
        guesses = self.search([("paylink_id", "=", link.id), ("who", "in", who)])
        for guess in guesses:
            wait = lockout.wait_after(guess.failures)
            guess.locked_until = fields.Datetime.now() + wait
        return max(guesses.mapped("failures")) >= lockout.FREE_TRIES

    @api.model
    def _forgive(self, link, who):
        self.search([("paylink_id", "=", link.id), ("who", "in", who)]).unlink()

    @api.autovacuum
    def _gc(self):
        self.search([("create_date", "<", fields.Datetime.now() - KEPT)]).unlink()
