"""The data folder: for its owner's eyes only, and in use by one server at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from raamwerk.project.environment import Environment
from raamwerk.server.supervisor import CannotStartError

LOCK = "server.lock"
GROUP_AND_OTHERS, OTHERS = 0o077, 0o007
"""What a file allows to everybody but its owner."""


def make_ready(folder: Path) -> None:
    """Make the data folder; one that others can enter is closed to them. Raises CannotStartError.

    What this process makes from here on, the database and its log too, is for its owner's eyes only.
    """
    os.umask(GROUP_AND_OTHERS)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in (folder, *folder.iterdir()):
            _close(each)
        probe = folder / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise CannotStartError(
            f"can't write in the data folder {folder} ({error.strerror}). "
            "Choose another with DATA_DIR, or give yourself access."
        ) from error
    if folder.stat().st_mode & OTHERS:
        raise CannotStartError(
            f"anybody on this machine can enter the data folder {folder}, and it isn't yours to close. "
            "Let its owner do: chmod 700."
        )


def _close(path: Path) -> None:
    """Take away what group and others may do with it, where it is ours."""
    mode = path.lstat().st_mode
    if mode & GROUP_AND_OTHERS and not path.is_symlink():
        with suppress(OSError):
            path.chmod(mode & ~GROUP_AND_OTHERS & 0o7777)


@contextmanager
def by_one_process(chosen: Environment) -> Iterator[None]:
    """Let nobody else serve, restore or move the SQLite database of this folder meanwhile.

    Raises CannotStartError where somebody does. The lock goes with the last of our processes, however
    that ends. More machines share a PostgreSQL, each with a folder of its own.
    """
    if chosen.database_url:
        yield
        return
    with (chosen.data_dir / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotStartError(
                f"another server, or a restore, is at work in {chosen.data_dir}. Stop it first, or choose "
                "another folder with DATA_DIR."
            ) from error
        yield
