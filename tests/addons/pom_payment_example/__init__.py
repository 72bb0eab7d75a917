from odoo.addons.payment import setup_provider

from . import models


def post_init_hook(env):
    setup_provider(env, "example")
