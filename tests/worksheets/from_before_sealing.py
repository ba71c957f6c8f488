"""What version 0.1 left behind, as its migration brings it here: an owner of whom nothing is sealed."""

import secrets
from collections.abc import Mapping

from django.utils import timezone

from raamwerk.owners.access import digest, new_secret, today
from raamwerk.owners.models import AccessKey, Owner
from raamwerk.owners.sealing import PLAIN
from raamwerk.worksheets.models import Worksheet, WrittenText


def begin_unsealed(words: Mapping[str, str], role: str = "mentor") -> str:
    """Make such an owner with these words by field; returns the secret that opens them."""
    secret, now = new_secret(), timezone.now()
    owner = Owner.objects.create(used_on=today())
    AccessKey.objects.create(owner=owner, digest=digest(secret), used_on=today())
    worksheet = Worksheet.objects.create(
        public_id=secrets.token_urlsafe(16),
        owner=owner,
        framework="lob",
        edition="2026-1",
        role=role,
        begun_at=now,
        changed_at=now,
    )
    for field, text in words.items():
        sealed = PLAIN + text.encode()
        WrittenText.objects.create(worksheet=worksheet, field=field, sealed=sealed, revision=1)
    return secret
