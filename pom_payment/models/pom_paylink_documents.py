from hashlib import sha256

from odoo import models
from odoo.tools import SQL


class PomPaylink(models.Model):
    """The documents that somebody can fetch with a link. They are drawn seldom, and
    then kept: anybody can ask a thousand times.
    """

    _inherit = "pom.paylink"

    def _receipt(self):
        """
        :return: (bytes, name of the file), or None when somebody is drawing one
        """
        move = self.move_id
        lang = self.env.context.get("lang") or ""
        digest = _digest(self._document_facts(move), move._pom_paid_part())
        draw = lambda: self._draw_receipt(move)  # noqa: E731
        documents = self.env["pom.drawn.document"].sudo()
        return documents._get(self, f"receipt {move.id} {lang}", digest, draw)

    def _draw_receipt(self, move):
        report = self.env["ir.actions.report"].sudo()
        content, _kind = report._render_qweb_pdf(
            "pom_payment.action_report_receipt", move.ids
        )
        name = self.env._("Receipt %s", move.name).replace("/", "-")
        return content, f"{name}.pdf"

    def _invoice_document(self, move):
        """The invoice as it was sent, as long as its codes ask what is asked; else
        drawn, with codes that do.

        :return: (bytes, name of the file), or None when somebody is drawing one
        """
        sent = move.invoice_pdf_report_id
        if sent and move._pom_is_as_sent():
            return sent.raw, sent.name
        documents = self.env["pom.drawn.document"].sudo()
        digest = _digest(self._document_facts(move), move.pom_standing)
        return documents._get(self, f"invoice {move.id}", digest, move._pom_draw)

    def _document_facts(self, move):
        """What a document may say, by when it was last changed."""
        self.env.flush_all()
        lines = """
            SELECT max(line.write_date), count(*)
              FROM account_move_line line WHERE line.move_id = %s"""
        paid = """
            SELECT max(partial.write_date), count(*), sum(partial.amount)
              FROM account_partial_reconcile partial
              JOIN account_move_line line ON line.id = partial.debit_move_id
             WHERE line.move_id = %s"""
        rows = [self.env.execute_query(SQL(text, move.id)) for text in (lines, paid)]
        parties = move.partner_id | move.commercial_partner_id
        others = (move, move.company_id, move.company_id.partner_id, *parties)
        return rows, [(one.id, one.write_date) for one in others]


def _digest(*facts):
    return sha256(repr(facts).encode()).hexdigest()
