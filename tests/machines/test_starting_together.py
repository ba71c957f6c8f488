"""Nodes that start at the same time on an empty database take turns to prepare it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.machines.postgresql import two_databases
from tests.machines.site import save_once
from tests.serving import Server, free_port
from tests.survival.writers import Sheet

NODES = 3


def test_every_node_starts(tmp_path: Path) -> None:
    with two_databases() as databases:
        start_together(tmp_path, databases.url())


def start_together(folder: Path, url: str) -> None:
    """Each of them begins, and keeps what it is sent."""
    nodes = [
        Server(free_port(), folder / str(each), {"DATABASE_URL": url}) for each in range(NODES)
    ]
    with ThreadPoolExecutor(NODES) as pool:
        starts = [pool.submit(node.start) for node in nodes]
    try:
        assert [start.exception() for start in starts] == [None] * NODES
        assert [save_once(node, Sheet())[0] for node in nodes] == [200] * NODES
    finally:
        for node in nodes:
            node.stop()
