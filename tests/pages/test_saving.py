"""What is sent is kept, for this visitor only, and comes back as it was typed."""

import re

import pytest

from raamwerk.worksheets.changes import fingerprint
from tests.pages.conftest import Visitor, point

ROLE = "/lob/mentor/"


def text_in(page: str, field: str = "visie-rol") -> str:
    import html

    found = re.search(rf'<textarea id="text-{field}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize(
    "text",
    [
        "één regel",
        "twee\nregels\n\nen een alinea",
        "\n\nbegint met lege regels",
        "  spaties voor en na  ",
        '<script>alert(1)</script> & "aanhaling" </textarea>',
        "العربية עברית Ελληνικά Русский 中文 हिन्दी 👩‍👩‍👧 🇳🇱",
        "{{ geen }} {% sjabloon %} \\ $",
    ],
)
def test_a_text_comes_back_as_typed(visitor: Visitor, text: str) -> None:
    visitor.note(text)

    assert text_in(visitor.get(ROLE).content.decode()) == text


def test_line_breaks_of_a_form_become_newlines(visitor: Visitor) -> None:
    visitor.save_form(**{"text:visie-rol": "a\r\nb\rc"})

    assert text_in(visitor.get(ROLE).content.decode()) == "a\nb\nc"


def test_a_saved_form_leads_back_to_its_field(visitor: Visitor) -> None:
    response = visitor.save_form(**{"text:visie-rol": "tekst", "at": "visie-rol"})

    assert response.status_code == 303
    assert response["Location"] == "/lob/mentor/#veld-visie-rol"


def test_a_form_of_one_area_leads_back_to_that_area(visitor: Visitor) -> None:
    response = visitor.save_form(gebied="organisatie", **{"text:organisatie-rol": "tekst"})

    assert response["Location"] == "/lob/mentor/?gebied=organisatie"


def test_each_role_has_its_own_worksheet(visitor: Visitor) -> None:
    visitor.note("als mentor", role="mentor")
    visitor.note("als decaan", role="decaan")

    assert text_in(visitor.get("/lob/mentor/").content.decode()) == "als mentor"
    assert text_in(visitor.get("/lob/decaan/").content.decode()) == "als decaan"


def test_nobody_else_sees_it(visitor: Visitor, other_visitor: Visitor) -> None:
    visitor.note("alleen voor mij")
    other_visitor.note("van een ander")

    assert b"alleen voor mij" not in other_visitor.get(ROLE).content
    assert b"alleen voor mij" not in Visitor().get(ROLE).content


def test_a_mark_is_kept_and_taken_off(visitor: Visitor) -> None:
    mark = {"statement": "mentor-visie-rol-1", "kind": "work-on"}
    checked = 'value="mentor-visie-rol-1:work-on" checked>'

    visitor.save_json(marks=[{**mark, "on": True}])
    assert checked in visitor.get(ROLE).content.decode()

    visitor.save_json(marks=[{**mark, "on": False}])
    assert checked not in visitor.get(ROLE).content.decode()


def test_a_form_changes_only_the_marks_that_its_page_changed(visitor: Visitor) -> None:
    first, second = "mentor-visie-rol-1:work-on", "mentor-visie-rol-2:talk-over"
    visitor.save_form(mark=[first], **{"marks-before": ""})
    visitor.save_form(mark=[second], **{"marks-before": ""})

    page = visitor.get(ROLE).content.decode()

    assert f'value="{first}" checked>' in page
    assert f'value="{second}" checked>' in page


def test_a_box_that_was_cleared_on_the_page_is_cleared(visitor: Visitor) -> None:
    first = "mentor-visie-rol-1:work-on"
    visitor.save_form(mark=[first], **{"marks-before": ""})
    visitor.save_form(**{"marks-before": first})

    assert f'value="{first}" checked>' not in visitor.get(ROLE).content.decode()


def test_the_counts_say_how_much_was_noted(visitor: Visitor) -> None:
    visitor.note("tekst")
    visitor.save_json(marks=[{"statement": "mentor-visie-rol-1", "kind": "talk-over", "on": True}])

    assert "2 notities" in visitor.get(ROLE).content.decode()


def test_the_key_is_out_of_reach_of_scripts_and_other_sites(visitor: Visitor) -> None:
    response = visitor.save_json(points=[point("tekst")])

    cookie = response.cookies["werkblad"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 400 * 24 * 3600


def test_two_first_saves_from_one_page_share_one_worksheet(db: None) -> None:
    key = "k" * 43
    first, second = Visitor(), Visitor()
    first.save_json(key=key, points=[point("een")])
    second.save_json(key=key, points=[point("twee", "visie-deskundigheid")])

    page = first.get(ROLE).content.decode()

    assert text_in(page) == "een"
    assert text_in(page, "visie-deskundigheid") == "twee"


def test_the_answer_names_the_text_that_is_now_kept(visitor: Visitor) -> None:
    answer = visitor.save_json(points=[point("tekst")]).json()

    assert answer["saved"] == {"visie-rol": fingerprint("tekst")}


def test_erasing_leaves_nothing(visitor: Visitor) -> None:
    from raamwerk.worksheets.models import AttentionPoint, Key, Mark, Worksheet

    visitor.note("tekst")
    visitor.save_json(marks=[{"statement": "mentor-visie-rol-1", "kind": "work-on", "on": True}])

    response = visitor.post("/werkblad/wissen/", headers={"Origin": "http://testserver"})

    assert response["Location"] == "/werkblad/?gewist=ja"
    assert not visitor.cookies["werkblad"].value
    for table in (Key, Worksheet, AttentionPoint, Mark):
        assert not table.objects.exists()


def test_a_form_after_the_cookies_were_cleared_keeps_all_that_it_shows(visitor: Visitor) -> None:
    visitor.note("eerst bewaard")
    visitor.cookies.clear()

    response = visitor.save_form(
        **{
            "text:visie-rol": "eerst bewaard",
            "base:visie-rol": fingerprint("eerst bewaard"),
            "text:visie-deskundigheid": "daarna getypt",
            "base:visie-deskundigheid": fingerprint(""),
            "marks-before": "mentor-visie-rol-1:work-on",
            "mark": "mentor-visie-rol-1:work-on",
        }
    )

    assert response.status_code == 303
    page = visitor.get("/lob/mentor/").content.decode()
    assert "eerst bewaard" in page
    assert "daarna getypt" in page
    assert page.count('work-on" checked') == 1
