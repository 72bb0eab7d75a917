import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment_bancontact.psp import jws

ALGORITHMS = ("ES256", "RS256")


def pem(key, encryption=None) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        encryption or serialization.NoEncryption(),
    ).decode()


KEY = pem(ec.generate_private_key(ec.SECP256R1()))
OTHER_KEY = pem(ec.generate_private_key(ec.SECP256R1()))
JWKS = {"keys": [jws.public_jwk(KEY, "one")]}


def signed(body: bytes, **header) -> jws.DetachedJws:
    return jws.parse(jws.sign({"kid": "one", **header}, body, KEY))


@given(st.binary())
def test_base64url_comes_back(data):
    assert jws.unb64u(jws.b64u(data)) == data


@pytest.mark.parametrize("value", [None, 1, "a", "ab=", "a+/b", "a b"])
def test_base64url_is_strict(value):
    with pytest.raises(jws.JwsError):
        jws.unb64u(value)


@given(st.binary(), st.text())
def test_signature_comes_back(body, note):
    jws.verify(signed(body, note=note), body, JWKS, ALGORITHMS)


@given(st.binary(min_size=1), st.data())
def test_no_byte_of_the_body_can_be_changed(body, data):
    signature = signed(body)
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.integers(1, 255))
    tampered = body[:place] + bytes([body[place] ^ other]) + body[place + 1 :]
    with pytest.raises(jws.SignatureMismatch):
        jws.verify(signature, tampered, JWKS, ALGORITHMS)


@given(st.text())
def test_anything_else_is_refused_in_words(value):
    with pytest.raises(jws.JwsError):
        jws.parse(value)


@pytest.mark.parametrize(
    "value",
    [
        "a.b",
        "e30.e30.AAAA",
        "e30...AAAA",
        "####..AAAA",
        "bm90IGpzb24..AAAA",
        jws.b64u(b"[]") + "..AAAA",
        jws.b64u(b"[" * 5000) + "..AAAA",
        "e30.." + "A" * jws.HEADER_LENGTH,
    ],
)
def test_forms_that_are_refused(value):
    with pytest.raises(jws.JwsError):
        jws.parse(value)


@pytest.mark.parametrize("alg", ["none", "HS256", "es256", "ES384", None, ["ES256"]])
def test_algorithm_must_be_allowed(alg):
    signature = signed(b"x")
    header = {**signature.header, "alg": alg}
    with pytest.raises(jws.JwsError, match="allowed"):
        jws.verify(
            jws.DetachedJws(header, signature.protected, signature.signature),
            b"x",
            JWKS,
            ALGORITHMS,
        )


def test_algorithm_that_we_know_must_be_allowed_too():
    with pytest.raises(jws.JwsError, match="allowed"):
        jws.verify(signed(b"x"), b"x", JWKS, ("RS256",))


def test_key_must_be_of_the_type_of_the_algorithm():
    """RS256 with the (public) EC key as its key must not even be tried."""
    signature = signed(b"x")
    header = {**signature.header, "alg": "RS256"}
    with pytest.raises(jws.UnknownKeyError, match="RSA"):
        jws.verify(
            jws.DetachedJws(header, signature.protected, b""), b"x", JWKS, ALGORITHMS
        )


@pytest.mark.parametrize(
    "jwks",
    [
        None,
        [],
        {},
        {"keys": None},
        {"keys": [None, 1]},
        {"keys": [{**JWKS["keys"][0], "kid": "two"}]},
        {"keys": [{**JWKS["keys"][0], "use": "enc"}]},
    ],
)
def test_key_that_is_unknown(jwks):
    with pytest.raises(jws.UnknownKeyError):
        jws.verify(signed(b"x"), b"x", jwks, ALGORITHMS)


def test_two_keys_of_one_name_while_they_are_renewed():
    keys = [jws.public_jwk(OTHER_KEY, "one"), *JWKS["keys"]]
    jws.verify(signed(b"x"), b"x", {"keys": keys}, ALGORITHMS)
    with pytest.raises(jws.SignatureMismatch):
        jws.verify(signed(b"x"), b"x", {"keys": keys[:1]}, ALGORITHMS)


@pytest.mark.parametrize(
    "change", [{"crv": "P-384"}, {"x": None}, {"x": "AQ"}, {"y": "#"}]
)
def test_key_of_elliptic_curves_that_is_none(change):
    with pytest.raises(jws.JwsError):
        jws.load_ec({**JWKS["keys"][0], **change})


@pytest.mark.parametrize(
    ("n", "e"),
    [(b"\xff" * 128, b"\1\0\1"), (b"\xff" * 256, b"\2"), (b"\xff" * 256, b"")],
)
def test_key_of_rsa_that_is_weak_or_none(n, e):
    with pytest.raises(jws.JwsError):
        jws.load_rsa({"n": jws.b64u(n), "e": jws.b64u(e)})


@pytest.mark.parametrize("signature", [b"", b"\0" * 64, b"\0" * 63, b"\xff" * 64])
def test_signature_of_any_length(signature):
    jws_ = jws.DetachedJws({"alg": "ES256", "kid": "one"}, "e30", signature)
    with pytest.raises(jws.SignatureMismatch):
        jws.verify(jws_, b"x", JWKS, ALGORITHMS)


@pytest.mark.parametrize(
    "header",
    [
        {"crit": []},
        {"crit": "iat"},
        {"crit": None},
        {"crit": ["exp"], "exp": 1},
        {"crit": ["iat"]},
        {"crit": [{}], "iat": 1},
        {"crit": ["b64", "iat"], "b64": False, "iat": 1},
    ],
)
def test_critical_names_that_are_unknown_or_absent(header):
    with pytest.raises(jws.JwsError):
        jws.check_critical(header, ("iat",))


@pytest.mark.parametrize("header", [{}, {"crit": ["iat"], "iat": 1}])
def test_critical_names_that_are_understood(header):
    jws.check_critical(header, ("iat",))


@pytest.mark.parametrize(
    "private_key",
    [
        "",
        "no key",
        pem(ec.generate_private_key(ec.SECP384R1())),
        pem(rsa.generate_private_key(65537, 2048)),
        pem(
            ec.generate_private_key(ec.SECP256R1()),
            serialization.BestAvailableEncryption(b"secret"),
        ),
    ],
    ids=["empty", "no key", "P-384", "RSA", "encrypted"],
)
def test_private_key_that_is_of_no_use(private_key):
    with pytest.raises(jws.JwsError, match="private key"):
        jws.sign({}, b"x", private_key)
