"""What is kept of a person's work: worksheets, the texts written in them, and marks.

A worksheet points at its framework by slug, edition and ids, never by copied text. What a person wrote is
sealed (``owners.sealing``); marks are not, so that they can be counted without reading anyone.

Each constraint begins with what its table is looked up by, so no other index is needed.
"""

import secrets
from typing import ClassVar

from django.db import models

from raamwerk.notes import MarkKind
from raamwerk.owners.models import Owner


def new_public_id() -> str:
    """A public id that nobody can guess."""
    return secrets.token_urlsafe(16)


class Worksheet(models.Model):
    """One person's work on one role of one edition. An owner may have several for a role.

    ``public_id`` names it in addresses and posts: it can't be guessed, and does not open anything.
    ``wrapped_key`` is the key that seals its texts, sealed with its owner's key. ``merged`` has the public
    ids, with spaces between, of those that were joined into it: a page may still ask to begin one of them.
    ``last_field`` is where its owner last saved something; empty where that was before this was noted.
    """

    public_id = models.CharField(max_length=22, unique=True)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="worksheets")
    framework = models.CharField(max_length=100)
    edition = models.CharField(max_length=100)
    role = models.CharField(max_length=100)
    wrapped_key = models.BinaryField(null=True)
    merged = models.TextField(blank=True, db_default="")
    last_field = models.CharField(max_length=200, blank=True, db_default="")
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()


class WrittenText(models.Model):
    """What was typed in one field: of an area and facet, of the heading, or the worksheet's title.

    ``revision`` counts its changes. ``writer`` names the page view that made the last one, and
    ``sequence`` counts that page view's saves, so that one that was overtaken can't undo a later one.
    """

    worksheet = models.ForeignKey(
        Worksheet, on_delete=models.CASCADE, related_name="texts", db_index=False
    )
    field = models.CharField(max_length=200)
    sealed = models.BinaryField()
    revision = models.BigIntegerField()
    writer = models.CharField(max_length=40, blank=True)
    sequence = models.BigIntegerField(default=0)

    class Meta:
        """One text a field."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worksheet", "field"], name="one_text_per_field")
        ]


class Mark(models.Model):
    """A flag on one statement, put on or taken off; the other columns are as of a text."""

    worksheet = models.ForeignKey(
        Worksheet, on_delete=models.CASCADE, related_name="marks", db_index=False
    )
    statement = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in MarkKind])
    on = models.BooleanField(default=True)
    revision = models.BigIntegerField(default=1)
    writer = models.CharField(max_length=40, blank=True)
    sequence = models.BigIntegerField(default=0)

    class Meta:
        """A statement carries each kind once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worksheet", "statement", "kind"], name="one_mark_per_kind"
            )
        ]
