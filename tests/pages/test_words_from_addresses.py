"""Words come from posts only: no address puts one in a field, in a document or in the database."""

import itertools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from raamwerk.documents.formats import FORMATS
from raamwerk.frameworks.library import current_edition
from raamwerk.notes import HEADING_FIELDS, TITLE
from tests.documents.reading import docx_paragraphs, odt_paragraphs, pdf_text
from tests.pages.conftest import OVERVIEW, ROLE, Visitor, is_marked
from tests.pages.test_heading import heading_in, overview_form

PLANTED = "vanelders"
MARK = "mentor-visie-rol-1:work-on"
OURS = {"framework": ["lob"], "role": ["mentor"], "format_id": [each.id for each in FORMATS]}
OTHER_NAMES = ("naam", "gelegenheid", "titel", "rol", "worksheet", "base", "at", "x")


def planted_query() -> str:
    """Every name by which a word comes into the site, or came once, with a word of a stranger."""
    edition = current_edition("lob")
    role = edition.role("mentor") if edition else None
    assert role
    names = (*HEADING_FIELDS, TITLE, *OTHER_NAMES, *(each.id for each in role.fields))
    prefixes = ("", "text:", "other:", "keep:", "base:", "point-")
    pairs = [(prefix + name, PLANTED) for prefix, name in itertools.product(prefixes, names)]
    return urlencode([*pairs, ("mark", MARK)])


def addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Every address of the site, for one role and each format."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns)
            continue
        parts = re.split(r"<\w+:(\w+)>", str(each.pattern))
        choices = [OURS[part] if nth % 2 else [part] for nth, part in enumerate(parts)]
        yield from ("/" + "".join(chosen) for chosen in itertools.product(*choices))


EVERYWHERE = sorted(set(addresses(get_resolver().url_patterns)))


def words_of(answer: Any) -> str:
    """The text of a page or a document."""
    kind, content = answer["Content-Type"], answer.content
    if kind == "application/pdf":
        return pdf_text(content)
    if "wordprocessingml" in kind:
        return " ".join(text for _style, text in docx_paragraphs(content))
    if "opendocument" in kind:
        return " ".join(text for _style, text in odt_paragraphs(content))
    # The language link of a page that is not there names the address that was asked for.
    return re.sub(r'href="[^"]*"', "", content.decode())


@pytest.fixture
def writer(visitor: Visitor) -> Visitor:
    """Somebody with a note, a name above the overview, and a name for the worksheet."""
    visitor.note("eigen woorden")
    visitor.note("Noor de Wit", "name")
    visitor.note("Teamdag", TITLE)
    return visitor


@pytest.mark.parametrize("address", EVERYWHERE)
def test_no_query_reaches_a_page_or_a_document(writer: Visitor, address: str) -> None:
    answer = writer.get(f"{address}?{planted_query()}", follow=True)

    assert PLANTED not in words_of(answer)
    if address.startswith(OVERVIEW):
        assert "Noor de Wit" in words_of(answer)


@pytest.mark.parametrize("address", EVERYWHERE)
def test_no_query_is_kept(writer: Visitor, address: str) -> None:
    writer.get(f"{address}?{planted_query()}", follow=True)

    assert heading_in(writer.page(OVERVIEW), "name") == "Noor de Wit"
    assert PLANTED not in writer.page("/werkbladen/") + writer.page(OVERVIEW) + writer.page(ROLE)
    assert not is_marked(writer.page(ROLE), MARK)


@pytest.mark.parametrize("name", ["name", "text:name"])
def test_a_download_after_such_a_link_writes_what_was_there(writer: Visitor, name: str) -> None:
    page = writer.get(f"{OVERVIEW}?{name}={PLANTED}", follow=True).content.decode()
    answer = writer.send_form(f"{OVERVIEW}markdown/?{name}={PLANTED}", overview_form(page))

    assert "Noor de Wit" in words_of(answer)
    assert PLANTED not in words_of(answer)
    assert heading_in(writer.page(OVERVIEW), "name") == "Noor de Wit"
