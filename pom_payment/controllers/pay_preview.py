import secrets

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..models.mail_template import LAYOUT
from .pay_common import in_language, is_id, protected
from .pay_look import look
from .pay_values import pay_values

ISSUER = {"type": "http", "auth": "user", "methods": ["GET"], "sitemap": False}


class PayPreview(http.Controller):
    """The request as the debtor will see it, for who sends it."""

    @http.route("/pom/preview/<int:move_id>", **ISSUER)
    def request_preview(self, move_id, **kwargs):
        """Message, page and document on one screen."""
        move = _readable(request.env["account.move"].browse(move_id))
        if not move.pom_paylink_id:
            raise NotFound
        nonce = secrets.token_urlsafe(16)
        values = {
            "move": move,
            "company": move.company_id,
            "nonce": nonce,
            "page_lang": (request.env.lang or "en_US").replace("_", "-"),
            "page": f"/pom/preview/page/{move.company_id.id}?move={move.id}",
            "subject": _message(move)["subject"],
            **look(move.company_id.sudo()),
        }
        response = request.render("pom_payment.pay_preview", values)
        protected(response, nonce)
        policy = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = f"{policy}; frame-src 'self'"
        return response

    @http.route("/pom/preview/message/<int:move_id>", **ISSUER)
    def message_preview(self, move_id, **kwargs):
        """The body of the e-mail, in a frame where nothing of it can run."""
        move = _readable(request.env["account.move"].browse(move_id))
        response = request.make_response(_message(move)["body"])
        protected(response, framed=True)
        response.headers["Content-Security-Policy"] = (
            "sandbox; default-src 'none'; img-src 'self' data:; "
            "style-src 'unsafe-inline'; frame-ancestors 'self'"
        )
        return response

    @http.route("/pom/preview/page/<int:company_id>", **ISSUER)
    def page_preview(self, company_id, move=None, color=None, font=None, **kwargs):
        """The payment page, with colours and letters that may not be saved yet."""
        company = _readable(request.env["res.company"].browse(company_id))
        found = _sample(company, move)
        if not found:
            return request.render("pom_payment.pay_preview_nothing")
        link = in_language(found.pom_paylink_id.sudo())
        nonce = secrets.token_urlsafe(16)
        values = {
            **pay_values(link, link._choice()),
            **look(company.sudo(), color, font),
            "notice": None,
            "nonce": nonce,
        }
        response = request.render("pom_payment.pay_page", values)
        return protected(response, nonce, framed=True)


def _readable(record):
    if (
        not record.exists()
        or not request.env.user.has_group("account.group_account_readonly")
        and not request.env.user.has_group("account.group_account_invoice")
    ):
        raise NotFound
    record.check_access("read")
    return record


def _sample(company, move):
    """The invoice that was asked for, or the last one that was sent."""
    moves = request.env["account.move"]
    if move and is_id(move):
        return _readable(moves.browse(int(move)))
    return moves.search(
        [
            ("company_id", "=", company.id),
            ("state", "=", "posted"),
            ("move_type", "=", "out_invoice"),
            ("amount_residual", ">", 0),
            ("pom_paylink_ids.withdrawn", "=", False),
        ],
        order="id desc",
        limit=1,
    )


def _message(move):
    template = move._get_mail_template()
    rendered = template._generate_template(move.ids, ("subject", "body_html"))
    values = rendered[move.id]
    message = request.env["mail.message"].new({"body": values["body_html"]})
    lang = template._render_lang(move.ids)[move.id]
    sheet = request.env["ir.qweb"]._render(
        LAYOUT, {"record": move.with_context(lang=lang), "message": message}, lang=lang
    )
    return {"subject": values["subject"], "body": sheet}
