"""The settings of an installation, read from environment variables.

docs/operate.md lists them for whoever runs one. Read by hand: no library at hand names the value that
was given and what would do in one line, and takes an empty variable for one that is not set.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")

LONGEST_WAIT = 3600
"""In seconds."""

HOST_NAME = re.compile(r"\*|\.?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]")


class WrongSettingError(Exception):
    """A setting has a value that can't be used; the message says which, and what would do."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything about an installation that its owner can choose."""

    host: str
    port: int
    data_dir: Path
    frameworks_dir: Path
    secret_key: str
    fastpath: bool
    database_url: str
    database_wait: int
    allowed_hosts: tuple[str, ...]
    behind_https: bool
    keys_from_http: bool
    keep_for: timedelta
    keep_empty_for: timedelta
    pages_per_minute: int
    saves_per_minute: int
    downloads_per_minute: int
    beginnings_per_hour: int
    megabytes_per_hour: int
    contact: str
    metrics: str
    log_format: str

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def read_environment(variables: Mapping[str, str]) -> Environment:
    """The installation's settings. Raises WrongSettingError for a value that can't be used."""
    host = variables.get("HOST", "") or "127.0.0.1"
    data_dir = Path(variables.get("DATA_DIR", "") or "data").resolve()
    return Environment(
        host=host,
        port=_read(variables, "PORT", "8000", _port, "a whole number from 1 to 65535"),
        data_dir=data_dir,
        frameworks_dir=_frameworks_dir(variables, data_dir),
        secret_key=variables.get("SECRET_KEY", ""),
        fastpath=_read(variables, "FASTPATH", "on", _on_or_off, "on or off"),
        database_url=variables.get("DATABASE_URL", ""),
        database_wait=_read(variables, "DATABASE_WAIT", "20", _wait, "1 to 3600 seconds"),
        allowed_hosts=_allowed_hosts(host, variables),
        behind_https=_read(variables, "BEHIND_HTTPS", "no", _yes_or_no, "yes or no"),
        keys_from_http=_read(variables, "KEYS_FROM_HTTP", "yes", _yes_or_no, "yes or no"),
        keep_for=_read(variables, "KEEP_DAYS", "400", _days, "a whole number from 1 to 36500"),
        keep_empty_for=_read(
            variables, "KEEP_EMPTY_DAYS", "42", _days, "a whole number from 1 to 36500"
        ),
        pages_per_minute=_read(variables, "PAGES_PER_MINUTE", "600", _count, "1 or more"),
        saves_per_minute=_read(variables, "SAVES_PER_MINUTE", "300", _count, "1 or more"),
        downloads_per_minute=_read(variables, "DOWNLOADS_PER_MINUTE", "60", _count, "1 or more"),
        beginnings_per_hour=_read(variables, "BEGINNINGS_PER_HOUR", "3000", _count, "1 or more"),
        megabytes_per_hour=_read(variables, "MEGABYTES_PER_HOUR", "100", _count, "1 or more"),
        contact=variables.get("CONTACT", ""),
        metrics=_read(variables, "METRICS", "loopback", _metrics, "loopback, public or off"),
        log_format=_read(variables, "LOG_FORMAT", "text", _log_format, "text or json"),
    )


@cache
def environment() -> Environment:
    """This process's settings, read once."""
    return read_environment(os.environ)


def _read(
    variables: Mapping[str, str],
    name: str,
    default: str,
    convert: Callable[[str], Value],
    expected: str,
) -> Value:
    written = variables.get(name, "") or default
    try:
        return convert(written)
    except ValueError:
        raise WrongSettingError(f"{name} is {written!r}, but it takes {expected}.") from None


def _port(written: str) -> int:
    port = int(written)
    if not 1 <= port <= 65535:
        raise ValueError
    return port


def _days(written: str) -> timedelta:
    days = int(written)
    if not 1 <= days <= 36500:
        raise ValueError
    return timedelta(days=days)


def _count(written: str) -> int:
    count = int(written)
    if count < 1:
        raise ValueError
    return count


def _wait(written: str) -> int:
    seconds = _count(written)
    if seconds > LONGEST_WAIT:
        raise ValueError
    return seconds


def _yes_or_no(written: str) -> bool:
    if written.lower() not in ("yes", "no"):
        raise ValueError
    return written.lower() == "yes"


def _frameworks_dir(variables: Mapping[str, str], data_dir: Path) -> Path:
    """A folder that was named must be there; the one beside the data need not."""
    if not variables.get("FRAMEWORKS_DIR", ""):
        return data_dir / "frameworks"
    return _read(variables, "FRAMEWORKS_DIR", "", _folder, "a folder that is there")


def _folder(written: str) -> Path:
    folder = Path(written).resolve()
    if not folder.is_dir():
        raise ValueError
    return folder


def _on_or_off(written: str) -> bool:
    return _one_of(written, "on", "off") == "on"


def _metrics(written: str) -> str:
    return _one_of(written, "loopback", "public", "off")


def _log_format(written: str) -> str:
    return _one_of(written, "text", "json")


def _one_of(written: str, *choices: str) -> str:
    if written.lower() not in choices:
        raise ValueError
    return written.lower()


def _host_names(written: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in written.split(",") if name.strip())
    if not all(HOST_NAME.fullmatch(name) for name in names):
        raise ValueError
    return names


def _allowed_hosts(host: str, variables: Mapping[str, str]) -> tuple[str, ...]:
    """The names by which browsers may call this server; any, when it listens on every address."""
    if variables.get("ALLOWED_HOSTS", ""):
        expected = "names with commas between them, such as lob.school.example, without https://"
        return _read(variables, "ALLOWED_HOSTS", "", _host_names, expected)
    if host in ("0.0.0.0", "::"):  # noqa: S104 - a comparison, no binding
        return ("*",)
    return ("localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host)
