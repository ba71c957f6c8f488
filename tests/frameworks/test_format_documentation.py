"""What docs/framework-format.md shows and says is so."""

import re
from pathlib import Path

import pytest
import yaml

from raamwerk import cli
from raamwerk.frameworks import library
from raamwerk.frameworks.file_text import MOST_BYTES
from raamwerk.frameworks.reading import read_edition
from raamwerk.frameworks.rules import MOST
from raamwerk.frameworks.shape import EACH_LANGUAGE, EDITION, keys_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "framework-format.md"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "spoken_language", lambda: "en")


@pytest.fixture(scope="module")
def document() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example(document: str) -> str:
    (found,) = re.findall(r"```yaml\n(.*?)```", document, re.DOTALL)
    return str(found)


@pytest.fixture
def example_file(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("2026-1.yaml")
    path.write_text(example, encoding="utf-8")
    return path


def keys_in(tree: object) -> set[str]:
    match tree:
        case dict():
            return set(tree) | set[str]().union(*map(keys_in, tree.values()))
        case list():
            return set[str]().union(*map(keys_in, tree))
    return set()


def test_the_example_is_good(example_file: Path) -> None:
    edition = read_edition(example_file)
    assert edition.roles[0].statements[0].citations == ("A",)


def test_tables_and_example_name_every_key_and_no_other(document: str, example: str) -> None:
    rows = [line.split("|")[1:-1] for line in document.splitlines() if line.startswith("| ")]
    keys = [row[0] if len(row) == 2 else row[1] for row in rows]
    named = {key for cell in keys for key in re.findall(r"`(\w+)`", cell)}
    shown = yaml.safe_load(example)
    assert named == keys_in(shown) - set(shown["languages"])
    assert named == keys_of(EDITION) - {EACH_LANGUAGE}


def test_the_limits_are_told(document: str) -> None:
    for name in ("areas", "facets", "roles"):
        assert f"| `{name}` | list of 1 to {MOST[name]}: " in document
    assert f"| `languages` | list of 1 to {MOST['languages']}: " in document
    assert f"at most {MOST['statements']:,} statements" in document
    assert f"at most {MOST_BYTES // 1_000_000} MB" in document


def shown_output(document: str) -> list[list[str]]:
    """The lines that each console example shows below its command."""
    examples = re.findall(
        r"```console\n\$ raamwerk check 2026-1.yaml\n(.*?)```", document, re.DOTALL
    )
    return [example.splitlines() for example in examples]


def test_the_document_shows_what_is_said_of_a_good_file(
    document: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(library.CONTENT / "lob")
    assert cli.main(["check", "2026-1.yaml"]) == 0
    assert capsys.readouterr().out.splitlines() == shown_output(document)[0]


def test_the_document_shows_what_is_said_of_a_faulty_file(
    document: str, example_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = example_file.read_text(encoding="utf-8")
    text = text.replace(", en: The text of the source.", "").replace("[A]", "[A, L]")
    example_file.write_text(text, encoding="utf-8")
    assert cli.main(["check", "2026-1.yaml"]) == 1
    assert capsys.readouterr().out.splitlines() == shown_output(document)[1]
