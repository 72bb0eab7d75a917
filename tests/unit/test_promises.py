"""What is promised to those who pay, those who are paid, and those who must sleep well
(SECURITY.md), and the tests that hold it.

Each promise names its tests, and each test of tests/odoo/security is named by one: none
is lost, and none is there that nobody knows the purpose of.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

#: By promise: the file, and its tests; all of them where none is named.
PROMISES = {
    "1 whatever can be called from outside checks who calls": {
        "test_public_methods": (),
        "test_records": (),
    },
    "2 what a debtor sent is written by nobody, and accepted by one's own rights": {
        "test_sealed_records": (),
    },
    "3 who holds a link changes no login, and the known address hears of it": {
        "test_contact_changes": (),
    },
    "4 nobody words what another company says": {
        "test_policies_of_companies": (),
    },
    "4b what a payer has remembered is that browser's payer's": {
        "test_payers_tokens": (),
    },
    "5 a withdrawn link opens nothing, a new debtor gets a new link": {
        "test_withdrawn_links": (),
    },
    "6 internal notes are read by who works with them": {
        "test_internal_notes": (),
        "test_sealed_records": ("test_read_only_is_so_at_the_door",),
    },
    "7 a copy opens nothing of the original's, and test is never taken for live": {
        "test_copies_and_trials": (),
    },
    "8 a forged event makes nobody wait for keys": {
        "test_events": (
            "test_the_try_is_noted_before_it_is_made",
            "test_one_fetch_at_a_time",
            "test_refusals_are_counted",
            "test_keys_are_believed_for_half_a_day",
        ),
    },
    "9 documents are drawn one at a time, and kept": {
        "test_documents": (),
    },
    "10 events are bounded, and forgotten in time": {
        "test_events": (
            "test_one_event_waits_per_payment",
            "test_what_waits_is_looked_at_when_more_comes",
            "test_a_bound_per_payment_and_minute",
        ),
        "test_privacy": (
            "test_events",
            "test_requests_about_what_is_closed",
            "test_messages_about_what_is_closed",
            "test_what_third_systems_were_told",
            "test_bank_files",
        ),
    },
    "11 limits count links and senders, and shut no debtor out": {
        "test_limits": (
            "test_a_link_is_counted_however_it_is_spelt",
            "test_made_up_tokens_fill_no_table",
            "test_paying_has_its_own_allowance",
            "test_nobody_shuts_the_debtor_out",
            "test_what_is_played_again_is_counted_once",
            "test_a_refusal_says_when_to_come_again",
            "test_all_routes_of_ours_refuse_other_verbs",
        ),
        "test_control": (),
    },
    "11b every other verb, body, address and company meets a refusal in the API": {
        "test_api_doors": (),
    },
    "11c what a stranger begins by an open link bothers nobody else": {
        "test_open_amounts": (),
    },
    "11d names that others choose lead no mail and no document astray": {
        "test_hostile_words": (),
    },
    "12 what goes out ends, stays outside, and delays nobody else": {
        "test_third_systems": (
            "test_a_slow_system_delays_no_other",
            "test_a_dead_system_is_probed_and_starves_nobody",
            "test_what_another_server_sends_is_left_to_it",
            "test_addresses_are_secure_and_public",
            "test_inside_is_not_reached_without_leave",
            "test_gone_for_good_is_told_no_more",
            "test_retry_after_is_honoured",
            "test_what_fails_for_a_day_is_said_once",
            "test_a_message_that_was_being_sent_is_sent_again",
        ),
        "test_outgoing": (),
    },
    "13 secrets rotate without a gap, and keys are another thing": {
        "test_third_systems": (
            "test_keys_are_several_and_revocable",
            "test_only_a_hash_is_kept_and_the_last_use",
            "test_a_key_of_an_archived_system_opens_nothing",
            "test_a_signing_secret_is_no_key",
            "test_secrets_rotate_without_a_gap",
            "test_only_administrators_make_and_revoke",
            "test_a_new_key_is_shown_once",
        ),
    },
    "14 nothing that a stranger sends ends in a traceback": {
        "test_answers": (),
        "test_fuzz": (),
        "test_limits": ("test_later_has_a_cap_in_total",),
    },
    "15 old links show the state and the receipt": {
        "test_privacy": (
            "test_long_after_payment_only_state_and_receipt",
            "test_the_days_are_a_setting",
            "test_renewal_of_what_expired_long_ago_is_mailed",
            "test_what_expired_lately_is_renewed_at_once",
        ),
    },
    "16 a contact's data are given out and erased": {
        "test_privacy": (
            "test_export",
            "test_accounts_of_other_payers_go_with_the_debtor",
            "test_erasure_keeps_what_is_open_and_what_the_law_keeps",
            "test_administrators_only",
        ),
        "test_privacy_lookup": (),
    },
    "17 it's said what is kept, where and how long": {
        "test_what_is_said": (),
    },
}


def functions(path):
    """Names of the tests in a file, by themselves or in a class."""
    tree = ast.walk(ast.parse(path.read_text()))
    names = (node.name for node in tree if isinstance(node, ast.FunctionDef))
    return {name for name in names if name.startswith("test_")}


@pytest.fixture(scope="module")
def written():
    """Names of the tests by the name of the file."""
    found = {}
    for path in TESTS.rglob("test_*.py"):
        found[path.stem] = found.get(path.stem, set()) | functions(path)
    return found


@pytest.mark.parametrize("promise", PROMISES)
def test_promise_has_its_tests(promise, written):
    for file, names in PROMISES[promise].items():
        assert file in written, f"{file}.py is gone"
        assert written[file], f"{file}.py tests nothing"
        assert not set(names) - written[file]


def test_tests_of_security_have_their_promise(written):
    named = set()
    for files in PROMISES.values():
        for file, names in files.items():
            named |= {(file, name) for name in names or written[file]}
    for path in sorted((TESTS / "odoo" / "security").glob("test_*.py")):
        missing = {one for one in functions(path) if (path.stem, one) not in named}
        assert not missing, f"no promise names {path.stem}: {sorted(missing)}"
