from urllib.parse import urlencode

from odoo import api, fields, models

from .payment_provider_mode import TRIAL


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pom_base_url = fields.Char(related="company_id.pom_base_url", readonly=False)
    pom_paylink_days = fields.Integer(
        related="company_id.pom_paylink_days", readonly=False
    )
    pom_epc_reference_field = fields.Selection(
        related="company_id.pom_epc_reference_field", readonly=False
    )
    pom_mail_template_id = fields.Many2one(
        related="company_id.pom_mail_template_id", readonly=False
    )
    pom_mail_from = fields.Char(related="company_id.pom_mail_from", readonly=False)

    # -- the payment page --------------------------------------------------------------

    pom_page_color = fields.Char(related="company_id.pom_page_color", readonly=False)
    pom_page_font = fields.Selection(related="company_id.pom_page_font", readonly=False)
    pom_page_logo = fields.Image(related="company_id.pom_page_logo", readonly=False)
    pom_page_icon = fields.Image(related="company_id.pom_page_icon", readonly=False)
    pom_page_welcome = fields.Text(
        related="company_id.pom_page_welcome", readonly=False
    )
    pom_page_footer = fields.Text(related="company_id.pom_page_footer", readonly=False)
    pom_page_transfer = fields.Boolean(
        related="company_id.pom_page_transfer", readonly=False
    )
    pom_part_allowed = fields.Boolean(
        related="company_id.pom_part_allowed", readonly=False
    )
    pom_part_minimum = fields.Monetary(
        related="company_id.pom_part_minimum",
        readonly=False,
        currency_field="currency_id",
    )
    pom_statement_whole = fields.Boolean(
        related="company_id.pom_statement_whole", readonly=False
    )
    pom_control_question = fields.Selection(
        related="company_id.pom_control_question", readonly=False
    )
    pom_request_user_id = fields.Many2one(
        related="company_id.pom_request_user_id", readonly=False
    )
    pom_request_days = fields.Integer(
        related="company_id.pom_request_days", readonly=False
    )
    pom_requests_per_day = fields.Integer(
        related="company_id.pom_requests_per_day", readonly=False
    )
    pom_contact_at_once = fields.Boolean(
        related="company_id.pom_contact_at_once", readonly=False
    )
    pom_show_days = fields.Integer(related="company_id.pom_show_days", readonly=False)
    pom_keep_days = fields.Integer(related="company_id.pom_keep_days", readonly=False)
    pom_keep_raw_days = fields.Integer(
        related="company_id.pom_keep_raw_days", readonly=False
    )
    pom_page_preview = fields.Char(compute="_compute_pom_page_preview")
    pom_sweep_minutes = fields.Integer(
        config_parameter="pom_payment.sweep_minutes",
        default=5,
        help="How often a provider is asked about payments that are under way.",
    )

    pom_trial = fields.Boolean(
        "Offer Providers in Test Mode",
        config_parameter=TRIAL,
        help="Of all companies in this database.",
    )

    def set_values(self):
        # EXTENDS 'base': what pages offer is remembered.
        providers = self.env["payment.provider"]
        was_trial = providers._pom_is_trial()
        super().set_values()
        if providers._pom_is_trial() != was_trial:
            providers._pom_forget_ways()

    @api.depends("company_id", "pom_page_color", "pom_page_font")
    def _compute_pom_page_preview(self):
        """Address of the page as these settings would make it, saved or not."""
        for settings in self:
            look = {"color": settings.pom_page_color, "font": settings.pom_page_font}
            query = urlencode({name: value for name, value in look.items() if value})
            company = settings.company_id.id
            settings.pom_page_preview = f"/pom/preview/page/{company}?{query}"

    def action_pom_page_preview(self):
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": self.pom_page_preview,
            "target": "new",
        }
