"""Two windows on one field: the later save never wipes the earlier text unseen."""

import html

from tests.pages.conftest import Visitor, point
from tests.pages.test_saving import ROLE, text_in


def test_a_text_that_was_not_seen_is_not_wiped(visitor: Visitor) -> None:
    visitor.note("uit venster een")

    response = visitor.save_json(points=[point("uit venster twee", writer="w2")])

    assert response.status_code == 409
    assert response.json()["conflicts"]["visie-rol"]["text"] == "uit venster een"
    assert text_in(visitor.get(ROLE).content.decode()) == "uit venster een"


def test_after_seeing_it_the_choice_is_kept(visitor: Visitor) -> None:
    visitor.note("een")

    visitor.save_json(points=[point("twee", on="een", writer="w2")])

    assert text_in(visitor.get(ROLE).content.decode()) == "twee"


def test_other_fields_in_the_same_save_are_kept(visitor: Visitor) -> None:
    visitor.note("een")

    visitor.save_json(
        points=[point("twee", writer="w2"), point("nieuw", "visie-deskundigheid", writer="w2")]
    )

    page = visitor.get(ROLE).content.decode()
    assert text_in(page, "visie-deskundigheid") == "nieuw"


def test_a_window_goes_on_after_an_answer_that_got_lost(visitor: Visitor) -> None:
    visitor.save_json(points=[point("een", sequence=1)])

    response = visitor.save_json(points=[point("een en meer", sequence=2)])

    assert response.status_code == 200
    assert text_in(visitor.get(ROLE).content.decode()) == "een en meer"


def test_a_save_that_was_overtaken_changes_nothing(visitor: Visitor) -> None:
    visitor.save_json(points=[point("nieuwer", sequence=2)])

    response = visitor.save_json(points=[point("ouder", sequence=1)])

    assert response.status_code == 200
    assert text_in(visitor.get(ROLE).content.decode()) == "nieuwer"


def test_without_scripts_both_texts_are_on_the_page(visitor: Visitor) -> None:
    visitor.note("uit venster een")

    response = visitor.save_form(**{"text:visie-rol": "uit venster <twee>", "base:visie-rol": "x"})

    page = response.content.decode()
    assert response.status_code == 409
    assert text_in(page) == "uit venster <twee>"
    assert '<p class="typed" dir="auto">uit venster een</p>' in page


def form_of(page: str, field: str = "visie-rol") -> dict[str, str]:
    import re

    base = re.search(rf'name="base:{field}" value="([^"]*)"', page)
    other = re.search(rf'name="other:{field}">\n(.*?)</textarea>', page, re.DOTALL)
    assert base
    assert other
    return {
        f"text:{field}": text_in(page, field),
        f"base:{field}": base[1],
        f"other:{field}": html.unescape(other[1]),
    }


def chosen_without_scripts(visitor: Visitor, choice: str) -> str:
    visitor.note("een")
    answer = visitor.save_form(**{"text:visie-rol": "twee", "base:visie-rol": "x"})
    form = form_of(answer.content.decode())
    assert visitor.save_form(**form, **{"keep:visie-rol": choice}).status_code == 303
    return text_in(visitor.get(ROLE).content.decode())


def test_without_scripts_one_can_keep_mine(visitor: Visitor) -> None:
    assert chosen_without_scripts(visitor, "mine") == "twee"


def test_without_scripts_one_can_keep_the_other(visitor: Visitor) -> None:
    assert chosen_without_scripts(visitor, "other") == "een"


def test_without_scripts_one_can_keep_both(visitor: Visitor) -> None:
    assert chosen_without_scripts(visitor, "both") == "een\n\ntwee"


def test_an_untouched_field_of_an_old_page_wipes_nothing(visitor: Visitor) -> None:
    from raamwerk.worksheets.changes import fingerprint

    visitor.note("nieuw")

    response = visitor.save_form(
        **{"text:visie-rol": "", "base:visie-rol": fingerprint(""), "text:visie-deskundigheid": "x"}
    )

    assert response.status_code == 303
    assert text_in(visitor.get(ROLE).content.decode()) == "nieuw"
