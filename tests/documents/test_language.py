"""Each document tells its language, and that of the words that are in another."""

import io
import re
import zipfile
from typing import Any

import docx as python_docx
import pypdf
import pytest

from raamwerk.documents.docx import docx
from raamwerk.documents.formats import FORMATS, Format
from raamwerk.documents.language_tags import language_tag, regional_tag
from raamwerk.documents.odt import odt
from raamwerk.documents.overview import Overview, Words
from raamwerk.documents.pdf import pdf
from tests.documents.example import DAY, MARKS, edition, overview
from tests.documents.reading import (
    breakable,
    document_text,
    odt_document,
    pdf_reader,
    pdf_root,
    squeezed,
)

FRENCH = edition(languages=("fr-BE",))
ENGLISH_WORDS = {"Sources", "Footnotes", "My points of attention", "Origin of the texts"}


@pytest.fixture(scope="module")
def mixed() -> Overview:
    """An overview in English of a framework that is there in French alone."""
    return overview("Typed", of=FRENCH, language="en", marks=MARKS, area=FRENCH.areas[0])


def test_a_language_that_the_edition_has_is_that_of_the_document() -> None:
    for language in ("nl", "en"):
        given = overview("x", language=language)
        assert not any(words.language for words in _framework_words(given))


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "Overzicht: Mentor/SLB-er"), ("en", "Overview: Mentor/SLB-er (English)")],
)
def test_the_title_is_in_the_language_of_the_reader(language: str, title: str) -> None:
    assert overview("x", language=language).title == title


def test_words_in_another_language_say_so(mixed: Overview) -> None:
    assert [words.language for words in _framework_words(mixed)] == ["fr-BE"] * 9
    assert mixed.title == "Overview: Mentor/SLB-er"
    assert mixed.heading == (Words("Overview: "), Words("Mentor/SLB-er", "fr-BE"))
    details = {label: words.language for label, words in mixed.details}
    assert details == {"Date": "", "Focus area": "fr-BE", "Edition": ""}


def _framework_words(given: Overview) -> list[Any]:
    area = given.areas[0]
    return [
        given.heading[-1],
        given.framework,
        given.explanation,
        area.heading,
        area.fields[0].heading,
        area.fields[0].statements[0],
        given.footnotes[0].text,
        given.legend,
        given.origin[0],
    ]


def test_docx_tells_it_of_their_letters(mixed: Overview) -> None:
    made = python_docx.Document(io.BytesIO(docx(mixed)))
    spoken = {
        breakable(text): set(paragraph._p.xpath("w:r/w:rPr/w:lang/@w:val"))
        for paragraph in made.paragraphs
        if (text := paragraph.text)
    }
    assert spoken["Visie"] == spoken["Kennis nemen van visie-rol (A,C)"] == {"fr-BE"}
    assert spoken["Typed"] == set()
    assert not any(spoken[each] for each in ENGLISH_WORDS)
    assert made.styles.element.xpath("string(w:docDefaults//w:lang/@w:val)") == "en-GB"


def test_odt_tells_it_of_their_letters(mixed: Overview) -> None:
    made = odt(mixed)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        content = archive.read("content.xml").decode()
    found = re.findall(r'<text:span text:style-name="Language_20_fr-BE">([^<]*)<', content)
    spoken = set(map(breakable, found))
    assert {"Visie", "Kennis nemen van visie-rol (A,C)", "Rolbeschrijvingen"} <= spoken
    assert not (ENGLISH_WORDS | {"Typed"}) & spoken
    style: Any = odt_document(made).get_style("text", "Language_20_fr-BE")
    letters = style.get_properties(area="text")
    assert (letters["fo:language"], letters["fo:country"]) == ("fr", "BE")
    assert odt_document(made).language == "en-GB"


