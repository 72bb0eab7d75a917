from odoo.addons.pom_payment.installing import make_room


def pre_init_hook(env):
    make_room(env, "pom_queue_job")
