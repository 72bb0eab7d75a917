"""What is compared between small and large books: what a debtor, an accountant, a third
system and the scheduled actions do with one debt, or with one batch of them.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from tests.e2e.harness import environment

#: Of any answer: a phone loads it on the road.
MOST_BYTES = 250_000
#: What the views of models show, by model and kind of view.
COLUMNS = {}
PHONE = "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Mobile"


class Where(NamedTuple):
    """
    :param parts: ids of what is there, of the copy in the middle
    """

    name: str
    parts: dict
    systems: dict
    client: object


class Work(NamedTuple):
    """
    :param run: function of :class:`Where`: does it, and returns the seconds
    :param most: times longer that it may take in large books
    :param most_ms: that it may take in large books, where it's about more than one
        debt: against minutes, on a machine that others use too
    :param whole: large tables of which all is asked
    """

    name: str
    run: Callable
    most: float = 1.3
    most_ms: float | None = None
    whole: tuple[str, ...] = ()


def client(names):
    """Odoo's own WSGI application in this process, for several databases."""
    from werkzeug.test import Client

    import odoo.http
    import odoo.service.server
    from odoo.tools import config

    with environment(names[0]):
        config["db_name"] = list(names)
        odoo.service.server.load_server_wide_modules()
    return Client(odoo.http.root)


# -- by the door -----------------------------------------------------------------------


def _get(where, path, **headers):
    headers = {"Host": "127.0.0.1", "X-Odoo-Database": where.name, **headers}
    start = time.perf_counter()
    answer = where.client.get(path, headers=headers)
    size = len(answer.get_data())
    seconds = time.perf_counter() - start
    assert size < MOST_BYTES, f"{path} has {size} bytes"
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    return seconds


def _page(of):
    def run(where):
        with environment(where.name) as env:
            found = env["pom.paylink"].browse(where.parts[of])
            if of not in ("statement", "crowd"):
                found = env["account.move"].browse(where.parts[of]).pom_paylink_id
            path = f"/p/{found.token}"
        return _get(where, path, **{"User-Agent": PHONE})

    return run


def _ask(path):
    def run(where):
        with environment(where.name) as env:
            move = env["account.move"].browse(where.parts["open"])
            [last] = env["pom.outbound.event"].search([], limit=1).ids or [0]
            address = path.format(
                id=move.id,
                number=move.name.replace("/", "%2F"),
                reference=move.payment_reference.replace("+", "%2B"),
                last=last,
            )
        key = {"Authorization": f"Bearer {where.systems['key']}"}
        return _get(where, f"/pom/api/v1/{address}", **key)

    return run


# -- in Odoo ---------------------------------------------------------------------------


def _step(prepare, user="base.user_admin"):
    """
    :param prepare: function of (env, where): gets ready, and returns what is measured
    """

    def run(where):
        with environment(where.name) as env:
            company = env.ref("base.main_company")
            env = env(
                user=env.ref(user).id,
                context={
                    "lang": "en_US",
                    "tz": "Europe/Brussels",
                    "allowed_company_ids": company.ids,
                },
            )
            step = prepare(env, where)
            env.cr.flush()
            env.invalidate_all()
            start = time.perf_counter()
            step()
            # As a commit does, which tells third systems, too.
            env.cr.flush()
            seconds = time.perf_counter() - start
            env.cr.rollback()
        return seconds

    return run


def _cron(prepare):
    return _step(prepare, "base.user_root")


def _columns(env, model, kind="list", view=None):
    """What the web client asks for, of a view: once, since it's the same everywhere."""
    if (model, kind) not in COLUMNS:
        COLUMNS[model, kind] = _read_columns(env, model, kind, view)
    return COLUMNS[model, kind]


def _read_columns(env, model, kind, view):
    arch = etree.fromstring(
        env[model].get_views([(view and env.ref(view).id, kind)])["views"][kind]["arch"]
    )
    records = env[model]
    return {
        name: {"fields": {"display_name": {}}}
        if records._fields[name].relational
        else {}
        for name in dict.fromkeys(
            node.get("name")
            for node in arch.iter("field")
            if not any(above.tag == "field" for above in node.iterancestors())
            and node.get("column_invisible") not in ("True", "1")
        )
        if name in records._fields
    }


