"""The language link of a page that answers a post leads to a page: the one that its form was on."""

import html
import re
from typing import Any

import pytest

from tests.pages.conftest import (
    FORM,
    HERE,
    OVERVIEW,
    ROLE,
    SAVE,
    Visitor,
    form_in,
    hidden_in,
    text,
)

TOO_LONG = "x" * 11_000
RENAME, NEWER, ANOTHER = "/werkbladen/naam/", "/werkbladen/editie/", "/werkbladen/nieuw/"


def language_link(answer: Any) -> str:
    """Where a page leads to in the other language."""
    found = re.search(r'<a class="language" href="([^"]*)"', answer.content.decode())
    assert found, answer.content
    return html.unescape(found[1])


def send(visitor: Visitor, path: str, fields: dict[str, str], came_from: str = "") -> Any:
    """A form of ours, from a browser that says which page it was on, unless none is given."""
    headers = {"Origin": HERE} | ({"Referer": came_from} if came_from else {})
    body = "&".join(f"{name}={value}" for name, value in fields.items())
    return visitor.post(path, body, FORM, headers=headers)


@pytest.mark.parametrize("area", ["", "visie"])
def test_of_a_text_that_is_too_long_it_is_the_role(visitor: Visitor, area: str) -> None:
    worksheet = visitor.note("kort")["worksheet"]
    form = form_in(visitor.page()) | {"gebied": area, "text:visie-deskundigheid": TOO_LONG}

    answer = visitor.send_form(SAVE, form)

    assert answer.status_code == 422
    area_first = f"gebied={area}&" if area else ""
    assert language_link(answer) == f"/en{ROLE}?{area_first}werkblad={worksheet}"
    assert visitor.get(language_link(answer)).status_code == 200


def test_of_a_conflict_it_is_the_role_in_either_language(visitor: Visitor) -> None:
    visitor.note("eerst")
    form = form_in(visitor.page(f"/en{ROLE}"), "visie-rol") | {"text:visie-rol": "van hier"}
    visitor.save_json(texts=[text("van elders", sequence=2)])

    answer = visitor.send_form(f"/en{SAVE}", form)

    assert answer.status_code == 409
    assert language_link(answer).startswith(f"{ROLE}?werkblad=")
    assert visitor.get(language_link(answer)).status_code == 200


def test_of_a_worksheet_that_is_gone_it_is_the_role(visitor: Visitor) -> None:
    visitor.note("van mij")

    answer = visitor.save_form(worksheet="x" * 22, **{"text:visie-rol": "getypt"})

    assert (answer.status_code, language_link(answer)) == (403, f"/en{ROLE}")


def test_of_a_name_that_is_not_saved_it_is_my_worksheets(visitor: Visitor) -> None:
    visitor.note("tekst")
    form = {"framework": "lob", "role": "mentor", "worksheet": "x" * 22, "text:title": "Najaar"}

    answer = visitor.send_form(RENAME, form)

    assert (answer.status_code, language_link(answer)) == (403, "/en/werkbladen/")


@pytest.mark.parametrize("path", [OVERVIEW, f"{OVERVIEW}markdown/"])
def test_of_a_heading_that_is_too_long_it_is_the_overview(visitor: Visitor, path: str) -> None:
    worksheet = visitor.note("tekst")["worksheet"]
    page = visitor.page(OVERVIEW)
    form = {name: hidden_in(page, name) for name in ("edition", "worksheet", "base:name")}

    answer = visitor.send_form(
        path, form | {"text:name": "n" * 999, "inhoud": "notities", "werkblad": worksheet}
    )

    assert answer.status_code == 422
    assert language_link(answer) == f"/en{OVERVIEW}?werkblad={worksheet}&inhoud=notities"


REFUSED = [SAVE, RENAME, NEWER, ANOTHER]


@pytest.mark.parametrize("path", REFUSED)
def test_of_a_refusal_it_is_the_page_that_the_browser_names(visitor: Visitor, path: str) -> None:
    came_from = f"{ROLE}?gebied=visie"

    answer = send(visitor, path, {"broken": "%ff"}, f"{HERE}{came_from}")

    assert answer.status_code == 400
    assert language_link(answer) == f"/en{came_from}"


@pytest.mark.parametrize("path", REFUSED)
@pytest.mark.parametrize(
    "came_from",
    [
        "",
        f"{HERE}{SAVE}",
        f"{HERE}{OVERVIEW}pdf/",
        f"{HERE}//evil.example/",
        f"{HERE}/en{ROLE}",
        f"http://evil.example{ROLE}",
        "http://[",
        "nonsense",
    ],
)
def test_of_a_refusal_without_such_a_page_it_is_my_worksheets(
    visitor: Visitor, path: str, came_from: str
) -> None:
    answer = send(visitor, path, {"broken": "%ff"}, came_from)

    assert (answer.status_code, language_link(answer)) == (400, "/en/werkbladen/")


def test_of_a_post_to_a_page_that_takes_none_it_is_that_page(visitor: Visitor) -> None:
    answer = send(visitor, "/lob/bronnen/", {})

    assert (answer.status_code, language_link(answer)) == (405, "/en/lob/bronnen/")


@pytest.mark.parametrize("path", REFUSED)
def test_whoever_opens_an_address_for_posts_finds_my_worksheets(
    visitor: Visitor, path: str
) -> None:
    answer = visitor.get(path)

    assert (answer.status_code, language_link(answer)) == (405, "/en/werkbladen/")
