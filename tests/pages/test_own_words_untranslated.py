"""What a person typed is never translated by a browser: not on any page, and not in what tells of trouble."""

from collections.abc import Callable
from typing import Any

import pytest

from raamwerk.worksheets.changes import base_of
from tests.pages.conftest import OVERVIEW, ROLE, Visitor, form_in, hidden_in
from tests.pages.reading import everything_said

OWN = "Zelfgetypt"
NOT_SEEN = base_of(7, "wat nergens staat")
TOO_LONG = f"{OWN} {'x' * 10_001}"
MINE, RENAME = "/werkbladen/", "/werkbladen/naam/"


@pytest.fixture
def writer(visitor: Visitor) -> Visitor:
    """Somebody who has typed in everything that there is to type in."""
    for field in ("visie-rol", "organisatie-deskundigheid", "name", "school", "occasion", "title"):
        visitor.note(f"{OWN} in {field}", field)
    return visitor


def repeated(page: str, least: int = 1) -> None:
    """The page shows own words, and lets none of them be translated."""
    own = [each for each in everything_said(page) if OWN in each.words]
    assert len(own) >= least, "nothing of it is on the page"
    assert [each for each in own if each.may_be_translated] == []


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("/", 2),
        (MINE, 3),
        ("/werkbladen/wissen/", 2),
        (ROLE, 2),
        (f"{ROLE}?gebied=visie", 1),
        (OVERVIEW, 8),
        (f"{OVERVIEW}?inhoud=notities", 8),
    ],
)
@pytest.mark.parametrize("language", ["", "/en"])
def test_on_every_page(writer: Visitor, language: str, path: str, least: int) -> None:
    repeated(writer.page(language + path), least)


def test_in_the_switch_between_worksheets(writer: Visitor) -> None:
    begun = writer.send_form("/werkbladen/nieuw/", {"framework": "lob", "role": "mentor"})

    repeated(writer.page(begun["Location"]))


def rename(visitor: Visitor, **more: str) -> Any:
    page = visitor.page(MINE)
    named = {name: hidden_in(page, name) for name in ("framework", "edition", "role", "worksheet")}
    return visitor.send_form(RENAME, {**named, **more})


def refused_name(visitor: Visitor) -> Any:
    return rename(visitor, **{"text:title": f"{OWN} {'x' * 300}"})


def disputed_name(visitor: Visitor) -> Any:
    return rename(visitor, **{"text:title": f"{OWN} anders", "base:title": NOT_SEEN})


def name_of_what_is_gone(visitor: Visitor) -> Any:
    return rename(visitor, **{"text:title": f"{OWN} anders", "worksheet": "x" * 22})


def refused_text(visitor: Visitor) -> Any:
    return visitor.save_form(**{"text:visie-rol": TOO_LONG})


def disputed_text(visitor: Visitor) -> Any:
    return visitor.save_form(**{"text:visie-rol": f"{OWN} anders", "base:visie-rol": NOT_SEEN})


def text_of_what_is_gone(visitor: Visitor) -> Any:
    form = {"text:visie-rol": f"{OWN} anders", "worksheet": "x" * 22}
    return visitor.save_form(**{**form_in(visitor.page()), **form})


def refused_heading(visitor: Visitor) -> Any:
    return visitor.send_form(OVERVIEW, {"text:name": f"{OWN} {'x' * 300}"})


def disputed_heading(visitor: Visitor) -> Any:
    return visitor.send_form(OVERVIEW, {"text:name": f"{OWN} anders", "base:name": NOT_SEEN})


TROUBLES = [
    refused_name,
    disputed_name,
    name_of_what_is_gone,
    refused_text,
    disputed_text,
    text_of_what_is_gone,
    refused_heading,
    disputed_heading,
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: str(trouble.__name__))
def test_where_something_is_not_saved(writer: Visitor, trouble: Callable[[Visitor], Any]) -> None:
    answer = trouble(writer)

    assert answer.status_code in (403, 409, 422)
    repeated(answer.content.decode())


@pytest.mark.parametrize(
    "path",
    [f"/lob/{OWN}/", f"{ROLE}?gebied={OWN}", f"{OVERVIEW}{OWN}/"],
    ids=["role", "area", "format"],
)
def test_in_what_says_that_it_is_not_there(writer: Visitor, path: str) -> None:
    answer = writer.get(path)

    assert answer.status_code == 404
    repeated(answer.content.decode())


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/privacy/", "werkblad"),
        (ROLE, "2026-1"),
        ("/lob/bronnen/", "2026-1"),
        (OVERVIEW, "2026-1"),
    ],
)
def test_nor_is_a_code(writer: Visitor, path: str, code: str) -> None:
    said = [each for each in everything_said(writer.page(path)) if each.words == code]

    assert said
    assert not any(each.may_be_translated for each in said)
