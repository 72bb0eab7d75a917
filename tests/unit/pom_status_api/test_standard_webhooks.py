"""The example of the specification's own libraries."""

from odoo.addons.pom_status_api.tools.standard_webhooks import (
    fingerprint,
    new_key,
    new_secret,
    signed_headers,
)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_known_signature():
    body = b'{"test": 2432232314}'
    headers = signed_headers([SECRET], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_fingerprint_tells_nothing():
    assert len(fingerprint(SECRET)) == 64
    assert fingerprint(SECRET) != fingerprint(SECRET + "x")


def test_two_secrets_sign_while_one_takes_the_other_s_place():
    secrets = [new_secret(), SECRET]
    both = signed_headers(secrets, "msg_1", 1, b"")["webhook-signature"].split(" ")
    each = [signed_headers([one], "msg_1", 1, b"") for one in secrets]
    assert both == [one["webhook-signature"] for one in each]


def test_keys_to_ask_with_are_no_secrets_to_sign_with():
    assert new_key() != new_key()
    assert not new_key().startswith("whsec_")
