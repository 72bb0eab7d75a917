from functools import partial

from odoo import http
from odoo.http import request
from odoo.tools import file_path

from ..models.pom_paylink import PAYING
from ..tools import epc_qr, link_token, qr, status_picture
from .pay_brief import one_moment, too_often
from .pay_common import GET, file, kept, not_found, page, read_choice
from .pay_look import STYLE, STYLE_VERSION
from .sender import sent_from

#: Documents per minute, sender and link: nobody reads more.
DOCUMENTS_PER_MINUTE = 30
#: Words for what is to be paid now.
ASKED = ("open", "overdue", "partial", "handed_over")
#: Core's own, which knows the letters of the languages that there are.
FONT = file_path("web/static/fonts/lato/Lato-Bol-webfont.ttf")
STATUS_PICTURES = {
    "svg": (status_picture.svg, "image/svg+xml"),
    "png": (partial(status_picture.png, font_file=FONT), "image/png"),
}
REAL_IMAGES = {b"\x89P": "image/png", b"\xff\xd8": "image/jpeg", b"RI": "image/webp"}


def no_time_for(kind):
    """Looks, before anything is read, whether a document is to be had now.

    :param str kind: as of ``pom.drawn.document``
    """

    def look(token):
        if request.env["pom.rate.limit"]._is_over(*_allowance(token)):
            return too_often()
        documents = request.env["pom.drawn.document"].sudo()
        token = link_token.normalize(token)
        return one_moment() if documents._is_to_wait(token, kind) else None

    return look


def _allowance(token):
    who = f"{link_token.normalize(token)}:{sent_from()}"
    return "documents", who, DOCUMENTS_PER_MINUTE, 60


def gone(link):
    """No document of a debt that isn't this link's any more."""
    return not_found()


class PayFiles(http.Controller):
    """Pictures and documents that belong to a link."""

    @page(
        "/p/<string:token>/qr.png",
        control=False,
        closed=True,
        withdrawn=gone,
        **GET,
    )
    def link_qr(self, link, **kwargs):
        """The link's own code, for a second screen: pictures in mails need an
        address.
        """
        return file(qr.png(link.url), "image/png")

    @page(
        "/p/<string:token>/status.<any(svg,png):kind>",
        control=False,
        closed=True,
        withdrawn=False,
        **GET,
    )
    def status(self, link, kind, **kwargs):
        """How the debt stands, for mails and other systems. It tells nothing else, so
        no question is asked first.
        """
        word = link._word()
        if word in ASKED and link._open_moves()._pom_is_told_paid():
            word = "told_paid"
        draw, mimetype = STATUS_PICTURES[kind]
        return file(draw(word, status_label(link, word)), mimetype)

    @page("/p/<string:token>/transfer.png", withdrawn=gone, **GET)
    def transfer_qr(self, link, **kwargs):
        """The bank-transfer code as a file: a phone can't scan its own screen, but bank
        apps open pictures.
        """
        choice = read_choice(link)
        transfer = link._bank_transfer(choice)
        if not transfer or link.state not in PAYING:
            return not_found()
        try:
            payload = transfer["account"]._pom_epc_payload(
                float(choice.amount), choice.currency, transfer["reference"]
            )
        except epc_qr.EpcError:
            return not_found()
        return file(qr.png(payload), "image/png", "bank-qr.png", inline=False)

    @page(
        "/p/<string:token>/invoice.pdf",
        withdrawn=gone,
        first=no_time_for("invoice"),
        **GET,
    )
    def invoice_pdf(self, link, item="", **kwargs):
        moves = link._documents()
        if link.debtor_id:
            moves = moves.filtered(lambda move: str(move.id) == item)
        if not moves or link.state == "withdrawn":
            return not_found()
        return _document(link, link._invoice_document(moves))

    @page(
        "/p/<string:token>/receipt.pdf",
        closed=True,
        withdrawn=gone,
        first=no_time_for("receipt"),
        **GET,
    )
    def receipt_pdf(self, link, **kwargs):
        if link.state == "withdrawn" or not link._has_receipt():
            return not_found()
        return _document(link, link._receipt())

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
        return kept(file(content, mimetype))

    @http.route("/pom/style/<string:version>/pay.css", **GET)
    def style(self, version, **kwargs):
        """The page's style sheets, as one. A page of before an update gets the new one,
        but not to keep it.
        """
        response = file(STYLE, "text/css; charset=utf-8")
        return kept(response) if version == STYLE_VERSION else response


def _document(link, found):
    request.env["pom.rate.limit"]._hit(*_allowance(link.token))
    if not found:
        return one_moment()
    content, name = found
    return file(content, "application/pdf", name)


def status_label(link, word):
    """What the creditor's lists say, too; but of nothing that it was paid without money
    of the debtor's.
    """
    if word == "told_paid":
        return link.move_id._pom_words_of_told_paid()
    if word == "paid" and link.move_id._pom_noted_amount():
        return link.env._("Settled")
    field = link.env["account.move"]._fields["pom_payment_status"]
    labels = dict(field._description_selection(link.env))
    return labels.get(word, labels["withdrawn"])
