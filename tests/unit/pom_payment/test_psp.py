from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.pom_payment.psp import register
from odoo.addons.pom_payment.psp.reading import (
    OUTSIDE_SEPA,
    as_object,
    format_time,
    from_cents,
    header,
    is_web_address,
    mask_iban,
    optional_text,
    parse_json,
    parse_time,
    sepa_text,
    text,
    to_cents,
)
from odoo.addons.pom_payment.psp.values import (
    OrderError,
    PayloadError,
    PaymentUpdate,
    PspError,
    Reversal,
    Search,
)

from tests.unit.shop import Smallest, anything


def test_defaults_of_an_adapter():
    adapter, credentials = Smallest(), Smallest.Credentials()
    amount, moment = Decimal(1), datetime.now(timezone.utc)
    assert adapter.base_url(credentials) == "https://psp.example/api"
    assert adapter.headers(credentials) == {}
    assert adapter.wire_reference("INV/1") == "INV/1"
    assert adapter.keys_url(credentials) is None
    assert adapter.cancel_request("1") is None
    assert (
        adapter.refund_request("1", amount, "EUR", credentials, idempotency_key="k")
        is None
    )
    assert adapter.read_refund({}) is None
    assert adapter.is_ready(credentials)
    assert adapter.fetch_refund_request("1", "2") is None
    assert adapter.refund_iban_request("1") is None
    assert adapter.customer_request("Jan", "jan@klant.example", "7") is None
    assert adapter.revoke_request("c", "m") is None
    assert adapter.mandate_request("c", "m") is None
    assert not adapter.agrees_by_paying("card")
    assert not adapter.agrees_without_paying("card")
    for read in (adapter.read_customer, adapter.read_mandate):
        with pytest.raises(PayloadError):
            read({})
    assert adapter.search_request(Search(since=moment, until=moment)) is None
    assert adapter.read_search({}) == []
    assert adapter.read_failure(503, None).temporary
    assert not adapter.read_failure(404, None).temporary


def test_a_second_adapter_of_the_same_code_is_refused():
    smallest = Smallest()
    adapters = register({}, smallest)
    assert adapters == {"smallest": smallest}
    with pytest.raises(ValueError, match="smallest"):
        register(adapters, Smallest())


def test_a_status_of_our_own_making_is_refused():
    with pytest.raises(PspError, match="paid"):
        PaymentUpdate("1", "INV/1", "paid", Decimal(1), "EUR")


@pytest.mark.parametrize(
    ("status", "final"),
    [("pending", False), ("authorized", False), ("done", True), ("expired", True)],
)
def test_final(status, final):
    assert PaymentUpdate("1", "INV/1", status, Decimal(1), "EUR").is_final is final


def test_header_that_is_absent():
    assert header({"Host": "x"}, "signature") == ""


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_json_that_is_none(body):
    assert parse_json(body) is None


@settings(max_examples=50)
@given(anything)
def test_text_never_fails_otherwise(payload):
    assert isinstance(optional_text(payload, "debtor", "name"), str)
    try:
        assert text(as_object(payload, "payment"), "paymentId")
    except PayloadError:
        pass


@given(st.integers(0, 10**12))
def test_cents_come_back(cents):
    assert to_cents(from_cents({"amount": cents}, "amount")) == cents


@pytest.mark.parametrize("amount", ["0.001", "1.995", "NaN", "Infinity"])
def test_amount_is_never_rounded(amount):
    with pytest.raises(OrderError):
        to_cents(Decimal(amount))


@pytest.mark.parametrize("cents", [None, "4573", 45.73, True, -1])
def test_cents_that_are_none(cents):
    with pytest.raises(PayloadError):
        from_cents({"amount": cents}, "amount")


@given(
    st.datetimes(
        min_value=datetime(1970, 1, 2),
        max_value=datetime(9999, 12, 30),
        timezones=st.sampled_from(
            [timezone.utc, timezone(timedelta(hours=-11, minutes=-30))]
        ),
    )
)
def test_times_come_back_to_the_millisecond(moment):
    back = parse_time(format_time(moment))
    assert timedelta() <= moment - back < timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "value",
    [
        None,
        1700000000,
        "",
        "2026-11-22",
        "2026-11-22T10:24:05",
        "2026-13-22T10:24:05Z",
        "0001-01-01T00:00:00+01:00",
        "٢٠٢٦-11-22T10:24:05Z",
    ],
)
def test_times_that_are_none(value):
    assert parse_time(value) is None


def test_time_west_of_greenwich():
    assert parse_time("2026-11-22T10:24:05-05:30").isoformat() == (
        "2026-11-22T15:54:05+00:00"
    )


@given(st.text(), st.integers(0, 200))
def test_sepa_text_survives_every_bank(value, length):
    clean = sepa_text(value, length)
    assert len(clean) <= length
    assert not OUTSIDE_SEPA.search(clean)
    assert clean == clean.strip() and "  " not in clean
    assert sepa_text(clean, length) == clean


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 *", max_size=34))
def test_masked_iban_shows_five_characters_at_most(iban):
    masked = mask_iban(iban)
    assert len(masked.lstrip("*")) <= 5
    assert mask_iban(masked) == masked


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://pay.bancontact.net/pay/2/1", True),
        ("http://127.0.0.1:8069/x", True),
        ("javascript:alert(1)", False),
        ("//evil.example", False),
        ("https://", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_web_address(url, expected):
    assert is_web_address(url) is expected


def test_psp_that_tells_nothing():
    smallest = Smallest()
    day = date(2026, 11, 24)
    assert smallest.payouts_requests(day, day, None) == ()
    assert smallest.entries_requests(None, None) == ()
    assert smallest.next_request(None, {}, None) is None
    assert smallest.reversals_requests("1") == ()
    for read in (
        smallest.read_payouts,
        smallest.read_entries,
        smallest.read_reversals,
    ):
        with pytest.raises(PayloadError):
            read({})


def test_reversal_is_one_of_three_things():
    with pytest.raises(PspError):
        Reversal("re_1", "refund", "perhaps", Decimal(1), "EUR")
