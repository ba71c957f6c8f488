"""The commands ``backup``, ``restore`` and ``move``, on the databases of this installation."""

import tempfile
from dataclasses import replace
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections

from raamwerk.config.database import database
from raamwerk.config.environment import Environment
from raamwerk.config.preparing import be_patient
from raamwerk.config.server import check_address
from raamwerk.worksheets.archive import Contents, read_archive, write_archive

ELSEWHERE = "elsewhere"


def back_up(file: Path) -> str:
    """Write a backup; returns what to say. Raises ArchiveError."""
    be_patient(connections[DEFAULT_DB_ALIAS])
    contents = write_archive(file, DEFAULT_DB_ALIAS)
    return f"Kept {_count(contents)} in {file}."


def restore(file: Path) -> str:
    """Restore a backup in an empty database; returns what to say. Raises ArchiveError."""
    be_patient(connections[DEFAULT_DB_ALIAS])
    contents = read_archive(file, DEFAULT_DB_ALIAS)
    return f"Restored {_count(contents)} from {file}."


def move(chosen: Environment, url: str) -> str:
    """Copy everything to an empty database elsewhere; returns what to say.

    Raises CannotStartError while the server runs, because what is saved meanwhile would stay
    behind; WrongSettingError for an address that can't be read; ArchiveError.
    """
    check_address(chosen)
    settings = database(replace(chosen, database_url=url))
    connections.settings[ELSEWHERE] = {
        **connections.settings[DEFAULT_DB_ALIAS],
        "OPTIONS": {},
        **settings,
    }
    with tempfile.TemporaryDirectory(prefix="raamwerk-move-") as folder:
        file = Path(folder) / "everything"
        be_patient(connections[DEFAULT_DB_ALIAS])
        be_patient(connections[ELSEWHERE])
        write_archive(file, DEFAULT_DB_ALIAS)
        contents = read_archive(file, ELSEWHERE)
    return f"Copied {_count(contents)}. Start the server with that address as DATABASE_URL."


def _count(contents: Contents) -> str:
    return f"{contents.rows} rows of {len(contents.tables)} tables"
