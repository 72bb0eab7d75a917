"""A company in which all is there once that grows: invoices paid by the bank and
online, open and late ones, bank lines that nobody matched, reminders, what providers
told us and what third systems were told. Made by the product, then copied.
"""

from datetime import timedelta

from odoo.tools import SQL

from tests.bench.many_books import marks
from tests.company import collect_with
from tests.e2e.harness import environment
from tests.simulators.bancontact_pro import BancontactPro

CUSTOMERS, PER_CUSTOMER = 30, 5
#: So many of the invoices were paid by the bank, then online; the others are open.
BY_BANK, ONLINE = 80, 20
#: Bank lines whose senders nobody knows by what they wrote.
UNMATCHED = 8
REMINDED = 12
PAID_LATE = 30
#: What tells open bank lines that something is new.
HISTORY = (
    "account.move",
    "account.move.line",
    "account.partial.reconcile",
    "account.payment",
    "payment.transaction",
)


def found(name):
    """
    :return: (marks of before, what is there by its part in the story)
    """
    with BancontactPro() as psp, environment(name) as env:
        company = env.ref("base.main_company")
        env = env(context={**env.context, "allowed_company_ids": company.ids})
        first = marks(env.cr)
        systems = _third_systems(env)
        provider = collect_with(env, psp)
        _remind_friendly(env)
        env.cr.commit()
        moves = _invoices(env, _customers(env))
        env.cr.commit()
        # Some pay when they are reminded.
        _remind(env, _late(moves[:BY_BANK])[:PAID_LATE])
        lines = _bank(env, moves[:BY_BANK])
        env.cr.commit()
        for move in moves[BY_BANK : BY_BANK + ONLINE]:
            _pay_online(env, psp, provider, move)
        late = _late(moves[BY_BANK + ONLINE :])
        _remind(env, late[:REMINDED])
        # One system took all, at the other everything waits.
        told = env["pom.outbound.event"].search(
            [("subscriber_id", "=", systems["shop"]), ("state", "=", "new")]
        )
        told.state = "done"
        few = late[-1].partner_id
        parts = {
            "paid": moves[5].id,
            "online": moves[BY_BANK + 3].id,
            "open": late[-1].id,
            "reminded": late[0].id,
            "debtor": few.id,
            "statement": env["pom.paylink"]._statement_of(few, company).id,
            "unmatched": lines[-1].id,
            "first_open": moves[BY_BANK + ONLINE].id,
            "last": moves[-1].id,
        }
        _age(env)
        env.cr.commit()
    return first, parts, systems


def _age(env):
    """All of it was a day ago: what was made in the last minutes is news."""
    env.flush_all()
    for model in HISTORY:
        env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = write_date - INTERVAL '1 day',"
                " create_date = create_date - INTERVAL '1 day'",
                SQL.identifier(env[model]._table),
            )
        )
    env.invalidate_all()


def _late(moves):
    today = moves.company_id._pom_today()
    return moves.filtered(lambda move: move.invoice_date_due < today)


def _third_systems(env):
    """One that asks and is told, and one that's dead: its messages wait."""
    systems = env["pom.subscriber"]
    shop = systems.create({"name": "Shop", "url": "https://shop.example/hook"})
    dead = systems.create({"name": "Dead", "url": "https://dead.example/hook"})
    return {
        "shop": shop.id,
        "dead": dead.id,
        "key": env["pom.api.key"]._make(shop, "Growth"),
    }


def _remind_friendly(env):
    policy = env.ref("pom_reminder.policy_friendly")
    policy.write({"hour_from": 0, "hour_to": 24, "working_days": False})
    env.company._pom_setup().bank_days = -1
    env.company.pom_policy_consumer_id = policy
    env.company.pom_policy_business_id = policy


def _customers(env):
    return env["res.partner"].create(
        [
            {
                "name": f"Customer {number:02}",
                "email": f"customer{number}@klant.example",
                "ref": f"C{number}",
                "lang": "nl_BE",
                "country_id": env.ref("base.be").id,
                "bank_ids": [(0, 0, {"acc_number": _iban(number)})],
            }
            for number in range(CUSTOMERS)
        ]
    )


def _iban(number):
    body = 5_390_000_000 + number * 100_000
    bban = f"{body:010}{body % 97 or 97:02}"
    return f"BE{98 - int(bban + '111400') % 97:02}{bban}"


def _invoices(env, partners):
    """Every second is late."""
    today = env.company._pom_today()
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": partners[number // PER_CUSTOMER].id,
                "invoice_date": today - timedelta(days=40),
                "invoice_date_due": today
                + timedelta(days=-12 - number % 7 if number % 2 else 20),
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    (0, 0, {"name": "Bread", "price_unit": 50.0 + number * 3})
                ],
            }
            for number in range(CUSTOMERS * PER_CUSTOMER)
        ]
    )
    moves.action_post()
    return moves


def _bank(env, moves):
    journal = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1
    )
    today = env.company._pom_today()
    shared = {"journal_id": journal.id, "date": today - timedelta(days=3)}
    paid = [
        {
            **shared,
            "amount": move.amount_residual,
            "payment_ref": move.payment_reference,
            "account_number": move.partner_id.bank_ids.sanitized_acc_number,
            "partner_name": move.partner_id.name,
        }
        for move in moves
    ]
    unknown = [
        {
            **shared,
            "amount": 1000.01 + number,
            "payment_ref": "thank you",
            "account_number": "BE02001234567140",
            "partner_name": "Somebody Else",
        }
        for number in range(UNMATCHED)
    ]
    lines = env["account.bank.statement.line"].with_context(
        **journal._pom_import_context()
    )
    made = lines._pom_create_matched([*paid, *unknown])
    matched = made.filtered("is_reconciled")
    assert len(matched) == len(moves), f"{len(matched)} of {len(moves)} matched"
    return made


def _pay_online(env, psp, provider, move):
    method = provider.payment_method_ids[:1]
    attempt = move.pom_paylink_id._begin_attempt(provider, method)
    attempt._pom_start("http://127.0.0.1:1/")
    psp.pay(attempt.provider_reference)
    attempt._pom_apply(provider._pom_fetch(attempt.provider_reference))
    assert move.payment_state in ("paid", "in_payment"), move.payment_state
    event = env["pom.webhook.event"].create(
        {
            "provider_id": provider.id,
            "event_key": f"growth-{attempt.id}",
            "provider_reference": attempt.provider_reference,
            "headers": {},
        }
    )
    event._close("done")
    event.transaction_id = attempt
    env.cr.commit()


def _remind(env, moves):
    reminders = env["pom.reminder"]._plan_now(moves)
    reminders._send_now(env.company._pom_today())
    sent = reminders.filtered(lambda reminder: reminder.state == "sent")
    assert len(sent) == len(moves), reminders.mapped("reason")
