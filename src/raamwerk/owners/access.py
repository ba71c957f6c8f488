"""Who may open what: whoever holds an access key of an owner, and nobody else.

A key is 256 random bits, in a cookie of the browser in which the person began. The database keeps only its
SHA-256 digest, which is enough for a secret this long, and the owner's key wrapped with it.
"""

import hashlib
import logging
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from raamwerk.owners.known import KNOWN_KEYS
from raamwerk.owners.models import AccessKey, Owner
from raamwerk.owners.sealing import BrokenSealError, new_key, seal, unseal, wrapping_key
from raamwerk.plain_sql import Row, execute, for_update, from_database, placeholders_for

logger = logging.getLogger(__name__)

SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{43}")

SAME_BEGINNING = timedelta(minutes=10)
"""Two owners in one browser that began within this time began as one, in two tabs."""

NEVER = date(1970, 1, 1)
"""When a key was used that no browser has shown yet."""

FIND_OWNERS = """
    SELECT k.id, k.digest, k.wrapped_key, k.owner_id, o.used_on, k.used_on, o.created_at
    FROM owners_accesskey k JOIN owners_owner o ON o.id = k.owner_id
    WHERE k.digest IN ({digests})
    ORDER BY k.owner_id, k.id
"""
LOCK_OWNERS = "SELECT id FROM owners_owner WHERE id IN ({ids}) ORDER BY id"
NOTE_USE = "UPDATE {table} SET used_on = %s WHERE id = %s AND used_on < %s"


class NoKeyError(Exception):
    """This browser holds no key that opens anything here."""


@dataclass(frozen=True, slots=True)
class OpenOwner:
    """An owner whose secret was shown with the request at hand. ``key`` seals what is theirs.

    ``key`` is None for an owner from before sealing, of whom nothing is sealed yet. ``used_on`` is the last
    day on which owner and key were both used: NEVER for a key that takes the place of the others.
    """

    id: int
    access_key_id: int
    secret: str = field(repr=False)
    key: bytes | None = field(repr=False)
    used_on: date
    created_at: datetime

    @property
    def sealing_key(self) -> bytes:
        """The key that seals what is theirs. Raises BrokenSealError where nothing is sealed yet."""
        if self.key is None:
            raise BrokenSealError
        return self.key

    @property
    def needs_upkeep(self) -> bool:
        """Whether today's use is not noted yet, or nothing is sealed yet."""
        return self.key is None or self.used_on < today()

    def began_with(self, other: "OpenOwner") -> bool:
        """Whether two owners in one browser are one person whose first saves crossed each other.

        Others stay apart: a neighbour on the same host could plant a key of their own in a browser.
        """
        return abs(self.created_at - other.created_at) < SAME_BEGINNING


def new_secret() -> str:
    """A fresh secret that nobody can guess."""
    return secrets.token_urlsafe(32)


def well_formed(secret: str) -> bool:
    """Whether this could be a secret of ours at all."""
    return SECRET_FORM.fullmatch(secret) is not None


