from odoo.addons.pom_reconcile import post_init_hook

from . import models
