"""LibreOffice opens the Word and OpenDocument files, and reads all of what stands in them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from raamwerk.documents.formats import format_named
from tests.documents.example import MARKS, overview
from tests.documents.reading import breakable

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")

TYPED = "  Eerste <b>regel</b>\n\n\n\ttweede #regel\nשלום \ufffe 😀"


@pytest.mark.parametrize("format_id", ["docx", "odt"])
def test_it_reads_what_was_written(format_id: str, tmp_path: Path) -> None:
    format_ = format_named(format_id)
    assert format_
    given = overview(TYPED, marks=MARKS, name="Marieke")
    (tmp_path / f"overzicht.{format_id}").write_bytes(format_.render(given))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    convert = ["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run(
        ["soffice", home, *convert, str(tmp_path / f"overzicht.{format_id}")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    read = (tmp_path / "overzicht.txt").read_text(encoding="utf-8-sig")
    statements = breakable(read)
    assert TYPED.replace("\ufffe", "U+FFFE") in read
    for field in given.areas[0].fields:
        assert all(statement.line in statements for statement in field.statements)
