"""What is sent is kept, for this visitor only, and comes back as it was typed."""

import pytest

from raamwerk.worksheets.changes import base_of
from tests.pages.conftest import Visitor, is_marked, mark, text, text_in


@pytest.mark.parametrize(
    "words",
    [
        "één regel",
        "twee\nregels\n\nen een alinea",
        "\n\nbegint met lege regels",
        "  spaties voor en na  ",
        '<script>alert(1)</script> & "aanhaling" </textarea>',
        "العربية עברית Ελληνικά Русский 中文 हिन्दी 👩‍👩‍👧 🇳🇱",
        "{{ geen }} {% sjabloon %} \\ $",
    ],
)
def test_a_text_comes_back_as_typed(visitor: Visitor, words: str) -> None:
    visitor.note(words)

    assert text_in(visitor.page()) == words


def test_line_breaks_of_a_form_become_newlines(visitor: Visitor) -> None:
    visitor.save_form(**{"text:visie-rol": "a\r\nb\rc"})

    assert text_in(visitor.page()) == "a\nb\nc"


def test_a_saved_form_leads_back_to_its_field(visitor: Visitor) -> None:
    response = visitor.save_form(**{"text:visie-rol": "tekst", "at": "visie-rol"})

    assert response.status_code == 303
    assert response["Location"] == "/lob/mentor/#veld-visie-rol"


def test_a_form_of_one_area_leads_back_to_that_area(visitor: Visitor) -> None:
    response = visitor.save_form(gebied="organisatie", **{"text:organisatie-rol": "tekst"})

    assert response["Location"] == "/lob/mentor/?gebied=organisatie"


def test_each_role_has_its_own_worksheet(visitor: Visitor) -> None:
    visitor.note("als mentor", role="mentor")
    visitor.note("als decaan", role="decaan")

    assert text_in(visitor.page()) == "als mentor"
    assert text_in(visitor.page("/lob/decaan/")) == "als decaan"


def test_nobody_else_sees_it(visitor: Visitor, other_visitor: Visitor) -> None:
    visitor.note("alleen voor mij")
    other_visitor.note("van een ander")

    assert "alleen voor mij" not in other_visitor.page()
    assert "alleen voor mij" not in Visitor().page()


def test_a_mark_is_kept_and_taken_off(visitor: Visitor) -> None:
    visitor.save_json(marks=[mark()])
    assert is_marked(visitor.page(), "mentor-visie-rol-1:work-on")

    visitor.save_json(marks=[mark(on=False, base=1, sequence=2)])
    assert not is_marked(visitor.page(), "mentor-visie-rol-1:work-on")


def test_the_counts_say_how_much_was_noted(visitor: Visitor) -> None:
    visitor.note("tekst")
    visitor.save_json(marks=[mark(kind="talk-over")])

    assert "1 van 8 velden · 1 vinkje" in visitor.page()


def test_the_answer_names_the_base_of_what_is_now_kept(visitor: Visitor) -> None:
    first = visitor.note("tekst")
    second = visitor.save_json(texts=[text("meer tekst", sequence=2)]).json()

    assert first["saved"] == {"visie-rol": base_of(1, "tekst")}
    assert second["saved"] == {"visie-rol": base_of(2, "meer tekst")}


def test_the_answer_names_the_worksheet_and_the_time(visitor: Visitor) -> None:
    first, second = visitor.note("tekst"), visitor.note("tekst", "visie-deskundigheid")

    assert first["worksheet"]
    assert first["worksheet"] == second["worksheet"]
    assert first["told"].startswith("Bewaard om ")


@pytest.mark.django_db(transaction=True)
def test_erasing_leaves_nothing(visitor: Visitor) -> None:
    from raamwerk.owners.models import AccessKey, Owner
    from raamwerk.worksheets.models import Mark, Worksheet, WrittenText

    visitor.note("tekst")
    visitor.save_json(marks=[mark()])

    response = visitor.erase()

    assert response["Location"] == "/werkbladen/?gewist=ja"
    assert not visitor.keys
    for table in (Owner, AccessKey, Worksheet, WrittenText, Mark):
        assert not table.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_erasing_takes_nothing_of_another(visitor: Visitor, other_visitor: Visitor) -> None:
    other_visitor.note("van een ander")
    visitor.note("van mij")

    visitor.erase()

    assert text_in(other_visitor.page()) == "van een ander"
    assert text_in(visitor.page()) == ""


@pytest.mark.django_db(transaction=True)
def test_that_all_is_erased_is_a_confirmation_and_no_warning(visitor: Visitor) -> None:
    visitor.note("tekst")

    page = visitor.page(visitor.erase()["Location"])

    assert '<p class="confirmation" role="status">Alles is verwijderd.' in page
    assert 'class="notice"' not in page
