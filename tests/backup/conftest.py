from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.backup.databases import SQLITE, MakeDatabase, new_databases, our_models
from tests.backup.made_up import make_up_rows


@pytest.fixture
def new_database(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[MakeDatabase]:
    """A function that makes databases of this test's own."""
    with django_db_blocker.unblock(), new_databases(tmp_path) as make:
        yield make


@pytest.fixture(scope="session")
def good_bytes(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> bytes:
    """What a backup with rows of every model holds."""
    from raamwerk.operations import backup

    folder = tmp_path_factory.mktemp("good")
    with django_db_blocker.unblock(), new_databases(folder) as make:
        first = make(SQLITE, migrated=True)
        make_up_rows(first, our_models())
        backup.back_up(folder / "good", first)
    return (folder / "good").read_bytes()


@pytest.fixture
def good(tmp_path: Path, good_bytes: bytes) -> Path:
    """A backup with rows of every model."""
    (tmp_path / "good").write_bytes(good_bytes)
    return tmp_path / "good"
