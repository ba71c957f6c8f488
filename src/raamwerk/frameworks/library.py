"""The editions at hand: every ``content/<framework>/<edition>.yaml`` of this package."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from raamwerk.frameworks.faults import Fault, FaultyEdition, Say
from raamwerk.frameworks.file_text import read_text
from raamwerk.frameworks.model import Edition
from raamwerk.frameworks.reading import read_edition
from raamwerk.frameworks.yaml_parts import compose
from raamwerk.wording import wording

CONTENT = Path(__file__).parent / "content"


@cache
def editions() -> tuple[Edition, ...]:
    """Every edition, framework by framework, the latest published first. Raises FaultyEdition."""
    return read_library(CONTENT)


def current_edition(framework: str) -> Edition | None:
    """The edition of this framework that was published last, or None. Raises FaultyEdition."""
    return next((each for each in editions() if each.framework == framework), None)


def find_edition(framework: str, edition_id: str) -> Edition | None:
    """This edition of this framework, or None. Raises FaultyEdition."""
    of_framework = (each for each in editions() if each.framework == framework)
    return next((each for each in of_framework if each.id == edition_id), None)


def read_library(folder: Path, language: str = "en") -> tuple[Edition, ...]:
    """Every edition in this folder's folders, ordered as ``editions`` is. Raises FaultyEdition."""
    found = [_read_in_place(path, language) for path in folder.glob("*/*.yaml")]
    found.sort(key=lambda edition: (edition.published, edition.id), reverse=True)
    return tuple(sorted(found, key=lambda edition: edition.framework))


def _read_in_place(path: Path, language: str) -> Edition:
    edition = read_edition(path, language)
    if (edition.framework, edition.id) != (path.parent.name, path.stem):
        raise FaultyEdition(*_place_faults(path, wording(language)))
    return edition


def _place_faults(path: Path, _: Say) -> Iterator[Fault]:
    part = compose(path, read_text(path, _), _)
    for key, place in (("framework", path.parent.name), ("edition", path.stem)):
        found = part.part(key)
        if found and found.value != place:
            problem = _("“{key}” is “{value}”, but the file stands under “{place}”.")
            cure = _("Call the folder after the framework and the file after the edition.")
            yield found.fault(problem.format(key=key, value=found.shown, place=place), cure)
