"""A newer edition is told and taken over by a button; until then, and after it, nothing is lost."""

import html
import re
from pathlib import Path
from typing import Any

import pytest

from raamwerk.frameworks.library import find_edition
from tests.pages.conftest import (
    OVERVIEW,
    Visitor,
    form_in,
    hidden_in,
    is_marked,
    mark,
    text,
    text_in,
)
from tests.pages.frameworks_beside import NEWER, put_newer_edition, statements_of

GONE, REPLACED, SUCCESSOR = "mentor-visie-rol-1", "mentor-visie-rol-2", "mentor-visie-rol-9"
STANDS, STAYS = "mentor-visie-rol-3", "mentor-organisatie-rol-1"
TAKE_ALONG = "/werkbladen/editie/"


def without_a_statement(tree: dict[str, Any]) -> None:
    """One statement dropped, one replaced, one reworded, one added."""
    statements = statements_of(tree, "mentor", "visie", "rol")
    del statements[0]
    statements[0] |= {"id": SUCCESSOR, "nl": "Doet het anders", "en": "Does it differently"}
    statements[0].pop("uuid", None)
    statements[0].pop("corrections", None)
    statements[1] |= {"nl": "Staat er nu anders", "en": "Is said differently now"}
    statements[1].pop("corrections", None)
    statements.append(
        {"id": "mentor-visie-rol-10", "nl": "Is er bij gekomen", "en": "Has come to it"}
    )
    tree["gone"] = [{"id": GONE}, {"id": REPLACED, "replaced_by": SUCCESSOR}]


@pytest.fixture
def writer(visitor: Visitor, beside: Path) -> Visitor:
    """Somebody who wrote and marked on the built-in edition before the newer one came."""
    visitor.note("mijn tekst")
    visitor.note("Noor", "name")
    for number, statement in enumerate((GONE, REPLACED, STAYS), start=1):
        visitor.save_json(marks=[mark(statement, sequence=number)])
    put_newer_edition(beside, without_a_statement)
    return visitor


def take_along(visitor: Visitor) -> Any:
    return visitor.send_form(TAKE_ALONG, {"worksheet": hidden_in(visitor.page(), "worksheet")})


def test_the_worksheet_stays_on_its_own_edition(writer: Visitor) -> None:
    page = writer.page()

    assert hidden_in(page, "edition") == "2026-1"
    assert is_marked(page, f"{GONE}:work-on")
    assert is_marked(page, f"{STAYS}:work-on")
    assert text_in(page) == "mijn tekst"


def test_whoever_begins_gets_the_newer_one(writer: Visitor) -> None:
    page = Visitor().page()

    assert hidden_in(page, "edition") == NEWER
    assert f'id="{GONE}"' not in page
    assert "Is er bij gekomen" in page


def test_a_form_without_scripts_still_saves(writer: Visitor) -> None:
    """With marks on what the newer edition no longer has."""
    form = form_in(writer.page(), "visie-deskundigheid")
    marks = [f"{each}:work-on" for each in (GONE, REPLACED, STAYS)]

    answer = writer.save_form(**form | {"text:visie-deskundigheid": "erbij"}, mark=marks)

    assert answer.status_code == 303
    assert text_in(writer.page(), "visie-deskundigheid") == "erbij"
    assert is_marked(writer.page(), f"{GONE}:work-on")


def test_the_script_of_an_old_page_still_saves(writer: Visitor) -> None:
    worksheet = hidden_in(writer.page(), "worksheet")
    there = {"edition": "2026-1", "worksheet": worksheet}

    off = writer.save_json(**there, marks=[mark(GONE, on=False, base=1, sequence=9)])
    more = writer.save_json(**there, texts=[text("erbij", "visie-deskundigheid", sequence=9)])

    assert (off.status_code, more.status_code) == (200, 200)
    assert not is_marked(writer.page(), f"{GONE}:work-on")


def test_the_page_says_what_changed_for_this_role(writer: Visitor) -> None:
    page = html.unescape(writer.page())

    assert TAKE_ALONG in page
    for words in ("Is er bij gekomen", "Staat er nu anders", "Doet het anders"):
        assert words in page


def test_a_role_without_a_worksheet_hears_nothing_of_it(writer: Visitor) -> None:
    assert TAKE_ALONG not in writer.page("/lob/decaan/")
    assert TAKE_ALONG not in Visitor().page()


def test_one_button_takes_everything_along(writer: Visitor) -> None:
    answer = take_along(writer)

    assert (answer.status_code, answer["Location"]) == (303, "/lob/mentor/")
    page = writer.page()
    assert hidden_in(page, "edition") == NEWER
    assert text_in(page) == "mijn tekst"
    assert is_marked(page, f"{STAYS}:work-on")
    assert is_marked(page, f"{SUCCESSOR}:work-on")
    assert TAKE_ALONG not in page


