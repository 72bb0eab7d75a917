from .models.pom_debt_figure import KEPT


def uninstall_hook(env):
    """The rows that are kept aren't a model's table."""
    env.cr.execute(f"DROP TABLE IF EXISTS {KEPT}")