def _list(model, domain=(), view=None, order="id desc"):
    def prepare(env, where):
        columns = _columns(env, model, view=view)
        return lambda: env[model].web_search_read(
            list(domain), columns, limit=80, order=order, count_limit=81
        )

    return _step(prepare)


def _form(env, where):
    move = env["account.move"].browse(where.parts["open"])
    columns = _columns(env, "account.move", "form")
    return lambda: move.web_read(columns)


def _post(env, where):
    debtor = env["res.partner"].browse(where.parts["debtor"])
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": debtor.id,
                "invoice_date": "2026-11-01",
                "invoice_line_ids": [
                    (0, 0, {"name": "Bread", "price_unit": 10_000.0 + number})
                ],
            }
            for number in range(20)
        ]
    )
    return moves._post


def _push(status):
    """
    :param int status: that the system answers
    """

    def prepare(env, where):
        from odoo.addons.pom_status_api.tools.push import Outcome

        move = env["account.move"].browse(where.parts["open"])
        events = env["pom.outbound.event"]

        def tell():
            move.pom_disputed_amount = 1
            env.flush_all()
            events._record(move)
            events._next([], 8)
            event = events.search(
                [
                    ("subscriber_id", "=", where.systems["dead"]),
                    ("move_id", "=", move.id),
                ],
                limit=1,
            )
            event._take()
            event._note_outcome(Outcome(status=status))

        return tell

    return _cron(prepare)


def _batch(env, where):
    """Invoices of one batch: the same in all books."""
    count = where.parts["last"] - where.parts["first_open"] + 1
    return env["account.move"].browse(
        range(where.parts["first_open"], where.parts["first_open"] + count)
    )


def _plan(env, where):
    reminders = env["pom.reminder"].with_company(env.company)
    moves = _batch(env, where)
    return lambda: reminders._plan_for(moves, env.company._pom_today())


def _find(env, where):
    reminders = env["pom.reminder"].with_company(env.company)
    debtor = where.parts["debtor"]
    return lambda: reminders._candidates(env.company, debtor - 1, 25)


def _open_lines(env, where):
    """Those that are worth another try, when one invoice is new."""
    lines = env["account.bank.statement.line"]
    env.cr.execute(
        "UPDATE account_bank_statement_line SET pom_keys = %s,"
        " pom_tried_on = now() AT TIME ZONE 'UTC' WHERE is_reconciled IS NOT TRUE",
        ['["=1", "nobody"]'],
    )
    env.cr.execute(
        "UPDATE account_move_line SET write_date = now() AT TIME ZONE 'UTC'"
        " WHERE move_id = %s",
        [where.parts["open"]],
    )
    return lines._pom_to_try


def _bank(env, moves):
    """Values of lines that pay these, each with its reference."""
    journal = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1
    )
    values = [
        {
            "journal_id": journal.id,
            "date": "2026-11-20",
            "amount": move.amount_residual,
            "payment_ref": move.payment_reference,
            "account_number": move.partner_id.bank_ids.sanitized_acc_number,
            "partner_name": move.partner_id.name,
        }
        for move in moves
    ]
    return journal, values


def _some(count):
    return lambda env, where: _batch(env, where)[:count]


def _one_of_thousands(env, where):
    """What somebody owes who owes thousands."""
    debtor = env["pom.paylink"].browse(where.parts["crowd"]).debtor_id
    owed = [
        ("commercial_partner_id", "=", debtor.id),
        ("move_type", "=", "out_invoice"),
        ("payment_state", "=", "not_paid"),
    ]
    return env["account.move"].search(owed, limit=1, order="id DESC")


def _covered(env, where):
    """How it stands, with money of his that is in the house."""
    move = _one_of_thousands(env, where)
    env["account.payment"].create(
        {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": move.partner_id.id,
            "amount": 100,
        }
    ).action_post()
    return lambda: move.pom_standing


