"""Every data attribute is read by a script or the style sheet: what nothing reads is only weight."""

import re
from pathlib import Path

import pytest

from tests.pages.conftest import OVERVIEW, ROLE, Visitor, mark

SOURCE = Path("src/raamwerk")
ATTRIBUTE = re.compile(r"\bdata-([a-z][a-z-]*)(?=[=\s>\]\"'])")
COMMENT = re.compile(r"^\s*//[^\n]*$|/\*.*?\*/", re.MULTILINE | re.DOTALL)


def words_in(suffix: str) -> str:
    found = [
        path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob(f"static/**/*.{suffix}"))
    ]
    assert found
    return COMMENT.sub("", "\n".join(found))


def is_read(name: str) -> bool:
    """By a selector or ``attr()``, or as a property: the form's are spread into ``words``, some by a name."""
    as_property = re.sub("-([a-z])", lambda each: each[1].upper(), name)
    script = words_in("js")
    return bool(
        re.search(rf"\[data-{name}[\]=]|\(data-{name}\)", script + words_in("css"))
        or re.search(rf'\b(?:dataset|words)\.{as_property}\b|later\(.*"{as_property}"', script)
    )


def unread(markup: str) -> set[str]:
    return {name for name in ATTRIBUTE.findall(markup) if not is_read(name)}


def test_in_templates_and_views() -> None:
    files = [*SOURCE.rglob("*.html"), *SOURCE.rglob("views/*.py")]

    assert {path.name: found for path in files if (found := unread(path.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "path", ["/", ROLE, OVERVIEW, "/werkbladen/", "/lob/bronnen/", "/lob/koning/"]
)
def test_on_pages(visitor: Visitor, path: str) -> None:
    visitor.note("tekst")
    visitor.save_json(marks=[mark()])

    page = visitor.get(path).content.decode()

    assert unread(page) == set()
    assert path != ROLE or len(set(ATTRIBUTE.findall(page))) > 10


def test_an_attribute_that_nothing_reads_is_found() -> None:
    assert unread('<p data-nobody="x" data-amount="y">') == {"nobody"}
