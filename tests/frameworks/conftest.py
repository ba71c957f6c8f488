"""A good edition to start from, and the faults of any text that is put in its place."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from raamwerk.frameworks import yaml_reader
from raamwerk.frameworks.faults import Fault
from raamwerk.frameworks.reading import FaultyEdition, read_edition

GOOD_FILE = Path(__file__).parent / "good.yaml"


@pytest.fixture(scope="session")
def good() -> str:
    return GOOD_FILE.read_text(encoding="utf-8")


def faults_of_file(path: Path) -> tuple[Fault, ...]:
    """The faults of this file, or none when it is good."""
    try:
        read_edition(path)
    except FaultyEdition as faulty:
        return faulty.faults
    return ()


@pytest.fixture
def faults_of(tmp_path: Path) -> Callable[[str | bytes], tuple[Fault, ...]]:
    """Read this as a file; return its faults, or none when it is good."""

    def read(content: str | bytes) -> tuple[Fault, ...]:
        path = tmp_path / "2026-1.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return faults_of_file(path)

    return read


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def both_loaders(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test with the loader written in C, and with the one written in Python."""
    monkeypatch.setattr(yaml_reader, "LOADER", getattr(yaml, request.param))
