"""The editions at hand are found, and the shipped one holds all that the source holds."""

from collections import Counter
from pathlib import Path

import pytest

from raamwerk.frameworks import library
from raamwerk.frameworks.library import current_edition, editions, find_edition, read_library
from raamwerk.frameworks.model import LANGUAGES, Edition
from raamwerk.frameworks.reading import FaultyEdition

SHIPPED = library.CONTENT / "lob" / "2026-1.yaml"


@pytest.fixture
def lob() -> Edition:
    edition = find_edition("lob", "2026-1")
    assert edition
    return edition


@pytest.fixture
def shelves(good: str, tmp_path: Path) -> Path:
    """Two frameworks; of one an older edition, and two that came out on one day."""
    for framework, edition, day in (
        ("tuin", "2026-1", "2026-03-09"),
        ("tuin", "2027-1", "2027-03-09"),
        ("tuin", "2027-2", "2027-03-09"),
        ("bos", "1999", "1999-01-01"),
    ):
        path = tmp_path / framework / f"{edition}.yaml"
        path.parent.mkdir(exist_ok=True)
        text = good.replace("framework: tuin", f"framework: {framework}")
        path.write_text(text.replace('"2026-1"', f'"{edition}"').replace("2026-03-09", day))
    return tmp_path


def test_frameworks_stand_together_with_the_latest_edition_first(shelves: Path) -> None:
    found = [(edition.framework, edition.id) for edition in read_library(shelves)]
    assert found == [("bos", "1999"), ("tuin", "2027-2"), ("tuin", "2027-1"), ("tuin", "2026-1")]


def test_editions_are_found_by_name(shelves: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_library(shelves)
    monkeypatch.setattr(library, "editions", lambda: found)
    assert current_edition("tuin") == find_edition("tuin", "2027-2")
    old = find_edition("tuin", "2026-1")
    assert old is not None
    assert old.published.year == 2026
    assert find_edition("bos", "2026-1") is None
    assert find_edition("zee", "2026-1") is None
    assert current_edition("zee") is None


def test_a_file_must_stand_where_its_names_say(shelves: Path) -> None:
    (shelves / "bos").rename(shelves / "woud")
    (shelves / "woud" / "1999.yaml").rename(shelves / "woud" / "2000.yaml")
    with pytest.raises(FaultyEdition) as raised:
        read_library(shelves)
    faults = raised.value.faults
    assert [fault.line for fault in faults] == [2, 3]
    assert "“bos”" in faults[0].problem
    assert "“woud”" in faults[0].problem
    assert "“2000”" in faults[1].problem
    assert all(fault.path == shelves / "woud" / "2000.yaml" for fault in faults)


def test_a_faulty_edition_is_never_passed_over(shelves: Path) -> None:
    (shelves / "bos" / "1999.yaml").write_text("format: 1\n")
    with pytest.raises(FaultyEdition):
        read_library(shelves)


def test_editions_are_read_once() -> None:
    assert editions() is editions()


def test_the_site_opens_with_the_career_guidance_framework(lob: Edition) -> None:
    assert editions()[0].framework == "lob"
    assert current_edition("lob") in editions()
    assert lob in editions()


def test_the_shipped_edition_has_every_statement(lob: Edition) -> None:
    counts = {role.id: len(role.statements) for role in lob.roles}
    assert counts == {"mentor": 36, "decaan": 30, "leidinggevende": 25}


def test_the_shipped_edition_has_every_field(lob: Edition) -> None:
    areas = ["visie", "orientatie", "organisatie", "samenwerking"]
    assert [area.id for area in lob.areas] == areas
    for role in lob.roles:
        assert [field.area.id for field in role.fields] == [each for each in areas for _ in "12"]
        assert Counter(field.facet.id for field in role.fields) == Counter(
            {facet.id: 4 for facet in lob.facets}
        )


def test_the_mentors_fields_are_as_long_as_in_the_source(lob: Edition) -> None:
    mentor = lob.role("mentor")
    assert mentor
    lengths = [len(field.statements) for field in mentor.fields]
    assert lengths == [4, 4, 4, 11, 3, 3, 4, 3]


def test_the_shipped_edition_has_the_whole_legend(lob: Edition) -> None:
    assert "".join(source.letter for source in lob.sources) == "ABCDEFGHIJK"
    assert {footnote.number: footnote.status for footnote in lob.footnotes} == {
        8: "source",
        9: "editorial",
        10: "missing",
    }


def test_only_the_mentors_texts_are_the_sources_own(lob: Edition) -> None:
    official = {role.id: role.provenance.official for role in lob.roles}
    assert official == {"mentor": True, "decaan": False, "leidinggevende": False}


def test_the_two_languages_are_two_languages(lob: Edition) -> None:
    for role in lob.roles:
        for statement in role.statements:
            dutch, english = (statement.text.read(language) for language in LANGUAGES)
            assert dutch != english
