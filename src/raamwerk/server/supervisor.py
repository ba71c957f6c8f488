"""Granian, kept up, with bounds on how long and how many connections may last."""

import resource
import socket
import time

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from raamwerk.project.environment import Environment
from raamwerk.project.logs import logging_settings

SHORT_LIFE = 60
"""In seconds: a server that dies sooner than this did not really come up."""

MOST_SHORT_LIVES = 5

HEADER_TIMEOUT_MS = 10_000
"""How long a connection may say nothing, or take to say what it asks."""

MOST_CONNECTIONS = 8192
FILES_FOR_OURSELVES = 512
STOP_WITHIN_SECONDS = 10


class CannotStartError(Exception):
    """The server can't start; the message says why and what would help."""


def numeric_address(host: str) -> str:
    """The address that a name such as ``localhost`` stands for, IPv4 first. Raises CannotStartError."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CannotStartError(
            f"HOST is {host!r}, but it takes an address of this machine, such as 127.0.0.1 or 0.0.0.0."
        ) from error
    return str(min(found, key=lambda each: each[0] != socket.AF_INET)[4][0])


def check_address(chosen: Environment) -> None:
    """Make sure nobody else listens where we want to. Raises CannotStartError."""
    address = numeric_address(chosen.host)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, chosen.port))
            probe.listen()
        except OSError as error:
            raise CannotStartError(
                f"can't listen on {chosen.host} port {chosen.port} ({error.strerror}). "
                "Is something else running there? Choose another with PORT."
            ) from error


def allow_open_files() -> int:
    """Let this process open as many files as it may; returns how many. A connection takes one."""
    _now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + FILES_FOR_OURSELVES
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
    return allowed


def run_server(chosen: Environment) -> None:
    """Serve until asked to stop. Raises CannotStartError when the server can't stay up.

    Granian replaces a worker that dies, but leaves when the next one dies within seconds too. We
    begin again then, until it happens ``MOST_SHORT_LIVES`` times in a row.
    """
    # Secrets that are in memory while a request is answered stay out of any core dump.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    short_lives = 0
    while short_lives < MOST_SHORT_LIVES:
        began = time.monotonic()
        if serve_one_life(chosen):
            return
        short_lives = short_lives + 1 if time.monotonic() - began < SHORT_LIFE else 0
    raise CannotStartError("the server keeps dying; the lines above say why, if it could tell.")


def serve_one_life(chosen: Environment) -> bool:
    """Serve with granian in one process: raamwerk.server.application says with which threads.

    HTTP/1 only: in the automatic mode a connection that says nothing is never closed.
    Returns True when it was asked to stop, False when granian gave up on a dying worker.
    """
    files = allow_open_files()
    server = Granian(
        "raamwerk.server.application:application",
        address=numeric_address(chosen.host),
        port=chosen.port,
        interface=Interfaces.ASGINL,
        workers=1,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_TIMEOUT_MS),
        backlog=1024,
        backpressure=max(128, min(MOST_CONNECTIONS, files - FILES_FOR_OURSELVES)),
        workers_kill_timeout=STOP_WITHIN_SECONDS,
        log_enabled=True,
        log_level=LogLevels.warning,
        log_dictconfig=logging_settings(chosen.log_format),
        log_access=False,
        websockets=False,
        respawn_failed_workers=True,
    )
    # A terminal that is closed ends the server too, instead of renewing its worker for nobody.
    server.signal_handler_reload = server.signal_handler_interrupt  # type: ignore[method-assign]
    try:
        server.serve()
    except SystemExit:
        return bool(server.interrupt_signal)
    return True
