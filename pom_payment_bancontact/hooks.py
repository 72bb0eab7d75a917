from odoo.addons.payment import reset_payment_provider, setup_provider
from odoo.addons.pom_payment.installing import keep_payments, make_room

from .psp import BancontactPro


def pre_init_hook(env):
    make_room(env, "pom_payment_bancontact")


def post_init_hook(env):
    setup_provider(env, BancontactPro.code)


def uninstall_hook(env):
    keep_payments(env, BancontactPro.code)
    reset_payment_provider(env, BancontactPro.code)
