"""Name, school and occasion follow the same rules as the notes: base, conflict, limits in words."""

import html
import re

import pytest

from raamwerk.worksheets.changes import base_of
from tests.pages.conftest import OVERVIEW, Visitor, hidden_in, text

NAMES = ("name", "school", "occasion")


def heading_in(page: str, name: str) -> str:
    found = re.search(rf'<input id="text-{name}" name="text:{name}" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def overview_form(page: str) -> dict[str, str]:
    """What a browser without scripts sends of an overview page."""
    form = {name: hidden_in(page, name) for name in ("framework", "edition", "role", "worksheet")}
    for name in NAMES:
        form[f"text:{name}"] = heading_in(page, name)
        form[f"base:{name}"] = hidden_in(page, f"base:{name}")
    return form


@pytest.fixture
def writer(visitor: Visitor) -> Visitor:
    visitor.note("tekst")
    return visitor


def test_it_is_saved_and_shown(writer: Visitor) -> None:
    form = overview_form(writer.page(OVERVIEW))

    answer = writer.send_form(
        OVERVIEW, form | {"text:name": 'Noor & "co"', "text:school": "<Brug>"}
    )

    assert (answer.status_code, answer["Location"]) == (303, f"{OVERVIEW}#keuze")
    page = writer.page(OVERVIEW)
    assert heading_in(page, "name") == 'Noor & "co"'
    assert heading_in(page, "school") == "<Brug>"


def test_it_is_saved_before_a_download(writer: Visitor) -> None:
    form = overview_form(writer.page(OVERVIEW))

    answer = writer.send_form(f"{OVERVIEW}markdown/", form | {"text:occasion": "teamdag"})

    assert "teamdag" in answer.content.decode()
    assert heading_in(writer.page(OVERVIEW), "occasion") == "teamdag"


def test_what_another_window_wrote_is_not_wiped(writer: Visitor) -> None:
    old = overview_form(writer.page(OVERVIEW))
    writer.note("uit venster een", "name")

    answer = writer.send_form(OVERVIEW, old | {"text:name": "uit venster twee"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert heading_in(page, "name") == "uit venster twee"
    assert "uit venster een" in page
    assert heading_in(writer.page(OVERVIEW), "name") == "uit venster een"


def test_an_untouched_field_of_an_old_page_wipes_nothing(writer: Visitor) -> None:
    old = overview_form(writer.page(OVERVIEW))
    writer.note("Noor", "name")

    answer = writer.send_form(OVERVIEW, old | {"text:school": "De Brug"})

    assert answer.status_code == 303
    assert heading_in(writer.page(OVERVIEW), "name") == "Noor"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("address", [OVERVIEW, f"{OVERVIEW}pdf/"])
def test_what_is_too_long_stays_in_its_box(writer: Visitor, name: str, address: str) -> None:
    form = overview_form(writer.page(OVERVIEW))

    answer = writer.send_form(address, form | {f"text:{name}": "n" * 203})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "3 tekens te lang" in page
    assert heading_in(page, name) == "n" * 203


def test_the_script_saves_it_as_any_text(writer: Visitor) -> None:
    first = writer.save_json(texts=[text("Noor", "name")])
    unseen = writer.save_json(texts=[text("Anders", "name", writer="w2")])
    late = writer.save_json(texts=[text("Oud", "name", sequence=0)])

    assert first.json()["saved"] == {"name": base_of(1, "Noor")}
    assert unseen.json()["conflicts"]["name"]["text"] == "Noor"
    assert late.status_code == 200
    assert heading_in(writer.page(OVERVIEW), "name") == "Noor"


def test_each_worksheet_has_its_own(writer: Visitor) -> None:
    writer.note("Noor", "name")
    other = writer.save_json(worksheet="new:", texts=[text("tekst")]).json()["worksheet"]

    assert heading_in(writer.page(f"{OVERVIEW}?werkblad={other}"), "name") == ""


@pytest.mark.parametrize("address", [OVERVIEW, f"{OVERVIEW}markdown/"])
@pytest.mark.parametrize("named", [False, True])
def test_a_heading_without_its_key_stays_and_is_saved_by_the_next_press(
    writer: Visitor, address: str, named: bool
) -> None:
    form = overview_form(writer.page(OVERVIEW)) | {"text:name": "Noor"}
    if named:
        form["werkblad"] = form["worksheet"]
    writer.cookies.clear()

    answer = writer.send_form(address, form)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'id="refused"' in page
    assert heading_in(page, "name") == "Noor"
    again = overview_form(page)
    for _press in range(2):
        assert writer.send_form(OVERVIEW, again).status_code == 303
    assert heading_in(writer.page(OVERVIEW), "name") == "Noor"


def test_a_heading_that_is_too_long_for_a_new_worksheet_stays_too(writer: Visitor) -> None:
    form = overview_form(writer.page(OVERVIEW)) | {"text:name": "n" * 203}
    writer.cookies.clear()
    again = overview_form(writer.send_form(OVERVIEW, form).content.decode())

    answer = writer.send_form(OVERVIEW, again)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "3 tekens te lang" in page
    assert heading_in(page, "name") == "n" * 203
