"""The same overview gives the same bytes, at any time and in any thread."""

import dataclasses
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest

from raamwerk.documents.archive import dated
from raamwerk.documents.formats import FORMATS, Format
from tests.documents.example import MARKS, overview

GIVEN = overview("Tekst 😀", marks=MARKS)
each_format = pytest.mark.parametrize("format_", FORMATS, ids=[each.id for each in FORMATS])


@each_format
def test_the_moment_makes_no_difference(format_: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    first = format_.render(GIVEN)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: datetime(2033, 5, 18).timetuple())
    assert format_.render(GIVEN) == first


@each_format
def test_other_words_make_another_document(format_: Format) -> None:
    assert format_.render(overview("Andere tekst")) != format_.render(GIVEN)


@each_format
def test_threads_do_not_mix_documents_up(format_: Format) -> None:
    overviews = [overview(f"Tekst van persoon {number}") for number in range(8)]
    alone = [format_.render(each) for each in overviews]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(format_.render, overviews)) == alone


@pytest.mark.parametrize("format_", FORMATS[1:3], ids=["docx", "odt"])
def test_files_in_an_archive_bear_the_day_of_the_overview(format_: Format) -> None:
    given = dataclasses.replace(GIVEN, day=date(2031, 2, 3))
    with zipfile.ZipFile(io.BytesIO(format_.render(given))) as archive:
        assert archive.testzip() is None
        assert {each.date_time for each in archive.infolist()} == {(2031, 2, 3, 0, 0, 0)}


def test_dating_an_archive_leaves_its_files_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/naam.txt", "PK\x01\x02 een" * 50)
        archive.comment = b"een opmerking"
    with zipfile.ZipFile(io.BytesIO(dated(path.read_bytes(), date(2026, 11, 24)))) as archive:
        assert archive.read("a/naam.txt").decode() == "PK\x01\x02 een" * 50
        assert archive.comment == b"een opmerking"
