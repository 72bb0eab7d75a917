from odoo.addons.pom_payment.installing import make_room

from .psp import Stripe


def pre_init_hook(env):
    make_room(env, "pom_payment_stripe")


def post_init_hook(env):
    """Whoever collects with Odoo's own form goes on doing so, until they choose
    otherwise: our address must first be made known to Stripe.
    """
    providers = env["payment.provider"].search(
        [("code", "=", Stripe.code), ("state", "!=", "disabled")]
    )
    providers.stripe_checkout = False
