"""Bank lines that are left open on purpose, for an accountant to work off."""

from datetime import date, timedelta

from tests.e2e.match_worker import bank_journal

DAY = date(2026, 11, 2)
#: What each line asks for, in turn: one key, a choice, words and a rest.
KINDS = ("suggested", "second", "credit", "searched", "fee")


def make(env, count):
    """Lines of these kinds, the oldest first; each is of a debtor of its own."""
    journal = bank_journal(env)
    debtors = env["res.partner"].create(
        [{"name": f"Klant {number:03d} BV"} for number in range(count)]
    )
    kinds = [KINDS[number % len(KINDS)] for number in range(count)]
    moves = env["account.move"].create(
        [
            vals
            for number, kind in enumerate(kinds)
            for vals in _invoices(debtors[number], number, kind)
        ]
    )
    moves.action_post()
    lines = env["account.bank.statement.line"].with_context(pom_importing=True)
    lines = lines.create(
        [
            _line(journal, debtors[number], number, kind)
            for number, kind in enumerate(kinds)
        ]
    )
    lines._pom_auto_match()
    return lines


def price(number):
    return 100 + number


def _invoices(debtor, number, kind):
    """What a person must decide on: two of the same amount, or one that isn't named."""
    copies = {"suggested": 2, "second": 2, "fee": 0}.get(kind, 1)
    for _copy in range(copies):
        line = {"name": "Werk", "price_unit": price(number), "tax_ids": [(5,)]}
        yield {
            "move_type": "out_invoice",
            "partner_id": debtor.id,
            "invoice_date": "2026-10-01",
            "invoice_line_ids": [(0, 0, line)],
        }


def _line(journal, debtor, number, kind):
    offset = {"credit": 0.37, "searched": -0.5}.get(kind, 0)
    amount = -number if kind == "fee" else price(number) + offset
    named = kind not in ("searched", "fee")
    return {
        "journal_id": journal.id,
        "date": DAY + timedelta(number // 10),
        "amount": amount,
        "payment_ref": f"{kind} {number:03d}",
        "partner_name": debtor.name if named else "Onbekend",
    }
