"""``python -m tests.others [fast|all]``: what dev/test-core runs.

All with our addons and without them, beside each other; of ``fast``, without them only
what fails with them. Then whatever differs once more by itself in both: a tour
of a browser that was slow isn't a difference. Ends with 1 when a difference isn't in
``differences.toml``, or when one of those that are is gone.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.e2e.harness import DEV, ROOT, database
from tests.others import compare

#: System parameter, as README calls it.
TRIAL = "pom_payment.trial"

#: Tests of payments and imports: on what dev/database has anyhow.
FAST = (
    "/payment", "/payment_custom", "/payment_demo", "/payment_stripe",
    "/payment_mollie", "/account_payment", "/account_statement_base",
    "/account_statement_import_base", "/account_statement_import_file",
    "/account_reconcile_oca:TestReconciliationWidget.test_reconcile_rule_on_create",
)  # fmt: skip
#: Of core's accounting what has to do with asking and paying.
ACCOUNT = (
    "account_move_send", "account_payment", "account_payment_items",
    "account_payment_method_line", "account_payment_register",
    "account_payment_duplicate", "account_move_payments_widget",
    "account_move_reconcile", "account_bank_statement", "account_partner",
    "account_merge_wizard", "account_journal_dashboard", "res_partner_merge",
    "portal_attachment", "portal_invoice", "download_docs", "early_payment_discount",
    "payment_term", "structured_reference", "account_move_out_invoice",
)  # fmt: skip
ALL = (
    *FAST,
    "/account_reconcile_oca", "/portal", "/sms",
    *(f"/account/tests/test_{name}.py" for name in ACCOUNT),
    "/sale", "/website_sale", "/point_of_sale", "/account_edi_ubl_cii",
    "/account_peppol",
)  # fmt: skip
#: By lane: databases without and with our addons, and what is run.
LANES = {
    "fast": ("base", "new", FAST),
    "all": ("core", "core_ours", ALL),
}
FOLDER = DEV / "others"
#: How it is for who worked with core's before: Stripe's form in the page, as installing
#: leaves it to those. And nobody owes anything here: core's tests pay in test mode,
#: which debtors are otherwise never offered.
AS_BEFORE = f"""
    UPDATE payment_provider SET stripe_checkout = FALSE;
    INSERT INTO ir_config_parameter (key, value) VALUES ('{TRIAL}', 'True');
"""


def run(lane, with_us, label, selection):
    """Run tests on a fresh copy of a template: by test what became of it."""
    label = f"{lane}_{'ours' if with_us else 'without'}{label}"
    name = f"pom_others_{os.getpid()}_{label}"
    results, log = FOLDER / f"{label}.json", FOLDER / f"{label}.log"
    results.unlink(missing_ok=True)
    database(LANES[lane][with_us], name)
    if with_us:
        subprocess.run(["psql", "-qX", "-d", name, "-c", AS_BEFORE], check=True)
    command = [sys.executable, "-m", "tests.others.runner", name, results, selection]
    try:
        with log.open("w") as file:
            subprocess.run(command, cwd=ROOT, stdout=file, stderr=file, check=False)
        if not results.exists():
            raise RuntimeError(f"no test was run; see {log}")
        return json.loads(results.read_text())
    finally:
        database("drop", name)


def both(lane, label, selection):
    with ThreadPoolExecutor(2) as pool:
        runs = [
            pool.submit(run, lane, with_us, label, selection)
            for with_us in (False, True)
        ]
        return [one.result() for one in runs]


def differing(lane, reasons):
    """
    :param reasons: names of tests whose differences are meant
    :return: differences that stay when their tests run by themselves; the tests of
        those that don't; and what became of each with our addons
    """
    chosen = ",".join(LANES[lane][2])
    if lane == "fast":
        ran = run(lane, True, "", chosen)
        tests = compare.failed(ran)
    else:
        without, ran = both(lane, "", chosen)
        found = compare.differences(without, ran)
        tests = [item.test for item in found]
    tests = [test for test in tests if not compare.is_named(test, reasons)]
    if not tests:
        return [], [], ran
    found = compare.differences(*both(lane, "_again", compare.selection(tests)))
    staying = {item.test for item in found}
    return found, [test for test in tests if test not in staying], ran


def main(lane="all"):
    """
    :return: sentences: what differs without a reason, and reasons without a difference
    """
    FOLDER.mkdir(exist_ok=True)
    start = time.monotonic()
    reasons = compare.known()
    found, unsteady, ran = differing(lane, reasons)
    for test in unsteady:
        print(f"not passed once, by itself as without us: {test}")
    counts = Counter(row["outcome"] for row in ran.values())
    print(
        f"{len(ran)} tests of others with our addons in "
        f"{time.monotonic() - start:.0f} s: {dict(counts)}"
    )
    problems = [str(item) for item in found]
    problems += [
        f"{name} passes, and is in differences.toml"
        for name in compare.stale(reasons, ran)
    ]
    return problems if ran else ["none was run"]


if __name__ == "__main__":
    problems = main(*sys.argv[1:])
    print(*problems, sep="\n")
    sys.exit(bool(problems))
