from odoo import api, models

from ..tools import mail_html, plain


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
        html, pictures = mail_html.inline_pictures(mail_html.bulletproof(body))
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
