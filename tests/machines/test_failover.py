"""The primary dies under load: its replica has every acknowledged save, and the site goes on.

Once in `make test`; more often with `--failovers`, each machine in turn.
"""

import time
from pathlib import Path

import pytest

from tests.machines.site import (
    Site,
    check_nothing_is_lost,
    check_that_it_says_so,
    save_once,
    wait_until_ready,
    whole_site,
)
from tests.survival.processes import worker_of
from tests.survival.writers import Sheet, Writer, wait_for_more_saves, writing

WRITERS = 6


def fail_over(site: Site, writers: list[Writer]) -> None:
    """What docs/more-than-one-machine.md says to do, from the loss of the primary on."""
    wait_for_more_saves(writers)
    known, unknown = Sheet(), Sheet()
    assert save_once(site.front, known)[0] == 200
    site.databases.primary.kill()
    for node in site.nodes:
        check_that_it_says_so(node, known)
        check_that_it_says_so(node, unknown)
    site.databases.fail_over()
    for node in site.nodes:
        wait_until_ready(node)
    wait_for_more_saves(writers)
    check_nothing_is_lost(site, writers)
    site.databases.come_back()
    wait_for_more_saves(writers)


def test_the_replica_has_every_acknowledged_save(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    with whole_site(tmp_path) as site:
        workers = [worker_of(node) for node in site.nodes]
        began = time.monotonic()
        with writing(site.front, WRITERS) as writers:
            for number in range(1, pytestconfig.getoption("--failovers") + 1):
                fail_over(site, writers)
                saves = sum(each.saves for each in writers)
                print(f"{number} failovers, {saves} saves, {time.monotonic() - began:.0f} s")
        check_nothing_is_lost(site, writers)
        surprises = {surprise for each in writers for surprise in each.surprises}
        assert [each for each in surprises if not each.startswith("503 {'problem'")] == []
        assert [worker_of(node) for node in site.nodes] == workers
        assert site.databases.primary.ask("SELECT pg_is_in_recovery()") == "f"
