from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    pager_url = fields.Char(groups="base.group_system")
