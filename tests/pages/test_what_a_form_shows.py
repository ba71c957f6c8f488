"""A form without scripts speaks only of what it shows, and leaves alone what another window did."""

from typing import Any

from tests.pages.conftest import Visitor, form_in, hidden_in, is_marked, mark, text, text_in

FIRST, SECOND = "mentor-visie-rol-1:work-on", "mentor-visie-rol-2:talk-over"
ELSEWHERE = "mentor-organisatie-rol-1:work-on"


def test_saving_one_area_keeps_the_marks_of_the_others(visitor: Visitor) -> None:
    visitor.save_form(mark=[ELSEWHERE, FIRST], **{"marks-before": ""})
    page = visitor.page("/lob/mentor/?gebied=visie")
    form = form_in(page)

    answer = visitor.save_form(**form, mark=[FIRST], **{"text:visie-rol": "tekst"})

    assert answer.status_code == 303
    page = visitor.page()
    assert is_marked(page, ELSEWHERE)
    assert is_marked(page, FIRST)
    assert text_in(page) == "tekst"


def test_not_even_when_the_form_names_marks_that_it_does_not_show(visitor: Visitor) -> None:
    visitor.save_form(mark=[ELSEWHERE], **{"marks-before": ""})

    visitor.save_form(gebied="visie", **{"marks-before": ELSEWHERE})

    assert is_marked(visitor.page(), ELSEWHERE)


def test_a_page_of_one_area_names_the_marks_of_that_area(visitor: Visitor) -> None:
    visitor.save_form(mark=[ELSEWHERE, FIRST], **{"marks-before": ""})

    page = visitor.page("/lob/mentor/?gebied=visie")

    assert hidden_in(page, "marks-before") == FIRST


def test_saving_one_area_keeps_the_texts_of_the_others(visitor: Visitor) -> None:
    visitor.note("elders", "organisatie-rol")
    form = form_in(visitor.page("/lob/mentor/?gebied=visie"), "visie-rol", "visie-deskundigheid")

    visitor.save_form(**form | {"text:visie-rol": "hier"})

    page = visitor.page()
    assert text_in(page) == "hier"
    assert text_in(page, "organisatie-rol") == "elders"


def test_a_form_changes_only_the_marks_that_its_page_changed(visitor: Visitor) -> None:
    visitor.save_form(mark=[FIRST], **{"marks-before": ""})
    visitor.save_form(mark=[SECOND], **{"marks-before": ""})

    page = visitor.page()

    assert is_marked(page, FIRST)
    assert is_marked(page, SECOND)


def test_a_box_that_was_cleared_on_the_page_is_cleared(visitor: Visitor) -> None:
    visitor.save_form(mark=[FIRST], **{"marks-before": ""})
    visitor.save_form(**{"marks-before": FIRST})

    assert not is_marked(visitor.page(), FIRST)


def test_a_mark_that_another_window_put_stays_when_this_page_never_showed_it(
    visitor: Visitor,
) -> None:
    form = form_in(visitor.page())
    visitor.save_json(marks=[mark()])

    visitor.save_form(**form | {"text:visie-rol": "tekst"})

    assert is_marked(visitor.page(), FIRST)


def test_the_heading_stays_when_the_notes_are_saved(visitor: Visitor) -> None:
    visitor.note("Noor", "name")
    visitor.save_form(**form_in(visitor.page()) | {"text:visie-rol": "tekst"})

    assert 'value="Noor"' in visitor.page("/lob/mentor/overzicht/")


def again(page: str) -> dict[str, Any]:
    """What the save button sends of this page as it is shown: texts, boxes and hidden parts."""
    ticked = [each for each in (FIRST, SECOND, ELSEWHERE) if is_marked(page, each)]
    return {**form_in(page, "visie-rol"), "mark": ticked}


def test_ticks_stay_when_a_text_is_refused(visitor: Visitor) -> None:
    visitor.note("eerst", "organisatie-rol")
    form = form_in(visitor.page())

    refused = visitor.save_form(**form | {"text:visie-rol": "x" * 10_001}, mark=[FIRST])

    page = refused.content.decode()
    assert refused.status_code == 422
    assert text_in(page) == "x" * 10_001
    assert is_marked(page, FIRST)
    assert visitor.save_form(**again(page) | {"text:visie-rol": "korter"}).status_code == 303
    assert text_in(visitor.page()) == "korter"
    assert is_marked(visitor.page(), FIRST)


def test_ticks_stay_when_another_window_changed_the_text(visitor: Visitor) -> None:
    """Also one that is put or taken off on the page that tells of the conflict."""
    form = form_in(visitor.page(), "visie-rol")
    visitor.save_json(texts=[text("uit een ander venster")])

    disputed = visitor.save_form(**form | {"text:visie-rol": "van hier"}, mark=[FIRST, ELSEWHERE])

    page = disputed.content.decode()
    assert disputed.status_code == 409
    assert text_in(page) == "van hier"
    assert is_marked(page, FIRST)
    assert is_marked(page, ELSEWHERE)
    chosen = {"keep:visie-rol": "mine", "mark": [SECOND, ELSEWHERE]}
    assert visitor.save_form(**again(page) | chosen).status_code == 303
    page = visitor.page()
    assert text_in(page) == "van hier"
    assert [is_marked(page, each) for each in (FIRST, SECOND, ELSEWHERE)] == [False, True, True]


def test_ticks_stay_when_the_worksheet_is_gone(visitor: Visitor, other_visitor: Visitor) -> None:
    visitor.note("van mij")
    theirs = other_visitor.note("van een ander")["worksheet"]

    gone = visitor.save_form(worksheet=theirs, mark=[FIRST], **{"text:visie-rol": "getypt"})

    page = gone.content.decode()
    assert gone.status_code == 403
    assert text_in(page) == "getypt"
    assert is_marked(page, FIRST)
    assert visitor.save_form(**again(page)).status_code == 303
    page = visitor.page()
    assert text_in(page) == "getypt"
    assert is_marked(page, FIRST)
