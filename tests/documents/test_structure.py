"""Headings, lists and their order: the same in every format, and real ones in each."""

import itertools
from collections.abc import Sequence
from typing import Any

import pytest

from raamwerk.documents.docx import docx
from raamwerk.documents.markdown import markdown
from raamwerk.documents.odt import odt
from raamwerk.documents.overview import Overview
from raamwerk.documents.pdf import pdf
from raamwerk.notes import MarkKind
from tests.documents.example import MARKS, overview
from tests.documents.reading import (
    breakable,
    docx_paragraphs,
    flat,
    markdown_text,
    markdown_tokens,
    odt_document,
    odt_paragraphs,
    pdf_reader,
    pdf_tags,
    pdf_text,
)

DETAILS: dict[str, Any] = {"name": "Marieke", "school": "Het Lyceum", "occasion": "Teamdag"}


@pytest.fixture(scope="module")
def given() -> Overview:
    return overview("Eigen woorden", marks=MARKS, **DETAILS)


def _headings(given: Overview) -> list[tuple[int, str]]:
    found = [(1, given.title)]
    for area in given.areas:
        found.append((2, area.heading.text))
        for field in area.fields:
            found += [(3, field.heading.text), (4, field.point_heading)]
    last = (given.sources_heading, given.footnotes_heading, given.origin_heading)
    return found + [(2, heading) for heading in last]


def _statements(given: Overview) -> list[str]:
    fields = itertools.chain.from_iterable(area.fields for area in given.areas)
    return [statement.line for field in fields for statement in field.statements]


def test_docx_has_real_headings(given: Overview) -> None:
    found = docx_paragraphs(docx(given))
    headings = [(int(s[-1]), text) for s, text in found if s.startswith("Heading ")]
    assert headings == _headings(given)


def test_odt_has_real_headings(given: Overview) -> None:
    headings = odt_document(odt(given)).body.headers
    assert [(int(each.level), str(each.text)) for each in headings] == _headings(given)


def test_markdown_has_real_headings(given: Overview) -> None:
    tokens = markdown_tokens(markdown(given))
    found = [
        (int(opening.tag[1]), markdown_text(inline))
        for opening, inline in itertools.pairwise(tokens)
        if opening.type == "heading_open"
    ]
    assert found == _headings(given)


def test_pdf_has_real_headings_in_order(given: Overview) -> None:
    tags = [tag for tag in pdf_tags(pdf(given)) if tag in ("/H1", "/H2", "/H3", "/H4")]
    assert tags == [f"/H{level}" for level, _ in _headings(given)]


def test_pdf_lists_its_headings_for_the_reader_to_jump_to(given: Overview) -> None:
    def titles(outline: Sequence[Any]) -> list[str]:
        found = (titles(each) if isinstance(each, list) else [each["/Title"]] for each in outline)
        return list(itertools.chain.from_iterable(found))

    assert titles(pdf_reader(pdf(given)).outline) == [
        text for level, text in _headings(given) if level < 4
    ]


def test_docx_statements_are_items_of_a_list(given: Overview) -> None:
    listed = [text for style, text in docx_paragraphs(docx(given)) if style == "List Bullet"]
    assert list(map(breakable, listed)) == _statements(given)


def test_odt_statements_are_items_of_a_list(given: Overview) -> None:
    made = odt(given)
    listed = [text for style, text in odt_paragraphs(made) if style.startswith("List Bullet")]
    assert list(map(breakable, listed)) == _statements(given)
    assert len(odt_document(made).body.get_elements("//text:list-item")) == len(listed)


def test_markdown_statements_are_items_of_a_list(given: Overview) -> None:
    tokens = markdown_tokens(markdown(given))
    items = [
        markdown_text(tokens[at + 2]).split("\n")[0]
        for at, token in enumerate(tokens)
        if token.type == "list_item_open"
    ]
    statements = _statements(given)
    assert items[len(given.details) :][: len(statements)] == statements


