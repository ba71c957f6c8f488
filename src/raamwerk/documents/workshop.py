"""Documents are made in a process of its own, at a lower priority.

Who types then waits neither for Python's lock nor for the processor. The process begins with the
first document, and ends when the one that asks it does, however that ends.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from raamwerk.documents.formats import format_named
from raamwerk.documents.overview import Overview

MADE_WITHIN_SECONDS = 60
PATIENCE = 10
"""By how much documents step back for others, as ``nice`` counts."""

logger = logging.getLogger(__name__)


class DocumentFailedError(Exception):
    """The document could not be made; the log says where it went wrong."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Where making a document went wrong: never with the message, which could repeat its words."""

    stack: str


@dataclass(frozen=True, slots=True)
class Maker:
    """The process that makes documents, and the line to it."""

    process: subprocess.Popen[bytes]
    line: Connection

    def end(self) -> None:
        """End it, whatever it is doing."""
        self.line.close()
        self.process.kill()
        self.process.wait()


class Workshop:
    """Makes documents one after the other."""

    def __init__(self) -> None:
        """No process yet."""
        self._turn = threading.Lock()
        self._maker: Maker | None = None

    def make(self, format_id: str, overview: Overview) -> bytes:
        """The document in this format. Raises DocumentFailedError."""
        with self._turn:
            try:
                document = self._ask(format_id, overview)
            except (EOFError, OSError):
                # It was killed, perhaps long ago: a new one deserves a try.
                document = self._ask_once_more(format_id, overview)
        if isinstance(document, Failure):
            logger.error("No %s was made:\n%s", format_id, document.stack)
            raise DocumentFailedError(format_id)
        return document

    def _ask(self, format_id: str, overview: Overview) -> bytes | Failure:
        maker, self._maker = self._maker or begin(), None
        document: bytes | Failure | None = None
        try:
            maker.line.send((format_id, overview))
            if not maker.line.poll(MADE_WITHIN_SECONDS):
                return Failure(f"It took more than {MADE_WITHIN_SECONDS} seconds.")
            document = maker.line.recv()
        finally:
            # Whose answer is not in is asked nothing more: the next would get what this one asked.
            if document is None:
                maker.end()
        self._maker = maker
        return document

    def _ask_once_more(self, format_id: str, overview: Overview) -> bytes | Failure:
        try:
            return self._ask(format_id, overview)
        except (EOFError, OSError) as error:
            raise DocumentFailedError(format_id) from error


workshop = Workshop()


def begin() -> Maker:
    """Start the process that makes documents."""
    ours, theirs = socket.socketpair()
    with theirs:
        line = theirs.fileno()
        command = [
            sys.executable,
            "-P",
            "-c",
            f"import {__name__} as workshop; workshop.work({line})",
        ]
        process = subprocess.Popen(  # noqa: S603 - this very module, nothing of a visitor's
            command, pass_fds=[line], stdin=subprocess.DEVNULL
        )
    return Maker(process, Connection(ours.detach()))


def work(line_number: int) -> None:
    """Make what is asked over this line until nobody is there to ask any more."""
    line = Connection(line_number)
    for each in (signal.SIGINT, signal.SIGTERM):
        # Both reach every process of the server; the one that asks decides when it is over.
        signal.signal(each, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(PATIENCE)
    with suppress(EOFError, OSError):
        while True:
            line.send(document_or_failure(*line.recv()))


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
