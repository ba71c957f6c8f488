"""The real server, started as a user starts it, for tests that look at it from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

SERVE = [sys.executable, "-m", "raamwerk.cli", "serve"]
STARTING_TAKES_AT_MOST = 120


@dataclass
class Server:
    """A running server: where it is, where its data is, and how to stop it the hard way."""

    port: int
    data_dir: Path
    variables: dict[str, str]
    log: Path | None = None
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {
            **os.environ,
            "PORT": str(self.port),
            "DATA_DIR": str(self.data_dir),
            "PAGES_PER_MINUTE": "10000000",
            "SAVES_PER_MINUTE": "100000",
            "DOWNLOADS_PER_MINUTE": "100000",
            "BEGINNINGS_PER_HOUR": "1000000",
            **self.variables,
        }
        with self.log.open("a") if self.log else nullcontext() as log:
            self.process = subprocess.Popen(
                SERVE,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self.wait_until_healthy()

    def wait_until_healthy(self) -> None:
        deadline = time.monotonic() + STARTING_TAKES_AT_MOST
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert self.process is not None
                assert self.process.poll() is None, "the server stopped by itself"
                assert time.monotonic() < deadline, "the server did not become healthy"
                time.sleep(0.05)

    def kill(self) -> None:
        """As a power cut does: the server and its workers at once, without a word."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(data_dir: Path, log: Path | None = None, /, **variables: str) -> Iterator[Server]:
    """A server on a free port, stopped afterwards. What it logs goes to ``log``, if named."""
    server = Server(free_port(), data_dir, variables, log)
    server.start()
    try:
        yield server
    finally:
        server.stop()
