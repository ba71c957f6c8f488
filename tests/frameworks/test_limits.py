"""How long lists may be, which languages go together, and that nothing replaces itself."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from raamwerk.frameworks.faults import Fault

pytestmark = pytest.mark.usefixtures("both_loaders")

Faults = Callable[[str | bytes], tuple[Fault, ...]]


@pytest.mark.parametrize(
    ("name", "most", "entry"),
    [
        ("areas", 12, {"nl": "a", "en": "a", "short": {"nl": "a", "en": "a"}}),
        ("facets", 6, {"nl": "a", "en": "a"}),
        ("roles", 40, None),
        ("statements", 2000, {"nl": "a", "en": "a"}),
    ],
)
def test_lists_have_an_end(
    name: str, most: int, entry: dict[str, Any] | None, good: str, faults_of: Faults
) -> None:
    tree = yaml.safe_load(good)
    fields = tree["roles"][0]["fields"]
    entries = fields[-1]["statements"] if name == "statements" else tree[name]
    there = sum(len(each["statements"]) for each in fields) if name == "statements" else None
    entry = entry or {
        **tree["roles"][0],
        "fields": [{"area": "zaaien", "facet": "taak", "statements": [{"nl": "a", "en": "a"}]}],
    }
    for number in range(most - (there or len(entries))):
        entries.append(copy.deepcopy(entry) | {"id": f"x{number}"})
        if name == "roles":
            entries[-1]["fields"][0]["statements"][0]["id"] = f"s{number}"
    assert faults_of(yaml.safe_dump(tree, sort_keys=False)) == ()
    entries.append(copy.deepcopy(entry) | {"id": "one-more"})
    if name == "roles":
        entries[-1]["fields"][0]["statements"][0]["id"] = "one-more"
    text = yaml.safe_dump(tree, sort_keys=False)
    (fault,) = faults_of(text)
    assert f"at most {most} “{name}”" in fault.problem
    assert fault.line <= text[: text.rindex("id: one-more")].count("\n") + 1
    assert fault.line > text[: text.rindex("id: one-more")].count("\n") - 20


def test_an_edition_has_at_most_eight_languages(good: str, faults_of: Faults) -> None:
    def in_languages(number: int) -> str:
        tags = [f"x-{each}" for each in range(number)]
        tree = in_each(yaml.safe_load(good), tags)
        return yaml.safe_dump(tree | {"languages": tags}, sort_keys=False)

    assert faults_of(in_languages(8)) == ()
    (fault,) = faults_of(in_languages(9))
    assert "at most 8 “languages”" in fault.problem


def in_each(tree: Any, tags: list[str]) -> Any:
    """The tree with its Dutch words in each of these languages, and in no other."""
    if isinstance(tree, list):
        return [in_each(each, tags) for each in tree]
    if not isinstance(tree, dict):
        return tree
    changed = {key: in_each(value, tags) for key, value in tree.items() if key not in {"nl", "en"}}
    return changed | (dict.fromkeys(tags, tree["nl"]) if "nl" in tree else {})


def test_format_1_has_its_own_two_languages(good: str, faults_of: Faults) -> None:
    tree = in_each(yaml.safe_load(good), ["fy"]) | {"format": 1, "languages": ["fy"]}
    text = yaml.safe_dump(tree, sort_keys=False)
    (fault,) = faults_of(text)
    assert fault.line == text.splitlines().index("languages:") + 1
    assert "Format 1 names no languages" in fault.problem
    assert "format: 2" in fault.cure


def test_a_language_is_no_other_key(good: str, faults_of: Faults) -> None:
    tree = in_each(yaml.safe_load(good), ["fy"]) | {"languages": ["fy", "id"]}
    faults = faults_of(yaml.safe_dump(tree, sort_keys=False))
    (told,) = [fault for fault in faults if "another key" in fault.problem]
    assert "id-Latn" in told.cure
    tree = in_each(yaml.safe_load(good), ["fy", "id-Latn"]) | {"languages": ["fy", "id-Latn"]}
    assert faults_of(yaml.safe_dump(tree)) == ()


def test_statements_never_replace_each_other_in_a_ring(good: str, faults_of: Faults) -> None:
    ring = "gone:\n  - {id: a, replaced_by: b}\n  - {id: b, replaced_by: a}\nroles:"
    faults = faults_of(good.replace("roles:", ring))
    assert [fault.line for fault in faults] == [38, 39]
    assert all("replaces itself" in fault.problem for fault in faults)
