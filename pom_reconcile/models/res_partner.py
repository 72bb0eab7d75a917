from odoo import models

from ..tools.match_queries import WORDS


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Whose a name or an address is that a bank line bears (``match_queries.NAMESAKES``
    # and ``OWNERS``).
    _pom_words_idx = models.Index(f"USING gin (({WORDS % 'name'}))")
    _pom_email_idx = models.Index("(lower(email)) WHERE email IS NOT NULL")
