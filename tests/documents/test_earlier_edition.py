"""What was noted by something that this edition no longer has is kept, and shown as such."""

import re

import pytest

from raamwerk.documents.formats import FORMATS, Format
from raamwerk.documents.overview import EARLIER, Overview
from raamwerk.frameworks.model import AttentionField, Edition
from raamwerk.notes import MarkKind
from tests.documents.example import EDITION, edition, overview
from tests.documents.reading import document_text, squeezed

OLD: Edition = edition(("toezicht", "visie"), languages=("nl",))
DUTY, SKILL, STILL_THERE, _unused = OLD.roles[0].fields
GONE_STATEMENT = DUTY.statements[1]
GONE = AttentionField(DUTY.area, DUTY.facet, (GONE_STATEMENT,))
GONE_TEXT_ONLY = AttentionField(SKILL.area, SKILL.facet, ())
FIRST_FIELD = AttentionField(STILL_THERE.area, STILL_THERE.facet, (STILL_THERE.statements[2],))
POINT = "Eerst <b>dit</b>\n\n  dan dat # *sterk*"
MARKS = frozenset({(GONE_STATEMENT.id, MarkKind.TALK_OVER)})


@pytest.fixture(scope="module")
def given() -> Overview:
    return overview(marks=MARKS, earlier={GONE: POINT, GONE_TEXT_ONLY: "Tekst"})


@pytest.mark.parametrize("format_", FORMATS, ids=[each.id for each in FORMATS])
def test_it_stands_at_the_end_of_the_areas_in_every_format(
    format_: Format, given: Overview
) -> None:
    section = given.areas[-1]
    gone, text_only = section.fields
    read = squeezed(document_text(format_.id, format_.render(given)))
    place = 0
    for expected in (
        given.areas[-2].heading.text,
        section.heading.text,
        section.explanation,
        gone.heading.text,
        gone.statements[0].line,
        "Dit wil ik bespreken",
        POINT,
        text_only.heading.text,
        "Tekst",
        given.sources_heading,
    ):
        found = read.find(squeezed(expected), place)
        assert found >= 0, expected
        place = found


def test_it_is_a_section_of_its_own_without_a_hue(given: Overview) -> None:
    section = given.areas[-1]
    assert (section.id, section.hue) == (EARLIER, 0)
    assert [field.heading.text for field in section.fields] == [
        "Toezicht – Rolbeschrijvingen",
        "Toezicht – Deskundigheden",
    ]
    assert not any(area.explanation for area in given.areas[:-1])


def test_a_statement_of_before_points_to_no_source_or_footnote_of_now(given: Overview) -> None:
    (statement,) = given.areas[-1].fields[0].statements
    assert statement.line == re.sub(r" \(\d+\)", "", GONE_STATEMENT.text.read("nl"))
    assert statement.letters == ()
    assert all(isinstance(piece, str) for piece in statement.pieces)


def test_a_point_of_a_field_that_is_still_there_stands_there_only() -> None:
    (statement,) = FIRST_FIELD.statements
    marks = {(statement.id, MarkKind.WORK_ON)}
    given = overview("Eigen woorden", marks=marks, earlier={FIRST_FIELD: ""})
    (field,) = given.areas[-1].fields
    assert [each.id for each in field.statements] == [statement.id]
    assert not field.point_heading + field.point + field.nothing_noted
    assert given.areas[0].fields[0].point == "Eigen woorden"
    for format_ in FORMATS:
        assert document_text(format_.id, format_.render(given)).count("Eigen woorden") == 1


def test_there_is_no_section_where_nothing_is_gone() -> None:
    assert EARLIER not in [area.id for area in overview("x").areas]
    assert EARLIER not in [area.id for area in overview(earlier={GONE_TEXT_ONLY: ""}).areas]


def test_of_one_area_only_what_belongs_to_it_is_shown() -> None:
    marks = {(FIRST_FIELD.statements[0].id, MarkKind.WORK_ON)} | MARKS
    earlier = {GONE: POINT, FIRST_FIELD: ""}

    def sections(area: str) -> list[tuple[str, int]]:
        given = overview(marks=marks, earlier=earlier, area=EDITION.area(area))
        return [(each.id, len(each.fields)) for each in given.areas]

    assert sections("visie") == [("visie", 2), (EARLIER, 1)]
    assert sections("organisatie") == [("organisatie", 2)]


def test_what_is_kept_counts_as_something_noted() -> None:
    given = overview(only_noted=True, earlier={GONE_TEXT_ONLY: "Tekst"})
    assert [area.id for area in given.areas] == [EARLIER]
    assert not given.nothing_here


def test_its_words_have_the_language_of_their_own_edition() -> None:
    given = overview(marks=MARKS, earlier={GONE: POINT}, language="en", of=EDITION)
    (field,) = given.areas[-1].fields
    assert given.areas[-1].heading.language == given.areas[0].heading.language == ""
    assert (field.heading.language, field.statements[0].language) == ("nl", "nl")
