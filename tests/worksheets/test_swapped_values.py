"""A sealed value opens in its own place only: rows that were swapped don't open."""

import pytest

from raamwerk.owners.access import begin_owner
from raamwerk.owners.models import AccessKey
from raamwerk.owners.sealing import BrokenSealError
from raamwerk.worksheets.changes import TextChange
from raamwerk.worksheets.models import Worksheet, WrittenText
from raamwerk.worksheets.read import open_desk
from tests.pages.conftest import ROLE, Visitor, text
from tests.worksheets.writing import read, write

FIELD, OTHER_FIELD = "visie-rol", "visie-deskundigheid"

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret() -> str:
    secret = begin_owner()
    write(secret, TextChange(FIELD, "een"), TextChange(OTHER_FIELD, "twee"))
    return secret


def swap(one: WrittenText, other: WrittenText) -> None:
    one.sealed, other.sealed = other.sealed, one.sealed
    one.save()
    other.save()


def test_unswapped_they_open(secret: str) -> None:
    assert read(secret).texts == {FIELD: "een", OTHER_FIELD: "twee"}


def test_texts_of_two_fields_do_not_open(secret: str) -> None:
    swap(*WrittenText.objects.all())

    with pytest.raises(BrokenSealError):
        read(secret)


def test_texts_of_two_worksheets_of_one_owner_do_not_open(secret: str) -> None:
    write(secret, TextChange(FIELD, "elders"), worksheet="new:")
    swap(*WrittenText.objects.filter(field=FIELD))

    with pytest.raises(BrokenSealError):
        read(secret)


def test_keys_of_two_worksheets_do_not_open(secret: str) -> None:
    write(secret, TextChange(FIELD, "elders"), worksheet="new:")
    one, other = Worksheet.objects.all()
    one.wrapped_key, other.wrapped_key = other.wrapped_key, one.wrapped_key
    one.save()
    other.save()

    with pytest.raises(BrokenSealError):
        read(secret)


def test_whoever_can_write_in_the_database_gives_nobody_anothers_words(secret: str) -> None:
    """The key row that opens somebody's own worksheets, made to point at another owner."""
    mine = begin_owner()
    write(mine, TextChange(FIELD, "van mij"))
    theirs, my_key = AccessKey.objects.order_by("pk")

    AccessKey.objects.filter(pk=my_key.pk).update(owner=theirs.owner)

    desk = open_desk([mine], "lob", "mentor")
    assert (desk.owners, desk.rows, desk.worksheet) == ([], [], None)
    assert desk.some_closed


def test_a_worksheet_that_is_given_to_another_owner_does_not_open(secret: str) -> None:
    mine = begin_owner()
    my_key = AccessKey.objects.latest("pk")

    Worksheet.objects.update(owner=my_key.owner)

    with pytest.raises(BrokenSealError):
        read(mine)


@pytest.mark.parametrize("value", [b"", b"\x00een", b"\x02" + b"x" * 40, b"\x01kort"])
def test_what_was_never_sealed_does_not_open(secret: str, value: bytes) -> None:
    """Plain text put in its place is not taken for the person's own words."""
    WrittenText.objects.filter(field=FIELD).update(sealed=value)

    with pytest.raises(BrokenSealError):
        read(secret)


def test_the_page_says_that_it_does_not_open_and_nothing_is_overwritten(visitor: Visitor) -> None:
    visitor.note("een")
    visitor.note("twee", OTHER_FIELD)
    swap(*WrittenText.objects.all())
    before = list(WrittenText.objects.values_list("sealed"))

    page = visitor.get(ROLE)
    saved = visitor.save_json(texts=[text("nieuw", writer="w2")])

    assert (page.status_code, saved.status_code) == (500, 500)
    assert saved.json()["problem"] == "broken-seal"
    assert list(WrittenText.objects.values_list("sealed")) == before
