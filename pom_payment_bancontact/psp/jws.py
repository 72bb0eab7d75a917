"""Detached JSON Web Signatures over a raw body.

``b64u(header) + ".." + b64u(signature)``, where what is signed is
``b64u(header) + "." + b64u(body)``.

Sources: RFC 7515 (JWS, appendix F for the detached form), RFC 7517 (JWK), RFC 7518
section 3.4 (ECDSA signatures are ``r || s``, 32 bytes each for P-256).

Written out, and not left to joserfc: that wants Python 3.11 and a cryptography (45)
that an Odoo 19 needn't have, and refuses signatures as ASN.1, which were seen.
"""

import base64
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

P256_BYTES = 32
RSA_BITS = 2048
#: Longer ones don't exist; it keeps the work that a stranger can cause small.
HEADER_LENGTH = 8192
BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


class JwsError(ValueError):
    """The signature, its header or a key can't be used."""


class UnknownKeyError(JwsError):
    """None of the known keys has this name: they may have been renewed."""


class SignatureMismatch(JwsError):
    """Everything could be read, but the signature doesn't fit."""


@dataclass(frozen=True)
class DetachedJws:
    """
    :param header: the decoded JOSE header, **not yet to be believed**.
    :param protected: the header as it was sent, which is what was signed.
    """

    header: Mapping[str, Any]
    protected: str
    signature: bytes

    def signing_input(self, body: bytes) -> bytes:
        return f"{self.protected}.{b64u(body)}".encode()


def b64u(data: bytes) -> str:
    """
    >>> b64u(b"\\xff\\xfe")
    '__4'
    """
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64u(value: Any) -> bytes:
    """
    >>> unb64u("__4")
    b'\\xff\\xfe'

    :raises JwsError: when it isn't unpadded base64url.
    """
    if not isinstance(value, str) or not BASE64URL.fullmatch(value):
        raise JwsError("not base64url")
    try:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except ValueError as error:
        raise JwsError("not base64url") from error


def parse(value: str) -> DetachedJws:
    """Take a detached signature apart.

    :raises JwsError: when it is none.
    """
    parts = value.strip().split(".")
    if len(value) > HEADER_LENGTH or len(parts) != 3 or parts[1]:
        raise JwsError("not a detached signature")
    try:
        header = json.loads(unb64u(parts[0]))
    except (ValueError, RecursionError) as error:
        raise JwsError("the header can't be read") from error
    if not isinstance(header, dict):
        raise JwsError("the header isn't an object")
    return DetachedJws(header, parts[0], unb64u(parts[2]))


