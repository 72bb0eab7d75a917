"""What the printed invoice says."""

import re

from lxml import html


class PaperReaders:
    """For a test case with an ``env``; as core draws it before printing."""

    def invoice_document(self, move):
        reports = self.env["ir.actions.report"].with_context(lang="en_US")
        report = "account.report_invoice_with_payments"
        return html.fromstring(reports._render_qweb_html(report, move.ids)[0])

    def printed_payments(self, move):
        """(words, amount) of the rows below the invoice's total."""
        rows = self.invoice_document(move).xpath(
            "//tr[.//i[contains(@class, 'oe_payment_label')]]"
        )
        return [self._row(row.xpath("td")) for row in rows]

    def _row(self, cells):
        words, amount = (" ".join(cell.text_content().split()) for cell in cells)
        return re.sub(r" on .*", "", words), re.sub(r"[^0-9.]", "", amount)

    def printed_plan(self, move):
        """(day, amount) of the parts that were agreed to."""
        parts = self.invoice_document(move).xpath("//div[@name='pom_plan']/div")
        cells = [[cell.text_content() for cell in part.xpath("span")] for part in parts]
        return [(day, re.sub(r"[^0-9.]", "", amount)) for day, amount in cells]

    def printed_due_day(self, move):
        [cell] = self.invoice_document(move).xpath("//div[@name='due_date']/div")
        return cell.text_content().strip()
