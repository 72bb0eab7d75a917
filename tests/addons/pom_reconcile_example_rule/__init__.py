# Journals that are there already are given the rule, too.
from odoo.addons.pom_reconcile import post_init_hook

from . import models
