from odoo import http
from odoo.http import request

from odoo.addons.account_payment.controllers.portal import PortalAccount

from ..models.account_move_debt import PAYABLE


class PomPortal(http.Controller):
    """For customers who are logged in."""

    @http.route("/my/pom/statement", type="http", auth="user", methods=["POST"])
    def statement(self, **kwargs):
        """All that this customer has to pay. A POST, since the link may be made now."""
        return _to_statement()


class PomPortalAccount(PortalAccount):
    """Core's *overdue* is of the document's last day, and of all that was invoiced."""

    @http.route()
    def portal_my_overdue_invoices(self, access_token=None, **kw):
        # OVERRIDES 'account_payment', which asks the totals of what is late, paid in
        # part or not.
        if request.env.user._is_public():
            return super().portal_my_overdue_invoices(access_token, **kw)
        return _to_statement()

    @http.route()
    def portal_my_invoice_detail(self, invoice_id, *args, **kwargs):
        # EXTENDS 'account', which gives what was sent, whatever changed since.
        request.update_context(pom_as_asked=True)
        return super().portal_my_invoice_detail(invoice_id, *args, **kwargs)

    def _get_overdue_invoices_domain(self, partner_id=None):
        # OVERRIDES 'account'
        partner = partner_id or request.env.user.partner_id.id
        moves = request.env["account.move"].sudo()
        moves = moves.search(
            [
                ("partner_id", "=", partner),
                ("move_type", "in", PAYABLE),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
            ]
        )
        late = moves.filtered(lambda move: move.pom_standing.late_since)
        return [("id", "in", (late - late._pom_told_paid()).ids)]


def _to_statement():
    partner = request.env.user.partner_id
    link = request.env["pom.paylink"].sudo()._statement_of(partner, request.env.company)
    return request.redirect(f"/p/{link.token}", code=303)
