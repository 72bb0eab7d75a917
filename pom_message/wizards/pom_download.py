from odoo import api, models


class PomDownload(models.TransientModel):
    """A file that was put together for whoever asked. What it's made of is kept where
    it belongs, so this is gone as soon as the autovacuum comes by.
    """

    _name = "pom.download"
    _description = "File Made for a Download"

    @api.model
    def _fetch(self, name, data):
        """Have the browser fetch it; the list that asked for it is read again, which
        it isn't for a target of "download".

        :param bytes data:
        :return: an action
        """
        mine = self.sudo().create({})
        attachment = self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": data,
                "res_model": self._name,
                "res_id": mine.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "new",
        }
