"""Whatever a file holds, reading it gives an edition or faults in words: never anything else."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raamwerk.frameworks.file_text import LINE_BREAK
from raamwerk.frameworks.model import Edition
from raamwerk.frameworks.reading import FaultyEdition, read_edition

pytestmark = pytest.mark.usefixtures("both_loaders")

patiently = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

GOOD = (Path(__file__).parent / "good.yaml").read_text(encoding="utf-8")
GOOD_DATA = yaml.safe_load(GOOD)

words = st.text(max_size=20) | st.sampled_from(["A", "(3)", "zaaien", "taak", "bron", "x y", "\0"])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | words
keys = st.sampled_from(sorted(set(GOOD.replace("{", " ").replace(":", " ").split()))) | words
structures = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=30,
)


def reading_ends_well(folder: Path, content: bytes) -> Edition | None:
    """Read this; prove that it is whole, or that its faults can be understood and found."""
    path = folder / "any.yaml"
    path.write_bytes(content)
    try:
        edition = read_edition(path)
    except FaultyEdition as faulty:
        faults_are_useful(faulty, content)
        return None
    edition_is_whole(edition)
    return edition


def faults_are_useful(faulty: FaultyEdition, content: bytes) -> None:
    lines = len(LINE_BREAK.findall(content.decode("utf-8", "replace"))) + 1
    assert faulty.faults
    assert list(faulty.faults) == sorted(faulty.faults, key=lambda fault: fault.line)
    for fault in faulty.faults:
        assert 1 <= fault.line <= lines
        assert fault.problem.strip()
        assert fault.cure.strip()
        assert len(str(fault).splitlines()) == 1
        str(fault).encode("utf-8")


def edition_is_whole(edition: Edition) -> None:
    for role in edition.roles:
        assert 1 <= len(role.fields) <= len(edition.areas) * len(edition.facets)
        for statement in role.statements:
            assert all(edition.source(letter) for letter in statement.citations)
            assert all(edition.footnote(number) for number in statement.footnote_numbers)
            assert "".join(map(str, statement.pieces("en")))
    assert edition.languages
    assert all(edition.role(role.id) for role in edition.roles)
    repr(edition).encode("utf-8")


@patiently
@given(content=st.binary(max_size=300))
def test_any_bytes(content: bytes, tmp_path: Path) -> None:
    reading_ends_well(tmp_path, content)


@patiently
@given(content=st.text(st.sampled_from(" \n\t-:?[]{}&*!|>'\"%@`#,aA1\\é\u2028\ufeff"), max_size=60))
def test_any_punctuation(content: str, tmp_path: Path) -> None:
    reading_ends_well(tmp_path, content.encode())


@patiently
@given(structure=structures)
def test_any_structure(structure: Any, tmp_path: Path) -> None:
    reading_ends_well(tmp_path, yaml.safe_dump(structure, allow_unicode=True).encode())


@patiently
@given(data=st.data())
def test_a_good_file_with_a_piece_of_its_text_replaced(data: st.DataObject, tmp_path: Path) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 200)))
    changed = GOOD[:start] + data.draw(st.text(max_size=10)) + GOOD[end:]
    reading_ends_well(tmp_path, changed.encode("utf-8", "surrogatepass"))


@patiently
@given(data=st.data())
def test_a_good_file_with_a_piece_of_its_tree_replaced(data: st.DataObject, tmp_path: Path) -> None:
    changed = replaced_somewhere(GOOD_DATA, data)
    reading_ends_well(tmp_path, yaml.safe_dump(changed, allow_unicode=True).encode())


def replaced_somewhere(tree: Any, data: st.DataObject) -> Any:
    """The tree, with something else in one place that is chosen on the way down."""
    if not isinstance(tree, dict | list) or not tree or data.draw(st.integers(0, 4)) == 0:
        return data.draw(structures)
    places = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    place = data.draw(st.sampled_from(places))
    changed = tree.copy()
    changed[place] = replaced_somewhere(tree[place], data)
    return changed


def test_the_good_file_itself_is_good(tmp_path: Path) -> None:
    assert reading_ends_well(tmp_path, GOOD.encode())
