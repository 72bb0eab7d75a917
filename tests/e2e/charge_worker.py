"""One server that charges whatever is due, in a process of its own, to be run twice or
killed. Not by its scheduled action, which keeps to working days.

``python -m tests.e2e.charge_worker DATABASE``
"""

import sys

from tests.e2e.harness import environment


def main(name):
    with environment(name) as env:
        charges = env["pom.charge"]
        print("ready", flush=True)
        # Whatever another server is busy with is left to the next run.
        for _run in range(5):
            for charge in charges.search(charges._to_charge(env.company), order="id"):
                charge._charge_one()
            env.cr.commit()


if __name__ == "__main__":
    main(sys.argv[1])
