from odoo import http
from odoo.http import request

from ..tools import epc_qr, qr, status_picture
from .pay_common import GET, enter, file, find, not_found, read_choice

YEAR = 365 * 24 * 3600
REAL_IMAGES = {b"\x89P": "image/png", b"\xff\xd8": "image/jpeg", b"RI": "image/webp"}


class PayFiles(http.Controller):
    """Pictures and documents that belong to a link."""

    @http.route("/p/<string:token>/qr.png", **GET)
    def link_qr(self, token, **kwargs):
        """The link's own code, for a second screen: pictures in mails need an
        address.
        """
        link = find(token)
        return file(qr.png(link.url), "image/png") if link else not_found()

    @http.route(
        ["/p/<string:token>/status.<any(svg,png):kind>"],
        **GET,
    )
    def status(self, token, kind, lang=None, **kwargs):
        """How the debt stands, for mails and other systems. It tells nothing else, so
        no question is asked first.
        """
        link = find(token, lang)
        if not link:
            return not_found()
        state = link.state
        status = link.move_id.pom_payment_status if state == "open" else state
        label = status_label(link, status or state)
        draw = getattr(status_picture, kind)
        mimetype = "image/svg+xml" if kind == "svg" else "image/png"
        return file(draw(status or state, label), mimetype)

    @http.route("/p/<string:token>/transfer.png", **GET)
    def transfer_qr(self, token, **kwargs):
        """The bank-transfer code as a file: a phone can't scan its own screen, but bank
        apps open pictures.
        """
        link, refusal = enter(token)
        if refusal:
            return refusal
        choice = read_choice(link)
        transfer = link._bank_transfer(choice)
        if not transfer or link.state not in ("open", "planned", "disputed"):
            return not_found()
        try:
            payload = transfer["account"]._pom_epc_payload(
                float(choice.amount), choice.currency, transfer["reference"]
            )
        except epc_qr.EpcError:
            return not_found()
        return file(qr.png(payload), "image/png", "bank-qr.png", inline=False)

    @http.route("/p/<string:token>/invoice.pdf", **GET)
    def invoice_pdf(self, token, lang=None, item="", **kwargs):
        link, refusal = enter(token, lang)
        if refusal:
            return refusal
        moves = link._open_moves()
        if link.debtor_id:
            moves = moves.filtered(lambda move: str(move.id) == item)
        if not moves or link.state == "withdrawn":
            return not_found()
        with request.env.cr.savepoint() as savepoint:
            document = moves._get_invoice_legal_documents("pdf", allow_fallback=True)
            # Core notes on the invoice how its bank code was drawn, and with that as
            # changed by hand; a mail scanner that fetches this must not do so.
            savepoint.rollback()
        return file(document["content"], "application/pdf", document["filename"])

    @http.route("/p/<string:token>/receipt.pdf", **GET)
    def receipt_pdf(self, token, lang=None, **kwargs):
        link, refusal = enter(token, lang)
        if refusal:
            return refusal
        move = link.move_id
        if not move or not move.amount_total > move.amount_residual:
            return not_found()
        report = request.env["ir.actions.report"].sudo()
        report = report.with_context(**link.env.context)
        content, _kind = report._render_qweb_pdf(
            "pom_payment.action_report_receipt", move.ids
        )
        name = link.env._("Receipt %s", move.name).replace("/", "-")
        return file(content, "application/pdf", f"{name}.pdf")

    @http.route(
        "/pom/brand/<int:company_id>/<int:version>/<any(logo,icon):what>", **GET
    )
    def brand(self, company_id, version, what, **kwargs):
        """The company's pictures; ``version`` changes when they do."""
        company = request.env["res.company"].sudo().browse(company_id).exists()
        image = company.pom_page_icon
        if what == "logo":
            image = company.pom_page_logo or company.logo_web
        content = image and company._pom_decode(image)
        mimetype = REAL_IMAGES.get((content or b"")[:2])
        if not mimetype:
            return not_found()
        response = file(content, mimetype)
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return response


def status_label(link, status):
    env = link.env
    labels = {
        "open": env._("To pay"),
        "overdue": env._("Overdue"),
        "partial": env._("Partly paid"),
        "in_progress": env._("In progress"),
        "planned": env._("Planned"),
        "disputed": env._("Disputed"),
        "paid": env._("Paid"),
        "credit": env._("Credited"),
        "expired": env._("To pay"),
        "withdrawn": env._("Withdrawn"),
    }
    return labels[status]
