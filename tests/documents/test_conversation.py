"""The conversation sheet: what is marked and typed, in every format, on one page where that fits."""

import io
from dataclasses import replace

import pypdf
import pytest

from raamwerk.documents.conversation import compose_conversation
from raamwerk.documents.formats import FORMATS
from raamwerk.documents.overview import Overview, OverviewOptions
from raamwerk.notes import MarkKind, Notes
from tests.documents.example import DAY, edition
from tests.statements.test_every_statement import read_back

POINT = "Oefenen met Noor.\n- in maart\n- in mei"


def sheet(language: str = "nl", notes: Notes | None = None, name: str = "") -> Overview:
    the_edition = edition()
    role = the_edition.roles[0]
    first, second = role.fields[0], role.fields[3]
    given = notes or Notes(
        {second.id: POINT},
        frozenset(
            {
                (first.statements[0].id, MarkKind.WORK_ON),
                (second.statements[0].id, MarkKind.WORK_ON),
                (second.statements[0].id, MarkKind.TALK_OVER),
            }
        ),
    )
    return compose_conversation(the_edition, role, given, OverviewOptions(language, DAY, name=name))


def test_what_is_marked_stands_in_two_lists_by_area() -> None:
    work_on, discuss, points, agreed = sheet().areas

    assert [str(each.heading) for each in work_on.fields] == ["Visie", "Oriëntatie"]
    assert [str(each.heading) for each in discuss.fields] == ["Oriëntatie"]
    assert [each.point for each in points.fields] == [POINT]
    assert str(points.fields[0].heading) == "Oriëntatie – Deskundigheden"
    assert agreed.room > 0
    said = [
        each for area in (work_on, discuss) for field in area.fields for each in field.statements
    ]
    assert all(not each.letters and not each.marks for each in said)


def test_nothing_else_stands_on_it() -> None:
    given = sheet()

    assert not given.sources
    assert not given.footnotes
    assert not given.explanation.text


def test_with_nothing_noted_there_is_no_sheet() -> None:
    given = sheet(notes=Notes())

    assert given.areas == ()
    assert given.nothing_here


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.id)
def test_every_format_has_it_whole(each: object, language: str) -> None:
    document = sheet(language, name="Sanne")
    chosen = next(found for found in FORMATS if found is each)

    text = read_back(chosen.id, chosen.render(document))

    wanted = [str(area.heading) for area in document.areas]
    wanted += ["Sanne", "Oefenen met Noor.", "in maart", "in mei"]
    for words in wanted:
        assert "".join(words.split()) in "".join(text.split()), words


def test_it_fits_on_one_sheet_of_paper() -> None:
    fields = edition().roles[0].fields
    marks = {(each.statements[0].id, MarkKind.WORK_ON) for each in fields[:4]}
    marks |= {(each.statements[1].id, MarkKind.TALK_OVER) for each in fields[:2]}
    points = {each.id: POINT for each in fields[:2]}
    given = sheet(notes=Notes(points, frozenset(marks)), name="Sanne")

    assert _pages(given) == 1
    assert _pages(replace(given, compact=False)) > 1


def _pages(document: Overview) -> int:
    pdf = next(each for each in FORMATS if each.id == "pdf")
    return len(pypdf.PdfReader(io.BytesIO(pdf.render(document))).pages)
