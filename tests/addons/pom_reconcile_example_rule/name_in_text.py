"""Somebody pays for another, and says for whom."""

from odoo.addons.pom_payment.tools.marking import _
from odoo.addons.pom_reconcile.matching.names import name_tokens
from odoo.addons.pom_reconcile.matching.rules import Rule
from odoo.addons.pom_reconcile.matching.rules.common import is_open, pays_debts
from odoo.addons.pom_reconcile.matching.settle import decide, whole

SENTENCE = _(
    "The text names %(evidence)s, of whom only %(documents)s is of this amount."
)


def name_in_text(line, index, settings):
    """Nobody else owes this amount, and the text has all words of the debtor's name."""
    found = index.find("amount", line.company_id, abs(line.amount))
    debts = tuple(debt for debt in found if is_open(debt, line))
    if len(debts) != 1 or debts[0].left != line.amount or not pays_debts(line, index):
        return None
    names = [name for item in debts[0].items for name in item.candidate.partner_names]
    said = [name for name in names if _is_said(name, line.text)]
    if not said:
        return None
    return decide(
        line,
        "name_in_text",
        debts,
        allocations=whole(debts),
        evidence=(("name", said[0]),),
        sentence=SENTENCE,
    )


def _is_said(name, text):
    tokens = name_tokens(name)
    # A single word stands in too many texts.
    return len(tokens) > 1 and tokens <= name_tokens(text)


# Weak: tried when no line of the batch says for itself that it pays this debt.
RULE = Rule("name_in_text", name_in_text, weak=True)
