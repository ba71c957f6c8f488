"""Who comes back is led to where they were, and finds all they noted in one list."""

import html
import re
from pathlib import Path
from typing import Any

import pytest

from raamwerk.worksheets.models import Worksheet
from raamwerk.worksheets.words import first_words
from tests.pages.conftest import ROLE, Visitor, hidden_in, mark, text
from tests.pages.frameworks_beside import put_newer_edition, statements_of

POINTS = "/werkbladen/punten/"
LONG = "Onze visie op <b>LOB</b> opzoeken\nen bespreken. " + "Daarna nog veel meer woorden. " * 20
FIRST, SECOND = "visie-rol", "organisatie-rol"


def resumed(visitor: Visitor, page: str = "/") -> str:
    """The address to which the big card leads."""
    found = re.search(r'class="card resume">\s*<h3><a href="([^"]*)"', visitor.page(page))
    assert found
    return html.unescape(found[1])


def place(visitor: Visitor) -> str:
    return resumed(visitor).partition("#")[2]


def links_in(page: str) -> list[tuple[str, str]]:
    """Address and words of each place in a list of points."""
    places = "".join(re.findall(r'<ul class="places">(.*?)</ul>', page, re.DOTALL))
    links = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', places, re.DOTALL)
    return [(html.unescape(address), html.unescape(words)) for address, words in links]


def test_the_card_leads_to_the_field_that_was_saved_last(visitor: Visitor) -> None:
    visitor.note("in de eerste", FIRST)
    visitor.note("in de tweede", SECOND)
    assert place(visitor) == f"veld-{SECOND}"

    visitor.save_json(texts=[text("weer de eerste", FIRST, sequence=2)])
    assert place(visitor) == f"veld-{FIRST}"

    visitor.save_json(marks=[mark("mentor-organisatie-rol-1")])
    address, _, name = resumed(visitor).partition("#")
    assert name == f"veld-{SECOND}"
    assert f'id="{name}"' in visitor.page(address)
    assert resumed(visitor, "/en/").startswith("/en/lob/mentor/")


def test_a_form_without_scripts_is_followed_too(visitor: Visitor) -> None:
    visitor.note("tekst", SECOND)
    visitor.save_form(**{f"text:{FIRST}": "zonder script", f"text:{SECOND}": "tekst"})

    assert place(visitor) == f"veld-{FIRST}"


def test_what_was_not_saved_leads_nowhere(visitor: Visitor) -> None:
    visitor.note("in de eerste", FIRST)
    visitor.note("in de tweede", SECOND)

    refused = text("x" * 10_001, FIRST, writer="w2")
    conflict = text("niet gezien", FIRST, writer="w3")
    assert visitor.save_json(texts=[refused]).status_code == 422
    assert visitor.save_json(texts=[conflict]).status_code == 409
    visitor.note("Noor", "name")

    assert place(visitor) == f"veld-{SECOND}"


def test_a_worksheet_from_before_leads_to_its_first_filled_field(visitor: Visitor) -> None:
    visitor.note("in de tweede", SECOND)
    visitor.note("in de eerste", FIRST)
    Worksheet.objects.update(last_field="")
    assert place(visitor) == f"veld-{FIRST}"

    Worksheet.objects.update(last_field="bestaat-niet-meer")
    assert place(visitor) == f"veld-{FIRST}"


def test_a_worksheet_without_a_word_leads_to_its_role(visitor: Visitor) -> None:
    visitor.send_form("/werkbladen/nieuw/", {"framework": "lob", "role": "mentor"})

    assert "#" not in resumed(visitor)


