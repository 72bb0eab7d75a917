from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Whom /pom/health tells all."""

    _inherit = "res.config.settings"

    pom_health_token = fields.Char(
        string="Token",
        config_parameter="pom_payment.health_token",
        groups="base.group_system",
        help="A monitor sends it in the header “Authorization: Bearer …”.",
    )
    pom_health_networks = fields.Char(
        string="Networks",
        config_parameter="pom_payment.health_networks",
        groups="base.group_system",
        help="Such as 10.0.0.0/8, with blanks between.",
    )
