from odoo import models


class AccountEdiXmlCii(models.AbstractModel):
    """Factur-X and ZUGFeRD; Odoo puts one into each invoice's PDF, too."""

    _inherit = "account.edi.xml.cii"

    def _export_invoice_vals(self, invoice):
        # EXTENDS 'account_edi_ubl_cii'
        vals = super()._export_invoice_vals(invoice)
        url = invoice._pom_einvoice_url()
        if url:
            term = invoice.invoice_payment_term_id.name
            vals["pom_payment_page"] = url
            vals["pom_reference"] = invoice._pom_einvoice_reference()
            vals["pom_terms"] = invoice._pom_einvoice_note(url, term)
        return vals

    def _import_fill_invoice(self, invoice, tree, qty_factor):
        # EXTENDS 'account_edi_ubl_cii'
        logs = super()._import_fill_invoice(invoice, tree, qty_factor)
        agreement = ".//{*}ApplicableHeaderTradeAgreement"
        references = [
            (node.findtext("./{*}URIID"), node.findtext("./{*}Name"))
            for node in tree.findall(f"{agreement}/{{*}}AdditionalReferencedDocument")
        ]
        return [*logs, *invoice._pom_note_supplier_page(references)]
