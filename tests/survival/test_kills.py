"""A save that was acknowledged is there after any kill, and the server comes back by itself.

Short in `make test`, long in `make endurance`: the number of kills is `--kills`.
"""

import random
import sqlite3
import time
from pathlib import Path

import pytest

from tests.serving import Server, serving
from tests.survival.processes import kill_everything, kill_worker, open_files, worker_of
from tests.survival.writers import Writer, losses, wait_for_more_saves, writing

WRITERS = 6
LONGEST_LIFE = 0.6
EVERY = 20


def faults(server: Server) -> str:
    """What SQLite's own check of the whole database says: "ok"."""
    database = sqlite3.connect(server.data_dir / "raamwerk.sqlite3", timeout=30)
    try:
        return "; ".join(row[0] for row in database.execute("PRAGMA integrity_check"))
    finally:
        database.close()


def check(server: Server, writers: list[Writer]) -> None:
    """Everything acknowledged lately is there, and the database is whole."""
    lost = [loss for each in writers for loss in losses(server, each.sheet)]
    lost += [
        loss for each in writers for last in each.finished[-1:] for loss in losses(server, last)
    ]
    assert lost == []
    assert faults(server) == "ok"


def test_no_acknowledged_save_is_lost_to_a_kill(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    kills = pytestconfig.getoption("--kills")
    began = time.monotonic()
    with serving(tmp_path, DATABASE_URL="") as server, writing(server, WRITERS) as writers:
        for number in range(1, kills + 1):
            time.sleep(random.uniform(0, LONGEST_LIFE))
            kill_worker(server) if number % 2 else kill_everything(server)
            check(server, writers)
            if number % EVERY == 0 or number == kills:
                saves = sum(each.saves for each in writers)
                print(
                    f"{number} kills, {saves} saves, {time.monotonic() - began:.0f} s", flush=True
                )
        wait_for_more_saves(writers)
    check_every_sheet(server, writers)


def check_every_sheet(server: Server, writers: list[Writer]) -> None:
    """After one more start, each worksheet that was ever begun is as its writer left it."""
    server.start()
    try:
        sheets = [sheet for each in writers for sheet in (*each.finished, each.sheet)]
        assert [loss for sheet in sheets for loss in losses(server, sheet)] == []
        assert [surprise for each in writers for surprise in each.surprises] == []
        assert faults(server) == "ok"
    finally:
        server.stop()
    print(f"{len(sheets)} worksheets whole", flush=True)


def test_a_worker_that_dies_twice_in_a_row_does_not_take_the_site_along(tmp_path: Path) -> None:
    with serving(tmp_path, DATABASE_URL="") as server, writing(server, 2) as writers:
        for _ in range(3):
            kill_worker(server)
            wait_for_more_saves(writers)
        check(server, writers)


def test_no_database_connection_is_carried_into_the_worker(tmp_path: Path) -> None:
    """SQLite's locks do not survive a fork: a worker that inherits one believes it holds it."""
    with serving(tmp_path, DATABASE_URL="") as server:
        assert server.process
        worker_of(server)

        assert [path for path in open_files(server.process.pid) if "sqlite3" in path] == []
