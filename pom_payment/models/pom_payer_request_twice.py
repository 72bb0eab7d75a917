from datetime import timedelta

from odoo import api, fields, models

from .pom_payer_request import UNANSWERED

#: Between two taps on a button, on a phone that is slow.
JUST_NOW = timedelta(minutes=1)


class PomPayerRequest(models.Model):
    """The same form sent twice is one request."""

    _inherit = "pom.payer.request"

    @api.model
    def _same(self, link, kind, values, moves, uploads=()):
        """What came before and says the same: a button was tapped twice, or the form
        was sent once more before there was an answer.

        :param uploads: ``tools.uploads.Upload``; one that is new says more
        """
        if values.get("consents") or not self._is_told_once(kind):
            return self.browse()
        wanted = self._acceptable(link, values)
        found = self._of_kind(link, kind).filtered(
            lambda one: one.state in UNANSWERED or one._came_just_now()
        )
        # A new address has its code sent as often as somebody asks for it.
        if values.get("new_email"):
            found = found.filtered(lambda one: one._came_just_now())
        return found.filtered(
            lambda one: one.move_ids == moves
            and one._says(wanted)
            and one._has_files(uploads)
        )[:1]

    @api.model
    def _is_told_once(self, kind):
        """Whether nothing new is said by saying it again. Hook."""
        return True

    @api.model
    def _of_kind(self, link, kind):
        """What came by this link, the newest first."""
        asked = [("paylink_id", "=", link.id), ("kind", "=", kind)]
        return self.sudo().search(asked, order="id desc")

    def _came_just_now(self):
        return self.create_date > fields.Datetime.now() - JUST_NOW

    def _says(self, values):
        return all(
            (field.convert_to_cache(values[name], self) or False)
            == (field.convert_to_cache(self[name], self) or False)
            for name, field in self._fields.items()
            if name in values
        )

    def _has_files(self, uploads):
        attachments = self.env["ir.attachment"]
        sent = {attachments._compute_checksum(upload.content) for upload in uploads}
        kept = self.message_ids.attachment_ids
        return not sent or sent <= set(kept.mapped("checksum"))
