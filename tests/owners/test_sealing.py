"""Sealing is AES-256-GCM with keys by HKDF-SHA-256: fixed vectors, so that no version changes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raamwerk.owners.access import digest, unwrap_owner_key, wrap_owner_key
from raamwerk.owners.sealing import BrokenSealError, new_key, seal, unseal, wrapping_key

KEY = bytes(range(32))
NONCE = bytes(range(100, 112))
SECRET = "0123456789abcdefghijklmnopqrstuvwxyz-_ABCDE"
VECTORS = [
    (
        "",
        "text:AAAAAAAAAAAAAAAAAAAAAA:visie-rol",
        "016465666768696a6b6c6d6e6f8605461c9d6568ce307ed32006b6ffe6",
    ),
    (
        "Één zin.",
        "text:AAAAAAAAAAAAAAAAAAAAAA:visie-rol",
        "016465666768696a6b6c6d6e6f8b921dcf17c92cf7504c2d3d6c1ec1fa43472d21d3123ace2482",
    ),
    (
        "Één zin.",
        "worksheet:AAAAAAAAAAAAAAAAAAAAAA",
        "016465666768696a6b6c6d6e6f8b921dcf17c92cf7504cf8609814fcb016122b7024d803671968",
    ),
]
WRAPPING_KEY = "7cffc9d3415467432739a0610736a062b2f7d93e88f6dcd308b13e9a27eb9fe4"


@pytest.mark.parametrize(("text", "identity", "expected"), VECTORS)
def test_a_vector_is_sealed_and_opened(text: str, identity: str, expected: str) -> None:
    sealed = seal(KEY, text.encode(), identity, NONCE)

    assert sealed.hex() == expected
    assert unseal(KEY, bytes.fromhex(expected), identity).decode() == text


def test_a_vector_of_the_wrapping_key() -> None:
    assert wrapping_key(SECRET).hex() == WRAPPING_KEY


def test_what_the_database_knows_of_a_secret_unwraps_nothing() -> None:
    wrapped = wrap_owner_key(KEY, SECRET, 7)

    assert unwrap_owner_key(wrapped, SECRET, 7) == KEY
    assert digest(SECRET) != wrapping_key(SECRET).hex()
    for wrong in (bytes.fromhex(digest(SECRET)), wrapping_key(digest(SECRET))):
        with pytest.raises(BrokenSealError):
            unseal(wrong, wrapped, "owner:7")


def test_an_owners_key_opens_for_that_owner_only() -> None:
    wrapped = wrap_owner_key(KEY, SECRET, 7)

    for secret, owner in ((SECRET, 8), (SECRET[::-1], 7)):
        with pytest.raises(BrokenSealError):
            unwrap_owner_key(wrapped, secret, owner)


@given(st.binary(max_size=200), st.text(max_size=40))
def test_everything_comes_back(content: bytes, identity: str) -> None:
    key = new_key()

    assert unseal(key, seal(key, content, identity), identity) == content


@given(st.data())
def test_no_changed_bit_goes_unnoticed(data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, b"woorden", "text:a:b", NONCE))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(BrokenSealError):
        unseal(KEY, bytes(sealed), "text:a:b")


@given(st.binary(max_size=60))
def test_no_bytes_at_all_open_by_chance(written: bytes) -> None:
    with pytest.raises(BrokenSealError):
        unseal(KEY, written, "text:a:b")


def test_the_same_words_are_never_sealed_alike() -> None:
    assert len({seal(KEY, b"ja", "text:a:b") for _time in range(100)}) == 100
