from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _pom_address_peppol(self):
        """Where core found the company on the network; nothing is looked up here."""
        debtor = self.commercial_partner_id.with_company(self.env.company)
        if debtor.peppol_verification_state != "valid":
            return ""
        return f"{debtor.peppol_eas}:{debtor.peppol_endpoint}"
