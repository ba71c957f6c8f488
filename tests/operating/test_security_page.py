"""docs/security.md leans on nothing that is not there."""

import re
import tomllib
from pathlib import Path

import pytest

PAGE = Path("docs/security.md").read_text(encoding="utf-8")
CITED = sorted(set(re.findall(r"`((?:tests|src|deploy)/[^`]+)`", PAGE)))


def test_it_cites_tests() -> None:
    assert sum(each.startswith("tests/") for each in CITED) > 20


@pytest.mark.parametrize("cited", CITED)
def test_what_it_cites_exists(cited: str) -> None:
    path, _colons, test = cited.partition("::")

    assert Path(path).is_file()
    if test:
        assert f"\ndef {test}(" in Path(path).read_text(encoding="utf-8")


def test_every_chapter_is_there() -> None:
    chapters = [int(number) for number in re.findall(r"^## V(\d+) ", PAGE, re.MULTILINE)]

    assert chapters == list(range(1, 18))


ROW = re.compile(r"^\| (\d[^|]*) \| [^|]+ \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)
LAST_OF_LEVEL_2 = {
    1: (2, 9, 11, 3, 2),
    2: (3, 3, 4, 1),
    3: (0, 2, 4, 6, 5, 0, 2),
    4: (3, 1, 2, 4),
    5: (1, 3, 2, 3),
    6: (3, 11, 4, 4, 5, 3, 0, 4),
    7: (3, 4, 2, 5, 2, 2),
    8: (2, 3, 1, 1),
    9: (3, 4),
    11: (2, 3, 3, 4, 1, 1),
    12: (3, 2, 4),
    13: (1, 5, 2, 5),
    14: (2, 4, 3),
    15: (3, 3, 7),
    16: (1, 5, 4, 3, 3),
}
"""The last requirement of level 1 or 2 in each section of ASVS 5.0.0, but for 10 and 17."""

Number = tuple[int, ...]


def ranges(cell: str) -> list[tuple[Number, Number]]:
    """The numbers that a row is about, each as a first and a last."""
    ends = [part.partition(" to ") for part in cell.split(", ")]
    return [(number(first), number(last or first)) for first, _to, last in ends]


def number(written: str) -> Number:
    return tuple(map(int, written.split(".")))


def test_every_requirement_of_levels_1_and_2_has_its_row() -> None:
    told = [each for cell, *_ in ROWS for each in ranges(cell)]

    for chapter, lasts in LAST_OF_LEVEL_2.items():
        for section, last in enumerate(lasts, start=1):
            for requirement in range(1, last + 1):
                asked = (chapter, section, requirement)
                assert any(first <= asked <= last for first, last in told), asked


@pytest.mark.parametrize(("numbers", "how", "shown_by"), ROWS, ids=[row[0] for row in ROWS])
def test_what_is_met_is_shown(numbers: str, how: str, shown_by: str) -> None:
    lacking = how.startswith(("Not applicable", "**Not met**"))

    assert lacking or shown_by.strip() or "by whoever runs it" in how


def test_every_library_has_its_reason_in_the_architecture() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["postgresql"]]
    table = Path("ARCHITECTURE.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    with_reason = re.findall(r"^\| ([a-z0-9, -]+)", table.partition("By hand")[0], re.MULTILINE)
    named = {name.strip() for cell in with_reason for name in cell.split(",")}
    named -= {"dependency", "with uvloop", "optional"}

    assert named == {re.split(r"[^a-z0-9-]", each)[0] for each in wanted}
