from odoo.addons.pom_payment.installing import make_room


def pre_init_hook(env):
    make_room(env, "pom_payment_mollie")


def post_init_hook(env):
    """Ways to pay of ours, for every Mollie that there is already."""
    providers = env["payment.provider"].search([("code", "=", "mollie")])
    for name in ("payment_method_paybybank", "payment_method_choice"):
        env.ref(f"pom_payment_mollie.{name}").provider_ids = providers
