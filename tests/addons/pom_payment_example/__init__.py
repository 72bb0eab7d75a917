from odoo.addons.payment import setup_provider

from . import models


def post_init_hook(env):
    # Core's: its journal, and a method line of that, in each company.
    setup_provider(env, "example")
