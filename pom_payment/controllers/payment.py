"""Core's own ways to pay an invoice (customer portal, core's payment link) keep the
same promises as our page: one payment at a time, of an amount that is really due.
"""

from odoo.exceptions import AccessError, ValidationError
from odoo.http import request

from odoo.addons.payment.controllers.portal import PaymentPortal
from odoo.addons.payment.controllers.post_processing import PaymentPostProcessing

from ..debt.amounts import Bounds
from ..models.pom_paylink import attempt_deadline


class GuardedPayment(PaymentPortal):
    def _create_transaction(
        self, *args, amount=None, flow=None, custom_create_values=None, **kwargs
    ):
        # EXTENDS 'payment': the one door that all of core's routes go through.
        if flow == "token" and request.env.user._is_public():
            # Who holds a link isn't proven to be the owner of a saved card.
            raise AccessError(request.env._("Log in to pay with a saved card."))
        values = dict(custom_create_values or {})
        invoices = _invoices(values)
        if invoices:
            _check_way(invoices, kwargs)
            _claim(invoices, amount)
            values["pom_expires_at"] = attempt_deadline()
        somebody_else_charges = request.env.context.get("delay_token_charge")
        request.update_context(delay_token_charge=True)
        attempt = super()._create_transaction(
            *args, amount=amount, flow=flow, custom_create_values=values, **kwargs
        )
        # Whatever happens at the provider, there is a record to follow.
        request.env.cr.commit()  # pylint: disable=invalid-commit
        attempt = attempt.with_context(
            pom_committed=True, delay_token_charge=somebody_else_charges
        )
        if flow == "token" and not somebody_else_charges:
            attempt._charge_with_token()
        return attempt


def _invoices(values):
    transaction = request.env["payment.transaction"].sudo()
    commands = values.get("invoice_ids") or []
    ids = transaction._fields["invoice_ids"].convert_to_cache(commands, transaction)
    return transaction.env["account.move"].browse(ids)


def _claim(invoices, amount):
    """Keep others out of these debts until this request is over.

    :raises ValidationError: when somebody is paying them, or that much isn't due
    """
    invoices._pom_lock_debts()
    invoices.env.invalidate_all()
    _own_attempt(invoices, amount)._pom_make_way()
    for invoice in invoices:
        _check_begin(invoice)
    _check_due(invoices, amount)


def _check_way(invoices, values):
    """:raises ValidationError: when these may not be paid in this way"""
    token = request.env["payment.token"].sudo().browse(values.get("token_id") or 0)
    method = token.payment_method_id.id or values.get("payment_method_id")
    if not invoices._pom_may_use_method(method):
        raise ValidationError(
            request.env._("This way to pay isn't available. Choose another one.")
        )


def _own_attempt(invoices, amount):
    """Who presses Pay once more in the same browser goes on with the new attempt. One
    of another amount is another payment: that must be stopped at the provider, or given
    up by who began it.
    """
    own = request.session.get(PaymentPostProcessing.MONITORED_TX_ID_KEY)
    return invoices.transaction_ids.filtered(
        lambda tx: tx.id == own and (tx._pom_can_be_stopped() or tx.amount == amount)
    )


def _check_begin(invoice):
    standing = invoice.pom_standing
    if standing.can_be_paid:
        return
    if standing.word == "in_progress":
        raise ValidationError(
            request.env._(
                "%(invoices)s: a payment is in progress. Finish it, or cancel it at "
                "%(address)s.",
                invoices=invoice.name,
                address=invoice.pom_payment_url,
            )
        )
    raise ValidationError(
        request.env._(
            "%(invoice)s can't be paid now. %(reason)s",
            invoice=invoice.name,
            reason=invoice._pom_refusal(),
        )
    )


def _check_due(invoices, amount):
    currency = invoices.currency_id
    limits = _limits(invoices)
    if (
        not isinstance(amount, (int, float))
        or not amount > 0
        or currency.compare_amounts(amount, float(limits.most)) > 0
        or currency.compare_amounts(amount, float(limits.least)) < 0
    ):
        due = currency.format(float(limits.asked))
        raise ValidationError(
            request.env._("That can't be paid: %s is due. Reload the page.", due)
        )


def _limits(invoices):
    """What our page would take for these."""
    if len(invoices) == 1:
        return invoices._pom_bounds()
    standings = [invoice.pom_standing for invoice in invoices]
    asked = sum(one.asked for one in standings)
    alone = sum(one.asked_alone for one in standings)
    return Bounds(alone, asked, sum(one.most for one in standings))
