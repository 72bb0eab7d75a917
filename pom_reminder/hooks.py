from odoo.addons.pom_payment.installing import make_room


def pre_init_hook(env):
    make_room(env, "pom_reminder")


def uninstall_hook(env):
    """All goes; what follows a policy would keep it."""
    env.cr.execute("DELETE FROM pom_reminder")
    env.cr.execute("DELETE FROM pom_reminder_setup")
