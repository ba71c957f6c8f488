"""What every test stands on: a data folder of its own, and the real settings."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest
from hypothesis import settings

# Before Django reads its settings, which it does when the first test asks for them. Each process that runs
# tests has a folder of its own, whatever its parent has.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="raamwerk-tests-")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="raamwerk-tests-"))
os.environ.setdefault("PAGES_PER_MINUTE", "100000")
os.environ.setdefault("SAVES_PER_MINUTE", "100000")
os.environ.setdefault("DOWNLOADS_PER_MINUTE", "100000")
os.environ.setdefault("BEGINNINGS_PER_HOUR", "1000000")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite as it is in real life: a file, in WAL mode, shared by threads."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default.setdefault("TEST", {})["NAME"] = str(Path(os.environ["DATA_DIR"]) / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The test database, which nobody else is connected to any more when it is torn down.

    Threads of the fast path and of Django's pools live on, each with a connection of its own.
    """
    from django.db import connections
    from django.db.backends.signals import connection_created

    opened: WeakSet[Any] = WeakSet()

    def note(connection: Any, **_more: object) -> None:
        opened.add(connection)

    connection_created.connect(note)
    yield
    connection_created.disconnect(note)
    for each in opened:
        # The driver's connection itself: Django's would refuse another thread.
        if each not in connections.all() and each.connection is not None:
            each.connection.close()


@pytest.fixture(scope="session")
def static_files() -> None:
    """The style sheet and scripts under the names that pages give them, as at every start."""
    from raamwerk.web.static_files import collect_static_files

    collect_static_files()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make screenshots` say where its pictures go, and `make endurance` how long it takes."""
    parser.addoption("--shots", default="tests/artefacts", help="folder for screenshots")
    parser.addoption("--kills", type=int, default=6, help="how often to kill the server")
    parser.addoption("--tries", type=int, default=300, help="how many hostile requests to send")
    parser.addoption("--failovers", type=int, default=1, help="how often the primary dies")


def pytest_configure(config: pytest.Config) -> None:
    """Let `make endurance` invent more files too: a tenth of the requests, as each takes longer."""
    many = max(100, config.getoption("--tries") // 10)
    settings.register_profile("as asked", max_examples=many)
    settings.load_profile("as asked")
