"""The database of an installation, as Django asks for it."""

from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from raamwerk.project.environment import Environment, WrongSettingError

SQLITE_AT_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
    # In pages of 4 kB: seldom enough that pages which change often are written back once.
    "PRAGMA wal_autocheckpoint=8000;"
    # In bytes: what a large import leaves is cut off again.
    "PRAGMA journal_size_limit=67108864;"
)

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
POSTGRESQL_PORT = 5432
CONNECT_WITHIN_SECONDS = 3
"""For each machine that DATABASE_URL names."""


def database(chosen: Environment) -> dict[str, Any]:
    """SQLite in the data folder, or what DATABASE_URL names. Raises WrongSettingError."""
    settings = read_address(
        chosen.database_url or f"sqlite:///{chosen.data_dir / 'raamwerk.sqlite3'}"
    )
    if settings["ENGINE"] not in (SQLITE, POSTGRESQL):
        raise WrongSettingError(
            "DATABASE_URL names a database that is neither SQLite nor PostgreSQL."
        )
    is_file = settings["ENGINE"] == SQLITE
    if is_file:
        settings["OPTIONS"] = sqlite_options(chosen.database_wait)
    if settings["ENGINE"] == POSTGRESQL:
        settings["ENGINE"] = "raamwerk.project.postgresql"
        settings["OPTIONS"] = postgresql_options(settings, chosen.database_wait)
    return {**settings, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": not is_file}


def read_address(url: str) -> dict[str, Any]:
    """Where the database is. Raises WrongSettingError, without the secret that may be in it.

    PostgreSQL's own way to name more machines, ``host:port,host:port``, is read here: the parser
    that everybody uses knows one machine only.
    """
    try:
        parts = urlsplit(url)
        user, at, machines = parts.netloc.rpartition("@")
        if "," not in machines:
            return dict(dj_database_url.parse(url))
        settings = dict(dj_database_url.parse(parts._replace(netloc=f"{user}{at}").geturl()))
        hosts, ports = zip(*map(_host_and_port, machines.split(",")), strict=True)
    except ValueError:
        raise WrongSettingError(
            "DATABASE_URL can't be read. It takes an address such as "
            "postgres://user:secret@host/name; other characters than letters and digits in a "
            "secret are written as %40 and the like."
        ) from None
    return {**settings, "HOST": ",".join(hosts), "PORT": ",".join(ports)}


def sqlite_options(wait: int) -> dict[str, Any]:
    """A writer asks for its turn at once instead of failing halfway; WAL lets readers go on."""
    return {"transaction_mode": "IMMEDIATE", "timeout": wait, "init_command": SQLITE_AT_START}


def postgresql_options(settings: dict[str, Any], wait: int) -> dict[str, Any]:
    """What bounds every wait, under what the address itself asks for.

    A machine that lost its power says nothing any more. The keepalives notice that on our side, and
    let the server notice it when it happened to us, so that our locks don't outlive us.
    """
    asked = settings.get("OPTIONS", {})
    ours: dict[str, Any] = {
        "connect_timeout": CONNECT_WITHIN_SECONDS,
        "tcp_user_timeout": wait * 1000,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }
    if "," in settings["HOST"]:
        # A replica takes no notes: go on to the machine that does.
        ours["target_session_attrs"] = "read-write"
    at_start = (
        f"-c statement_timeout={wait}s -c idle_in_transaction_session_timeout=60s"
        " -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
    )
    return {**ours, **asked, "options": f"{at_start} {asked.get('options', '')}".strip()}


def _host_and_port(machine: str) -> tuple[str, str]:
    parts = urlsplit(f"//{machine}")
    if not parts.hostname:
        raise ValueError
    return parts.hostname, str(parts.port or POSTGRESQL_PORT)
