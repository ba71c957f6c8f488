"""The editions at hand are found, and the shipped one holds all that the source holds."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from raamwerk.frameworks import library
from raamwerk.frameworks.library import (
    current_edition,
    editions,
    editions_of,
    faults,
    find_edition,
    frameworks,
    serve_from,
)
from raamwerk.frameworks.model import Edition

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


@pytest.fixture(autouse=True)
def nothing_beside() -> Iterator[None]:
    yield
    serve_from(None)


def names(found: tuple[Edition, ...]) -> list[tuple[str, str]]:
    return [(edition.framework, edition.id) for edition in found]


def test_frameworks_stand_together_with_the_latest_edition_first(shelves: Path) -> None:
    serve_from(shelves)
    assert names(editions()) == [
        ("bos", "1999"),
        ("lob", "2026-1"),
        ("tuin", "2027-2"),
        ("tuin", "2027-1"),
        ("tuin", "2026-1"),
    ]
    assert faults() == ()


def test_the_frameworks_of_the_program_come_first(shelves: Path) -> None:
    serve_from(shelves)
    assert names(frameworks()) == [("lob", "2026-1"), ("bos", "1999"), ("tuin", "2027-2")]


def test_editions_are_found_by_name(shelves: Path) -> None:
    serve_from(shelves)
    assert current_edition("tuin") == find_edition("tuin", "2027-2")
    old = find_edition("tuin", "2026-1")
    assert old is not None
    assert old.published.year == 2026
    assert [edition.id for edition in editions_of("tuin")] == ["2027-2", "2027-1", "2026-1"]
    assert find_edition("bos", "2026-1") is None
    assert find_edition("zee", "2026-1") is None
    assert current_edition("zee") is None
    assert editions_of("zee") == ()


def test_a_newer_edition_beside_follows_the_one_of_the_program(shelves: Path) -> None:
    (shelves / "lob").mkdir()
    text = SHIPPED.read_text(encoding="utf-8").replace('"2026-1"', '"2027-1"')
    text = text.replace("2026-11-24", "2027-11-24")
    (shelves / "lob" / "2027-1.yaml").write_text(text, encoding="utf-8")
    serve_from(shelves)
    assert [edition.id for edition in editions_of("lob")] == ["2027-1", "2026-1"]
    assert frameworks()[0] == current_edition("lob") == find_edition("lob", "2027-1")


def test_a_file_must_stand_where_its_names_say(shelves: Path) -> None:
    (shelves / "bos").rename(shelves / "woud")
    (shelves / "woud" / "1999.yaml").rename(shelves / "woud" / "2000.yaml")
    serve_from(shelves)
    told = faults()
    assert [fault.line for fault in told] == [2, 3]
    assert "“bos”" in told[0].problem
    assert "“woud”" in told[0].problem
    assert "“2000”" in told[1].problem
    assert all(fault.path == shelves / "woud" / "2000.yaml" for fault in told)
    assert current_edition("bos") is None


def test_a_faulty_edition_is_told_and_left_out_and_the_rest_is_served(shelves: Path) -> None:
    path = shelves / "tuin" / "2027-2.yaml"
    text = path.read_text(encoding="utf-8").replace("[A, B]", "[A, Z]").replace("2027-03-09", "x")
    path.write_text(text, encoding="utf-8")
    (shelves / "bos" / "1999.yaml").write_bytes(b"\xff\xff\xff")
    serve_from(shelves)
    assert [(fault.path, fault.line) for fault in faults()] == [
        (shelves / "bos" / "1999.yaml", 1),
        (path, 4),
        (path, 49),
    ]
    assert all(fault.problem and fault.cure for fault in faults())
    assert names(editions()) == [("lob", "2026-1"), ("tuin", "2027-1"), ("tuin", "2026-1")]


def test_an_edition_of_the_program_is_never_replaced(tmp_path: Path, good: str) -> None:
    (tmp_path / "lob").mkdir()
    text = good.replace("framework: tuin", "framework: lob")
    (tmp_path / "lob" / "2026-1.yaml").write_text(text, encoding="utf-8")
    serve_from(tmp_path)
    (fault,) = faults()
    assert (fault.path, fault.line) == (tmp_path / "lob" / "2026-1.yaml", 1)
    assert "already part of the program" in fault.problem
    assert names(editions()) == [("lob", "2026-1")]
    assert editions()[0].role("mentor")


def test_files_that_nobody_would_read_are_told(tmp_path: Path, good: str) -> None:
    (tmp_path / "tuin").mkdir()
    (tmp_path / "tuin" / "2026-1.yml").write_text(good, encoding="utf-8")
    (tmp_path / "2026-1.yaml").write_text(good, encoding="utf-8")
    (tmp_path / "tuin" / "2027.yaml").mkdir()
    (tmp_path / "tuin" / "readme.txt").write_text("Hello", encoding="utf-8")
    (tmp_path / "tuin" / "._2026-1.yaml").write_bytes(b"\0\0")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.yaml").write_bytes(b"\0\0")
    serve_from(tmp_path)
    told = {str(fault.path.relative_to(tmp_path)): fault.problem for fault in faults()}
    assert told.keys() == {"tuin/2026-1.yml", "2026-1.yaml", "tuin/2027.yaml"}
    assert "must end in .yaml" in told["tuin/2026-1.yml"]
    assert "beside the folders" in told["2026-1.yaml"]


@pytest.mark.parametrize("content", [b"a: 1", b"- loose", b"\xff\xff", b"", b"framework: [", None])
def test_a_file_outside_a_folder_is_told_in_one_line(
    tmp_path: Path, good: str, content: bytes | None
) -> None:
    path = tmp_path / "notes.yaml"
    path.write_bytes(good.encode() if content is None else content)
    serve_from(tmp_path)
    (fault,) = faults()
    assert (fault.path, fault.line) == (path, 1)
    assert "beside the folders" in fault.problem
    assert "Put it in a folder" in fault.cure


def test_a_folder_that_is_not_there_has_nothing(tmp_path: Path) -> None:
    serve_from(tmp_path / "none")
    assert (names(editions()), faults()) == ([("lob", "2026-1")], ())


def test_a_folder_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    serve_from(tmp_path / "file")
    (fault,) = faults()
    assert fault.path == tmp_path / "file"
    assert "can't be read" in fault.problem


def test_what_was_read_is_forgotten_with_another_folder(shelves: Path) -> None:
    serve_from(shelves)
    assert current_edition("bos")
    (shelves / "bos" / "1999.yaml").unlink()
    serve_from(shelves)
    assert current_edition("bos") is None


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
            dutch, english = statement.text.words
            assert dutch != english


def test_every_item_of_the_shipped_edition_has_a_uuid_for_good(lob: Edition) -> None:
    uuids = [lob.uuid]
    for items in (lob.roles, lob.areas, lob.facets, lob.sources, lob.footnotes):
        uuids += [item.uuid for item in items]
    uuids += [statement.uuid for role in lob.roles for statement in role.statements]
    assert len(set(uuids)) == len(uuids) == 115
    version_4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    assert all(map(version_4.fullmatch, uuids))
    assert lob.uuid == "19be7fa0-59b8-432f-a000-65250894c2f2"
    assert lob.roles[0].uuid == "81c29f17-f5be-42cd-8d25-9379b1ac4fd2"
