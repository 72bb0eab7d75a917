"""A debt in every state that the payment page knows."""

from datetime import timedelta

from odoo.fields import Command

from tests.clock import today
from tests.company import collect_with

TODAY = today()
#: Screens of an invoice's page and of a statement's.
SCREENS = (
    "open",
    "overdue",
    "partial",
    "instalment",
    "planned",
    "disputed",
    "disputed_part",
    "told_paid",
    "told_paid_late",
    "told_paid_old",
    "disputed_old",
    "in_progress",
    "paid",
    "paid_twice",
    "credit",
    "expired",
    "withdrawn",
    "statement",
    "statement_paid",
    "statement_told",
)


def set_up(env, url, psp):
    """Bancontact by the simulator, cards by core's demo provider."""
    parameters = env["ir.config_parameter"]
    parameters.set_param("web.base.url", url)
    parameters.set_param("report.url", url)
    collect_with(env, psp)
    cards = env["payment.provider"].search([("code", "=", "demo")])[:1]
    methods = cards.with_context(active_test=False).payment_method_ids
    methods.filtered(lambda method: method.code == "card").active = True
    env.company.pom_part_allowed = True
    env.ref("base.user_admin").email = "admin@dekat.example"


def invoice(env, partner, *prices, due=30, kind="out_invoice", term=None):
    move = env["account.move"].create(
        {
            "move_type": kind,
            "partner_id": partner.id,
            "invoice_date": TODAY - timedelta(days=20),
            **(
                {"invoice_payment_term_id": term.id}
                if term
                else {"invoice_date_due": TODAY + timedelta(days=due)}
            ),
            "invoice_line_ids": [
                Command.create(
                    {"name": f"Brood en taart voor het feest, deel {n}",
                     "price_unit": price}
                )
                for n, price in enumerate(prices, 1)
            ],
        }
    )  # fmt: skip
    move.action_post()
    return move


def pay(env, move, amount):
    wizard = env["account.payment.register"].with_context(
        active_model="account.move", active_ids=move.ids
    )
    wizard.create({"amount": amount})._create_payments()


def two_parts(env, first, second):
    return env["account.payment.term"].create(
        {
            "name": "Two parts",
            "line_ids": [
                Command.create(
                    {"value": "percent", "value_amount": 40, "nb_days": first}
                ),
                Command.create(
                    {"value": "percent", "value_amount": 60, "nb_days": second}
                ),
            ],
        }
    )


def debtor(env, name):
    return env["res.partner"].create(
        {
            "name": name,
            "email": f"{name.split()[0].lower()}@klant.example",
            "lang": "nl_BE",
            "zip": "9000",
            "ref": "K-0042",
            "country_id": env.ref("base.be").id,
        }
    )


def build(env):
    """:return: dict of screen -> address of its page"""
    partner = debtor(env, "Astrid Van den Bossche-Vandenbroucke")
    plain = {
        name: invoice(env, partner, 128.4, 31.7)
        for name in SCREENS
        if not name.startswith("statement") and name not in ("instalment", "planned")
    }
    plain["instalment"] = invoice(env, partner, 250, term=two_parts(env, 10, 60))
    plain["planned"] = invoice(env, partner, 250, term=two_parts(env, 10, 60))
    pay(env, plain["planned"], plain["planned"].line_ids.filtered(
        lambda line: line.display_type == "payment_term"
    ).sorted("date_maturity")[0].amount_currency)  # fmt: skip
    plain["overdue"].invoice_date_due = TODAY - timedelta(days=9)
    pay(env, plain["partial"], 60)
    pay(env, plain["paid"], plain["paid"].amount_residual)
    pay_twice(env, plain["paid_twice"])
    for name in ("told_paid", "told_paid_late", "told_paid_old"):
        tell(env, plain[name].pom_paylink_id, plain[name])
    plain["told_paid_late"].invoice_date_due = TODAY - timedelta(days=9)
    plain["told_paid_late"].pom_request_ids.action_accept()
    contest(env, plain["disputed"], plain["disputed"].amount_residual)
    contest(env, plain["disputed_old"], plain["disputed_old"].amount_residual)
    contest(env, plain["disputed_part"], 31.7)
    begin(env, plain["in_progress"])
    credit(env, plain["credit"])
    for name in ("expired", "told_paid_old", "disputed_old"):
        plain[name].pom_paylink_id.valid_until = TODAY - timedelta(days=1)
    addresses = {name: move.pom_payment_url for name, move in plain.items()}
    plain["withdrawn"].pom_paylink_id.action_withdraw()
    return {**addresses, **statements(env)}


def pay_twice(env, move):
    """By the bank, and at a provider."""
    link = move.pom_paylink_id.sudo()
    cards = env["payment.provider"].search([("code", "=", "demo")])[:1]
    methods = cards.with_context(active_test=False).payment_method_ids[:1]
    attempt = link._create_attempt(cards, methods, "online_direct", link._choice())
    line = env["account.bank.statement.line"].create(
        {
            "journal_id": env["account.journal"].search([("type", "=", "bank")])[:1].id,
            "amount": move.amount_total,
            "payment_ref": move.payment_reference,
            "date": TODAY,
        }
    )
    line._pom_auto_match()
    attempt._set_done()
    attempt._post_process()


def tell(env, link, moves):
    values = {"paid_on": TODAY - timedelta(days=2)}
    env["pom.payer.request"]._receive(link.sudo(), "already_paid", values, moves)


def contest(env, move, amount):
    link = move.pom_paylink_id.sudo()
    values = {"reason": "faulty", "text": "De taart was nat.", "amount": amount}
    env["pom.payer.request"]._receive(link, "dispute", values, move)


def begin(env, move):
    link = move.pom_paylink_id.sudo()
    provider, method = link._ways_to_pay()[0]
    attempt = link._create_attempt(provider, method, "online_redirect", link._choice())
    attempt._pom_start(link.url)
    assert attempt.pom_redirect_url, attempt.state_message


def credit(env, move):
    wizard = env["account.move.reversal"].with_context(
        active_model="account.move", active_ids=move.ids
    )
    refund = wizard.create({"journal_id": move.journal_id.id})
    refund.refund_moves()
    note = env["account.move"].browse(refund.new_move_ids.ids)
    note.filtered(lambda m: m.state == "draft").action_post()
    lines = (move | note).line_ids.filtered(
        lambda line: line.account_id.account_type == "asset_receivable"
    )
    lines.filtered(lambda line: not line.reconciled).reconcile()


def statements(env):
    links = env["pom.paylink"]
    busy = debtor(env, "Bram Desmet")
    invoice(env, busy, 80)
    invoice(env, busy, 45.5, due=-15)
    invoice(env, busy, 12.25, kind="out_refund")
    calm = debtor(env, "Cato Wouters")
    told = debtor(env, "Dries Claes")
    tell(env, links._statement_of(told, env.company), invoice(env, told, 80, due=-9))
    invoice(env, told, 45.5)
    return {
        "statement": links._statement_of(busy, env.company).url,
        "statement_paid": links._statement_of(calm, env.company).url,
        "statement_told": links._statement_of(told, env.company).url,
    }
