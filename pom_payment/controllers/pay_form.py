from urllib.parse import urlencode

from odoo import http
from odoo.exceptions import ValidationError
from odoo.http import request

from odoo.addons.payment.controllers.portal import PaymentPortal
from odoo.addons.payment.controllers.post_processing import PaymentPostProcessing

from ..models.pom_paylink import PAYING
from .pay_common import back, chosen_way, find, has_passed, page, read_choice
from .pay_mark import stale
from .pay_values import transfer


class PayForm(PaymentPortal):
    """Providers that core speaks to are paid on core's own form: some of them draw
    their fields with scripts of their own.
    """

    @page(
        "/p/<string:token>/form",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def pay_form(self, link, way="", **kwargs):
        choice = read_choice(link)
        provider, method = None, None
        if link.state in PAYING and not choice.problem:
            provider, method = chosen_way(link, way, choice)
        if not provider:
            return back(link)
        values = {
            "link": link,
            "title": link.display_name,
            "company": link.company_id,
            "res_company": link.company_id,
            "mode": "payment",
            "transfer": transfer(link, choice),
            "amount": float(choice.amount),
            "currency": choice.currency,
            "partner_id": link.partner_id.id,
            "providers_sudo": provider,
            "payment_methods_sudo": method,
            # Who holds the link isn't proven to be the owner of a saved card.
            "tokens_sudo": request.env["payment.token"],
            "availability_report": {},
            "show_tokenize_input_mapping": {provider.id: False},
            "transaction_route": f"/p/{link.token}/transaction?{_query(link, choice)}",
            "landing_route": f"/p/{link.token}",
            "access_token": "",
        }
        response = request.render("pom_payment.pay_form", values)
        response.headers["Referrer-Policy"] = "same-origin"
        # Some providers draw their fields with scripts from their own hosts.
        response.headers["Content-Security-Policy"] = (
            "object-src 'none'; base-uri 'self'; frame-ancestors 'none'"
        )
        return response

    @http.route("/p/<string:token>/transaction", type="jsonrpc", auth="public")
    def pay_transaction(
        self, token, provider_id=None, payment_method_id=None, flow="redirect", **kwargs
    ):
        """Like core's '/payment/transaction', but the amount is ours to say, and only
        one attempt at a time is begun.
        """
        link = find(token)
        is_open = link and not link.withdrawn and not link._is_closed()
        if not is_open or not has_passed(link):
            raise ValidationError(request.env._("This payment link doesn't exist."))
        choice = read_choice(link)
        provider, method = chosen_way(
            link, f"{provider_id}-{payment_method_id}", choice
        )
        if link.state in PAYING and not provider or flow not in ("redirect", "direct"):
            raise ValidationError(
                request.env._("This way to pay isn't available. Choose another one.")
            )
        if stale(link, choice):
            raise ValidationError(
                request.env._(
                    "What is to be paid has changed since you opened this page. "
                    "Nothing was charged. Reload the page."
                )
            )
        attempt = provider and link._begin_attempt(
            provider, method, f"online_{flow}", choice
        )
        if not attempt:
            raise ValidationError(
                request.env._(
                    "This payment can't be started right now. Reload the page."
                )
            )
        attempt._log_sent_message()
        PaymentPostProcessing.monitor_transaction(attempt)
        return attempt._get_processing_values()


def _query(link, choice):
    items = [("item", move.id) for move in choice.moves] if link.debtor_id else []
    mark = ("mark", link._mark(choice))
    return urlencode([("amount", choice.amount), mark, *items])
