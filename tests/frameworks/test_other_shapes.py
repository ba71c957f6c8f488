"""A framework of any shape is read: other areas, facets, languages, and roles that lack some."""

from pathlib import Path

import pytest

from raamwerk.frameworks.languages import best_position, well_formed
from raamwerk.frameworks.model import Correction, Edition, Text
from raamwerk.frameworks.reading import edition_of, read_edition
from raamwerk.frameworks.tree import Kind, Part

pytestmark = pytest.mark.usefixtures("both_loaders")


@pytest.fixture
def edition() -> Edition:
    return read_edition(Path(__file__).parent / "other-shape.yaml")


def test_it_has_its_own_areas_facets_and_language(edition: Edition) -> None:
    assert (len(edition.areas), len(edition.facets)) == (5, 3)
    assert edition.languages == ("fy",)
    assert edition.footnotes == ()
    assert edition.passages == ()


def test_its_own_words_stand_for_a_language_that_it_lacks(edition: Edition) -> None:
    assert edition.title.read("nl") == "Ramt foar túnlju"
    assert edition.title.language("nl") == edition.language("en") == "fy"


def test_roles_have_the_fields_that_they_have(edition: Edition) -> None:
    fields = {role.id: [field.id for field in role.fields] for role in edition.roles}
    assert fields == {"tunker": ["siedzjen-wolle", "bewarjen-dwaan"], "baas": ["rispen-witte"]}
    (tunker, _baas) = edition.roles
    assert [field.id for field in tunker.fields_in(edition.areas[4])] == ["bewarjen-dwaan"]
    assert tunker.fields_in(edition.areas[1]) == ()
    assert tunker.field("rispen-witte") is None


def test_a_source_tells_where_it_is(edition: Edition) -> None:
    source = edition.source("A")
    assert source.url == "https://example.org/siedboek?utjefte=2#side-3"
    assert source.archived == "http://archyf.example.org/siedboek"
    assert (source.publisher, source.year, source.language) == ("De Túnpers", "1999", "nl-NL")


def test_items_keep_their_uuid(edition: Edition) -> None:
    assert edition.uuid == "0f0e43c3-5f04-4a77-9a54-6ff2b3b9a5c1"
    assert edition.source("A").uuid == "6d1f2b1c-6c15-4f5a-8a8e-1b8b8f3f9f10"
    uuids = [statement.uuid for statement in edition.roles[0].statements]
    assert uuids == ["", "2b0a7b55-9b32-4c0e-9a4b-6a0f3c3a7a11", ""]


def test_what_is_gone_leads_to_what_is_there_now(edition: Edition) -> None:
    assert edition.replaced_by == {
        "tunker-sloech": "tunker-telt",
        "tunker-skoffelet": "tunker-telt",
    }


def test_corrections_are_of_the_first_language(edition: Edition) -> None:
    assert edition.roles[0].statements[2].corrections == (Correction("wat er is", "wat der is"),)


def test_editions_and_their_texts_can_be_keys(edition: Edition) -> None:
    again = read_edition(Path(__file__).parent / "other-shape.yaml")
    assert {edition: 1}[again] == 1
    assert {edition.title, again.title} == {Text(("fy",), ("Ramt foar túnlju",))}


def test_a_tree_that_no_yaml_was_read_for_is_judged_alike(edition: Edition) -> None:
    def part(value: object, key: str = "", line: int = 7) -> Part:
        kinds: dict[type, Kind] = {bool: "truth", int: "number", str: "text"}
        children: tuple[Part, ...] = ()
        match value:
            case dict():
                children = tuple(part(each, name) for name, each in value.items())
                return Part(Path("any.json"), line, "keys", "", key, line, children)
            case list():
                children = tuple(part(each, key) for each in value)
                return Part(Path("any.json"), line, "list", "", key, line, children)
        words = str(value).lower() if isinstance(value, bool) else str(value)
        return Part(Path("any.json"), line, kinds[type(value)], words, key, line)

    field = {"area": "a", "facet": "f", "statements": [{"id": "s", "fy": "Sin"}]}
    role = {key: {"fy": "Sin"} for key in ("setting", "audience", "introduction")}
    tree: dict[str, object] = {
        "format": 2,
        "framework": "oar",
        "edition": "1",
        "published": "2027-01-15",
        "languages": ["fy"],
        "title": {"fy": "Titel"},
        "background": {"fy": "Wêrom"},
        "provenances": [{"id": "p", "official": True, "fy": "Boarne"}],
        "facets": [{"id": "f", "fy": "Kant"}],
        "areas": [{"id": "a", "fy": "Mêd", "short": {"fy": "M"}}],
        "roles": [{"id": "r", "fy": "Rol", **role, "provenance": "p", "fields": [field]}],
    }
    assert edition_of(part(tree)).roles[0].statements[0].text.read("fy") == "Sin"


@pytest.mark.parametrize(
    "tag",
    [
        *("nl", "fy", "nds-NL", "zh-Hant", "zh-Hant-TW", "es-419", "zh-yue", "de-CH-1901"),
        *("sl-rozaj-biske-1994", "en-u-ca-gregory", "x-raamwerk", "nl-x-school"),
    ],
)
def test_language_tags_are_known_by_their_form(tag: str) -> None:
    assert well_formed(tag)
    assert well_formed(tag.upper())


@pytest.mark.parametrize(
    "tag",
    [
        *("", "n", "x", "dutch", "nl_NL", "nl-", "-nl", "nl--NL", "nl NL", "nl\n", "i-klingon"),
        *("nl-\u0660\u0660\u0660", "nl-NL-toolongsubtag", "nl-x-" + "-".join(["abcd"] * 8)),
    ],
)
def test_what_is_no_language_tag(tag: str) -> None:
    assert not well_formed(tag)


@pytest.mark.parametrize(
    ("languages", "wanted", "shown"),
    [
        (("nl", "en"), "en", "en"),
        (("nl", "en"), "EN-gb", "en"),
        (("nl", "en-GB", "en"), "en", "en"),
        (("nl", "en-GB", "en-US"), "en", "en-GB"),
        (("nl", "en-GB", "en-US"), "en-US", "en-US"),
        (("nl", "zh-Hans"), "zh-Hans-CN", "zh-Hans"),
        (("nl", "en"), "fy", "nl"),
        (("fy",), "", "fy"),
        (("nl", "nds"), "n", "nl"),
    ],
)
def test_a_reader_is_shown_the_nearest_language(
    languages: tuple[str, ...], wanted: str, shown: str
) -> None:
    assert languages[best_position(languages, wanted)] == shown
