"""Why a payment is held was kept as a sentence, in the language of whoever noticed it:
a scheduler, mostly, which has none. It's facts now; what can't be read as such stays as
it was written.
"""

import re

from odoo import SUPERUSER_ID, api

#: What the two places hold of a sentence that names a difference.
SAMPLE = {"reference": ("\0wanted", "\0found")}
#: Other reasons of events, in the words of before.
REASONS = {
    "connection_test": "A connection test.",
    "foreign": "No payment of ours has this number.",
}


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    languages = [
        _language(env, code) for code, _name in env["res.lang"].get_installed()
    ]
    held = [("pom_problem", "!=", False), ("pom_problem_values", "=", False)]
    for attempt in env["payment.transaction"].search(held):
        if facts := _facts(attempt.pom_problem, languages):
            attempt._pom_note_problem(facts)
    for event in env["pom.webhook.event"].search([("state", "=", "held")]):
        if facts := _facts(event.reason or "", languages):
            event.write({"reason": "mismatch", "reason_values": facts})
    for code, words in REASONS.items():
        env["pom.webhook.event"].search([("reason", "=", words)]).reason = code


def _language(env, code):
    """How one language says it.

    :return: (pattern of one difference, name of what it's about by its word)
    """
    attempts = env["payment.transaction"].with_context(lang=code)
    words = attempts._pom_words()
    said = re.escape(attempts._pom_mismatches_in_words(SAMPLE))
    for word, group in (
        (words["reference"], "(?P<what>.+?)"),
        ("\0wanted", "(?P<wanted>.*?)"),
        ("\0found", "(?P<found>.*?)"),
    ):
        said = said.replace(re.escape(word), group, 1)
    return re.compile(said), {word: name for name, word in words.items()}


def _facts(sentence, languages):
    """The differences that a sentence names; none when it isn't such a sentence."""
    for pattern, names in languages:
        found = [pattern.fullmatch(part) for part in sentence.split("; ")]
        if all(match and match["what"] in names for match in found):
            return {
                names[match["what"]]: (match["wanted"], match["found"])
                for match in found
            }
    return {}
