"""What is kept: keys (as digests), worksheets, attention points and marks.

A worksheet points at its framework by slug, edition and ids, never by copied text. The words a
person wrote stand apart from their marks, so that marks can be counted without reading anyone.

Each constraint begins with what its table is looked up by, so no other index is needed.
"""

from typing import ClassVar

from django.db import models

from raamwerk.notes import MarkKind


class Key(models.Model):
    """What opens a person's worksheets. Only the digest is kept; the key is in their browser."""

    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)


class Worksheet(models.Model):
    """One person's work on one role of one edition."""

    key = models.ForeignKey(
        Key, on_delete=models.CASCADE, related_name="worksheets", db_index=False
    )
    framework = models.CharField(max_length=100)
    edition = models.CharField(max_length=100)
    role = models.CharField(max_length=100)
    name = models.CharField(max_length=200, blank=True)
    school = models.CharField(max_length=200, blank=True)
    occasion = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        """One worksheet a role: a person may keep one for each."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key", "framework", "role"], name="one_worksheet_per_role"
            )
        ]


class AttentionPoint(models.Model):
    """What was typed in one attention field.

    ``writer`` names the page view that wrote it and ``sequence`` counts its saves, so that
    a save that was overtaken on the way can't undo a later one.
    """

    worksheet = models.ForeignKey(
        Worksheet, on_delete=models.CASCADE, related_name="points", db_index=False
    )
    field = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    writer = models.CharField(max_length=40, blank=True)
    sequence = models.BigIntegerField(default=0)

    class Meta:
        """One text a field."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worksheet", "field"], name="one_point_per_field")
        ]


class Mark(models.Model):
    """A flag on one statement: to work on, or to talk over."""

    worksheet = models.ForeignKey(
        Worksheet, on_delete=models.CASCADE, related_name="marks", db_index=False
    )
    statement = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in MarkKind])

    class Meta:
        """A statement carries each kind once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worksheet", "statement", "kind"], name="one_mark_per_kind"
            )
        ]
