"""Somebody pays for another, and says for whom."""

from odoo.addons.pom_reconcile.matching.names import name_tokens
from odoo.addons.pom_reconcile.matching.rules import Rule
from odoo.addons.pom_reconcile.matching.rules.common import is_open, pays_debts
from odoo.addons.pom_reconcile.matching.settle import decide, whole

SENTENCE = "The text names %(evidence)s, of whom only %(documents)s is of this amount."


def name_in_text(line, index, settings):
    """Nobody else owes this amount, and the text has all words of the debtor's name."""
    debts = index.find("amount", line.company_id, abs(line.amount))
    debts = [debt for debt in debts if is_open(debt, line)]
    if len(debts) != 1 or not pays_debts(line, index):
        return None
    names = [name for item in debts[0].items for name in item.candidate.partner_names]
    said = [name for name in names if _is_said(name, line.text)]
    if not said or debts[0].left != line.amount:
        return None
    evidence = (("name", said[0]),)
    shown = (tuple(debts), whole(debts), evidence)
    return decide(line, "name_in_text", *shown, sentence=SENTENCE)


def _is_said(name, text):
    tokens = name_tokens(name)
    return len(tokens) > 1 and tokens <= name_tokens(text)


RULE = Rule("name_in_text", name_in_text, weak=True)
