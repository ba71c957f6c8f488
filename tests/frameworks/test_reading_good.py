"""A good file becomes the edition that it describes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from raamwerk.frameworks.faults import Fault
from raamwerk.frameworks.model import Correction, Edition, Text
from raamwerk.frameworks.reading import read_edition

pytestmark = pytest.mark.usefixtures("both_loaders")


@pytest.fixture
def edition() -> Edition:
    return read_edition(Path(__file__).parent / "good.yaml")


def test_it_knows_its_names_and_day(edition: Edition) -> None:
    assert (edition.framework, edition.id) == ("tuin", "2026-1")
    assert edition.published == date(2026, 3, 9)
    assert edition.title == Text.of(
        {"nl": "Raamwerk voor tuiniers", "en": "Framework for gardeners"}
    )


def test_it_knows_its_languages(edition: Edition) -> None:
    assert edition.languages == ("nl", "en")
    assert edition.language("en-GB") == "en"
    assert edition.language("fy") == "nl"


def test_format_1_is_still_read(edition: Edition) -> None:
    old = read_edition(Path(__file__).parent / "format-1.yaml")
    assert "mends:" in (Path(__file__).parent / "format-1.yaml").read_text(encoding="utf-8")
    assert old == edition


def test_the_old_word_for_corrections_is_read_in_format_2(
    edition: Edition, good: str, tmp_path: Path
) -> None:
    path = tmp_path / "old.yaml"
    path.write_text(good.replace("corrections:", "mends:"), encoding="utf-8")
    assert read_edition(path) == edition


def test_paragraphs_stay_apart(edition: Edition) -> None:
    assert edition.background.read("nl") == "Eerste alinea.\n\nTweede alinea."


def test_lists_keep_their_order(edition: Edition) -> None:
    assert [area.id for area in edition.areas] == ["zaaien", "oogsten"]
    assert [facet.id for facet in edition.facets] == ["taak", "kunde"]
    assert [source.letter for source in edition.sources] == ["A", "B"]
    assert [footnote.number for footnote in edition.footnotes] == [3, 4]


def test_areas_have_a_short_name(edition: Edition) -> None:
    assert edition.areas[0].name.read("nl") == "Zaaien en planten"
    assert edition.areas[0].short_name == Text.of({"nl": "Zaaien", "en": "Sowing"})


def test_footnotes_tell_who_wrote_them(edition: Edition) -> None:
    assert edition.footnote(3).reference == "De Vries (1999)"
    assert edition.footnote(3).status == "source"
    assert edition.footnote(4).reference == ""
    assert edition.footnote(4).status == "missing"


def test_a_role_says_where_its_texts_come_from(edition: Edition) -> None:
    assert [provenance.official for provenance in edition.provenances] == [False, True]
    assert edition.roles[0].provenance.text.read("en") == "From the source."


def test_a_role_is_introduced(edition: Edition) -> None:
    role = edition.roles[0]
    assert role.name.read("en") == "Gardener"
    assert role.setting.read("en") == "the garden"
    assert role.audience.read("nl") == "wie tuiniert"
    assert role.introduction.read("nl") == "Welkom."


def test_fields_hold_their_statements(edition: Edition) -> None:
    fields = edition.roles[0].fields
    assert [field.id for field in fields] == [
        "zaaien-taak",
        "zaaien-kunde",
        "oogsten-taak",
        "oogsten-kunde",
    ]
    assert [statement.id for statement in fields[0].statements] == [
        "tuinier-zaait",
        "tuinier-plant",
    ]
    assert fields[2].statements[0].text.read("en") == "Harvests"


def test_statements_cite_and_call(edition: Edition) -> None:
    sows = edition.roles[0].statements[0]
    assert sows.citations == ("A", "B")
    assert sows.footnote_numbers == (3, 4)


def test_corrections_are_told(edition: Edition) -> None:
    assert edition.passages[0].corrections == (Correction("dowloaden", "downloaden"),)
    assert edition.roles[0].statements[1].corrections == (Correction("bomen ()A", "bomen (A)"),)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "# a remark\n---\n" + text + "\n...\n",
        lambda text: text.replace("published: 2026-03-09", 'published: "2026-03-09"'),
        lambda text: text.replace("nl: Kent zaad", "nl: '  Kent zaad '"),
        lambda text: text.replace("nl: Welkom.", "nl: Οἶδα ☂ 👩‍🌾"),
        lambda text: text.replace("  - {id: eigen,", "  - &mine {id: eigen,"),
    ],
    ids=["bom", "windows", "document-marks", "quoted-day", "spaces", "letters", "anchor"],
)
def test_what_is_harmless_is_let_through(
    change: Callable[[str], str], good: str, faults_of: Callable[[str], tuple[Fault, ...]]
) -> None:
    changed = change(good)
    assert changed != good
    assert faults_of(changed) == ()


def test_what_is_optional_may_be_left_out(
    good: str, faults_of: Callable[[str], tuple[Fault, ...]]
) -> None:
    bare = yaml.safe_load(good)
    for key in ("passages", "sources", "footnotes"):
        del bare[key]
    del bare["roles"][0]["fields"][1:3]
    for field in bare["roles"][0]["fields"]:
        field["statements"] = [{"id": field["statements"][0]["id"], "nl": "Zin", "en": "Line"}]
    assert faults_of(yaml.safe_dump(bare)) == ()
