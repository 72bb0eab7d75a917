"""That a plan keeps reminders back was kept as a sentence, in the language of whoever
looks after the invoice. It's a word now, and worded for whoever reads it.
"""

from odoo import SUPERUSER_ID, api

STATES = ("offered", "broken")


def migrate(cr, version):
    if not version:
        return
    moves = api.Environment(cr, SUPERUSER_ID, {})["account.move"]
    for code, _name in moves.env["res.lang"].get_installed():
        told = moves.with_context(lang=code)
        for facts in ({"plan": state} for state in STATES):
            words = told._pom_quiet_in_words(facts)
            kept = moves.search(
                [("pom_quiet_until", "!=", False), ("pom_quiet_reason", "=", words)]
            )
            kept.write({"pom_quiet_facts": facts, "pom_quiet_reason": False})
