"""What is damaged where it is kept is told in words, and takes nothing else along."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from raamwerk.owners.models import AccessKey, Owner
from raamwerk.worksheets.models import Worksheet, WrittenText
from tests.pages.conftest import BEGIN, HERE, OVERVIEW, ROLE, Visitor, form_in, text, text_in

TITLE = "We can't open what is kept here"
TOLD = f"{TITLE}. What you wrote is still kept, but we can't open it."
OTHER_ROLE = "/lob/decaan/"
LISTS = ["/", "/werkbladen/", "/werkbladen/wissen/"]


def damage(rows: Any, column: str) -> None:
    """Change one bit of what is kept, as a failing disk does."""
    [row] = rows
    value = bytes(getattr(row, column))
    rows.update(**{column: value[:-1] + bytes([value[-1] ^ 1])})


def damage_text(field: str) -> None:
    damage(WrittenText.objects.filter(field=field), "sealed")


def damage_worksheet() -> None:
    damage(Worksheet.objects.filter(role="mentor"), "wrapped_key")


def damage_owner() -> None:
    damage(AccessKey.objects.all(), "wrapped_key")


OF_A_WORKSHEET: dict[str, Callable[[], None]] = {
    "a text": lambda: damage_text("visie-rol"),
    "its title": lambda: damage_text("title"),
    "its key": damage_worksheet,
}
OF_ANYTHING = OF_A_WORKSHEET | {"the owner's key": damage_owner}


@pytest.fixture
def writer(visitor: Visitor) -> Visitor:
    """Somebody who wrote in two roles, of which the one of the last words gets damaged."""
    visitor.note("van de decaan", "organisatie-rol", role="decaan")
    visitor.note("van de mentor")
    visitor.note("Najaar", "title")
    return visitor


@pytest.mark.parametrize("what", OF_ANYTHING)
@pytest.mark.parametrize("path", LISTS)
def test_what_lists_worksheets_is_there_and_says_so(writer: Visitor, path: str, what: str) -> None:
    assert TOLD not in html.unescape(writer.page(f"/en{path}"))
    OF_ANYTHING[what]()

    page = html.unescape(writer.page(f"/en{path}"))

    assert TOLD in page
    assert "opens no worksheet here" not in page
    assert (f"/en{OTHER_ROLE}?werkblad=" in page) == (what in OF_A_WORKSHEET)


@pytest.mark.parametrize("what", OF_A_WORKSHEET)
@pytest.mark.parametrize("path", [ROLE, OVERVIEW, f"{OVERVIEW}pdf/"])
def test_its_own_page_says_so_in_words(writer: Visitor, path: str, what: str) -> None:
    OF_ANYTHING[what]()

    answer = writer.get(f"/en{path}")

    assert answer.status_code == 500
    assert f"<h1>{TITLE}</h1>" in html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (ROLE, 200),
        (f"{ROLE}?gebied=visie", 200),
        (OVERVIEW, 200),
        (f"{OVERVIEW}pdf/", 409),
        ("/lob/wie-doet-wat/", 200),
    ],
)
def test_whose_only_key_is_damaged_reads_on_and_hears_what_to_do(
    writer: Visitor, path: str, status: int
) -> None:
    damage_owner()

    answer = writer.get(f"/en{path}")

    page = html.unescape(answer.content.decode())
    assert answer.status_code == status
    assert "<h1>" in page
    assert "opens no worksheet here" not in page
    if "wie-doet-wat" not in path:
        assert (
            f"{TOLD} Please tell the people who run this site. If you fill something in now,"
            in page
        )
    assert "van de mentor" not in page


def test_whose_only_key_is_damaged_begins_anew_beside_what_is_kept(writer: Visitor) -> None:
    before = dict(writer.keys)
    damage_owner()

    refused = writer.send_json(texts=[text("nieuw", writer="w2")])
    writer.begin()
    saved = writer.send_json(texts=[text("nieuw", writer="w2")])

    assert (refused.status_code, refused.json()["problem"]) == (403, "no-key")
    assert saved.status_code == 200
    assert text_in(writer.page()) == "nieuw"
    assert before.items() < writer.keys.items()
    assert WrittenText.objects.filter(field="visie-rol").count() == 2


def test_the_same_with_a_form(writer: Visitor) -> None:
    damage_owner()

    answer = writer.save_form(**form_in(writer.page(), "visie-rol") | {"text:visie-rol": "nieuw"})

    assert answer.status_code == 303
    page = writer.page(f"/en{ROLE}")
    assert text_in(page) == "nieuw"
    assert TOLD in html.unescape(page)
    assert Owner.objects.count() == 2


@pytest.mark.parametrize("what", OF_A_WORKSHEET)
def test_other_roles_are_read_and_written(writer: Visitor, what: str) -> None:
    OF_A_WORKSHEET[what]()

    saved = writer.save_json(role="decaan", texts=[text("gaat door", writer="w2")])

    assert saved.status_code == 200
    page = writer.page(OTHER_ROLE)
    assert text_in(page) == "gaat door"
    assert text_in(page, "organisatie-rol") == "van de decaan"


@pytest.mark.parametrize("what", OF_A_WORKSHEET)
def test_another_worksheet_of_the_same_role_is_read(writer: Visitor, what: str) -> None:
    """Whose switch would show the title of the damaged one."""
    OF_A_WORKSHEET[what]()
    begun = writer.send_form("/werkbladen/nieuw/", {"framework": "lob", "role": "mentor"})

    page = writer.page(begun["Location"])

    assert text_in(page) == ""
    assert page.count(f'href="{ROLE}?werkblad=') >= 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", OF_ANYTHING)
def test_it_can_be_erased(writer: Visitor, what: str) -> None:
    OF_ANYTHING[what]()
    assert 'action="/werkbladen/wissen/"' in writer.page("/werkbladen/wissen/")

    answer = writer.erase()

    assert answer.status_code == 303
    assert not writer.keys
    assert not Owner.objects.exists()
    assert not WrittenText.objects.exists()


@pytest.fixture
def of_two(writer: Visitor, other_visitor: Visitor) -> Visitor:
    """A browser with two keys of owners who began far apart, of which the first is damaged."""
    Owner.objects.update(created_at=timezone.now() - timedelta(days=30))
    other_visitor.note("van later")
    damage(AccessKey.objects.filter(owner=Owner.objects.earliest("pk")), "wrapped_key")
    writer.cookies.update(other_visitor.cookies)
    assert len(writer.keys) == 2
    return writer


@pytest.mark.parametrize("path", [*LISTS, ROLE, OVERVIEW])
def test_a_damaged_key_beside_a_good_one_is_told(of_two: Visitor, path: str) -> None:
    page = html.unescape(of_two.page(f"/en{path}"))

    assert TOLD in page
    assert "opens no worksheet here" not in page


def test_a_damaged_key_keeps_no_good_one_shut(of_two: Visitor) -> None:
    assert text_in(of_two.page()) == "van later"
    assert "van later" in of_two.page(f"{OVERVIEW}markdown/")

    more = of_two.save_json(texts=[text("meer", "visie-deskundigheid", writer="w2")])
    begun = of_two.send_form("/werkbladen/nieuw/", {"framework": "lob", "role": "decaan"})

    assert (more.status_code, begun.status_code) == (200, 303)
    page = of_two.page()
    assert (text_in(page), text_in(page, "visie-deskundigheid")) == ("van later", "meer")
    assert of_two.post(BEGIN, headers={"Origin": HERE}).status_code == 204
    assert Owner.objects.count() == 2


def test_an_owner_whom_another_key_opens_is_not_called_damaged(
    writer: Visitor, other_visitor: Visitor
) -> None:
    """Two tabs began at once, so that both keys open the same."""
    other_visitor.note("uit een tweede tab", "visie-deskundigheid")
    writer.cookies.update(other_visitor.cookies)
    writer.page()
    damage(AccessKey.objects.filter(pk=AccessKey.objects.earliest("pk").pk), "wrapped_key")

    page = html.unescape(writer.page(f"/en{ROLE}"))

    assert text_in(page) == "van de mentor"
    assert TITLE not in page
