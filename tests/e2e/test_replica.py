"""Where Odoo has a replica (``db_replica_host``), debtors and third systems still see
what was just paid: a replica lags, here by a day.
"""

import contextlib
import os

import psycopg2
import pytest
import requests

from tests.e2e import company, page_states
from tests.e2e.harness import ROOT, Server, environment, run

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not os.environ.get("POM_PRIVATE_PG"), reason="copies the private PostgreSQL"
    ),
]
PORT = int(os.environ.get("PGPORT", 5432)) + 1


def asked(name, query):
    """What the replica answers."""
    with contextlib.closing(psycopg2.connect(dbname=name, port=PORT)) as connection:
        cr = connection.cursor()
        cr.execute(query)
        return cr.fetchone()[0]


@pytest.fixture
def debt(world):
    """An open invoice's id and the path of its page, and a key of the API; the replica
    was made after them.
    """
    move_id, url = company.invoice(world)
    with environment(world) as env:
        shop = env["pom.subscriber"].create({"name": "Webshop"})
        key = env["pom.api.key"]._make(shop, "Webshop")
    run([ROOT / "dev" / "pg", "replica"], check=True)
    yield move_id, "/p/" + url.rpartition("/p/")[2], key
    run([ROOT / "dev" / "pg", "no-replica"], check=True)


def test_what_was_just_paid(world, debt):
    move_id, path, key = debt
    program = (
        str(ROOT / "dev" / "odoo"),
        f"--db_replica_host={os.environ['PGHOST']}",
        f"--db_replica_port={PORT}",
    )
    with Server(world, crons=0, program=program) as server:
        assert not requests.get(f"{server.url}{path}/receipt.pdf", timeout=60).ok
        with environment(world) as env:
            move = env["account.move"].browse(move_id)
            page_states.pay(env, move, move.amount_residual)
        assert status(server, path) == "paid"
        assert "Betaald" in requests.get(f"{server.url}{path}", timeout=60).text
        assert requests.get(f"{server.url}{path}/receipt.pdf", timeout=60).ok
        assert told(server, move_id, key)["status"] == "paid"
        # It was there to be read, and knows nothing of it.
        assert asked(world, "SELECT count(*) FROM account_partial_reconcile") == 0
        assert asked(
            world,
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )


def status(server, path):
    answer = requests.get(f"{server.url}{path}/status.json", timeout=60)
    return answer.json()["state"]


def told(server, move_id, key):
    answer = requests.get(
        f"{server.url}/pom/api/v1/invoices/{move_id}",
        headers={"Authorization": f"Bearer {key}"},
        timeout=60,
    )
    return answer.json()