def digest(secret: str) -> str:
    """What the database knows of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def today() -> date:
    """The day by which use is noted, in UTC."""
    return timezone.now().date()


def find_owners(secrets_shown: Sequence[str]) -> list[OpenOwner]:
    """Every owner that one of these secrets opens, each once, the one known longest first.

    One whose key is damaged is none of them (``some_stay_closed``).
    """
    return open_owners(secrets_shown, read_keys(secrets_shown))


def read_keys(secrets_shown: Sequence[str]) -> list[Row]:
    """What is stored of these secrets, which may be of many browsers: for ``open_owners``."""
    digests = tuple({digest(secret) for secret in secrets_shown})
    return (
        execute(FIND_OWNERS.format(digests=placeholders_for(digests)), digests) if digests else []
    )


def open_owners(secrets_shown: Sequence[str], keys: Sequence[Row]) -> list[OpenOwner]:
    """As ``find_owners``, among keys that were read already."""
    by_digest = {digest(secret): secret for secret in secrets_shown}
    found: dict[int, OpenOwner] = {}
    for key_id, key_digest, wrapped, owner_id, used_on, key_used_on, created_at in keys:
        secret = by_digest.get(key_digest)
        if secret:
            KNOWN_KEYS.learn(key_digest)
        if not secret or owner_id in found:
            continue
        try:
            key = unwrap_owner_key(bytes(wrapped), secret, owner_id) if wrapped else None
        except BrokenSealError:
            logger.error("A sealed value does not open")
            continue
        began = from_database(created_at)
        used = min(used_on, key_used_on)
        found[owner_id] = OpenOwner(owner_id, key_id, secret, key, used, began)
    return list(found.values())


def some_stay_closed(
    secrets_shown: Sequence[str], keys: Sequence[Row], opened: Sequence[OpenOwner]
) -> bool:
    """Whether these secrets are of somebody more than was opened, because a key is damaged."""
    if opened and len(secrets_shown) < 2:
        return False
    digests = {digest(secret) for secret in secrets_shown}
    known = {owner_id for _id, key_digest, _key, owner_id, *_rest in keys if key_digest in digests}
    return len(known) > len(opened)


def lock_owners(owners: Sequence[OpenOwner]) -> None:
    """Let nobody else change these owners until the transaction ends. Always in the same order."""
    ids = [owner.id for owner in owners]
    execute(LOCK_OWNERS.format(ids=placeholders_for(ids)) + for_update(), ids)


def begin_owner() -> str:
    """Make an owner with one access key; returns its secret, which is kept nowhere else."""
    secret, day = new_secret(), today()
    owner = Owner.objects.create(used_on=day)
    key = AccessKey.objects.create(
        owner=owner,
        digest=digest(secret),
        wrapped_key=wrap_owner_key(new_key(), secret, owner.pk),
        used_on=day,
    )
    KNOWN_KEYS.learn(key.digest)
    return secret


def renew_access(owner: OpenOwner) -> str:
    """Make a key that takes the place of all others of this owner; returns its secret, kept nowhere else.

    The others open until this one is shown for the first time (``end_other_keys``): were they deleted now,
    an answer that gets lost would lose everything.
    """
    secret = new_secret()
    AccessKey.objects.create(
        owner_id=owner.id,
        digest=digest(secret),
        wrapped_key=wrap_owner_key(owner.sealing_key, secret, owner.id),
        used_on=NEVER,
    )
    return secret


def end_other_keys(owner: OpenOwner) -> None:
    """Let only the key that is shown open this owner: whoever else has another opens nothing with it."""
    AccessKey.objects.filter(owner_id=owner.id).exclude(pk=owner.access_key_id).delete()


def give_access(owner: OpenOwner, other: OpenOwner) -> None:
    """Let the key of ``other``, whose secret was shown too, open ``owner`` from now on.

    An owner whose browsers all began together has no key but this one.
    """
    AccessKey.objects.filter(pk=other.access_key_id).update(
        owner_id=owner.id, wrapped_key=wrap_owner_key(owner.sealing_key, other.secret, owner.id)
    )
    Owner.objects.filter(pk=other.id).delete()


def wrap_owner_key(key: bytes, secret: str, owner_id: int) -> bytes:
    """An owner's key, sealed for whoever holds this secret."""
    return seal(wrapping_key(secret), key, _identity(owner_id))


def unwrap_owner_key(wrapped: bytes, secret: str, owner_id: int) -> bytes:
    """The owner's key. Raises BrokenSealError."""
    return unseal(wrapping_key(secret), wrapped, _identity(owner_id))


def note_use(owner: OpenOwner) -> None:
    """Note that this owner and key were used today."""
    day = today().isoformat()
    for table, row in (("owners_owner", owner.id), ("owners_accesskey", owner.access_key_id)):
        execute(NOTE_USE.format(table=table), (day, row, day))


def erase_owners(secrets_shown: Sequence[str]) -> int:
    """Delete everything these secrets open, for good; returns how many owners."""
    digests = [digest(secret) for secret in secrets_shown]
    owners = Owner.objects.filter(access_keys__digest__in=digests)
    ids = list(owners.values_list("pk", flat=True).distinct())
    Owner.objects.filter(pk__in=ids).delete()
    return len(ids)


def _identity(owner_id: int) -> str:
    return f"owner:{owner_id}"
