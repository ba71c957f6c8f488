"""Every statement of the edition stands on the page and in every document, in both languages."""

import re

import pytest
from lxml import html  # type: ignore[import-untyped]

from tests.documents.reading import (
    docx_paragraphs,
    flat,
    markdown_text,
    markdown_tokens,
    odt_paragraphs,
    pdf_text,
    squeezed,
)
from tests.pages.conftest import Visitor, other_visitor, visitor
from tests.statements.edition import printed, the_edition, the_role

__all__ = ["other_visitor", "visitor"]

ROLES = ["mentor", "decaan", "leidinggevende"]
PREFIX = {"nl": "", "en": "/en"}


def in_order(wanted: list[str], text: str, *, hyphens: bool = True) -> None:
    """Each of ``wanted`` is found in ``text``, one after the other.

    Without ``hyphens``: pdftotext takes one at the end of a line for the break of a word.
    """
    position = 0
    text = text if hyphens else text.replace("-", "")
    for each in wanted:
        words = squeezed(each) if hyphens else squeezed(each).replace("-", "")
        position = text.find(words, position)
        assert position >= 0, f"not found, or not in order: {each}"
        position += len(words)


def read_back(format_id: str, document: bytes) -> str:
    match format_id:
        case "pdf":
            return _pdf_words(document)
        case "docx":
            return squeezed(" ".join(text for _style, text in docx_paragraphs(document)))
        case "odt":
            return squeezed(" ".join(text for _style, text in odt_paragraphs(document)))
    tokens = markdown_tokens(document)
    return squeezed(" ".join(markdown_text(each) for each in tokens if each.type == "inline"))


def _pdf_words(document: bytes) -> str:
    """The words of the PDF without the foot of its pages: the title and ``1/4``."""
    pages = pdf_text(document).split("\f")
    return squeezed(" ".join(re.sub(r"[^\n]+\n+\d+/\d+\s*$", "", page) for page in pages))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role_id", ROLES)
def test_the_page_shows_every_statement_with_its_letters(
    visitor: Visitor, role_id: str, language: str
) -> None:
    page = html.fromstring(visitor.get(f"{PREFIX[language]}/lob/{role_id}/").content)
    for unseen in page.xpath("//li[@class='statement']//*[@class='visually-hidden']"):
        unseen.drop_tree()
    shown = [
        " ".join(
            flat(part.text_content()) for part in each.xpath("./p | ./*[@class='cited']/summary")
        )
        for each in page.xpath("//li[@class='statement']/*[@class='said']")
    ]
    assert [flat(each) for each in printed(the_role(role_id), language)] == shown


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_letter_leads_to_its_source_and_each_source_to_its_statements(
    visitor: Visitor, language: str
) -> None:
    prefix = PREFIX[language]
    page = html.fromstring(visitor.get(f"{prefix}/lob/mentor/").content)
    sources = html.fromstring(visitor.get(f"{prefix}/lob/bronnen/").content)
    cited = page.xpath("//*[@class='cited']//li")
    assert len(cited) == sum(len(each.citations) for each in the_role("mentor").statements)
    for each in cited:
        (link,) = each.xpath("./a")
        (target,) = sources.xpath(f"//*[@id='{link.get('href').partition('#')[2]}']")
        assert flat(target.text_content()).startswith(flat(each.text_content()))
    for source in the_edition().sources:
        (section,) = sources.xpath(f"//section[@id='bron-{source.letter}']")
        assert source.title.read(language) in section.text_content()
        resting = {
            f"{prefix}/lob/{role.id}/#{statement.id}"
            for role in the_edition().roles
            for statement in role.statements
            if source.letter in statement.citations
        }
        assert set(section.xpath(".//a/@href")) == resting


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role_id", ROLES)
@pytest.mark.parametrize("format_id", ["pdf", "docx", "odt", "markdown"])
def test_every_document_holds_every_statement(
    visitor: Visitor, role_id: str, format_id: str, language: str
) -> None:
    visitor.note("Mijn aandachtspunt", role=role_id)
    address = f"{PREFIX[language]}/lob/{role_id}/overzicht/{format_id}/"
    text = read_back(format_id, visitor.get(address).content)

    role = the_role(role_id)
    in_order(printed(role, language), text, hyphens=format_id != "pdf")
    cited = {letter for each in role.statements for letter in each.citations}
    for source in the_edition().sources:
        assert (squeezed(source.title.read(language)) in text) == (source.letter in cited)
    called = {number for each in role.statements for number in each.footnote_numbers}
    for footnote in the_edition().footnotes:
        assert (squeezed(footnote.text.read(language)) in text) == (footnote.number in called)
    assert squeezed(role.provenance.text.read(language)) in text
    assert "2026-1" in text


@pytest.mark.parametrize("role_id", ROLES)
def test_the_overview_page_shows_what_the_documents_hold(visitor: Visitor, role_id: str) -> None:
    visitor.note("Mijn aandachtspunt", role=role_id)
    page = html.fromstring(visitor.get(f"/lob/{role_id}/overzicht/").content)
    (document,) = page.xpath("//article[@class='document']")
    in_order(printed(the_role(role_id), "nl"), squeezed(document.text_content()))
