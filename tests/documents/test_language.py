"""Word processors are told the language and the title, so that they read and check it right."""

import io

import docx as python_docx
import pytest

from raamwerk.documents.docx import docx
from raamwerk.documents.odt import odt
from tests.documents.example import DAY, overview
from tests.documents.reading import odt_document


@pytest.mark.parametrize(("language", "locale"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_docx_tells_its_language_and_title(language: str, locale: str) -> None:
    given = overview(language=language)
    made = python_docx.Document(io.BytesIO(docx(given)))
    properties = made.core_properties
    assert (properties.title, properties.language) == (given.title, language)
    assert properties.created
    assert properties.created.date() == DAY
    assert made.styles.element.xpath("string(w:docDefaults//w:lang/@w:val)") == locale


@pytest.mark.parametrize(("language", "locale"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_odt_tells_its_language_and_title(language: str, locale: str) -> None:
    given = overview(language=language)
    made = odt_document(odt(given))
    assert (made.meta.title, made.language) == (given.title, locale)
    assert made.meta.creation_date
    assert made.meta.creation_date.date() == DAY


def test_no_trace_of_a_template_is_left_in_docx() -> None:
    properties = python_docx.Document(io.BytesIO(docx(overview()))).core_properties
    assert not any((properties.author, properties.comments, properties.last_modified_by))
