"""The editions at hand: those of this package, and those that stand in a folder beside it.

Both have ``<framework>/<edition>.yaml``. What is wrong here is a fault of the program; what is
wrong beside it is told, left out, and stops nothing else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from raamwerk.frameworks.faults import Fault, FaultyEdition, Say
from raamwerk.frameworks.file_text import read_text
from raamwerk.frameworks.model import Edition
from raamwerk.frameworks.reading import edition_of
from raamwerk.frameworks.tree import Part
from raamwerk.frameworks.yaml_reader import read_tree
from raamwerk.wording import wording

CONTENT = Path(__file__).parent / "content"
YAML = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class Library:
    """Editions, framework by framework, the latest published first, and what was left out."""

    editions: tuple[Edition, ...]
    faults: tuple[Fault, ...] = ()


_beside: dict[str, Path | None] = {"folder": None}


def serve_from(folder: Path | None) -> None:
    """Read editions from this folder too, beside those of the package; forget what was read."""
    _beside["folder"] = folder
    _library.cache_clear()


def editions() -> tuple[Edition, ...]:
    """Every good edition, framework by framework, the latest published first.

    Raises FaultyEdition for those of the package only.
    """
    return _library().editions


def faults() -> tuple[Fault, ...]:
    """What is wrong with the editions beside the package, which were left out."""
    return _library().faults


def frameworks() -> tuple[Edition, ...]:
    """The current edition of each framework: those of the package first, then by id."""
    current = {each.framework: each for each in reversed(editions())}
    own = {each.framework for each in _built_in()}
    return tuple(
        sorted(current.values(), key=lambda each: (each.framework not in own, each.framework))
    )


def editions_of(framework: str) -> tuple[Edition, ...]:
    """The editions of this framework, the latest published first."""
    return tuple(each for each in editions() if each.framework == framework)


def current_edition(framework: str) -> Edition | None:
    """The edition of this framework that was published last, or None."""
    return next(iter(editions_of(framework)), None)


def find_edition(framework: str, edition_id: str) -> Edition | None:
    """This edition of this framework, or None."""
    return next((each for each in editions_of(framework) if each.id == edition_id), None)


def read_library(folder: Path, language: str = "en") -> Library:
    """Every good edition in this folder's folders, and the faults of the others."""
    _ = wording(language)
    found: list[Edition] = []
    faults: list[Fault] = []
    for path in _files(folder, faults, _):
        try:
            found.append(_read_in_place(path, folder, language))
        except FaultyEdition as faulty:
            faults += faulty.faults
    return Library(_in_order(found), tuple(faults))


@cache
def _built_in() -> tuple[Edition, ...]:
    library = read_library(CONTENT)
    if library.faults:
        raise FaultyEdition(*library.faults)
    return library.editions


@cache
def _library() -> Library:
    built_in, folder = _built_in(), _beside["folder"]
    if folder is None:
        return Library(built_in)
    beside = read_library(folder)
    own = {(each.framework, each.id) for each in built_in}
    twice = [each for each in beside.editions if (each.framework, each.id) in own]
    told = (_told_twice(each, folder, wording("en")) for each in twice)
    good = [each for each in beside.editions if each not in twice]
    return Library(_in_order([*built_in, *good]), (*beside.faults, *told))


def _in_order(found: Iterable[Edition]) -> tuple[Edition, ...]:
    latest = sorted(found, key=lambda each: (each.published, each.id), reverse=True)
    return tuple(sorted(latest, key=lambda each: each.framework))


def _files(folder: Path, faults: list[Fault], _: Say) -> Iterator[Path]:
    """What may be meant as an edition: YAML in the folder and in its folders, unless hidden."""
    for path in _listed(folder, faults, _):
        if path.is_dir():
            yield from (each for each in _listed(path, faults, _) if each.suffix in YAML)
        elif path.suffix in YAML:
            yield path


def _listed(folder: Path, faults: list[Fault], _: Say) -> list[Path]:
    """What stands in a folder, in order; what can't be read is added to the faults."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        problem = _("The folder can't be read ({reason}).").format(reason=error.strerror)
        faults.append(Fault(folder, 1, problem, _("Give yourself access to it.")))
        return []


def _read_in_place(path: Path, folder: Path, language: str) -> Edition:
    _ = wording(language)
    if path.parent == folder:
        # Nothing that it says is looked at: it may be no edition at all.
        problem = _("The file is beside the folders of the frameworks.")
        cure = _("Put it in a folder that has the name of its framework.")
        raise FaultyEdition(Fault(path, 1, problem, cure))
    tree = read_tree(path, read_text(path, _), _)
    edition = edition_of(tree, language)
    if told := tuple(_place_faults(tree, _)):
        raise FaultyEdition(*told)
    return edition


def _place_faults(tree: Part, _: Say) -> Iterator[Fault]:
    """Where names and place differ."""
    path = tree.path
    if path.suffix != ".yaml":
        yield Fault(path, 1, _("The file's name must end in .yaml."), _("Rename it."))
    for key, place in (("framework", path.parent.name), ("edition", path.stem)):
        found = tree.part(key)
        if found and found.value != place:
            problem = _("“{key}” is “{value}”, but the file is under “{place}”.")
            cure = _("Name the folder after the framework and the file after the edition.")
            yield found.fault(problem.format(key=key, value=found.shown, place=place), cure)


def _told_twice(edition: Edition, folder: Path, _: Say) -> Fault:
    path = folder / edition.framework / f"{edition.id}.yaml"
    problem = _("Edition {edition} of “{framework}” is already part of the program.")
    problem = problem.format(edition=edition.id, framework=edition.framework)
    return Fault(path, 1, problem, _("Delete this file, or give it an “edition” of its own."))
