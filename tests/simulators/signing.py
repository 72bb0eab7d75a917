"""Detached signatures of the simulated PSP.

Written from RFC 7515 without a look at the addon's own code, so that the two can't
share a mistake.
"""

import base64
import json
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().replace("=", "")


def decode(value: str) -> bytes:
    return base64.urlsafe_b64decode(value + "==="[: (4 - len(value) % 4) % 4])


def number(value: int) -> str:
    return encode(value.to_bytes((value.bit_length() + 7) // 8, "big"))


@dataclass(frozen=True)
class KeyPair:
    """An ES256 and an RS256 key, each with its name."""

    ec_key: ec.EllipticCurvePrivateKey
    rsa_key: rsa.RSAPrivateKey
    suffix: str

    @classmethod
    def generate(cls, suffix: str):
        return cls(
            ec.generate_private_key(ec.SECP256R1()),
            rsa.generate_private_key(65537, 2048),
            suffix,
        )

    def kid(self, alg: str) -> str:
        return f"{alg[:2].lower()}.signature.{self.suffix}"

    def jwks(self) -> list[dict]:
        point = self.ec_key.public_key().public_numbers()
        modulus = self.rsa_key.public_key().public_numbers()
        return [
            {
                "kty": "RSA",
                "use": "sig",
                "alg": "RS256",
                "kid": self.kid("RS256"),
                "n": number(modulus.n),
                "e": number(modulus.e),
            },
            {
                "kty": "EC",
                "use": "sig",
                "alg": "ES256",
                "crv": "P-256",
                "kid": self.kid("ES256"),
                "x": encode(point.x.to_bytes(32, "big")),
                "y": encode(point.y.to_bytes(32, "big")),
            },
        ]

    def sign(self, header: dict, body: bytes, *, as_der: bool = False) -> str:
        """
        :param header: JOSE header with its ``alg``.
        :param as_der: an ES256 signature in ASN.1 instead of ``r || s``.
        """
        head = encode(json.dumps(header, separators=(",", ":")).encode())
        signed = f"{head}.{encode(body)}".encode()
        if header["alg"] == "RS256":
            signature = self.rsa_key.sign(signed, padding.PKCS1v15(), SHA256())
        else:
            signature = self.ec_key.sign(signed, ec.ECDSA(SHA256()))
            if not as_der:
                r, s = decode_dss_signature(signature)
                signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return f"{head}..{encode(signature)}"


class SigningKeys:
    """The keys in use, and those that are published."""

    def __init__(self, name: str):
        self._name = name
        self._generation = 1
        self._stale_fetches = 0
        self.current = KeyPair.generate(f"{name}-1")
        self.published = self.current

    @cached_property
    def unpublished(self) -> KeyPair:
        """Keys that nobody but a forger has."""
        return KeyPair.generate("unpublished")

    def rotate(self, *, same_name: bool = False, stale_fetches: int = 0):
        """Sign with new keys from now on.

        :param stale_fetches: how often the old ones are still handed out.
        """
        self._generation += not same_name
        self._stale_fetches = stale_fetches
        self.current = KeyPair.generate(f"{self._name}-{self._generation}")

    def document(self) -> dict:
        """The JWKS, as it is handed out."""
        if self._stale_fetches > 0:
            self._stale_fetches -= 1
        else:
            self.published = self.current
        return {"keys": self.published.jwks()}


def verify_es256(value: str, body: bytes, jwks: dict) -> dict:
    """Header of a detached ES256 signature by one of ``jwks``.

    :raises Exception: of any kind when it isn't one.
    """
    head, empty, signature = value.split(".")
    header = json.loads(decode(head))
    if empty or header["alg"] != "ES256":
        raise ValueError("not a detached ES256 signature")
    [key] = [key for key in jwks["keys"] if key["kid"] == header["kid"]]
    x, y = (int.from_bytes(decode(key[name]), "big") for name in ("x", "y"))
    raw = decode(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key().verify(
        encode_dss_signature(r, s),
        f"{head}.{encode(body)}".encode(),
        ec.ECDSA(SHA256()),
    )
    return header
