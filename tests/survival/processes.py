"""The processes of a running server, and ways to end them without a word."""

import os
import signal
import socket
import time
from pathlib import Path

from tests.serving import Server

A_WHILE = 30


def worker_of(server: Server) -> int:
    """The process that answers requests, once there is exactly one."""
    assert server.process is not None
    main = server.process.pid
    deadline = time.monotonic() + A_WHILE
    while True:
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        alive = [int(child) for child in children if _alive(int(child))]
        if len(alive) == 1:
            return alive[0]
        assert time.monotonic() < deadline, f"{len(alive)} workers"
        time.sleep(0.01)


def _alive(process: int) -> bool:
    """Whether a process runs; one that ended and was not noticed yet does not."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def kill_worker(server: Server) -> None:
    """As the machine does when its memory is full; returns when another one answers."""
    kill_worker_only(server)
    server.wait_until_healthy()


def kill_worker_only(server: Server) -> None:
    """The same, but returns when another worker is there, healthy or not, and listens."""
    killed = worker_of(server)
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + A_WHILE
    while worker_of(server) == killed or not _listens(server.port):
        assert time.monotonic() < deadline, "no other worker came"
        time.sleep(0.01)


def kill_everything(server: Server) -> None:
    """As a power cut does, and the start after it."""
    server.kill()
    _wait_until_free(server.port)
    server.start()


def _wait_until_free(port: int) -> None:
    """The system may close a killed server's socket a moment after it died."""
    deadline = time.monotonic() + A_WHILE
    while _listens(port):
        assert time.monotonic() < deadline, "somebody still listens"
        time.sleep(0.01)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", port))


def open_files(process: int) -> list[str]:
    """The paths of the files that a process has open."""
    paths = []
    for each in Path(f"/proc/{process}/fd").iterdir():
        try:
            paths.append(str(each.readlink()))
        except OSError:
            continue
    return paths
