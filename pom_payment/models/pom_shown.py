from odoo import api, models
from odoo.tools import ormcache


class PomShown(models.AbstractModel):
    """What is shown on each page of a creditor and hardly ever changes: workers keep it
    (:meth:`~.pom_paylink_around.PomPaylink._kept`) until it's written.
    """

    _name = "pom.shown"
    _description = "Shown on each payment page"
    _inherit = ["pom.kept"]

    def _pom_is_kept(self, written):
        # EXTENDS 'pom.kept': of what is made or removed nothing is on a page.
        return written is not None and self._pom_is_shown()

    def _pom_is_shown(self):
        """Whether one of these may be kept."""
        return True

    def _pom_read_kept(self):
        """Have what is kept of these without a query."""
        # As it is kept: texts in all languages.
        links = self.env["pom.paylink"].sudo().with_context(prefetch_langs=True)
        for record in self.with_env(links.env):
            for field, value in links._kept(record._name, record.id):
                field._insert_cache(record, [value])


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "pom.shown"]

    def _pom_read_kept(self):
        # EXTENDS 'pom.shown': and their partners and currencies.
        super()._pom_read_kept()
        self.partner_id._pom_read_kept()
        self.currency_id._pom_read_kept()

    @api.model
    @ormcache()
    def _pom_creditors(self):
        """Ids of all companies' partners."""
        every = self.sudo().with_context(active_test=False)
        return frozenset(every.search_fetch([], ["partner_id"]).partner_id.ids)


class ResCurrency(models.Model):
    _name = "res.currency"
    _inherit = ["res.currency", "pom.shown"]


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "pom.shown"]

    def _pom_is_shown(self):
        # EXTENDS 'pom.shown': other contacts are written all day long.
        return not self.env["res.company"]._pom_creditors().isdisjoint(self.ids)


class ResPartnerBank(models.Model):
    _name = "res.partner.bank"
    _inherit = ["res.partner.bank", "pom.shown"]

    def _pom_is_shown(self):
        # EXTENDS 'pom.shown'
        return self.partner_id._pom_is_shown()
