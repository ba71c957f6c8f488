"""Envelope encryption of what people write: AES-256-GCM, with keys that are wrapped by other keys.

A text is sealed with its worksheet's key, that key with its owner's, and the owner's key with what is
derived (HKDF-SHA-256) from a secret that only a person's browser holds. Every sealed value is bound to the
identity of its row, so that values can't be swapped between rows. Nothing here keeps a key or a secret.

A sealed value begins with one byte that names its format: 1 is a nonce of 12 bytes and AES-256-GCM; 0 is
plain text from before sealing, which is sealed when its owner next comes.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PLAIN, AES_256_GCM = b"\x00", b"\x01"
KEY_BYTES, NONCE_BYTES = 32, 12
CONTENT_AT = 1 + NONCE_BYTES
WRAPPING = b"raamwerk 1: the key that wraps an owner's key"


class BrokenSealError(Exception):
    """A sealed value does not open: another key or row, a damaged value, or an unknown format."""


def new_key() -> bytes:
    """A fresh key for sealing."""
    return secrets.token_bytes(KEY_BYTES)


def wrapping_key(secret: str) -> bytes:
    """The key that wraps its owner's key, from a person's secret of 256 bits."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=WRAPPING).derive(secret.encode())


def seal(key: bytes, content: bytes, identity: str, nonce: bytes | None = None) -> bytes:
    """Encrypt for this row. ``nonce`` is for test vectors only; otherwise it is random."""
    nonce = nonce or secrets.token_bytes(NONCE_BYTES)
    return AES_256_GCM + nonce + AESGCM(key).encrypt(nonce, content, identity.encode())


def unseal(key: bytes, sealed: bytes, identity: str) -> bytes:
    """What was sealed for this row. Raises BrokenSealError."""
    if not sealed.startswith(AES_256_GCM):
        raise BrokenSealError
    nonce, encrypted = sealed[1:CONTENT_AT], sealed[CONTENT_AT:]
    try:
        return AESGCM(key).decrypt(nonce, encrypted, identity.encode())
    except (InvalidTag, ValueError):
        raise BrokenSealError from None


def read_plain(value: bytes) -> str:
    """A text from before sealing. Raises BrokenSealError for any other."""
    if value[:1] != PLAIN:
        raise BrokenSealError
    return value[1:].decode()
