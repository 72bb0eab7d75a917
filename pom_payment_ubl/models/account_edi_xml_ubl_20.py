from odoo import models

#: Of what the invoice points to (BG-24).
REFERENCE = "cac:AdditionalDocumentReference"


class AccountEdiXmlUbl_20(models.AbstractModel):
    """Peppol BIS 3, XRechnung, NLCIUS: all of them are built on this one.

    The address is an external document (BT-124), and a sentence in the payment terms
    (BT-20) for receivers that show no documents. Not in ``InstructionNote``, which
    EN 16931 doesn't have (UBL-CR-681), nor in a second note.
    """

    _inherit = "account.edi.xml.ubl_20"

    def _pom_payment_page(self, vals):
        is_invoice = vals["document_type"] == "invoice"
        return vals["invoice"]._pom_einvoice_url() if is_invoice else ""

    def _add_invoice_header_nodes(self, document_node, vals):
        # EXTENDS 'account_edi_ubl_cii'
        super()._add_invoice_header_nodes(document_node, vals)
        url = self._pom_payment_page(vals)
        if not url:
            return
        invoice = vals["invoice"]
        there = document_node.get(REFERENCE) or []
        document_node[REFERENCE] = [
            *([there] if isinstance(there, dict) else there),
            {
                "cbc:ID": {"_text": invoice.name},
                "cbc:DocumentDescription": {"_text": invoice._pom_einvoice_reference()},
                "cac:Attachment": {
                    "cac:ExternalReference": {"cbc:URI": {"_text": url}}
                },
            },
        ]

    def _add_invoice_payment_terms_nodes(self, document_node, vals):
        # EXTENDS 'account_edi_ubl_cii'
        super()._add_invoice_payment_terms_nodes(document_node, vals)
        url = self._pom_payment_page(vals)
        if not url:
            return
        terms = document_node.setdefault("cac:PaymentTerms", {})
        note = terms.setdefault("cbc:Note", {"_text": None})
        note["_text"] = vals["invoice"]._pom_einvoice_note(url, note["_text"])

    def _import_fill_invoice(self, invoice, tree, qty_factor):
        # EXTENDS 'account_edi_ubl_cii'
        logs = super()._import_fill_invoice(invoice, tree, qty_factor)
        references = [
            (
                node.findtext("./{*}Attachment/{*}ExternalReference/{*}URI"),
                node.findtext("./{*}DocumentDescription"),
            )
            for node in tree.findall("./{*}AdditionalDocumentReference")
        ]
        return [*logs, *invoice._pom_note_supplier_page(references)]
