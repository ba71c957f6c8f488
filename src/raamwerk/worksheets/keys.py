"""Who may open a worksheet: whoever holds its key, and nobody else.

A key is 256 random bits, in a cookie of the browser in which the person began. The database keeps
only its SHA-256 digest, which is enough for a secret this long.
"""

import hashlib
import re
import secrets

from raamwerk.worksheets.models import Key

KEY_FORM = re.compile(r"[A-Za-z0-9_-]{43}")


class UnknownKeyError(Exception):
    """The key opens nothing: it is forged, or what it opened was deleted or has expired."""


def new_key() -> str:
    """A fresh key that nobody can guess."""
    return secrets.token_urlsafe(32)


def well_formed(key: str) -> bool:
    """Whether this could be a key at all."""
    return KEY_FORM.fullmatch(key) is not None


def digest(key: str) -> str:
    """What the database knows of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def find_key(key: str) -> Key:
    """The key's row. Raises UnknownKeyError when there is none."""
    row = Key.objects.filter(digest=digest(key)).first() if well_formed(key) else None
    if row is None:
        raise UnknownKeyError
    return row
