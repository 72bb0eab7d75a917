from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    pom_letter_snailmail = fields.Boolean(
        string="Letters by Snailmail",
        help="Odoo's service prints letters and puts them in the post; it costs what "
        "your credits there say. Else somebody here prints them.",
    )
