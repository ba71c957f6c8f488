"""What is put in order when an owner comes: use is noted, old rows are sealed, two owners become one."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import Error as AnyDatabaseError
from django.db import connection

from raamwerk.owners.access import (
    NoKeyError,
    OpenOwner,
    find_owners,
    give_access,
    note_use,
    today,
    wrap_owner_key,
)
from raamwerk.owners.models import AccessKey
from raamwerk.owners.sealing import new_key, read_plain
from raamwerk.plain_sql import writing
from raamwerk.worksheets import queries
from raamwerk.worksheets.models import Worksheet
from raamwerk.worksheets.queries import TextRow, WorksheetRow
from raamwerk.worksheets.read import Desk, open_desk
from raamwerk.worksheets.sealed import open_text, seal_text, worksheet_key, wrap_worksheet_key

logger = logging.getLogger(__name__)

SAME_BEGINNING = timedelta(hours=1)
"""Two worksheets for one role that began within this time began as one, in two tabs."""


def orderly_owner(secrets: Sequence[str]) -> OpenOwner:
    """The one owner that a browser's secrets open, in order. In a transaction. Raises NoKeyError.

    Two tabs that both wrote before the first answer, or a browser that began anew while the database was
    an older one, hold keys of two owners: from now on these open one, and nothing of either is lost.
    """
    owners = find_owners(secrets)
    if not owners:
        raise NoKeyError
    owner, *others = (_sealed_owner(each) for each in owners)
    for other in others:
        _join(owner, other)
    if owner.used_on < today():
        note_use(owner)
    return owner


def _sealed_owner(owner: OpenOwner) -> OpenOwner:
    """The same owner, with everything of theirs sealed that was written before sealing."""
    if owner.key is not None:
        return owner
    sealed = replace(owner, key=new_key())
    for row in queries.worksheets_of_owner(owner.id):
        key = new_key()
        for field, text in queries.read_texts(row.id).items():
            words = read_plain(text.sealed)
            queries.write_text(
                row.id, field, replace(text, sealed=seal_text(key, row.public_id, field, words))
            )
        wrapped = wrap_worksheet_key(sealed, row.public_id, key)
        Worksheet.objects.filter(pk=row.id).update(wrapped_key=wrapped)
    # The other access keys can't be wrapped without their secrets; version 0.1 had one an owner.
    AccessKey.objects.filter(pk=owner.access_key_id).update(
        wrapped_key=wrap_owner_key(sealed.sealing_key, owner.secret, owner.id)
    )
    return sealed


def _join(owner: OpenOwner, other: OpenOwner) -> None:
    """Give all worksheets of ``other`` to ``owner``, who then opens with the keys of both."""
    for row in queries.worksheets_of_owner(other.id):
        twin = _began_together(row, queries.worksheets_of_role(owner.id, row.framework, row.role))
        if twin:
            _pour(other, row, owner, twin)
            continue
        wrapped = wrap_worksheet_key(owner, row.public_id, worksheet_key(other, row))
        Worksheet.objects.filter(pk=row.id).update(owner_id=owner.id, wrapped_key=wrapped)
    give_access(owner, other)


def _began_together(row: WorksheetRow, candidates: Iterable[WorksheetRow]) -> WorksheetRow | None:
    begun = Worksheet.objects.in_bulk([row.id, *(each.id for each in candidates)])
    moment = begun[row.id].begun_at
    return next(
        (
            each
            for each in candidates
            if each.edition == row.edition
            and abs(begun[each.id].begun_at - moment) < SAME_BEGINNING
        ),
        None,
    )


def _pour(source: OpenOwner, row: WorksheetRow, owner: OpenOwner, into: WorksheetRow) -> None:
    """Put what was written in one worksheet into another, and delete the first."""
    from_key, to_key = worksheet_key(source, row), worksheet_key(owner, into)
    there = queries.read_texts(into.id)
    for field, text in queries.read_texts(row.id).items():
        words = open_text(from_key, row.public_id, field, text.sealed)
        kept = there.get(field)
        known = open_text(to_key, into.public_id, field, kept.sealed) if kept else ""
        joined = _joined(known, kept, words, text)
        sealed = seal_text(to_key, into.public_id, field, joined)
        revision = max(text.revision, kept.revision if kept else 0) + 1
        queries.write_text(into.id, field, TextRow(sealed, revision, text.writer, text.sequence))
    marks = queries.read_marks(into.id)
    for mark, flag in queries.read_marks(row.id).items():
        if mark not in marks:
            queries.write_mark(into.id, mark, flag)
    Worksheet.objects.filter(pk=row.id).delete()


def _joined(known: str, kept: TextRow | None, words: str, text: TextRow) -> str:
    """Both texts, one below the other; one of them where that says it all."""
    if kept and kept.writer and kept.writer == text.writer:
        return words if text.sequence > kept.sequence else known
    if not words.strip() or words == known:
        return known
    return f"{known}\n\n{words}" if known.strip() else words


def open_in_order(secrets: Sequence[str], framework: str, role: str, public_id: str = "") -> Desk:
    """What these secrets open for a role, put in order first. Raises BrokenSealError.

    Reading goes on where nothing can be written.
    """
    desk = open_desk(secrets, framework, role, public_id)
    if desk.needs_upkeep and put_in_order(secrets):
        return open_desk(secrets, framework, role, public_id)
    return desk


def put_in_order(secrets: Sequence[str]) -> bool:
    """Put everything of these secrets in order; returns whether that could be done."""
    try:
        with writing():
            orderly_owner(secrets)
    except NoKeyError:
        return False
    except AnyDatabaseError as error:
        logger.warning("Nothing can be put in order now", exc_info=error)
        connection.close()
        return False
    return True
