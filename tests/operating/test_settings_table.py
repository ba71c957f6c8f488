"""docs/operate.md names exactly the settings there are, with their real defaults."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import pytest

from raamwerk.project.environment import WrongSettingError, read_environment

PAGE = Path("docs/operate.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([A-Z_]+)` \| (?:`([^`]+)`|empty) \| ([^|]+) \|", re.MULTILINE)
DOCUMENTED = {name: (default, unit) for name, default, unit in ROW.findall(PAGE)}


class Noticing(Mapping[str, str]):
    """Variables that are all unset, and that notice which were asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def settings_of(variables: Mapping[str, str]) -> dict[str, object]:
    settings = asdict(read_environment(variables))
    return {**settings, "allowed_hosts": set(settings["allowed_hosts"])}


def test_every_setting_is_in_the_table_and_nothing_else() -> None:
    variables = Noticing()
    read_environment(variables)

    assert set(DOCUMENTED) == variables.asked


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_default_in_the_table_is_the_real_one(name: str) -> None:
    assert settings_of({name: DOCUMENTED[name][0]}) == settings_of({})


@pytest.mark.parametrize(
    ("name", "wrong"), [("METRICS", "everyone"), ("LOG_FORMAT", "xml"), ("METRICS", "yes")]
)
def test_a_choice_that_is_none_says_what_would_do(name: str, wrong: str) -> None:
    with pytest.raises(WrongSettingError, match=f"{name} is '{wrong}', but it takes "):
        read_environment({name: wrong})
