import base64
import re

from odoo import api, models
from odoo.tools import consteq

from ..tools import mail_html, plain

#: A picture of a text that Odoo made a file of, such as a QR code in a template.
KEPT = re.compile(
    r'src="[^"]*/web/image/(?P<id>\d{1,9})\?access_token=(?P<token>[\w-]+)[^"]*"'
)


SHOWN = ("image/png", "image/jpeg", "image/gif")


class IrMailServer(models.Model):
    """Messages of ours leave with a button that is one in every program, with their
    pictures inside, and with a text part that was written as text.
    """

    _inherit = "ir.mail_server"

    @api.model
    def _build_email__(self, email_from, email_to, subject, body, **options):  # noqa: PLW3201
        # EXTENDS 'base'
        if not mail_html.is_ours(body):
            return super()._build_email__(
                email_from, email_to, subject, body, **options
            )
        # Names are in them that people choose themselves: a line end there, and nothing
        # would reach them any more.
        subject = plain.one_line(subject or "")
        email_to = [plain.one_line(address) for address in email_to]
        options["headers"] = {
            name: plain.one_line(value) if isinstance(value, str) else value
            for name, value in (options.get("headers") or {}).items()
        }
        options["body_alternative"] = mail_html.as_text(body)
        html = self._pom_within(mail_html.bulletproof(body))
        html, pictures = mail_html.inline_pictures(html)
        message = super()._build_email__(email_from, email_to, subject, html, **options)
        shown = message.get_body(("html",))
        for picture in pictures:
            shown.add_related(
                picture.content,
                "image",
                picture.kind,
                cid=f"<{picture.cid}>",
                filename=f"picture.{picture.kind}",
                disposition="inline",
            )
        return message

    def _pom_within(self, html):
        """Kept pictures stand in the message again: at an address most programs show
        them only when asked to.
        """
        html = mail_html.codes_within(html)
        found = {match["id"]: match["token"] for match in KEPT.finditer(html)}
        files = self.env["ir.attachment"].sudo().browse(map(int, found)).exists()
        within = {
            str(file.id): f'src="data:{file.mimetype};base64,{encoded(file)}"'
            for file in files
            if consteq(file.access_token or "", found[str(file.id)])
            and file.mimetype in SHOWN
        }
        return KEPT.sub(lambda match: within.get(match["id"], match[0]), html)


def encoded(file):
    return base64.b64encode(file.raw or b"").decode()
