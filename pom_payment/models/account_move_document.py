from io import BytesIO

from odoo import models
from odoo.tools.pdf import OdooPdfFileReader, OdooPdfFileWriter, PdfReadError

from ..debt.facts import Facts
from ..debt.standing import standing


class AccountMove(models.Model):
    """The invoice on paper. The one that was sent is kept as it was; who gets it again
    gets one whose codes and amounts ask what is asked by then.
    """

    _inherit = "account.move"

    def _pom_is_as_sent(self):
        """Whether nothing changed since that its codes should tell."""
        sent, issued = self.invoice_pdf_report_id, self.pom_paylink_id
        if not issued or issued.create_date > sent.create_date:
            return False
        if issued.printed:
            return issued.printed == self._pom_printed_standing()
        facts, now = self._pom_facts()[self.id], self.pom_standing
        whole = tuple(due._replace(left=due.amount) for due in facts.dues)
        day = self.company_id._pom_local(sent.create_date).date()
        then = standing(Facts(dues=whole, discount=facts.discount), day)
        return (then.left, then.asked) == (now.left, now.asked)

    def _pom_printed_standing(self):
        """What an invoice that is drawn now says of its debt."""
        return f"{self.pom_standing.left} {self.pom_standing.asked}"

    def _pom_note_printed(self):
        """Keep in mind what the invoices ask that were drawn at this moment."""
        for move in self:
            move.pom_paylink_id.printed = move._pom_printed_standing()

    def _pom_needs_drawing(self):
        """Whether what was sent says something else than what holds now."""
        return bool(
            self.pom_paylink_ids
            and self.invoice_pdf_report_id
            and not self._pom_is_as_sent()
        )

    def _pom_draw(self):
        """The invoice as it would be printed now; nothing of it is kept.

        :return: (bytes, name of the file)
        """
        report = self.env["account.move.send"]._get_default_pdf_report_id(self)
        with self.env.cr.savepoint() as savepoint:
            document = self._get_invoice_legal_documents("pdf")
            if document and not self._pom_needs_drawing():
                drawn = document["content"], document["filename"]
            else:
                # Core calls it a proforma until it's sent; its debtor is asked to pay.
                content, _kind = report._render_qweb_pdf(report.report_name, self.ids)
                drawn = content, self._get_invoice_report_filename(report=report)
            # Core notes on the invoice how its bank code was drawn, and with that as
            # changed by hand; a mail scanner that fetches this must not do so.
            savepoint.rollback()
        return drawn

    def _pom_as_asked(self, documents):
        """What to hand out again: the invoice drawn anew in the place of the one that
        was sent, with the e-invoice that this holds.

        :param documents: (name, bytes) of what was sent
        :rtype: list[tuple[str, bytes]]
        """
        move = self.sudo()
        if not move._pom_needs_drawing():
            return documents
        sent = move.invoice_pdf_report_id.raw
        content, _name = move._pom_draw()
        content = _with_files(content, _files_in(sent))
        return [(title, content if raw == sent else raw) for title, raw in documents]

    def _pom_as_mailed(self, documents):
        """The same for a message: an e-invoice that was sent goes along as it was, with
        a name that says so, beside the one to pay with.

        :param documents: (name, bytes) of what was sent
        :rtype: list[tuple[str, bytes]]
        """
        move = self.sudo()
        sent = move.invoice_pdf_report_id.raw
        others = [one for one in documents if one[1] != sent]
        # Who writes may have left it out.
        if len(others) == len(documents) or not move._pom_has_two_documents():
            return move._pom_as_asked(documents)
        original = (move._pom_name_of_original(), sent)
        return [(move._pom_name_to_pay(), move._pom_draw()[0]), original, *others]

    def _pom_has_two_documents(self):
        """Whether a message brings the e-invoice as it was sent and, since another
        amount is asked by now, an invoice to pay with.
        """
        move = self.sudo()
        is_asked = move.pom_standing.can_be_paid and move.pom_standing.asked
        return bool(
            is_asked
            and move._pom_needs_drawing()
            and _files_in(move.invoice_pdf_report_id.raw)
        )

    def _pom_name_to_pay(self):
        """Of the document that asks what is asked now."""
        amount = self.currency_id.format(self.pom_amount_asked)
        return self.env._(
            "%(invoice)s, to pay %(amount)s.pdf",
            invoice=self._pom_title_of_document(),
            amount=" ".join(amount.split()),
        )

    def _pom_name_of_original(self):
        return self.env._("%s, original invoice.pdf", self._pom_title_of_document())

    def _pom_title_of_document(self):
        return self.invoice_pdf_report_id.name.removesuffix(".pdf")

    def _get_invoice_legal_documents_all(self, allow_fallback=False):
        # EXTENDS 'account': for the debtor's portal, which sets the key.
        documents = super()._get_invoice_legal_documents_all(allow_fallback)
        if not self.env.context.get("pom_as_asked"):
            return documents
        move = self.sudo()
        is_asked = move.state == "posted" and move.pom_paylink_id
        if is_asked and allow_fallback and not move.invoice_pdf_report_id:
            content, name = move._pom_draw()
            return [{"filename": name, "filetype": "pdf", "content": content}]
        kinds = {one["filename"]: one["filetype"] for one in documents}
        pairs = [(one["filename"], one["content"]) for one in documents]
        return [
            {"filename": name, "filetype": kinds.get(name, "pdf"), "content": content}
            for name, content in self._pom_as_asked(pairs)
        ]


def _files_in(pdf):
    """(name, bytes) of what is inside, as of a hybrid e-invoice.

    :rtype: list[tuple[str, bytes]]
    """
    try:
        return list(OdooPdfFileReader(BytesIO(pdf), strict=False).getAttachments())
    except PdfReadError:
        return []


def _with_files(pdf, files):
    """The same document with files inside."""
    if not files:
        return pdf
    writer, filled = OdooPdfFileWriter(), BytesIO()
    writer.cloneReaderDocumentRoot(OdooPdfFileReader(BytesIO(pdf), strict=False))
    for name, content in files:
        writer.addAttachment(name, content, subtype="text/xml")
    writer.write(filled)
    return filled.getvalue()
