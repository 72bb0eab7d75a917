import hashlib
import hmac
import json

import pytest

from odoo.addons.pom_message.tools import (
    channels,
    delivery_code,
    sms_text,
    whatsapp,
    whatsapp_texts,
)
from odoo.addons.pom_payment.tools import registry


def test_doubles_are_refused():
    sms, email = channels.CHANNELS["sms"], channels.CHANNELS["email"]
    assert registry.by_code((sms, email)) == {"sms": sms, "email": email}
    with pytest.raises(ValueError, match="two Channels have the code 'email'"):
        registry.by_code((email, sms, email))


def test_only_email_is_core_s_own():
    ours = {
        channel.code for channel in channels.our_methods(channels.CHANNELS).values()
    }
    assert ours == set(channels.CHANNELS) - {"email", "task"}


def test_codes_differ():
    codes = {delivery_code.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(delivery_code.normalize(code) == code for code in codes)


def test_nothing_to_tag():
    assert delivery_code.tagged("", "0123456789") == ""
    assert delivery_code.tagged("http://x", "") == "http://x"


def signature(body, secret="secret"):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_signature():
    body = b'{"object": "whatsapp_business_account"}'
    good = signature(body)
    assert whatsapp.is_authentic(body, good, "secret")
    assert not whatsapp.is_authentic(body + b" ", good, "secret")
    assert not whatsapp.is_authentic(body, signature(body, "other"), "secret")
    assert not whatsapp.is_authentic(body, signature(body, ""), "")
    assert not whatsapp.is_authentic(body, "sha256=é", "secret")


def test_message():
    message = whatsapp.template_message(
        "+32 470 12 34 56", "reminder", "nl_BE", ["Marie\nPeeters"], "7ZK3?d=0123456789"
    )
    assert message["to"] == "32470123456"
    body, button = message["template"]["components"]
    assert body["parameters"] == [{"type": "text", "text": "Marie Peeters"}]
    assert button["parameters"][0]["text"] == "7ZK3?d=0123456789"
    assert message["template"]["language"] == {"code": "nl"}


def test_message_without_button():
    message = whatsapp.template_message("32470", "thanks", "en_US", [])
    assert len(message["template"]["components"]) == 1


def event(*statuses):
    value = {"messaging_product": "whatsapp", "statuses": list(statuses)}
    changes = [{"field": "messages", "value": value}]
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"changes": changes}]}
    ).encode()


def test_statuses():
    found = whatsapp.read_statuses(
        event(
            {"id": "wamid.1", "status": "delivered"},
            {"id": "wamid.2", "status": "failed", "errors": [{"title": "No account"}]},
            {"id": "wamid.3", "status": "deleted"},
        )
    )
    assert [(s.message_id, s.state, s.error) for s in found] == [
        ("wamid.1", "delivered", ""),
        ("wamid.2", "bounced", "No account"),
    ]


@pytest.mark.parametrize("body", [b"[]", b"{}", b"nonsense", b'{"object": "page"}'])
def test_not_an_event(body):
    with pytest.raises(ValueError):
        whatsapp.read_statuses(body)


def test_an_amount_does_not_make_an_sms_twice_as_dear():
    """Odoo writes amounts with a no-break space, which no phone's alphabet has."""
    text = (
        "De Kat: herinnering van F/2026/1, €\u00a0121,00, te betalen: https://p.be/p/"
    )
    text += "7ZK30011ABCDEFGHJKMNPQRSTV?d=0123456789"
    assert sms_text.parts(text) == 2
    assert sms_text.parts(sms_text.simplified(text)) == 1
    assert sms_text.parts("😀" * 35) == 1
    assert sms_text.parts("😀" * 36) == 2


@pytest.mark.parametrize(
    ("status", "body", "passes"),
    [
        (429, None, True),
        (503, {"error": "Service Unavailable"}, True),
        (400, {"error": {"code": 130429, "message": "Too many"}}, True),
        (400, {"error": {"code": 132001, "message": "No such template"}}, False),
        (200, {"messages": []}, False),
        (200, [], False),
    ],
)
def test_what_is_worth_trying_again(status, body, passes):
    answer = whatsapp.read_answer(status, body)
    assert (answer.message_id, answer.passes) == ("", passes)
    assert answer.error


@pytest.mark.parametrize(
    ("given", "wait"), [("7", 7), ("", 0), ("tomorrow", 0), ("9999999", 0)]
)
def test_how_long_they_want_us_to_wait(given, wait):
    assert whatsapp.read_answer(429, None, given).wait == wait


def test_texts_for_meta_are_as_they_want_them():
    for one in whatsapp_texts.TEMPLATES:
        assert one.language == whatsapp.language_code(one.language)
        assert len(one.button) <= 25 and len(one.body) <= 1024
        assert not one.body.startswith("{{") and not one.body.endswith("}}")
        assert [f"{{{{{n}}}}}" in one.body for n in range(1, 6)] == [True] * 4 + [False]


def test_a_name_that_is_not_to_blame_stays():
    long = "x" * 170
    assert sms_text.fitted("{company}" + long, {"company": "De Kat"}) == "De Kat" + long
    other = "{company} Ж" + long
    assert sms_text.fitted(other, {"company": "De Kat"}).startswith("De Kat")
