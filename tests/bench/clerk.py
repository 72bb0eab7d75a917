"""Somebody who makes and confirms invoices all the time, in an Odoo of his own, which
hears of what is being installed when Odoo says so.

    python -m tests.bench.clerk DATABASE

Works until his input ends, and prints as JSON how many it were, the seconds of the
longest, and what went wrong.
"""

import json
import sys
import threading
import time

from tests.bench.bench_posting import invoice
from tests.e2e.harness import environment

#: Between two invoices.
PAUSE = 0.05


def work(name, over):
    done, longest, problems = 0, 0.0, []
    while not over.is_set():
        try:
            seconds = one(name, done)
        except Exception as error:
            problems.append(f"{type(error).__name__}: {error}")
        else:
            done, longest = done + 1, max(longest, seconds)
        time.sleep(PAUSE)
    return {"done": done, "longest": longest, "problems": problems}


def one(name, number):
    """As a click does it: refused because of others, it's tried again."""
    from odoo.service.model import retrying

    with environment(name) as env:
        company = env.ref("base.main_company")
        env = env(
            user=env.ref("base.user_admin").id,
            context={"allowed_company_ids": company.ids},
        )
        partner = env["res.partner"].search([("name", "=", "Regular")], limit=1)

        def confirm():
            env["account.move"].create(invoice(partner, 10.0 + number)).action_post()

        start = time.perf_counter()
        retrying(confirm, env)
        env.cr.commit()
        return time.perf_counter() - start


def main(name):
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    # What is done once, such as loading Odoo, is none of the time.
    one(name, 0)
    print("ready", flush=True)
    print(json.dumps(work(name, over)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
