from odoo.addons.pom_payment.installing import make_room

from .models.pom_debt_figure import KEPT
from .models.pom_debt_figure_cells import CELLS
from .models.pom_debt_figure_open import OPEN
from .models.pom_debt_figure_touched import TOUCHED


def pre_init_hook(env):
    make_room(env, "pom_overview")


def uninstall_hook(env):
    """The rows that are kept aren't a model's table."""
    env.cr.execute(f"DROP TABLE IF EXISTS {KEPT}, {TOUCHED}, {CELLS}, {OPEN}")
    env["ir.config_parameter"].search([("key", "=like", "pom_overview.%")]).unlink()
