from odoo.addons.payment import reset_payment_provider, setup_provider

from .psp import BancontactPro


def post_init_hook(env):
    setup_provider(env, BancontactPro.code)


def uninstall_hook(env):
    reset_payment_provider(env, BancontactPro.code)
