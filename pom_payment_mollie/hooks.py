from odoo.addons.pom_payment.installing import make_room

#: Ways to pay of ours.
METHODS = (
    "payment_method_paybybank",
    "payment_method_apple_pay",
    "payment_method_choice",
)


def pre_init_hook(env):
    make_room(env, "pom_payment_mollie")


def post_init_hook(env):
    offer(env, *METHODS)


def offer(env, *names):
    """Every Mollie that there is already can be paid with in these ways, too."""
    providers = env["payment.provider"].search([("code", "=", "mollie")])
    for name in names:
        env.ref(f"pom_payment_mollie.{name}").provider_ids = providers
