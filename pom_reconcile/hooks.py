from odoo.addons.pom_payment.installing import make_room


def pre_init_hook(env):
    make_room(env, "pom_reconcile")


def post_init_hook(env):
    """Give the bank journals that are there already their rules, and leave their past
    alone until somebody says otherwise.
    """
    domain = [("type", "in", ("bank", "cash", "credit"))]
    env["pom.match.rule"]._make(env["account.journal"].search(domain))
    env["account.journal"]._pom_leave_past()
