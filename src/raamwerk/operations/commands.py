"""The commands ``backup``, ``restore`` and ``move``, on the databases of this installation."""

import tempfile
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from raamwerk.operations import backup
from raamwerk.operations.backup import Contents
from raamwerk.operations.migrations import alone, be_patient

ELSEWHERE = "elsewhere"
MOST_LINES = 50


def back_up(file: Path) -> str:
    """Write a backup; returns what to say. Raises BackupError, DatabaseError."""
    be_patient(connections[DEFAULT_DB_ALIAS])
    return f"Kept {_count(backup.back_up(file, DEFAULT_DB_ALIAS))} in {file}."


def restore(file: Path) -> str:
    """Restore a backup in an empty database; returns what to say. Raises as ``back_up`` does."""
    with alone(connections[DEFAULT_DB_ALIAS]):
        contents = backup.restore(file, DEFAULT_DB_ALIAS)
    return "\n".join([*_left_out(contents), f"Restored {_count(contents)} from {file}."])


def move(target: dict[str, Any]) -> str:
    """Copy everything to an empty database with these settings of Django; returns what to say.

    The server must have stopped, because what is saved meanwhile would stay behind. Raises as
    ``back_up`` does.
    """
    connections.settings[ELSEWHERE] = {
        **connections.settings[DEFAULT_DB_ALIAS],
        "OPTIONS": {},
        **target,
    }
    be_patient(connections[DEFAULT_DB_ALIAS])
    with tempfile.TemporaryDirectory(prefix="raamwerk-move-") as folder:
        file = Path(folder) / "everything"
        backup.back_up(file, DEFAULT_DB_ALIAS)
        with alone(connections[ELSEWHERE]):
            contents = backup.restore(file, ELSEWHERE)
    done = f"Copied {_count(contents)}. Start the server with that address as DATABASE_URL."
    return "\n".join([*_left_out(contents), done])


def _left_out(contents: Contents) -> list[str]:
    """What was not taken over as it stood there, a line each; of very many the first."""
    lines = list(contents.left_out[:MOST_LINES])
    more = len(contents.left_out) - len(lines)
    return [*lines, f"and {more} more like these"] if more else lines


def _count(contents: Contents) -> str:
    return f"{contents.rows} rows of {len(contents.columns)} tables"
