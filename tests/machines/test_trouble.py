"""A node that dies costs nobody anything; a database in trouble is a clear 503, and passes."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.machines.site import (
    LEFT_ALONE,
    Site,
    check_nothing_is_lost,
    check_that_it_lives,
    check_that_it_says_so,
    save_once,
    wait_until_ready,
    whole_site,
)
from tests.survival.processes import worker_of
from tests.survival.writers import Sheet, losses, wait_for_more_saves, writing

WRITERS = 6
THREADS = 8
PAGES_WITH_NOTES = ("/lob/mentor/", "/werkbladen/", "/lob/mentor/overzicht/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with whole_site(tmp_path_factory.mktemp("site")) as running:
        yield running


def a_kept_sheet(site: Site) -> Sheet:
    sheet = Sheet()
    for node in site.nodes * 3:
        assert save_once(node, sheet)[0] == 200
    return sheet


def check_recovered(site: Site, sheet: Sheet, workers: list[int]) -> None:
    """By itself: the same processes keep and show as before."""
    for node in site.nodes:
        wait_until_ready(node)
        assert save_once(node, sheet)[0] == 200
    assert losses(site.front, sheet) == []
    assert [worker_of(node) for node in site.nodes] == workers


def test_a_node_that_is_killed_is_noticed_by_nobody(site: Site) -> None:
    """Also not by those whose save it had just taken: nginx asks the other node again."""
    with writing(site.front, WRITERS) as writers:
        for node in site.nodes:
            wait_for_more_saves(writers)
            node.kill()
            wait_for_more_saves(writers)
            wait_for_more_saves(writers)
            node.start()
            time.sleep(LEFT_ALONE + 0.5)
    check_nothing_is_lost(site, writers)
    assert [surprise for each in writers for surprise in each.surprises] == []


def test_without_the_replica_nothing_is_acknowledged(site: Site) -> None:
    """PostgreSQL would wait for ever; we say so and wait for the replica to come back."""
    sheet = a_kept_sheet(site)
    workers = [worker_of(node) for node in site.nodes]
    site.databases.replica.stop()
    try:
        for node in site.nodes:
            check_that_it_says_so(node, sheet)
    finally:
        site.databases.replica.start()
    check_recovered(site, sheet, workers)


def test_going_on_without_the_replica_is_one_setting(site: Site) -> None:
    sheet = a_kept_sheet(site)
    site.databases.replica.stop()
    try:
        check_that_it_says_so(site.nodes[0], sheet)
        site.databases.primary.wait_for()
        assert save_once(site.nodes[0], Sheet())[0] == 200
        wait_until_ready(site.nodes[0])
        assert save_once(site.nodes[0], sheet)[0] == 200
    finally:
        site.databases.replica.start()
        site.databases.primary.wait_for(site.databases.replica.name)
    assert losses(site.front, sheet) == []


def test_a_database_that_hangs_does_not_hold_the_site(site: Site) -> None:
    sheet = a_kept_sheet(site)
    workers = [worker_of(node) for node in site.nodes]
    for node in site.nodes:
        check_that_it_lives(node)
    with site.databases.primary.frozen(), ThreadPoolExecutor(THREADS) as pool:
        busy, idle = site.nodes
        waiting = [pool.submit(save_once, busy, Sheet()) for _ in range(THREADS)]
        time.sleep(0.5)
        check_that_it_lives(busy)
        check_that_it_says_so(idle, sheet, PAGES_WITH_NOTES)
        assert {each.result()[0] for each in waiting} == {503}
    check_recovered(site, sheet, workers)
