"""A file made to crash or exhaust its reader is refused like any other."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from raamwerk.frameworks.faults import Fault

pytestmark = pytest.mark.usefixtures("both_loaders")

Faults = Callable[[str | bytes], tuple[Fault, ...]]


def test_a_huge_file_is_refused(good: str, faults_of: Faults) -> None:
    (fault,) = faults_of(good + "# padding\n" * 1_000_000)
    assert "larger than 10 MB" in fault.problem


@pytest.mark.parametrize("piece", ["- a\n", "- []\n", "- {}\n"])
def test_pieces_without_end_are_refused(piece: str, faults_of: Faults) -> None:
    (fault,) = faults_of(piece * 300_000)
    assert "more parts than an edition can have" in fault.problem
    assert fault.line == 250_000


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_endless_nesting_is_refused(bracket: str, faults_of: Faults) -> None:
    (fault,) = faults_of(bracket * 100_000)
    assert "too deeply" in fault.problem


def test_a_bomb_of_aliases_is_refused_before_it_grows(faults_of: Faults) -> None:
    layers = [f"{b}: &{b} [*{a},*{a}]\n" for a, b in pairwise("abcde")]
    bomb = "a: &a [x]\n" + "".join(layers)
    assert [fault.line for fault in faults_of(bomb)] == [2, 2, 3, 3, 4, 4, 5, 5]


def test_an_alias_of_itself_is_refused(faults_of: Faults) -> None:
    (fault,) = faults_of("roles: &roles [*roles]\n")
    assert "*roles" in fault.problem


def test_faults_without_end_are_cut_short(faults_of: Faults) -> None:
    many = "areas:\n" + "".join(f"- {{id: a{n}}}\n" for n in range(1500))
    facets = "facets:\n" + "".join(f"- {{id: f{n}}}\n" for n in range(1500))
    roles = "roles:\n- {fields: [{area: a1, facet: f1}]}\n"
    assert len(faults_of(many + facets + roles)) == 1000


@pytest.mark.parametrize(
    "value", ['"\\UFFFFFFFF"', "!%FF x", "%YAML " + "9" * 5000 + ".1", "1" * 5000]
)
def test_odd_scalars_do_not_crash(value: str, good: str, faults_of: Faults) -> None:
    assert faults_of(value)
    assert faults_of(good.replace("number: 4", f"number: {value}"))
    assert faults_of(good.replace("Zaait (3)", f"Zaait ({value})"))
