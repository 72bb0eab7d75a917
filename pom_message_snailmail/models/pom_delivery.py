from odoo import api, fields, models

#: A letter that somebody took back there.
NOT_TAKEN = "sn_not_taken"
#: Those of Snailmail's errors that it has a sentence for, without a link in it.
SENTENCES = ("NO_PRICE_AVAILABLE", "MISSING_REQUIRED_FIELDS", "FORMAT_ERROR")


class PomDelivery(models.Model):
    """Letters that somebody else prints and posts."""

    _inherit = "pom.delivery"

    snailmail_letter_id = fields.Many2one(
        "snailmail.letter", readonly=True, ondelete="set null", index="btree_not_null"
    )

    @api.model
    def _failures(self):
        # EXTENDS 'pom_message'
        letter = self.env["snailmail.letter"]
        said = {
            letter._get_failure_type(error): letter._get_error_message(error)
            for error in SENTENCES
        }
        taken_back = {NOT_TAKEN: self.env._("Snailmail didn't take it.")}
        return {**super()._failures(), **said, **taken_back}

    def _send_letter(self):
        # EXTENDS 'pom_message'
        posted = self.filtered(lambda one: one.company_id.pom_letter_snailmail)
        super(PomDelivery, self - posted)._send_letter()
        posted._hand_to_snailmail()

    def _hand_to_snailmail(self):
        """To core's queue, from which a scheduled action takes them; they are drawn
        then.
        """
        for delivery in self:
            delivery.snailmail_letter_id = (
                self.env["snailmail.letter"].sudo().create(delivery._snailmail_values())
            )
        cron = self.env.ref("snailmail.snailmail_print")
        cron.sudo()._trigger()

    def _snailmail_values(self):
        move = self.move_ids[:1]
        return {
            "model": move._name,
            "res_id": move.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            # The address is on the letter, where windows are.
            "cover": False,
        }