def test_pdf_tells_it_of_their_tags_and_letters(mixed: Overview) -> None:
    made = pdf_reader(pdf(mixed))
    pages: list[Any] = list(made.pages)
    assert pdf_root(made)["/Lang"] == "en"
    tags = list(_spoken_tags(pdf_root(made)["/StructTreeRoot"]))
    assert ("/H2", "fr-BE") in tags
    assert ("/H3", "fr-BE") in tags
    assert {language for tag, language in tags if tag == "/H4"} == {""}
    drawn = "".join(page.get_contents().get_data().decode("latin-1") for page in pages)
    # The title is partly in each: there the letters say it.
    assert "/Lang(fr-BE)" in drawn


def _spoken_tags(node: Any) -> Any:
    """Each tag with the language that it has or inherits."""

    def walk(node: Any, inherited: str) -> Any:
        element = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
        if isinstance(element, list):
            for child in element:
                yield from walk(child, inherited)
        elif isinstance(element, dict):
            language = str(element.get("/Lang", inherited))
            if "/S" in element:
                yield str(element["/S"]), language
            yield from walk(element.get("/K"), language)

    return walk(node, "")


@pytest.mark.parametrize("format_", FORMATS, ids=[each.id for each in FORMATS])
def test_a_language_without_a_catalogue_gives_english_around_the_framework(
    format_: Format,
) -> None:
    given = overview("Typed", of=FRENCH, language="fr")
    assert given.areas[0].heading == Words("Visie", "fr-BE")
    assert given.title == "Overview: Mentor/SLB-er"
    read = squeezed(document_text(format_.id, format_.render(given)))
    assert all(squeezed(each) in read for each in ENGLISH_WORDS)


@pytest.mark.parametrize("tag", ["x-klingon", "sr-Latn-RS", "es-419", "zh-Hant", "de-1996", "yue"])
@pytest.mark.parametrize("format_", FORMATS, ids=[each.id for each in FORMATS])
def test_every_language_tag_gives_a_document(tag: str, format_: Format) -> None:
    assert format_.render(overview(of=edition(languages=(tag,)), language="en"))
    assert format_.render(overview(language=tag))


@pytest.mark.parametrize(
    ("tag", "parts", "regional"),
    [
        ("nl", "nl", "nl-NL"),
        ("en", "en", "en-GB"),
        ("en-us", "en-US", "en-US"),
        ("fr", "fr", "fr-FR"),
        ("SR-latn-rs", "sr-Latn-RS", "sr-Latn-RS"),
        ("de-DE-1996", "de-DE", "de-DE"),
        ("es-419", "es-419", "es-419"),
        ("ar", "ar", "ar"),
        ("pap", "pap", "pap"),
        ("x-klingon", "und", "und"),
    ],
)
def test_a_tag_is_cut_in_its_parts(tag: str, parts: str, regional: str) -> None:
    assert (str(language_tag(tag)), str(regional_tag(tag))) == (parts, regional)


@pytest.mark.parametrize(("language", "locale"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_docx_tells_its_language_and_title(language: str, locale: str) -> None:
    given = overview(language=language)
    made = python_docx.Document(io.BytesIO(docx(given)))
    properties = made.core_properties
    assert (properties.title, properties.language) == (given.title, language)
    assert properties.created
    assert properties.created.date() == DAY
    for element, query in (
        (made.styles.element, "w:docDefaults//w:lang"),
        (made.settings.element, "w:themeFontLang"),
    ):
        assert element.xpath(f"string({query}/@w:val)") == locale


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
    with zipfile.ZipFile(io.BytesIO(docx(overview()))) as archive:
        said = b"".join(archive.read(name) for name in archive.namelist() if "docProps" in name)
        assert b"Application" not in said
        assert not {"docProps/app.xml", "docProps/thumbnail.jpeg"} & set(archive.namelist())


def test_docx_is_a_document_of_todays_word() -> None:
    settings: Any = python_docx.Document(io.BytesIO(docx(overview()))).settings.element
    modes = settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']/@w:val")
    assert modes == ["15"]