def check_critical(header: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse what we don't understand, as RFC 7515 section 4.1.11 demands.

    :raises JwsError: when a critical name is unknown or absent, or the list is wrong.
    """
    if "crit" not in header:
        return
    names = header["crit"]
    if not isinstance(names, list) or not names:
        raise JwsError("the list of critical names is wrong")
    for name in names:
        if not isinstance(name, str) or name not in known or name not in header:
            raise JwsError(f"critical name {name!r} is unknown or absent")


def find_keys(jwks: Any, kid: Any, kty: str) -> list[Mapping[str, Any]]:
    """The keys with this name, of the type that the algorithm needs.

    The type comes from our own table: a key must never be used with an algorithm that
    the sender chose for it. While keys are renewed, two may bear the same name.

    :raises UnknownKeyError: when there is none.
    """
    keys = jwks.get("keys") if isinstance(jwks, Mapping) else None
    wanted = (kid, kty, "sig")
    found = [
        key
        for key in (keys if isinstance(keys, list) else ())
        if isinstance(key, Mapping)
        and (key.get("kid"), key.get("kty"), key.get("use", "sig")) == wanted
    ]
    if not found:
        raise UnknownKeyError(f"no {kty} key is called {kid!r}")
    return found


def verify(jws: DetachedJws, body: bytes, jwks: Any, algorithms: Collection[str]):
    """Check the signature over ``body`` with the key that the header names.

    :raises UnknownKeyError: when the keys have to be fetched anew.
    :raises SignatureMismatch: when the body or the header was changed.
    :raises JwsError: for an algorithm or a key that isn't allowed.
    """
    name = jws.header.get("alg")
    if not isinstance(name, str) or name not in algorithms:
        raise JwsError(f"algorithm {name!r} isn't allowed")
    algorithm = ALGORITHMS[name]
    signed = jws.signing_input(body)
    for key in find_keys(jwks, jws.header.get("kid"), algorithm.kty):
        try:
            return algorithm.verify(algorithm.load(key), jws.signature, signed)
        except InvalidSignature:
            continue
    raise SignatureMismatch("the signature doesn't fit")


def sign(header: Mapping[str, Any], body: bytes, private_key_pem: str) -> str:
    """Detached ES256 signature.

    :param header: without ``alg``, which is added.
    :raises JwsError: when the key isn't an unencrypted P-256 private key.
    """
    key = load_private_key(private_key_pem)
    compact = json.dumps({**header, "alg": "ES256"}, separators=(",", ":"))
    protected = b64u(compact.encode())
    der = key.sign(f"{protected}.{b64u(body)}".encode(), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(der)
    raw = r.to_bytes(P256_BYTES, "big") + s.to_bytes(P256_BYTES, "big")
    return f"{protected}..{b64u(raw)}"


def public_jwk(private_key_pem: str, kid: str) -> dict[str, str]:
    """The public half as JWK, for the key document that a merchant has to publish."""
    numbers = load_private_key(private_key_pem).public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "use": "sig",
        "alg": "ES256",
        "kid": kid,
        "x": b64u(numbers.x.to_bytes(P256_BYTES, "big")),
        "y": b64u(numbers.y.to_bytes(P256_BYTES, "big")),
    }


def load_private_key(pem: str) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise JwsError("the private key can't be read") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise JwsError("the private key isn't one of curve P-256")
    return key


@dataclass(frozen=True)
class Algorithm:
    kty: str
    load: Callable[[Mapping[str, Any]], Any]
    verify: Callable[[Any, bytes, bytes], None]


def load_ec(jwk: Mapping[str, Any]) -> ec.EllipticCurvePublicKey:
    if jwk.get("crv") != "P-256":
        raise JwsError("the key isn't one of curve P-256")
    x, y = (int.from_bytes(unb64u(jwk.get(name)), "big") for name in "xy")
    try:
        return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    except ValueError as error:
        raise JwsError("the key isn't a point of its curve") from error


def load_rsa(jwk: Mapping[str, Any]) -> rsa.RSAPublicKey:
    n, e = (int.from_bytes(unb64u(jwk.get(name)), "big") for name in "ne")
    if n.bit_length() < RSA_BITS:
        raise JwsError(f"the key has less than {RSA_BITS} bits")
    try:
        return rsa.RSAPublicNumbers(e, n).public_key()
    except ValueError as error:
        raise JwsError("the key isn't one of RSA") from error


def verify_es256(key: ec.EllipticCurvePublicKey, signature: bytes, signed: bytes):
    key.verify(to_der(signature), signed, ec.ECDSA(hashes.SHA256()))


def verify_rs256(key: rsa.RSAPublicKey, signature: bytes, signed: bytes):
    key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())


def to_der(signature: bytes) -> bytes:
    """ECDSA signature as ASN.1, the form that the library wants.

    The standard is ``r || s``, but ASN.1 was seen as well. An ASN.1 signature of 64
    bytes would need an r or s that begins with several zero bytes: not by chance.
    """
    if len(signature) != 2 * P256_BYTES:
        return signature
    r, s = signature[:P256_BYTES], signature[P256_BYTES:]
    return encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))


ALGORITHMS = {
    "ES256": Algorithm("EC", load_ec, verify_es256),
    "RS256": Algorithm("RSA", load_rsa, verify_rs256),
}
