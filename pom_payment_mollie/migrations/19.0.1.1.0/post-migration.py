"""Apple Pay is new: offered by every Mollie that there is already, once it's active."""

from odoo import SUPERUSER_ID, api

from odoo.addons.pom_payment_mollie.hooks import offer


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    offer(env, "payment_method_apple_pay")
