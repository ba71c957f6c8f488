"""A whole site on loopback: two databases, two nodes, and nginx with our own example in front."""

import http.client
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.machines.postgresql import Pair, two_databases
from tests.nginx import NGINX, write_settings_without_tls
from tests.serving import Server, free_port, serving
from tests.survival.writers import Sheet, Writer, losses, post_save

EXAMPLE = Path("deploy/nginx-two-nodes.conf")
WAIT = 1
"""DATABASE_WAIT of the nodes, in seconds."""

LEFT_ALONE = 2
"""For how many seconds our example leaves a node alone that failed: one, in nginx's whole ones."""

SAYS_SO_WITHIN = 40
"""In seconds: an old connection and a new one, to each of two machines, with room for a busy machine."""


@dataclass
class Site:
    """What stands where; ``front`` is the address that visitors know."""

    databases: Pair
    nodes: list[Server]
    front: Server


@contextmanager
def whole_site(folder: Path) -> Iterator[Site]:
    """The site at work, and taken down afterwards."""
    with ExitStack() as stack:
        databases = stack.enter_context(two_databases())
        variables = {"DATABASE_URL": databases.url(), "DATABASE_WAIT": str(WAIT)}
        nodes = [
            stack.enter_context(serving(folder / name, BEHIND_HTTPS="no", **variables))
            for name in ("left", "right")
        ]
        front = Server(free_port(), folder, {})
        stack.enter_context(nginx(folder, front.port, nodes))
        yield Site(databases, nodes, front)


def nginx_settings(folder: Path, port: int, nodes: list[Server]) -> Path:
    """Our example, without its TLS, on a port of its own."""
    changes = {
        "10.0.0.11:8000": f"127.0.0.1:{nodes[0].port}",
        "10.0.0.12:8000": f"127.0.0.1:{nodes[1].port}",
    }
    return write_settings_without_tls(folder, EXAMPLE, port, changes)


@contextmanager
def nginx(folder: Path, port: int, nodes: list[Server]) -> Iterator[None]:
    """The proxy, once it answers."""
    settings = nginx_settings(folder, port, nodes)
    with (folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen([str(NGINX), "-c", settings], stderr=log)
    try:
        deadline = time.monotonic() + 10
        while not _answers(port):
            assert process.poll() is None, (folder / "nginx.log").read_text()
            assert time.monotonic() < deadline, "nginx does not answer"
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        return status_of(Server(port, Path(), {}), "/livez") == 200
    except OSError:
        return False


def status_of(server: Server, path: str, cookie: str = "") -> int:
    """The status with which this address answers, to the browser with this cookie."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        return connection.getresponse().status
    finally:
        connection.close()


def save_once(server: Server, sheet: Sheet) -> tuple[int, dict[str, object]]:
    """One save, through this server."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        return post_save(connection, server, sheet)
    finally:
        connection.close()


def sheets_of(writers: list[Writer]) -> list[Sheet]:
    """Every worksheet that these people ever began."""
    return [sheet for each in writers for sheet in (*each.finished, each.sheet)]


def check_nothing_is_lost(site: Site, writers: list[Writer]) -> None:
    """Each acknowledged save is on the page of its worksheet."""
    lost = [loss for sheet in sheets_of(writers) for loss in losses(site.front, sheet)]
    assert lost == []


def check_that_it_says_so(node: Server, sheet: Sheet, pages: Sequence[str] = ()) -> None:
    """Nothing can be kept now: the node says so soon, in our own words, and acknowledges nothing.

    These pages with notes say so too, and so does ``/readyz``.
    """
    began = time.monotonic()
    with ThreadPoolExecutor(1 + len(pages)) as pool:
        answer = pool.submit(save_once, node, sheet)
        statuses = list(pool.map(lambda path: status_of(node, path, sheet.cookie), pages))
    status, content = answer.result()
    assert (status, content.get("problem")) == (503, "storage")
    assert statuses == [503] * len(pages)
    while status_of(node, "/readyz") != 503:  # what it found, it says again for a second
        assert time.monotonic() - began < SAYS_SO_WITHIN
        time.sleep(0.1)
    assert time.monotonic() - began < SAYS_SO_WITHIN


def check_that_it_lives(node: Server) -> None:
    """Whatever its threads wait for, the process answers at once, and so do the printed pages."""
    for path in ("/livez", "/lob/mentor/"):
        began = time.monotonic()
        assert status_of(node, path) == 200
        assert time.monotonic() - began < 1


def wait_until_ready(node: Server) -> None:
    """Return when the node reads and writes, or fail after half a minute."""
    deadline = time.monotonic() + 30
    while status_of(node, "/readyz") != 200:
        assert time.monotonic() < deadline, "it did not recover by itself"
        time.sleep(0.1)
