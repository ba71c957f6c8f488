"""Renders documents in a worker process of its own, at a lower priority.

Who types then waits neither for the GIL nor for the processor. The worker starts with the first
document, and ends when the process that asks it does, however that ends.
"""

import logging
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from raamwerk.documents.formats import format_named
from raamwerk.documents.overview import Overview

TIMEOUT_SECONDS = 60
ENOUGH_MEMORY = 500_000_000
"""In bytes: a worker that took more gives way to a new one, since typst never gives memory back."""

MOST_MEMORY = 3_000_000_000
"""In bytes of address space: a document that wants more is not made, and takes nobody else along."""

NICENESS = 10
"""By how much documents step back for others, as ``nice`` counts."""

MEMORY = Path("/proc/self/statm")

logger = logging.getLogger(__name__)


class DocumentFailedError(Exception):
    """The document could not be rendered; the log says where it went wrong."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The traceback of what went wrong: never with the message, which could repeat its words."""

    stack: str


@dataclass(frozen=True, slots=True)
class Worker:
    """The worker process, and the connection to it."""

    process: subprocess.Popen[bytes]
    connection: Connection

    def end(self) -> None:
        """End it, whatever it is doing."""
        self.connection.close()
        self.process.kill()
        self.process.wait()


class RenderingProcess:
    """A worker process that renders one document at a time, and is replaced when it dies."""

    def __init__(self) -> None:
        """No process yet."""
        self._lock = threading.Lock()
        self._worker: Worker | None = None

    def render(self, format_id: str, overview: Overview) -> bytes:
        """The document in this format. Raises DocumentFailedError."""
        with self._lock:
            try:
                document = self._request(format_id, overview)
            except (EOFError, OSError):
                # It was killed, perhaps long ago: a new one deserves a try.
                document = self._retry(format_id, overview)
        if isinstance(document, Failure):
            logger.error("No %s was rendered:\n%s", format_id, document.stack)
            raise DocumentFailedError(format_id)
        return document

    def _request(self, format_id: str, overview: Overview) -> bytes | Failure:
        worker, self._worker = self._worker or start_worker(), None
        document: bytes | Failure | None = None
        try:
            worker.connection.send((format_id, overview))
            if not worker.connection.poll(TIMEOUT_SECONDS):
                return Failure(f"It took more than {TIMEOUT_SECONDS} seconds.")
            document = worker.connection.recv()
        finally:
            # Whose answer is not in is asked nothing more: the next would get what this one asked.
            if document is None:
                worker.end()
        self._worker = worker
        return document

    def _retry(self, format_id: str, overview: Overview) -> bytes | Failure:
        try:
            return self._request(format_id, overview)
        except (EOFError, OSError) as error:
            raise DocumentFailedError(format_id) from error


_process = RenderingProcess()


def render(format_id: str, overview: Overview) -> bytes:
    """The document in this format, by the worker of this process. Raises DocumentFailedError."""
    return _process.render(format_id, overview)


def start_worker() -> Worker:
    """Start a worker process."""
    ours, theirs = socket.socketpair()
    with theirs:
        descriptor = theirs.fileno()
        command = [
            sys.executable,
            "-P",
            "-c",
            f"from {__name__} import work; work({descriptor}, {ENOUGH_MEMORY})",
        ]
        process = subprocess.Popen(  # noqa: S603 - this very module, nothing of a visitor's
            command, pass_fds=[descriptor], stdin=subprocess.DEVNULL
        )
    return Worker(process, Connection(ours.detach()))


def work(descriptor: int, enough: int) -> None:
    """Serve requests on this connection until the other end is closed, or this process took enough memory."""
    connection = Connection(descriptor)
    for each in (signal.SIGINT, signal.SIGTERM):
        # Both reach every process of the server; the one that asks decides when it is over.
        signal.signal(each, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    with suppress(EOFError, OSError):
        while True:
            connection.send(document_or_failure(*connection.recv()))
            if memory_taken() >= enough:
                return


def memory_taken() -> int:
    """The bytes that this process has in memory, where the system tells (Linux); else 0.

    Not the peak of ``getrusage``: a new process begins with that of the one that started it.
    """
    with suppress(OSError):
        return int(MEMORY.read_text().split()[1]) * resource.getpagesize()
    return 0


def document_or_failure(format_id: str, overview: Overview) -> bytes | Failure:
    """The document, or where it went wrong."""
    try:
        format_ = format_named(format_id)
        if format_ is None:
            raise LookupError(format_id)
        return format_.render(overview)
    except Exception as error:
        stack = "".join(traceback.format_tb(error.__traceback__))
        return Failure(f"{stack}{type(error).__qualname__}")
