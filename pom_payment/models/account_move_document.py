from io import BytesIO

from odoo import models
from odoo.tools.pdf import OdooPdfFileReader, PdfReadError

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
        facts, now = self._pom_facts()[self.id], self.pom_standing
        whole = tuple(due._replace(left=due.amount) for due in facts.dues)
        day = self.company_id._pom_local(sent.create_date).date()
        then = standing(Facts(dues=whole, discount=facts.discount), day)
        return (then.left, then.asked) == (now.left, now.asked)

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
            if self._pom_needs_drawing():
                content, _kind = report._render_qweb_pdf(report.report_name, self.ids)
                drawn = content, self._get_invoice_report_filename(report=report)
            else:
                document = self._get_invoice_legal_documents("pdf", allow_fallback=True)
                drawn = document["content"], document["filename"]
            # Core notes on the invoice how its bank code was drawn, and with that as
            # changed by hand; a mail scanner that fetches this must not do so.
            savepoint.rollback()
        return drawn

    def _pom_as_asked(self, documents):
        """What to hand out again: the invoice drawn anew in the place of the one that
        was sent, or beside it where that holds an e-invoice.

        :param documents: (name, bytes) of what was sent
        :rtype: list[tuple[str, bytes]]
        """
        move = self.sudo()
        if not move._pom_needs_drawing():
            return documents
        sent = move.invoice_pdf_report_id.raw
        content, name = move._pom_draw()
        if _holds_files(sent):
            name = move.env._("%s, to pay.pdf", name.removesuffix(".pdf"))
            return [(name, content), *documents]
        return [(title, content if raw == sent else raw) for title, raw in documents]

    def _get_invoice_legal_documents_all(self, allow_fallback=False):
        # EXTENDS 'account': for the debtor's portal, which sets the key.
        documents = super()._get_invoice_legal_documents_all(allow_fallback)
        if not self.env.context.get("pom_as_asked"):
            return documents
        kinds = {one["filename"]: one["filetype"] for one in documents}
        pairs = [(one["filename"], one["content"]) for one in documents]
        return [
            {"filename": name, "filetype": kinds.get(name, "pdf"), "content": content}
            for name, content in self._pom_as_asked(pairs)
        ]


def _holds_files(pdf):
    """Whether there is something inside, as in a hybrid e-invoice."""
    try:
        return any(OdooPdfFileReader(BytesIO(pdf), strict=False).getAttachments())
    except PdfReadError:
        return False