def test_the_card_has_the_first_words_and_how_much_there_is(visitor: Visitor) -> None:
    visitor.note(LONG)
    visitor.save_json(marks=[mark()])

    page = visitor.page("/")

    found = re.search(r'<p class="first-words" dir="auto" translate="no">(.*?)</p>', page)
    assert found
    shown = html.unescape(found[1])
    assert "<b>" not in found[1]
    assert shown.endswith("…")
    assert len(shown) <= 121
    assert " ".join(LONG.split()).startswith(shown[:-1] + " ")
    assert "1 van 8 velden · 1 vinkje<" in page


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("kort", "kort"),
        ("  met\n\nregels\t ", "met regels"),
        ("een twee drie", "een twee…"),
        ("onafgebroken", "onafgebro…"),
        ("", ""),
    ],
)
def test_first_words_are_cut_between_words(typed: str, shown: str) -> None:
    assert first_words(typed, 10) == shown


def test_other_worksheets_are_small_and_all_roles_stay_at_hand(visitor: Visitor) -> None:
    visitor.note("van de mentor")
    visitor.note("van de decaan", role="decaan")

    page = visitor.page("/")

    assert page.count('class="card') == 1
    assert resumed(visitor).startswith("/lob/decaan/")
    assert "van de mentor" not in page
    for role in ("mentor", "decaan", "leidinggevende"):
        assert re.search(rf'href="/lob/{role}/(\?[^"]*)?"', page)
    assert 'id="roles-lob"' in page


def test_a_stranger_sees_the_page_for_everyone(visitor: Visitor, other_visitor: Visitor) -> None:
    before = other_visitor.page("/")
    visitor.note("tekst")

    assert "resume" not in before
    assert Visitor().page("/") == before


def test_all_points_are_listed_with_the_way_to_each(visitor: Visitor) -> None:
    visitor.note("over de organisatie", SECOND)
    visitor.note(LONG, FIRST)
    visitor.save_json(
        marks=[mark("mentor-visie-rol-2"), mark("mentor-visie-rol-2", kind="talk-over")]
    )
    visitor.note("van de decaan", role="decaan")

    answer = visitor.get(POINTS)
    page = answer.content.decode()

    links = links_in(page)
    assert [address.partition("#")[2] for address, _words in links] == [
        "veld-visie-rol",
        "veld-visie-rol",
        "mentor-visie-rol-2",
        "veld-organisatie-rol",
    ]
    assert links[0][1] == "van de decaan"
    assert links[1][1].startswith("Onze visie op <b>LOB</b> opzoeken en bespreken.")
    assert "✓ Hieraan werken · Bespreken" in page
    for address, _words in links:
        there, _, name = address.partition("#")
        assert f'id="{name}"' in visitor.page(there)
    assert answer["Cache-Control"] == "no-store, private"
    assert not any("visie op" in address.lower() for address in re.findall(r'href="([^"]*)"', page))


def test_own_words_are_never_translated(visitor: Visitor) -> None:
    visitor.note("eigen woorden")

    page = visitor.page(POINTS)

    assert re.search(r'<a [^>]*dir="auto" translate="no">eigen woorden</a>', page)


def test_without_anything_the_list_shows_where_to_begin(visitor: Visitor) -> None:
    page = visitor.page(POINTS)

    assert links_in(page) == []
    assert 'href="/"' in page


def test_what_an_edition_no_longer_has_is_in_the_list(visitor: Visitor, beside: Path) -> None:
    def without_it(tree: dict[str, Any]) -> None:
        del statements_of(tree, "mentor", "visie", "rol")[0]
        tree["gone"] = [{"id": "mentor-visie-rol-1"}]

    visitor.note("blijft", FIRST)
    visitor.save_json(marks=[mark("mentor-visie-rol-1")])
    put_newer_edition(beside, without_it)
    public_id = hidden_in(visitor.page(), "worksheet")
    visitor.send_form("/werkbladen/editie/", {"worksheet": public_id})

    links = links_in(visitor.page(POINTS))

    assert [words for _address, words in links].count("blijft") == 1
    [gone] = [address for address, _words in links if address.endswith("#earlier-heading")]
    assert 'id="earlier-heading"' in visitor.page(gone.partition("#")[0])
    assert visitor.page(ROLE)
