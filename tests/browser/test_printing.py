"""What is printed stands on paper whole: every word, none over another, and no sheet for a title alone."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext, watched
from tests.browser.worksheet_page import BOX, OVERVIEW, ROLE, save

PORTRAIT: dict[str, Any] = {"format": "A4"}
LANDSCAPE: dict[str, Any] = {"format": "A4", "landscape": True}
WORDS = " ".join(f"woord{number:04}" for number in range(999))
LINES = "\n".join(f"regel{number:04}" for number in range(300))
COMPARISON = "/lob/wie-doet-wat/"


@dataclass(frozen=True)
class Word:
    """A word on a sheet, and where it stands."""

    said: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Sheet:
    """A printed sheet."""

    width: float
    height: float
    words: tuple[Word, ...]


def print_page(page: Page, folder: Path, **options: Any) -> list[Sheet]:
    """What Chromium prints of a page, read back."""
    file = folder / "printed.pdf"
    page.pdf(path=file, prefer_css_page_size=True, **options)
    read = subprocess.run(
        ["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True
    )
    return list(sheets_in(read.stdout))


def sheets_in(boxes: str) -> Iterator[Sheet]:
    for width, height, inside in re.findall(
        r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', boxes, re.DOTALL
    ):
        words = re.findall(
            r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>',
            inside,
        )
        yield Sheet(
            float(width),
            float(height),
            tuple(Word(said, *map(float, place)) for *place, said in words),
        )


def over_each_other(sheet: Sheet) -> list[tuple[str, str]]:
    """The words of which a good part stands over another."""

    def shared(one: Word, other: Word) -> bool:
        wide = min(one.right, other.right) - max(one.left, other.left)
        high = min(one.bottom, other.bottom) - max(one.top, other.top)
        return wide > 2 and high > 0.5 * min(one.bottom - one.top, other.bottom - other.top)

    return [(a.said, b.said) for a, b in combinations(sheet.words, 2) if shared(a, b)]


def printed(sheets: list[Sheet], beginning: str) -> list[str]:
    """The words that begin so, in the order in which they stand."""
    words = [word.said for sheet in sheets for word in sheet.words]
    return [word for word in words if word.startswith(beginning)]


@pytest.fixture(params=["with scripts", "without scripts"])
def written(request: pytest.FixtureRequest, new_context: NewContext) -> Page:
    """A role page with two long texts in it, by somebody with scripts or without."""
    page = watched(new_context().new_page())
    page.goto(ROLE)
    save(page, WORDS)
    save(page, LINES, "#text-organisatie-rol")
    if request.param == "with scripts":
        return page
    without = new_context(java_script_enabled=False)
    without.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    page = without.new_page()
    page.goto(ROLE)
    return page


@pytest.mark.parametrize("paper", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_long_texts_stand_on_paper_whole(
    written: Page, tmp_path: Path, paper: dict[str, Any]
) -> None:
    sheets = print_page(written, tmp_path, **paper)

    assert printed(sheets, "woord") == WORDS.split()
    assert printed(sheets, "regel") == LINES.split()
    for sheet in sheets:
        assert over_each_other(sheet) == []
        assert all(word.top > 0 and word.bottom < sheet.height - 20 for word in sheet.words)
        assert all(word.left > 0 and word.right < sheet.width for word in sheet.words)


def test_what_was_typed_last_is_on_paper_too(page: Page, tmp_path: Path) -> None:
    page.goto(ROLE)
    page.locator(BOX).fill("woordeen")
    assert printed(print_page(page, tmp_path, **PORTRAIT), "woord") == ["woordeen"]

    page.locator(BOX).fill("woordtwee")
    assert printed(print_page(page, tmp_path, **PORTRAIT), "woord") == ["woordtwee"]


@pytest.mark.parametrize("paper", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("path", [ROLE, COMPARISON])
def test_no_sheet_is_there_for_a_title(
    page: Page, tmp_path: Path, path: str, paper: dict[str, Any]
) -> None:
    page.goto(path)

    sheets = print_page(page, tmp_path, **paper)

    for sheet in sheets[:-1]:
        assert max(word.bottom for word in sheet.words) > 0.7 * sheet.height
        assert len(sheet.words) > 80


@pytest.mark.parametrize("paper", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_no_heading_is_left_behind_on_a_sheet(
    page: Page, tmp_path: Path, paper: dict[str, Any]
) -> None:
    """Wherever the sheets end: each line that is typed moves all that follows."""
    page.goto(ROLE)
    for lines in range(20, 52, 2):
        page.locator(BOX).fill("regel\n" * lines)
        for sheet in print_page(page, tmp_path, **paper):
            assert headings_without_a_line(sheet) == [], lines


def headings_without_a_line(sheet: Sheet) -> list[Word]:
    """The headings of facets under which nothing follows on the sheet."""
    headings = [
        word for word in sheet.words if word.said in ("Rolbeschrijvingen", "Deskundigheden")
    ]
    heads = ("Hieraan", "werken", "Bespreken")
    lowest = max(word.top for word in sheet.words if word.said not in heads)
    return [word for word in headings if lowest < word.bottom]


@pytest.mark.parametrize(
    ("paper", "columns"), [(PORTRAIT, 1), (LANDSCAPE, 2), ({**LANDSCAPE, "format": "A3"}, 3)]
)
def test_the_overview_uses_the_width_of_the_paper(
    page: Page, tmp_path: Path, paper: dict[str, Any], columns: int
) -> None:
    """In so many columns that its lines are never too long to read."""
    page.goto(ROLE)
    for box in (BOX, "#text-visie-deskundigheid", "#text-organisatie-rol"):
        save(page, WORDS, box)
    page.goto(OVERVIEW)

    sheets = print_page(page, tmp_path, **paper)

    assert printed(sheets, "woord") == WORDS.split() * 3
    assert max(columns_in(sheet) for sheet in sheets) == columns
    for sheet in sheets[:-1]:
        assert max(word.right for word in sheet.words) > 0.8 * sheet.width
        assert over_each_other(sheet) == []


def columns_in(sheet: Sheet) -> int:
    """In how many columns the typed words stand: next to each other, with room between."""
    lines: dict[int, list[Word]] = {}
    for word in sheet.words:
        if word.said.startswith("woord"):
            lines.setdefault(round(word.top), []).append(word)
    return max((columns_of(line) for line in lines.values()), default=0)


def columns_of(line: list[Word]) -> int:
    line = sorted(line, key=lambda word: word.left)
    return 1 + sum(after.left - before.right > 20 for before, after in pairwise(line))


def test_who_does_what_takes_three_sheets_of_a4(page: Page, tmp_path: Path) -> None:
    page.goto(COMPARISON)

    sheets = print_page(page, tmp_path, **PORTRAIT)

    assert len(sheets) == 3
    for sheet in sheets:
        assert sheet.width > sheet.height
        names = [
            word for word in sheet.words if word.said.startswith(("Mentor/", "Decaan/", "Leiding"))
        ]
        assert len({round(word.left) for word in names if word.top < sheet.height / 3}) >= 3
