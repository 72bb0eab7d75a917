import zlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: Number of the lock that whoever draws a document for a page holds. One at a time,
#: for all links: drawing takes a worker for seconds, and asks another one for help.
ONE_DRAWING = zlib.crc32(b"pom_payment draw a document")
#: What its facts don't tell (a layout, a logo) shows after this time at the latest.
KEPT = timedelta(hours=12)


#: Whether nothing of that kind is there for a link while somebody else is drawing. The
#: lock is looked at and not taken, else whoever asks for what isn't to be had holds it.
IS_TO_WAIT = """
    SELECT EXISTS (
            SELECT 1 FROM pg_locks
             WHERE locktype = 'advisory' AND classid = 0 AND objid = %(lock)s
               AND pid <> pg_backend_pid()
               AND database = (SELECT oid FROM pg_database
                                WHERE datname = current_database()))
       AND NOT EXISTS (
            SELECT 1 FROM pom_drawn_document document
              JOIN pom_paylink link ON link.id = document.paylink_id
             WHERE link.token = %(token)s AND document.kind LIKE %(kind)s)
       AND NOT EXISTS (
            SELECT 1 FROM ir_attachment sent
              JOIN pom_paylink link ON link.move_id = sent.res_id
             WHERE link.token = %(token)s AND sent.res_model = 'account.move'
               AND sent.res_field = 'invoice_pdf_report_file')"""


class PomDrawnDocument(models.Model):
    """A document that was drawn for a page, kept as an attachment: whoever asks again
    gets the same one, as long as what it says is true.
    """

    _name = "pom.drawn.document"
    _description = "Document Drawn for a Payment Page"

    paylink_id = fields.Many2one("pom.paylink", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="paylink_id.company_id", store=True)
    kind = fields.Char(string="Type", required=True)
    digest = fields.Char(required=True, help="Of what the document says.")
    name = fields.Char(required=True)
    content = fields.Binary(required=True, attachment=True)

    _kind_uniq = models.Constraint("UNIQUE(paylink_id, kind)", "Drawn once.")

    @api.model
    def _is_to_wait(self, token, kind):
        """Whether a document can't be had now, told without reading anything of it.

        :param token: of a link, perhaps of none
        :param str kind: how the kind begins
        """
        asked = {"token": token, "kind": f"{kind} %", "lock": ONE_DRAWING}
        return self.env.execute_query(SQL(IS_TO_WAIT, **asked))[0][0]

    @api.model
    def _get(self, link, kind, digest, draw):
        """The document as it is kept, else drawn.

        :param str kind: which of the link's documents, in which language
        :param str digest: changes when the document would
        :param draw: function that draws it: (bytes, name of the file)
        :return: (bytes, name), or None when somebody is drawing: ask again in a moment
        """
        known = self.search(
            [("paylink_id", "=", link.id), ("kind", "=", kind)], limit=1
        )
        oldest = fields.Datetime.now() - KEPT
        if known.digest == digest and known.write_date > oldest:
            return known.with_context(bin_size=False)._raw(), known.name
        self.env.cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s)", ONE_DRAWING))
        if not self.env.cr.fetchone()[0]:
            return None
        content, name = draw()
        known._keep(link, kind, digest, content, name)
        return content, name

    def _raw(self):
        return self.env["res.company"]._pom_decode(self.content)

    def _keep(self, link, kind, digest, content, name):
        values = {
            "digest": digest,
            "name": name,
            "content": self.env["res.company"]._pom_encode(content),
        }
        if self:
            self.write(values)
        else:
            self.create({**values, "paylink_id": link.id, "kind": kind})

    @api.autovacuum
    def _gc(self):
        return self.env["res.company"]._pom_forget(self._forget)

    @api.model
    def _forget(self, company, batch=1000):
        documents = self.search(
            [
                ("company_id", "=", company.id),
                ("write_date", "<", company._pom_forget_before("pom_keep_raw_days")),
            ],
            limit=batch,
        )
        documents.unlink()
        return len(documents)
