"""Who asks for what changed since misses nothing and waits for nobody, whatever others
write at that moment.
"""

import contextlib
from datetime import datetime

import pytest

from tests.e2e.company import invoice
from tests.e2e.harness import environment

NAME = "pom_feed"
LONG_AGO = datetime(2020, 1, 1)
pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("module_world")]


@pytest.fixture
def shop():
    """Its id; it was told of nothing yet."""
    with environment(NAME) as env:
        return env["pom.subscriber"].create({"name": "Shop"}).id


def told(shop, after=0):
    """Of which invoices, and after what to go on."""
    with environment(NAME) as env:
        events, _newest = env["pom.outbound.event"]._after(
            env["pom.subscriber"].browse(shop), after, 100
        )
        return events.move_id.ids, events[-1:].id or after


def told_since(shop, moment):
    """Of which invoices, and what to ask with the next time."""
    with environment(NAME) as env:
        system = env["pom.subscriber"].browse(shop)
        until = system._complete_until()
        asked = {"changed_since": f"{moment.isoformat()}Z"}
        page = system._page_of_invoices(asked, 0, 100, until)
        return [one["id"] for one in page["invoices"]], until


def withdraw(env, move_id):
    env["account.move"].browse(move_id).pom_paylink_id.action_withdraw()


@contextlib.contextmanager
def transaction():
    """One that begins to write now, and is through at the end."""
    with environment(NAME) as env:
        env.cr.execute("UPDATE res_partner SET color = color WHERE id = 1")
        yield env


def test_a_long_import_holds_nothing_up(shop):
    with transaction():
        move_id, _url = invoice(NAME)
        assert told(shop)[0] == [move_id]


def test_who_began_first_and_ends_last_is_not_missed(shop):
    moves = [invoice(NAME)[0] for _number in range(2)]
    after = told(shop)[1]
    with contextlib.ExitStack() as one, contextlib.ExitStack() as other:
        # The one that begins later writes its message first, and is through last.
        early = other.enter_context(transaction())
        late = one.enter_context(environment(NAME))
        withdraw(late, moves[0])
        late.cr.flush()
        withdraw(early, moves[1])
        other.close()
        assert told(shop, after) == ([], after), "another is to come before it"
        one.close()
    assert told(shop, after)[0] == moves


def test_what_came_to_nothing_is_not_waited_for(shop):
    move_id, _url = invoice(NAME)
    after = told(shop)[1]
    with environment(NAME) as env:
        withdraw(env, move_id)
        env.cr.flush()
        env.cr.rollback()
    withdraw_now(move_id)
    assert told(shop, after)[0] == [move_id]


def withdraw_now(move_id):
    with environment(NAME) as env:
        withdraw(env, move_id)


def test_what_was_written_slowly_is_found_by_its_date(shop):
    moves = [invoice(NAME)[0] for _number in range(2)]
    with contextlib.ExitStack() as one:
        slow = one.enter_context(transaction())
        withdraw_now(moves[1])
        withdraw(slow, moves[0])
        slow.cr.flush()
        # Longer than the moment that is taken off for whoever has just begun.
        slow.cr.execute("SELECT pg_sleep(2)")
        found, until = told_since(shop, LONG_AGO)
        assert found == moves
        one.close()
    assert told_since(shop, until)[0][0] == moves[0]
