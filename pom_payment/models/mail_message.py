from odoo import api, models

from ..tools import mail_html


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'mail': it keeps each picture of a text as a file of the record. The
        # logo that stands on every message of ours isn't one of the record's files.
        for vals in vals_list:
            if mail_html.is_ours(vals.get("body")):
                vals["body"] = mail_html.without_pictures(vals["body"])
        return super().create(vals_list)
