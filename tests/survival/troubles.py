"""Troubles of a machine that really happen to a running server, and pass again."""

import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.serving import Server
from tests.survival.processes import kill_worker_only, worker_of

Trouble = Callable[[Server], AbstractContextManager[None]]


@contextmanager
def no_file_may_grow(server: Server) -> Iterator[None]:
    """As on a full disk: every write to a file fails."""
    worker = worker_of(server)
    soft, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def full_disk(server: Server) -> Iterator[None]:
    """Really full: only for a server whose data stands on ``small_disk``.

    Another reader stays, so that SQLite can't make room by clearing its log away.
    """
    reader = sqlite3.connect(server.data_dir / "raamwerk.sqlite3")
    reader.execute("SELECT count(*) FROM owners_owner").fetchone()
    filling = server.data_dir / "filling"
    with filling.open("wb", buffering=0) as file:
        for size in (4096, 512, 1):
            _fill(lambda piece=b"\0" * size: file.write(piece))  # type: ignore[misc]
    try:
        yield
    finally:
        filling.unlink()
        reader.close()


def _fill(write: Callable[[], int | None]) -> None:
    try:
        while write():
            pass
    except OSError:
        return


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of a few megabytes; skips the test where we may not mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a small disk takes more rights than we have here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def read_only_folder(server: Server) -> Iterator[None]:
    """The data folder and the files in it can only be read.

    Not the one with the name on -shm: that is memory which SQLite's connections share. Made
    read-only under a running process it kills the process, as no program can prevent.
    """
    files = [each for each in server.data_dir.iterdir() if not each.name.endswith("-shm")]
    with _read_only([server.data_dir, *files]):
        yield


@contextmanager
def read_only_database_file(server: Server) -> Iterator[None]:
    """Only the database itself; SQLite's log beside it can be written."""
    with _read_only([server.data_dir / "raamwerk.sqlite3"]):
        yield


@contextmanager
def read_only_files_for_a_new_worker(server: Server) -> Iterator[None]:
    """The same, met by a worker that opens the database in the midst of it."""
    with read_only_folder(server):
        kill_worker_only(server)
        yield


@contextmanager
def _read_only(paths: list[Path]) -> Iterator[None]:
    """Read-only even for root where the file system can do that; else by permissions."""
    modes = [path.stat().st_mode for path in paths]
    fixed = not os.geteuid() and _chattr("+i", paths)
    if not fixed:
        _skip_for_root()
        for path in paths:
            path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        if fixed:
            _chattr("-i", paths)
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)


def _chattr(change: str, paths: list[Path]) -> bool:
    """Change an attribute of every path; takes it back from all where one refuses."""
    done = subprocess.run(["chattr", change, *map(str, paths)], capture_output=True)
    if done.returncode and change == "+i":
        subprocess.run(["chattr", "-i", *map(str, paths)], capture_output=True)
    return done.returncode == 0


def _skip_for_root() -> None:
    if not os.geteuid():
        pytest.skip("root may write to everything here: chattr does not work on this file system")


@contextmanager
def locked_database(server: Server) -> Iterator[None]:
    """Another program holds the database for longer than anybody wants to wait."""
    other = sqlite3.connect(server.data_dir / "raamwerk.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()
