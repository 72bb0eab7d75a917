"""Invoices that are all paid by bank lines, and what must be true afterwards."""

from tests.e2e.match_worker import bank_journal, invoices, line_vals

DEBTORS = 50


def make_invoices(env, count, chunk=250):
    """Open invoices, kept a chunk at a time."""
    partners = env["res.partner"].create(
        [{"name": f"Shared debtor {n}"} for n in range(min(DEBTORS, count // 5))]
    )
    quiet = env["account.move"].with_context(tracking_disable=True)
    for start in range(0, count, chunk):
        numbers = range(start, min(start + chunk, count))
        vals = [invoice_vals(partners[n % len(partners)], n) for n in numbers]
        quiet.create(vals).action_post()
        env.cr.commit()
        env.invalidate_all()


def invoice_vals(partner, number):
    line = {"name": "Work", "price_unit": 100 + number, "tax_ids": [(5,)]}
    return {
        "move_type": "out_invoice",
        "ref": "shared",
        "partner_id": partner.id,
        "invoice_date": "2026-02-01",
        "invoice_line_ids": [(0, 0, line)],
    }


def open_lines(env, word, chunk=250):
    """Lines as a feed leaves them: nobody has looked at them."""
    Line = env["account.bank.statement.line"].with_context(
        pom_importing=True, skip_retrieve_partner=True, tracking_disable=True
    )
    moves = invoices(env)
    for start in range(0, len(moves), chunk):
        Line.create(line_vals(env, moves[start : start + chunk], f"{word} {{}}"))
        env.cr.commit()
        env.invalidate_all()


def check_books(env):
    """Every invoice settled exactly once, and no money lost or made.

    :return: the bank lines
    """
    moves = invoices(env)
    debts = moves.line_ids.filtered(lambda item: item.display_type == "payment_term")
    for debt in debts:
        given = sum(debt.matched_credit_ids.mapped("amount"))
        assert given == debt.balance and not debt.amount_residual, debt.move_name
    lines = env["account.bank.statement.line"].search(
        [("journal_id", "=", bank_journal(env).id), ("date", ">=", "2026-02-10")]
    )
    credits = env["account.move.line"].search(
        [
            ("account_id", "=", debts.account_id.id),
            ("partner_id.name", "like", "Shared debtor"),
            ("parent_state", "=", "posted"),
        ]
    )
    payments = env["account.payment"].search(
        [("partner_id", "in", moves.partner_id.ids)]
    )
    waiting = payments.filtered(lambda payment: not payment.is_matched)
    suspense = lines.filtered(lambda line: not line.is_reconciled)
    paid = sum(lines.mapped("amount")) + sum(waiting.mapped("amount"))
    left = sum(suspense.mapped("amount")) - sum(credits.mapped("amount_residual"))
    assert round(paid, 2) == round(sum(moves.mapped("amount_total")) + left, 2)
    for line in lines.filtered("pom_match_id"):
        assert (line.pom_match_id.state == "matched") == line.is_reconciled
    return lines
