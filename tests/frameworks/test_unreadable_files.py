"""A file that can not be read as text, or holds nothing, is told in words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from raamwerk.frameworks.faults import Fault
from raamwerk.frameworks.reading import FaultyEdition, read_edition

pytestmark = pytest.mark.usefixtures("both_loaders")

Faults = Callable[[str | bytes], tuple[Fault, ...]]


def test_other_encodings_are_named_with_the_line(good: str, faults_of: Faults) -> None:
    faults = faults_of(good.replace("Kent zaad", "Kent één zaad").encode("latin-1"))
    assert [(fault.line, fault.problem) for fault in faults] == [(59, "The file is not in UTF-8.")]
    assert "Save it as UTF-8" in faults[0].cure


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_is_named(encoding: str, good: str, faults_of: Faults) -> None:
    (fault,) = faults_of(good.encode(encoding))
    assert fault.problem == "The file is in UTF-16."
    assert "Save it as UTF-8" in fault.cure


@pytest.mark.parametrize("empty", ["", "\n\n", "# nothing yet\n", "\ufeff"])
def test_an_empty_file_is_named(empty: str, faults_of: Faults) -> None:
    (fault,) = faults_of(empty)
    assert (fault.line, fault.problem) == (1, "The file is empty.")


@pytest.mark.parametrize("other", ["just words", "- a\n- b\n", "42"])
def test_a_file_without_keys_is_told_what_belongs_there(other: str, faults_of: Faults) -> None:
    (fault,) = faults_of(other)
    assert "There must be keys with values here" in fault.problem
    assert "framework, edition, uuid, published" in fault.cure


def faults_of_path(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(FaultyEdition) as raised:
        read_edition(path)
    return raised.value.faults


def test_a_path_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    for path, problem in (
        (tmp_path / "gone.yaml", "no such file"),
        (tmp_path, "a folder"),
        (Path("/dev/zero"), "not a file"),
        (Path("nul\0.yaml"), "can't be read"),
        (tmp_path / ("long" * 100), "can't be read"),
    ):
        (fault,) = faults_of_path(path)
        assert (fault.path, fault.line) == (path, 1)
        assert problem in fault.problem
        assert fault.cure
