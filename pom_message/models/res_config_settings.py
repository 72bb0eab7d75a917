from odoo import api, fields, models

from ..tools import whatsapp_texts


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pom_thank_you = fields.Boolean(related="company_id.pom_thank_you", readonly=False)
    pom_short_url = fields.Char(related="company_id.pom_short_url", readonly=False)
    pom_attach_invoices = fields.Boolean(
        related="company_id.pom_attach_invoices", readonly=False
    )
    pom_letter_window = fields.Selection(
        related="company_id.pom_letter_window", readonly=False
    )
    pom_whatsapp_phone = fields.Char(
        related="company_id.pom_whatsapp_phone", readonly=False
    )
    pom_whatsapp_token = fields.Char(
        related="company_id.pom_whatsapp_token", readonly=False
    )
    pom_whatsapp_secret = fields.Char(
        related="company_id.pom_whatsapp_secret", readonly=False
    )
    pom_whatsapp_verify = fields.Char(
        related="company_id.pom_whatsapp_verify", readonly=False
    )
    pom_whatsapp_texts = fields.Text(
        string="Texts for Meta",
        compute="_compute_pom_whatsapp_texts",
        help="Templates to paste in the WhatsApp Manager, each in its language and "
        "category; the address of the button ends in a variable.",
    )
    pom_whatsapp_template = fields.Char(
        related="company_id.pom_whatsapp_template", readonly=False
    )

    @api.depends("company_id")
    def _compute_pom_whatsapp_texts(self):
        for settings in self:
            base = settings.company_id._pom_base_url()
            settings.pom_whatsapp_texts = whatsapp_texts.text(base)