def words_of_the_gone_one() -> str:
    """How the built-in edition said it; the beginning, without citations."""
    edition = find_edition("lob", "2026-1")
    role = edition.role("mentor") if edition else None
    assert role
    [gone] = [each for each in role.statements if each.id == GONE]
    return gone.text.read("nl")[:30]


def test_what_is_gone_is_kept_and_shown_as_such(writer: Visitor) -> None:
    take_along(writer)

    before, _section, earlier = html.unescape(writer.page()).partition('class="area earlier ')

    assert words_of_the_gone_one() not in before
    assert words_of_the_gone_one() in earlier
    assert "Hier wil ik aan werken" in earlier


@pytest.mark.parametrize("address", [OVERVIEW, f"{OVERVIEW}markdown/"])
def test_the_overview_has_what_is_gone_too(writer: Visitor, address: str) -> None:
    take_along(writer)

    page = html.unescape(writer.page(address))

    assert words_of_the_gone_one() in page
    assert "mijn tekst" in page
    assert "Noor" in page


def test_taking_along_twice_changes_nothing_more(writer: Visitor) -> None:
    named = hidden_in(writer.page(), "worksheet")
    take_along(writer)
    before = writer.page()

    answer = writer.send_form(TAKE_ALONG, {"worksheet": named})

    assert answer.status_code == 303
    assert writer.page() == before


def test_a_page_that_was_open_before_still_saves_after_it(writer: Visitor) -> None:
    old = form_in(writer.page(), "visie-rol")
    marks = [f"{each}:work-on" for each in (GONE, REPLACED, STAYS)]
    take_along(writer)

    answer = writer.save_form(**old | {"text:visie-rol": "nog meer"}, mark=marks)

    assert answer.status_code == 303
    assert text_in(writer.page()) == "nog meer"
    assert is_marked(writer.page(), f"{STAYS}:work-on")
    assert is_marked(writer.page(), f"{SUCCESSOR}:work-on")


@pytest.mark.parametrize("successor", [SUCCESSOR, STANDS])
@pytest.mark.parametrize("still_on", [GONE, REPLACED])
def test_where_two_statements_become_one_a_mark_on_either_stays(
    visitor: Visitor, beside: Path, still_on: str, successor: str
) -> None:
    """Also where the other was taken off later, and where the one that stands was marked and isn't."""

    def of_two_one(tree: dict[str, Any]) -> None:
        statements = statements_of(tree, "mentor", "visie", "rol")
        del statements[1]
        if successor == STANDS:
            del statements[0]
        else:
            statements[0]["id"] = successor
        tree["gone"] = [{"id": each, "replaced_by": successor} for each in (GONE, REPLACED)]

    for number, statement in enumerate((GONE, REPLACED, STANDS), start=1):
        visitor.save_json(marks=[mark(statement, sequence=number)])
    for number, statement in enumerate({GONE, REPLACED, STANDS} - {still_on}, start=4):
        visitor.save_json(marks=[mark(statement, on=False, base=1, sequence=number)])
    put_newer_edition(beside, of_two_one)

    take_along(visitor)

    page = visitor.page()
    assert hidden_in(page, "edition") == NEWER
    assert is_marked(page, f"{successor}:work-on")


def test_a_text_in_a_field_that_is_gone_is_kept(visitor: Visitor, beside: Path) -> None:
    def without_an_area(tree: dict[str, Any]) -> None:
        gone = "samenwerking"
        tree["areas"] = [each for each in tree["areas"] if each["id"] != gone]
        tree["gone"] = []
        for role in tree["roles"]:
            fields = [each for each in role["fields"] if each["area"] == gone]
            role["fields"] = [each for each in role["fields"] if each["area"] != gone]
            tree["gone"] += [{"id": each["id"]} for field in fields for each in field["statements"]]

    visitor.note("in wat verdwijnt", "samenwerking-rol")
    put_newer_edition(beside, without_an_area)
    take_along(visitor)

    page = visitor.page()

    assert 'id="text-samenwerking-rol"' not in page
    assert "in wat verdwijnt" in page
    assert "in wat verdwijnt" in visitor.page(f"{OVERVIEW}markdown/")
    assert "in wat verdwijnt" in visitor.page(OVERVIEW)


def test_what_is_gone_still_counts_among_my_worksheets(writer: Visitor) -> None:
    def amount() -> str:
        found = re.search(r"\d+ van \d+ velden · \d+ vinkjes?", writer.page("/werkbladen/"))
        assert found
        return found[0]

    before = amount()

    take_along(writer)

    assert amount() == before
