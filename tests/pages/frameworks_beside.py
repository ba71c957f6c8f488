"""Frameworks and editions beside the built-in one, for as long as a test lasts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from raamwerk.frameworks import library

BUILT_IN = library.CONTENT / "lob" / "2026-1.yaml"
OTHER_FRAMEWORK = Path("tests/frameworks/good.yaml")
NEWER = "2027-1"


def put_framework(folder: Path, name: str) -> None:
    """Put the framework of the gardeners beside the built-in one, under this name."""
    words = OTHER_FRAMEWORK.read_text(encoding="utf-8")
    _put(folder / name / "2026-1.yaml", words.replace("framework: tuin", f"framework: {name}"))
    _read_anew(folder)


def put_newer_edition(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Put a newer edition of the built-in framework beside it, changed like this."""
    tree = yaml.safe_load(BUILT_IN.read_text(encoding="utf-8"))
    tree |= {"edition": NEWER, "published": "2027-03-01"}
    change(tree)
    _put(folder / "lob" / f"{NEWER}.yaml", yaml.safe_dump(tree, allow_unicode=True))
    _read_anew(folder)


def statements_of(tree: dict[str, Any], role: str, area: str, facet: str) -> list[dict[str, Any]]:
    """The statements of one attention field, to be changed in place."""
    [the_role] = [each for each in tree["roles"] if each["id"] == role]
    [field] = [
        each for each in the_role["fields"] if (each["area"], each["facet"]) == (area, facet)
    ]
    found: list[dict[str, Any]] = field["statements"]
    return found


def _put(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")


def _read_anew(folder: Path) -> None:
    library.serve_from(folder)
    assert not library.faults(), list(map(str, library.faults()))
