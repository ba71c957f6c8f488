"""What nobody used for long enough is deleted, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from raamwerk.frameworks.library import current_edition
from raamwerk.frameworks.model import Edition
from raamwerk.worksheets.changes import Changes, PointChange
from raamwerk.worksheets.keeping import keep, purge, worked_on
from raamwerk.worksheets.keys import UnknownKeyError, new_key
from raamwerk.worksheets.models import AttentionPoint, Key, Worksheet


def the_edition() -> Edition:
    edition = current_edition("lob")
    assert edition
    return edition


def write(key: str, role: str, days_ago: int) -> None:
    edition = the_edition()
    the_role = edition.role(role)
    assert the_role
    begin = not Key.objects.exists() or not _known(key)
    keep(key, edition, the_role, Changes((PointChange("visie-rol", "tekst"),)), begin=begin)
    then = timezone.now() - timedelta(days=days_ago)
    Worksheet.objects.filter(role=role).update(changed_at=then)
    Key.objects.update(created_at=timezone.now() - timedelta(days=1000))


def _known(key: str) -> bool:
    try:
        worked_on(key, the_edition())
    except UnknownKeyError:
        return False
    return True


@pytest.mark.django_db
def test_an_unused_worksheet_goes_with_everything_in_it() -> None:
    write(new_key(), "mentor", days_ago=401)

    assert purge(timedelta(days=400)) == 1
    assert not AttentionPoint.objects.exists()


@pytest.mark.django_db
def test_one_used_worksheet_saves_all_of_the_same_key() -> None:
    key = new_key()
    write(key, "mentor", days_ago=401)
    write(key, "decaan", days_ago=399)

    assert purge(timedelta(days=400)) == 0
    assert len(worked_on(key, the_edition())) == 2
