"""Why a message didn't arrive was kept as a sentence, in the language of whoever
noticed it; what we say ourselves is a word now, put into a sentence when it's read.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if version:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["pom.delivery"]._name_failures()
