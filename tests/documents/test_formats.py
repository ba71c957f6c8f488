"""The list of formats that a page offers."""

import subprocess
import sys

import pytest

from raamwerk.documents.formats import FORMATS, Format, format_named
from tests.documents.example import overview

FIRST_BYTES = {"pdf": b"%PDF-1.7", "docx": b"PK\x03\x04", "odt": b"PK\x03\x04", "markdown": b"# "}


def test_they_stand_in_the_order_in_which_we_offer_them() -> None:
    assert [each.id for each in FORMATS] == ["pdf", "docx", "odt", "markdown"]
    assert [each.suffix for each in FORMATS] == ["pdf", "docx", "odt", "md"]
    assert FORMATS[3].media_type == "text/markdown; charset=utf-8"


@pytest.mark.parametrize("format_", FORMATS, ids=[each.id for each in FORMATS])
def test_each_is_found_by_its_id_and_renders(format_: Format) -> None:
    assert format_named(format_.id) is format_
    assert format_.render(overview("x")).startswith(FIRST_BYTES[format_.id])


def test_no_format_has_another_id() -> None:
    assert format_named("exe") is None


def test_the_list_is_read_without_loading_what_makes_documents() -> None:
    heavy = "{'typst', 'docx', 'odfdo', 'lxml', 'fontTools'} & set(sys.modules)"
    code = f"import sys, raamwerk.documents.formats; sys.exit(str({heavy}) if {heavy} else 0)"
    subprocess.run([sys.executable, "-c", code], check=True)
