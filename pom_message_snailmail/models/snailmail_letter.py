from odoo import models

from .pom_delivery import NOT_TAKEN


class SnailmailLetter(models.Model):
    _inherit = "snailmail.letter"

    def _pom_deliveries(self):
        domain = [("snailmail_letter_id", "in", self.ids)]
        return self.env["pom.delivery"].sudo().search(domain)

    def _snailmail_print(self, immediate=True):
        # EXTENDS 'snailmail': while they wait, debtors pay.
        overtaken = self._pom_deliveries()
        overtaken -= overtaken._drop_overtaken()
        dropped = self & overtaken.snailmail_letter_id
        dropped.cancel()
        return super(SnailmailLetter, self - dropped)._snailmail_print(immediate)

    def _fetch_attachment(self):
        # EXTENDS 'snailmail': dated on the day on which it leaves.
        delivery = self._pom_deliveries()
        if delivery and not self.attachment_id:
            delivery._draw_letters()
            self.attachment_id = delivery.attachment_id
        return super()._fetch_attachment()

    def _snailmail_create(self, route):
        # EXTENDS 'snailmail': their envelopes have the window on the right, unless
        # they are told.
        request = super()._snailmail_create(route)
        is_left = {
            delivery.snailmail_letter_id.id
            for delivery in self._pom_deliveries()
            if delivery.company_id.pom_letter_window == "left"
        }
        for document in request["documents"]:
            if document["letter_id"] in is_left:
                document["rightaddress"] = 0
        return request

    def _snailmail_print_valid_address(self):
        # EXTENDS 'snailmail'
        result = super()._snailmail_print_valid_address()
        self._pom_note()
        return result

    def _snailmail_print_invalid_address(self):
        # EXTENDS 'snailmail'
        result = super()._snailmail_print_invalid_address()
        self._pom_note()
        return result

    def _snailmail_cron(self, autocommit=True):
        # EXTENDS 'snailmail': letters that somebody took back.
        domain = [
            ("state", "=", "queued"),
            ("snailmail_letter_id.state", "=", "canceled"),
        ]
        waiting = self.env["pom.delivery"].sudo().search(domain)
        waiting.snailmail_letter_id._pom_note()
        return super()._snailmail_cron(autocommit=autocommit)

    def _pom_note(self):
        deliveries = self._pom_deliveries()
        by_letter = deliveries.grouped("snailmail_letter_id")
        for letter, mine in by_letter.items():
            waiting = mine.filtered(lambda one: one.state == "queued")
            if letter.state == "sent":
                waiting._note_sent()
                continue
            error = letter.error_code
            reason = letter._get_failure_type(error) if error else NOT_TAKEN
            waiting._note_lost(reason, "failed")
