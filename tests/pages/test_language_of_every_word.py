"""On an English page all that is Dutch says so, and nothing that is English does.

Dutch is what the Dutch page says in the same words. An edition in Dutch alone, a newer one of the built-in
framework, puts Dutch wherever a framework's words stand.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from raamwerk.documents.formats import FORMATS
from raamwerk.frameworks.library import CONTENT
from raamwerk.wording import LANGUAGES, LOCALE
from tests.pages.conftest import OVERVIEW, ROLE, Visitor, mark
from tests.pages.frameworks_beside import put_newer_edition
from tests.pages.reading import Said, everything_said

PATHS = [
    "/",
    ROLE,
    f"{ROLE}?gebied=visie",
    OVERVIEW,
    f"{OVERVIEW}?gebied=visie&inhoud=notities",
    "/lob/leidinggevende/",
    "/lob/wie-doet-wat/",
    "/lob/bronnen/",
    "/werkbladen/",
    "/werkbladen/wissen/",
    "/privacy/",
    "/toegankelijkheid/",
    "/over/",
    "/voor-scholen/",
    "/voor-eigenaren/",
    "/lob/koning/",
    f"{ROLE}?gebied=zee",
    f"{ROLE}?werkblad=xxxxxxxxxxxxxxxxxxxxxx",
    f"{OVERVIEW}exe/",
    "/niets/bronnen/",
]
WORD = re.compile("[^\\W\\d_]{2,}")
# A document's title says nothing of its language, and may hold no markup.
NO_PLACE_FOR_MARKUP = {"title"}


def same_in_both() -> frozenset[str]:
    """What the built-in edition says in the same words in both languages."""
    words = (CONTENT / "lob" / "2026-1.yaml").read_text(encoding="utf-8")
    pairs = re.findall(r"^ +(?:- )?nl: (.*)\n +en: (.*)$", words, re.MULTILINE)
    return frozenset(dutch for dutch, english in pairs if dutch == english)


def of_the_interface() -> set[str]:
    """What the interface says in the same words in both languages, with the names of formats."""
    with (LOCALE / "nl" / "LC_MESSAGES" / "django.po").open(encoding="utf-8") as catalogue:
        pairs = re.findall(r'^msgid "(.*)"\nmsgstr "(.*)"$', catalogue.read(), re.MULTILINE)
    same = {english for english, dutch in pairs if english == dutch}
    return same | {each.name for each in FORMATS} | set(LANGUAGES.values())


def dutch_only(tree: dict[str, Any]) -> None:
    tree["languages"] = ["nl"]
    _take_english_from(tree)


def _take_english_from(part: Any) -> None:
    if isinstance(part, dict):
        part.pop("en", None)
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _take_english_from(each)


def bare(words: str) -> str:
    """Without the letter of a source before it."""
    return re.sub(r"^\(?[A-Z](?:\)|:) ", "", words)


def said_on(visitor: Visitor, path: str) -> list[Said]:
    return [
        each
        for each in everything_said(visitor.get(path).content.decode())
        if each.may_be_translated
        and WORD.search(each.words)
        and each.within not in NO_PLACE_FOR_MARKUP
    ]


def wrongly_said(visitor: Visitor, path: str, same: frozenset[str] = frozenset()) -> Iterator[str]:
    the_same = same | of_the_interface()
    dutch = {bare(each.words) for each in said_on(visitor, path)}
    all_dutch = "\n".join(dutch)
    for each in said_on(visitor, f"/en{path}"):
        words = bare(each.words)
        wrong = words not in all_dutch if each.language == "nl" else words in dutch
        if wrong and words not in the_same:
            yield f"in {each.language}: {words[:60]} ({each.within})"


@pytest.fixture
def writer(visitor: Visitor) -> Visitor:
    visitor.note("eigen woorden")
    visitor.save_json(marks=[mark(), mark("mentor-orientatie-rol-1")])
    return visitor


@pytest.mark.parametrize("path", PATHS)
def test_where_all_is_translated(writer: Visitor, path: str) -> None:
    assert list(wrongly_said(writer, path, same_in_both())) == []


@pytest.mark.parametrize("path", PATHS)
def test_where_the_framework_is_in_dutch_alone(writer: Visitor, beside: Path, path: str) -> None:
    """The worksheet of the mentor goes along; that of another role stays on the edition in both languages."""
    writer.note("van de decaan", "organisatie-rol", role="decaan")
    put_newer_edition(beside, dutch_only)
    writer.send_form("/werkbladen/editie/", {"worksheet": worksheet_of(writer)})

    found = list(wrongly_said(writer, path))

    assert found == []


@pytest.mark.parametrize("path", [ROLE, OVERVIEW])
def test_what_changed_and_what_is_gone(writer: Visitor, beside: Path, path: str) -> None:
    def change(tree: dict[str, Any]) -> None:
        dutch_only(tree)
        [mentor] = [each for each in tree["roles"] if each["id"] == "mentor"]
        gone = mentor["fields"][0]["statements"].pop(0)
        mentor["fields"][0]["statements"][0]["nl"] += " Anders."
        tree["gone"] = [{"id": gone["id"]}]

    put_newer_edition(beside, change)

    assert list(wrongly_said(writer, path, same_in_both())) == []
    writer.send_form("/werkbladen/editie/", {"worksheet": worksheet_of(writer)})
    assert list(wrongly_said(writer, path)) == []


def worksheet_of(visitor: Visitor) -> str:
    found = re.search(r'name="worksheet" value="([^"]+)"', visitor.page(ROLE))
    assert found
    return found[1]
