"""Owners, and the access keys that open what is theirs."""

from django.db import models
from django.utils import timezone


class Owner(models.Model):
    """A person, as the installation knows them: whoever holds one of their access keys.

    ``used_on`` is the last day (UTC) on which anything of theirs was opened or changed, by which
    ``purge`` decides; it is noted at most once a day.
    """

    created_at = models.DateTimeField(default=timezone.now)
    used_on = models.DateField()


class AccessKey(models.Model):
    """What lets one browser in: 256 random bits in its cookie, of which only a digest is kept.

    ``wrapped_key`` is the owner's key, encrypted with what is derived from those bits. It is empty for
    a key from before sealing, until its holder comes again: ``worksheets.upkeep`` seals then.
    """

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="access_keys")
    digest = models.CharField(max_length=64, unique=True)
    wrapped_key = models.BinaryField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    used_on = models.DateField()
