"""Books in which each number of *Payments → Overview* says something."""

from datetime import timedelta

from tests.company import provider_of
from tests.e2e.test_overview import make_debts, tell

#: What one costs.
SMS = 0.08
FOREVER = "9999-12-31"


def make_books(env):
    make_debts(env)
    env.company.pom_price_sms = SMS
    moves = env["account.move"].search([("move_type", "=", "out_invoice")], order="id")
    unpaid = moves.filtered("amount_residual")
    contested, planned, coming, quiet = unpaid
    contested.pom_disputed_amount = 30
    env["pom.claim"].create(
        {
            "move_id": planned.id,
            "company_id": env.company.id,
            "kind": "costs",
            "amount": 7.5,
        }
    )
    quiet.pom_quiet_until = FOREVER
    make_plans(env, planned, coming)
    make_to_do(env, contested)
    make_entries(env, contested.partner_id)


def make_plans(env, planned, wished):
    """One that runs, one to be decided on."""
    today = env.company._pom_today()
    plans = env["pom.payment.plan"].create(
        [
            {
                "move_ids": [(6, 0, move.ids)],
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "day": today + timedelta(30 * number),
                            "amount": move.amount_residual / 2,
                        },
                    )
                    for number in range(2)
                ],
            }
            for move in (planned, wished)
        ]
    )
    plans[0].action_agree()


def make_to_do(env, move):
    """Something of each that waits for a person."""
    today = env.company._pom_today()
    tell(env, move, "letter", "reminder", today)
    tell(env, move, "email", "reminder", today)
    letter, bounced = move.pom_delivery_ids.sorted("id")[-2:]
    letter.write({"state": "by_hand", "sent_date": False})
    bounced.state = "bounced"
    shared = {"company_id": env.company.id, "partner_id": move.partner_id.id}
    env["pom.payer.request"].create(
        {
            **shared,
            "kind": "question",
            "paylink_id": move.pom_paylink_id.id,
            "move_ids": move.ids,
            "currency_id": move.currency_id.id,
        }
    )
    reminder = {**shared, "move_id": move.id, "due_date": move.invoice_date_due}
    env["pom.reminder"].create(
        [
            {**reminder, "planned_date": today},
            {
                **reminder,
                "due_date": today,
                "planned_date": today - timedelta(1),
                "state": "left_out",
                "reason": "no_address",
            },
        ]
    )
    make_held(env, move)


def make_held(env, move):
    """Money that came in twice: a person decides."""
    provider = provider_of(env, "demo", env.company)
    env["payment.transaction"].create(
        {
            "provider_id": provider.id,
            "payment_method_id": provider.payment_method_ids[:1].id,
            "reference": "held",
            "amount": 10,
            "currency_id": move.currency_id.id,
            "partner_id": move.partner_id.id,
            "pom_problem": "Came twice",
        }
    )


def make_entries(env, partner):
    """On the receivable account, beside invoices: a credit note, a payment, an entry of
    somebody's, and a line of the bank that nobody has matched.
    """
    today = env.company._pom_today()
    credit = env["account.move"].create(
        {
            "move_type": "out_refund",
            "partner_id": partner.id,
            "invoice_date": today,
            "invoice_line_ids": [(0, 0, {"name": "Taart", "price_unit": 12})],
        }
    )
    account = partner.property_account_receivable_id
    sales = credit.invoice_line_ids.account_id
    entry = env["account.move"].create(
        {
            "date": today,
            "line_ids": [
                (
                    0,
                    0,
                    {"account_id": account.id, "debit": 15, "partner_id": partner.id},
                ),
                (0, 0, {"account_id": sales.id, "credit": 15}),
            ],
        }
    )
    (credit + entry).action_post()
    bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
    env["account.payment"].create(
        {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": partner.id,
            "amount": 20,
            "date": today,
            "journal_id": bank.id,
        }
    ).action_post()
    env["account.bank.statement.line"].create(
        {"journal_id": bank.id, "date": today, "amount": 9, "payment_ref": "thanks"}
    )