def test_pdf_statements_are_items_of_a_list(given: Overview) -> None:
    made = pdf(given)
    labelled = len(given.details) + len(given.sources) + len(given.footnotes)
    assert pdf_tags(made).count("/LI") == len(_statements(given)) + labelled
    read = flat(pdf_text(made, "-raw"))
    assert all(flat(line) in read for line in _statements(given))


def test_every_format_tells_the_rest_too(given: Overview) -> None:
    docx_words = "\n".join(text for _, text in docx_paragraphs(docx(given)))
    odt_words = "\n".join(text for _, text in odt_paragraphs(odt(given)))
    tokens = markdown_tokens(markdown(given))
    markdown_words = "\n".join(markdown_text(each) for each in tokens if each.type == "inline")
    pdf_words = flat(pdf_text(pdf(given), "-raw"))
    marks = given.areas[0].fields[0].statements[0].marks
    assert len(marks) == 2
    for words in (docx_words, odt_words, markdown_words, pdf_words):
        assert all(each in words for each in (*marks, *DETAILS.values()))
        assert all(
            each.text in words
            for each in (given.framework, given.explanation, given.legend, *given.origin)
        )
        for footnote in given.footnotes:
            assert all(each in words for each in (footnote.text.text, footnote.reference.text))
        assert all(title.text in words for _, title in given.sources)
        assert given.areas[1].fields[0].nothing_noted in words


def test_the_legend_stands_between_the_letters_and_what_they_mean(given: Overview) -> None:
    """It speaks of the descriptions above and the documents below."""
    for words in (
        flat(pdf_text(pdf(given), "-raw")),
        "\n".join(text for _, text in docx_paragraphs(docx(given))),
        "\n".join(text for _, text in odt_paragraphs(odt(given))),
        markdown(given).decode(),
    ):
        last_letters = breakable(words).rindex(_statements(given)[-2])
        assert last_letters < words.index(given.legend.text) < words.index("Brondocument A")


def test_without_letters_there_is_no_legend() -> None:
    given = overview(only_noted=True)
    assert (given.sources, given.legend.text) == ((), "")


def test_only_what_was_filled_in_has_no_other_statement_and_no_empty_room() -> None:
    given = overview("", "punt", marks={("visie-rol-1", MarkKind.WORK_ON)}, only_noted=True)
    (area,) = given.areas
    marked, typed = area.fields
    assert [each.id for each in marked.statements] == ["visie-rol-1"]
    assert not marked.point_heading + marked.point + marked.nothing_noted
    assert (typed.statements, typed.point) == ((), "punt")
    assert [letter for letter, _title in given.sources] == ["A", "C"]
    assert given.footnotes == ()
    for words in (
        flat(pdf_text(pdf(given))),
        "\n".join(text for _, text in docx_paragraphs(docx(given))),
        "\n".join(text for _, text in odt_paragraphs(odt(given))),
        markdown(given).decode(),
    ):
        assert "Kennis nemen van visie-rol" in words
        assert "punt" in words
        assert "Zonder letters" not in words
        assert "nog niets ingevuld" not in words
        assert words.count("Mijn aandachtspunten") == 1


def test_an_overview_of_nothing_says_so() -> None:
    given = overview(only_noted=True)
    assert given.nothing_here
    for words in (
        flat(pdf_text(pdf(given))),
        "\n".join(text for _, text in docx_paragraphs(docx(given))),
        "\n".join(text for _, text in odt_paragraphs(odt(given))),
        markdown(given).decode(),
    ):
        assert given.nothing_here in words
        assert given.origin_heading in words


def test_footnote_calls_lead_to_their_footnotes(given: Overview) -> None:
    pages = pdf_reader(pdf(given)).pages
    links = [
        note.get_object()
        for page in pages
        for note in page.get("/Annots", [])
        if note.get_object()["/Subtype"] == "/Link"
    ]
    assert len(links) == sum(line.count("(8)") + line.count("(9)") for line in _statements(given))
