"""A page as a browser's reader walks it: every word on it, and what is said of its language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html  # type: ignore[import-untyped]

READ_ALOUD = ("aria-label", "alt", "title", "placeholder", "data-title")


def words_of(page: str) -> str:
    """All words of a page, without what is said of them."""
    return str(html.document_fromstring(page).text_content())


@dataclass(frozen=True)
class Said:
    """Words on a page: in which language they are said to be, and whether they may be translated."""

    words: str
    language: str
    may_be_translated: bool
    within: str


def everything_said(page: str) -> Iterator[Said]:
    """Every text and every attribute that is read, also in what scripts show later."""
    yield from _said(html.document_fromstring(page.replace("<wbr>", "")), "", True)


def _said(element: Any, language: str, may: bool) -> Iterator[Said]:
    if not isinstance(element.tag, str):
        return
    language = element.get("lang", language)
    may = {"no": False, "yes": True}.get(element.get("translate", ""), may)
    named = [element.get(name) for name in READ_ALOUD]
    if element.tag == "input" and element.get("type", "text") == "text":
        named.append(element.get("value"))
    for words in (element.text, *named):
        if words and words.strip():
            yield Said(" ".join(words.split()), language, may, element.tag)
    for child in element:
        yield from _said(child, language, may)
        if child.tail and child.tail.strip():
            yield Said(" ".join(child.tail.split()), language, may, element.tag)
