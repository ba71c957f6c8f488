"""The edition has the statements of the source, word for word.

``mentor_2017.txt`` has the 36 Dutch statements of the role Mentor/SLB-er as the source prints them
(slips of spelling corrected), written down apart from the edition that the product reads.
"""

from pathlib import Path

from tests.statements.edition import printed, the_role

SOURCE = (Path(__file__).parent / "mentor_2017.txt").read_text(encoding="utf-8")


def source_statements() -> list[str]:
    return [line for line in SOURCE.splitlines() if line and not line.startswith("#")]


def test_the_edition_has_the_statements_of_the_source_word_for_word() -> None:
    assert len(source_statements()) == 36
    assert printed(the_role("mentor"), "nl") == source_statements()


def test_areas_and_facets_stand_as_in_the_source() -> None:
    headings = [line.removeprefix("# ") for line in SOURCE.splitlines() if line.startswith("#")]
    fields = the_role("mentor").fields
    assert [
        f"{each.area.name.read('nl')} / {each.facet.name.read('nl')}" for each in fields
    ] == headings
