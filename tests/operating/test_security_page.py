"""docs/security.md leans on nothing that is not there."""

import re
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
