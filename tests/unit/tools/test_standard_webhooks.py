"""The example of the specification's own libraries."""

from pom_payment.tools.standard_webhooks import fingerprint, signed_headers

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_known_signature():
    body = b'{"test": 2432232314}'
    headers = signed_headers(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_fingerprint_tells_nothing():
    assert len(fingerprint(SECRET)) == 64
    assert fingerprint(SECRET) != fingerprint(SECRET + "x")
