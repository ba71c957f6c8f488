"""DATABASE_URL may name more machines, and a wait for PostgreSQL always ends."""

from pathlib import Path
from typing import Any

import pytest

from raamwerk.project.database import database
from raamwerk.project.environment import WrongSettingError, read_environment


def settings_of(url: str) -> dict[str, Any]:
    variables = {"DATABASE_URL": url, "DATABASE_WAIT": "7", "DATA_DIR": str(Path("data"))}
    return database(read_environment(variables))


@pytest.mark.parametrize(
    ("machines", "hosts", "ports"),
    [
        ("one:5433,two:5434", "one,two", "5433,5434"),
        ("one,two", "one,two", "5432,5432"),
        ("10.0.0.1,10.0.0.2:5433,three", "10.0.0.1,10.0.0.2,three", "5432,5433,5432"),
        ("[fd00::1]:5432,[fd00::2]:5433", "fd00::1,fd00::2", "5432,5433"),
    ],
)
def test_more_machines(machines: str, hosts: str, ports: str) -> None:
    settings = settings_of(f"postgres://me:s%2Ce%40cret@{machines}/notes?sslmode=verify-full")

    assert (settings["HOST"], settings["PORT"]) == (hosts, ports)
    assert (settings["USER"], settings["PASSWORD"], settings["NAME"]) == ("me", "s,e@cret", "notes")
    assert settings["OPTIONS"]["target_session_attrs"] == "read-write"
    assert settings["OPTIONS"]["sslmode"] == "verify-full"


def test_one_machine_is_read_as_ever() -> None:
    settings = settings_of("postgres://me:secret@one:5433/notes")

    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("one", 5433, "notes")
    assert "target_session_attrs" not in settings["OPTIONS"]


def test_every_wait_is_bounded_and_the_address_has_the_last_word() -> None:
    options = settings_of("postgres://me@one/notes")["OPTIONS"]
    chosen = settings_of("postgres://me@one/notes?connect_timeout=9&options=-c%20work_mem=8MB")

    assert options["connect_timeout"] == 3
    assert options["tcp_user_timeout"] == 7000
    assert "statement_timeout=7s" in options["options"]
    assert chosen["OPTIONS"]["connect_timeout"] == 9
    assert chosen["OPTIONS"]["options"] == options["options"] + " -c work_mem=8MB"


@pytest.mark.parametrize(
    "url",
    [
        "postgres://me:secret@one:x/notes",
        "postgres://me:secret@one,/notes",
        "nothing://me:secret@one/notes",
        "secret",
    ],
)
def test_an_address_that_is_none_is_refused_without_repeating_its_secret(url: str) -> None:
    with pytest.raises(WrongSettingError, match="DATABASE_URL") as refused:
        settings_of(url)

    assert "me:secret" not in str(refused.value)
