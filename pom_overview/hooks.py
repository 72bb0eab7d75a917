from odoo.addons.pom_payment.installing import make_room

from .models.pom_debt_figure import KEPT


def pre_init_hook(env):
    make_room(env, "pom_overview")


def uninstall_hook(env):
    """The rows that are kept aren't a model's table."""
    env.cr.execute(f"DROP TABLE IF EXISTS {KEPT}")
