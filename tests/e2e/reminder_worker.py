"""One server's scheduled action, in a process of its own, to be run twice or killed.

``python -m tests.e2e.reminder_worker DATABASE BATCH``
"""

import sys

from tests.e2e.harness import environment


def main(name, batch):
    with environment(name) as env:
        print("ready", flush=True)
        env["pom.reminder"]._cron_send(batch=batch)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
