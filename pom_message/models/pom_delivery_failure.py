from odoo import api, fields, models

from ..tools.failures import CAME_BACK, INTERRUPTED, NO_SENDER, NO_SERVER


class PomDelivery(models.Model):
    """What went wrong with a message, for whoever reads it."""

    _inherit = "pom.delivery"

    failure = fields.Char(
        string="What Went Wrong As Kept",
        readonly=True,
        help="A word of ours or of Odoo's, or what the carrier said.",
    )
    shown_failure = fields.Char(
        string="What Went Wrong", compute="_compute_shown_failure"
    )

    @api.depends("failure")
    @api.depends_context("lang")
    def _compute_shown_failure(self):
        words = self._failures()
        for delivery in self:
            if delivery.failure == NO_SENDER:
                delivery.shown_failure = delivery.company_id._pom_no_sender()
            else:
                failure = delivery.failure
                delivery.shown_failure = words.get(failure, failure)

    @api.model
    def _failures(self):
        """What each word means: Odoo's and our own. Hook: an addon adds its carrier's.

        :rtype: dict[str, str]
        """
        notices = self.env["mail.notification"]
        odoos = notices._fields["failure_type"]._description_selection(self.env)
        return {
            **dict(odoos),
            NO_SERVER: self.env._("The mail server can't be reached."),
            CAME_BACK: self.env._("The e-mail came back."),
            INTERRUPTED: self.env._("Interrupted while sending; it may have arrived."),
        }

    @api.model
    def _name_failures(self):
        """Replace sentences of ours that were kept by their word."""
        senders = self.env["res.company"].search([])  # pylint: disable=no-search-all
        for code, _name in self.env["res.lang"].get_installed():
            here = self.with_context(lang=code)
            said = {words: failure for failure, words in here._failures().items()}
            for company in senders.with_env(here.env):
                said[company._pom_no_sender()] = NO_SENDER
            for words, failure in said.items():
                self.search([("failure", "=", words)]).failure = failure
