"""What is put in order when owners come: use is noted, old rows are sealed, crossed beginnings are joined."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from django.db import Error as AnyDatabaseError

from raamwerk.owners.access import (
    NEVER,
    NoKeyError,
    OpenOwner,
    end_other_keys,
    find_owners,
    lock_owners,
    note_use,
    renew_access,
    today,
    wrap_owner_key,
)
from raamwerk.owners.models import AccessKey
from raamwerk.owners.sealing import BrokenSealError, new_key, read_plain
from raamwerk.plain_sql import release_connection, writing
from raamwerk.worksheets import queries
from raamwerk.worksheets.joining import join
from raamwerk.worksheets.models import Worksheet
from raamwerk.worksheets.read import Desk, open_desk
from raamwerk.worksheets.sealed import seal_text, wrap_worksheet_key
from raamwerk.worksheets.typed_text import clean

PATIENCE_WHEN_READING = 0.5
"""In seconds: who only reads waits no longer for a turn to write; it can be put in order later."""

logger = logging.getLogger(__name__)


def needs_upkeep(owners: Sequence[OpenOwner]) -> bool:
    """Whether something of these owners is to be put in order."""
    crossed = any(one.began_with(other) for one, other in combinations(owners, 2))
    return crossed or any(owner.needs_upkeep for owner in owners)


def settled_owners(secrets: Sequence[str]) -> list[OpenOwner]:
    """The owners that a browser's secrets open, put in order; nearly always one.

    In a transaction that writes. Raises NoKeyError, BrokenSealError.
    """
    owners = find_owners(secrets)
    if not owners:
        raise NoKeyError
    if not needs_upkeep(owners):
        return owners
    lock_owners(owners)
    # Read again: another request may have put them in order while we waited for the lock.
    owners = [_sealed_owner(owner) for owner in find_owners(secrets)]
    # Before any are joined: nobody's words go where a key that was left behind still opens.
    for owner in owners:
        if owner.used_on == NEVER:
            end_other_keys(owner)
    settled: list[OpenOwner] = []
    for owner in owners:
        elder = next((each for each in settled if each.began_with(owner)), None)
        if elder:
            join(elder, owner)
        else:
            settled.append(owner)
    for owner in settled:
        if owner.used_on < today():
            note_use(owner)
    return settled


def take_over(secrets: Sequence[str]) -> list[str]:
    """New secrets for the owners that these open; each ends the old ones at its first use.

    In a transaction that writes. Nobody is joined: some of these secrets may be planted, and known to others.
    Raises NoKeyError, BrokenSealError.
    """
    owners = find_owners(secrets)
    if not owners:
        raise NoKeyError
    lock_owners(owners)
    return [renew_access(_sealed_owner(owner)) for owner in find_owners(secrets)]


def settle(secrets: Sequence[str]) -> bool:
    """Put everything of these secrets in order; returns whether that could be done."""
    try:
        with writing(PATIENCE_WHEN_READING):
            settled_owners(secrets)
    except NoKeyError:
        return False
    except (AnyDatabaseError, BrokenSealError) as error:
        logger.warning("Nothing can be put in order now", exc_info=error)
        release_connection()
        return False
    return True


def open_settled_desk(
    secrets: Sequence[str], framework: str, role: str, public_id: str = ""
) -> Desk:
    """What these secrets open for a role, put in order first. Raises BrokenSealError.

    Reading goes on where nothing can be written.
    """
    try:
        desk = open_desk(secrets, framework, role, public_id)
    except BrokenSealError:
        # Another request may have sealed it while we read; then it opens now.
        return open_desk(secrets, framework, role, public_id)
    if needs_upkeep(desk.owners) and settle(secrets):
        return open_desk(secrets, framework, role, public_id)
    return desk


def _sealed_owner(owner: OpenOwner) -> OpenOwner:
    """The same owner, with everything of theirs sealed that was written before sealing."""
    if owner.key is not None:
        return owner
    sealed = replace(owner, key=new_key())
    for row in queries.worksheets_of_owners([owner.id]):
        key = new_key()
        for field, text in queries.read_texts(row.id).items():
            words = seal_text(key, row.public_id, field, clean(field, read_plain(text.sealed)).text)
            queries.write_texts({(row.id, field): replace(text, sealed=words)})
        wrapped = wrap_worksheet_key(sealed, row.public_id, key)
        Worksheet.objects.filter(pk=row.id).update(wrapped_key=wrapped)
    # Version 0.1, where unsealed owners come from, had one key an owner.
    AccessKey.objects.filter(pk=owner.access_key_id).update(
        wrapped_key=wrap_owner_key(sealed.sealing_key, owner.secret, owner.id)
    )
    return sealed
