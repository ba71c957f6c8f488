"""A form without scripts speaks only of what it shows, and leaves alone what another window did."""

from tests.pages.conftest import Visitor, form_in, hidden_in, is_marked, mark, text_in

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
