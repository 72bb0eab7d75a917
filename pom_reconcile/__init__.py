from . import models
from . import wizards


def post_init_hook(env):
    """Give the bank journals that are there already their rules."""
    domain = [("type", "in", ("bank", "cash", "credit"))]
    env["pom.match.rule"]._make(env["account.journal"].search(domain))
