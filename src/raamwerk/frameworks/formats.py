"""The versions of the format: an older one is brought up to date, and then judged like the newest.

A third version adds its number here, and what became of what it changed.
"""

from dataclasses import replace

from raamwerk.frameworks.languages import well_formed
from raamwerk.frameworks.tree import Part

NEWEST_FORMAT = "2"
FORMATS = ("1", NEWEST_FORMAT)

FIRST_LANGUAGES = ("nl", "en")
"""Format 1 had no other languages, and did not name them."""

OLD_KEYS = {"mends": "corrections"}


def brought_up_to_date(edition: Part) -> Part:
    """The same tree in the words of the newest format."""
    edition = _renamed(edition)
    if edition.text("format") != "1" or edition.part("languages"):
        return edition
    languages = (
        Part(edition.path, edition.line, "text", language, "languages", edition.line)
        for language in FIRST_LANGUAGES
    )
    named = Part(
        edition.path, edition.line, "list", "", "languages", edition.line, tuple(languages)
    )
    return replace(edition, children=(*edition.children, named))


def languages_of(edition: Part) -> tuple[str, ...]:
    """The languages in which every text must stand.

    Where the list of languages is missing or misshapen, the title tells which were meant.
    """
    named = tuple(edition.each("languages"))
    listed = [each.value for each in named if each.kind == "text" and well_formed(each.value)]
    if not listed or len(listed) < len(named):
        title = edition.part("title")
        listed = [text.key for text in title.values if well_formed(text.key)] if title else []
    once: dict[str, str] = {}
    for language in listed:
        once.setdefault(language.lower(), language)
    return tuple(once.values())


def _renamed(part: Part) -> Part:
    """The part with today's keys; itself where it has no old one."""
    children = tuple(map(_renamed, part.children))
    key = OLD_KEYS.get(part.key, part.key)
    if key == part.key and all(
        new is old for new, old in zip(children, part.children, strict=True)
    ):
        return part
    return replace(part, key=key, children=children)