def _imported(choose):
    """Lines of a file."""

    def prepare(env, where):
        journal, values = _bank(env, choose(env, where))
        lines = env["account.bank.statement.line"].with_context(
            **journal._pom_import_context()
        )

        def create():
            assert all(lines._pom_create_matched(values).mapped("is_reconciled"))

        return create

    return _step(prepare)


def _typed(choose):
    """Lines that somebody types, or that another addon makes."""

    def prepare(env, where):
        _journal, values = _bank(env, choose(env, where))
        lines = env["account.bank.statement.line"]

        def create():
            made = lines.create(values)
            env.flush_all()
            assert all(made.mapped("is_reconciled"))

        return create

    return _step(prepare)


def _send(env, where):
    reminders = env["pom.reminder"].with_company(env.company)
    today = env.company._pom_today()
    reminders._plan_now(_batch(env, where))
    return lambda: reminders._take(env.company, 10)._send_now(today)


def _look_for_work(env, where):
    """Scheduled actions that find nothing to do."""

    def look():
        env["payment.transaction"]._pom_cron_sweep()
        env["pom.webhook.event"]._cron_apply(0)
        env["pom.reminder"]._due_debtors(env.company, 1, lock=False)

    return look


def _search(field, value):
    def prepare(env, where):
        moves = env["account.move"]
        domain = [("move_type", "=", "out_invoice"), (field, "=", value)]
        return lambda: moves.search(domain, limit=80)

    return prepare


def _group(model, groups, total, domain=()):
    def prepare(env, where):
        return lambda: env[model]._read_group(list(domain), groups, [total])

    return prepare


WORKS = (
    Work("page of an open invoice", _page("open")),
    Work("page of a paid invoice", _page("paid")),
    Work("page of a statement", _page("statement")),
    Work("API: by id", _ask("invoices/{id}")),
    Work("API: by number", _ask("invoices?number={number}")),
    Work("API: by reference", _ask("invoices?reference={reference}")),
    Work("API: no such number", _ask("invoices?number=none")),
    Work("API: news", _ask("events?after={last}")),
    Work("posting 20", _step(_post)),
    Work(
        "list of invoices",
        _list(
            "account.move",
            [("move_type", "in", ("out_invoice", "out_refund"))],
            "account.view_out_invoice_tree",
        ),
    ),
    Work("form of an invoice", _step(_form)),
    Work("list of links", _list("pom.paylink")),
    Work("list of reminders", _list("pom.reminder")),
    Work("list of messages", _list("pom.delivery")),
    Work("list of decisions", _list("pom.match")),
    Work("telling a system", _push(200)),
    Work("a system that fails", _push(500)),
    Work("a bank line that is typed", _typed(_some(1))),
    Work("40 of another addon", _typed(_some(40))),
    Work("a bank line of a file", _imported(_some(1))),
    Work("40 of a file", _imported(_some(40))),
    Work("finding what to plan", _cron(_find)),
    Work("planning a batch", _cron(_plan)),
    Work("sending a batch", _cron(_send)),
    Work("nothing to do", _cron(_look_for_work)),
    Work("statement of thousands", _page("crowd"), most_ms=2_000),
    Work("a line of who owes them", _imported(_one_of_thousands), most_ms=2_000),
    Work("one of them, with money", _step(_covered), most_ms=500),
    Work("list of aged debtors", _list("pom.debtor.report"), most_ms=2_000),
    Work(
        "aged debtors by customer",
        _step(_group("pom.debtor.report", ["partner_id", "age"], "residual:sum")),
        most_ms=2_000,
    ),
    Work(
        "cash by week",
        _step(_group("pom.debtor.report", ["expected_date:week"], "residual:sum")),
        most_ms=2_000,
    ),
    Work("search by age", _step(_search("pom_age", "60")), most_ms=2_000),
    Work(
        "search by status", _step(_search("pom_payment_status", "open")), most_ms=2_000
    ),
    Work(
        "invoices by status",
        _step(
            _group(
                "account.move",
                ["pom_payment_status"],
                "__count",
                [("move_type", "=", "out_invoice")],
            )
        ),
        most_ms=2_000,
        whole=("account_move",),
    ),
    Work("open bank lines", _cron(_open_lines), most_ms=2_000),
)
