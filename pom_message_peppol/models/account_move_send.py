from odoo import api, models

from .account_move import CODE


class AccountMoveSend(models.AbstractModel):
    """Each file that goes by Peppol is a message, and carries its code."""

    _inherit = "account.move.send"

    @api.model
    def _hook_invoice_document_before_pdf_report_render(self, invoice, invoice_data):
        # EXTENDS 'account'
        invoice = self._pom_by_peppol(invoice, invoice_data)
        return super()._hook_invoice_document_before_pdf_report_render(
            invoice, invoice_data
        )

    @api.model
    def _hook_invoice_document_after_pdf_report_render(self, invoice, invoice_data):
        # EXTENDS 'account': the file inside the PDF.
        if code := invoice_data.get(CODE):
            invoice = invoice.with_context(**{CODE: code})
        return super()._hook_invoice_document_after_pdf_report_render(
            invoice, invoice_data
        )

    @api.model
    def _pom_by_peppol(self, invoice, invoice_data):
        """
        :return: the invoice; with the code of its message in the context if it goes by
            Peppol
        """
        is_wanted = "peppol" in invoice_data["sending_methods"]
        if not is_wanted or not self._is_applicable_to_move(
            "peppol", invoice, **invoice_data
        ):
            return invoice
        delivery = self._pom_peppol_message(invoice, invoice_data)
        if not delivery:
            return invoice
        invoice_data[CODE] = delivery.code
        return invoice.with_context(**{CODE: delivery.code})

    @api.model
    def _pom_peppol_message(self, invoice, invoice_data):
        """A new one, unless the file that there is goes out again: that carries the
        code of the message for which it was made.
        """
        if not invoice._need_ubl_cii_xml(invoice_data["invoice_edi_format"]):
            known = self.env["pom.delivery"].sudo()._peppol_of(invoice)
            if invoice.id in known:
                return known[invoice.id]
        return self._pom_ask([invoice], "peppol")
