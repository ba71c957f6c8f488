"""Two windows on one field: the later save never wipes the earlier text unseen."""

import html
import re

from raamwerk.worksheets.changes import base_of, fingerprint
from raamwerk.worksheets.models import WrittenText
from tests.pages.conftest import Visitor, hidden_in, text, text_in

NOT_SEEN = base_of(7, "wat nergens staat")


def test_a_text_that_was_not_seen_is_not_wiped(visitor: Visitor) -> None:
    visitor.note("uit venster een")

    response = visitor.save_json(texts=[text("uit venster twee", writer="w2")])

    assert response.status_code == 409
    assert response.json()["conflicts"]["visie-rol"]["text"] == "uit venster een"
    assert text_in(visitor.page()) == "uit venster een"


def test_after_seeing_it_the_choice_is_kept(visitor: Visitor) -> None:
    visitor.note("een")

    visitor.save_json(texts=[text("twee", base=base_of(1, "een"), writer="w2")])

    assert text_in(visitor.page()) == "twee"


def test_other_fields_in_the_same_save_are_kept(visitor: Visitor) -> None:
    visitor.note("een")

    visitor.save_json(
        texts=[text("twee", writer="w2"), text("nieuw", "visie-deskundigheid", writer="w2")]
    )

    page = visitor.page()
    assert text_in(page, "visie-deskundigheid") == "nieuw"


def test_a_window_goes_on_after_an_answer_that_got_lost(visitor: Visitor) -> None:
    visitor.save_json(texts=[text("een", sequence=1)])

    response = visitor.save_json(texts=[text("een en meer", sequence=2)])

    assert response.status_code == 200
    assert text_in(visitor.page()) == "een en meer"


def test_a_save_that_was_overtaken_changes_nothing(visitor: Visitor) -> None:
    visitor.save_json(texts=[text("nieuwer", sequence=2)])

    response = visitor.save_json(texts=[text("ouder", sequence=1)])

    assert response.status_code == 200
    assert text_in(visitor.page()) == "nieuwer"


def test_without_scripts_both_texts_are_on_the_page(visitor: Visitor) -> None:
    visitor.note("uit venster een")

    response = visitor.save_form(
        **{"text:visie-rol": "uit venster <twee>", "base:visie-rol": NOT_SEEN}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert text_in(page) == "uit venster <twee>"
    assert '<p class="typed" dir="auto" translate="no">uit venster een</p>' in page


def form_of(page: str, field: str = "visie-rol") -> dict[str, str]:
    other = re.search(rf'name="other:{field}">\n(.*?)</textarea>', page, re.DOTALL)
    assert other
    return {
        f"text:{field}": text_in(page, field),
        f"base:{field}": hidden_in(page, f"base:{field}"),
        f"other:{field}": html.unescape(other[1]),
    }


def chosen_without_scripts(visitor: Visitor, choice: str) -> str:
    visitor.note("een")
    answer = visitor.save_form(**{"text:visie-rol": "twee", "base:visie-rol": NOT_SEEN})
    form = form_of(answer.content.decode())
    assert visitor.save_form(**form, **{"keep:visie-rol": choice}).status_code == 303
    return text_in(visitor.page())


def test_without_scripts_one_can_keep_mine(visitor: Visitor) -> None:
    assert chosen_without_scripts(visitor, "mine") == "twee"


def test_without_scripts_one_can_keep_the_other(visitor: Visitor) -> None:
    assert chosen_without_scripts(visitor, "other") == "een"


def test_without_scripts_one_can_keep_both(visitor: Visitor) -> None:
    assert chosen_without_scripts(visitor, "both") == "een\n\ntwee"


def test_an_untouched_field_of_an_old_page_wipes_nothing(visitor: Visitor) -> None:
    visitor.note("nieuw")

    response = visitor.save_form(
        **{"text:visie-rol": "", "base:visie-rol": fingerprint(""), "text:visie-deskundigheid": "x"}
    )

    assert response.status_code == 303
    assert text_in(visitor.page()) == "nieuw"


def test_a_late_copy_of_an_old_save_undoes_nothing(visitor: Visitor) -> None:
    """Its text once stood there, so it was seen; but it was not made from what stands there now."""
    visitor.save_json(texts=[text("een", writer="w1")])
    visitor.save_json(texts=[text("twee", base=base_of(1, "een"), writer="w2")])
    visitor.save_json(texts=[text("een", base=base_of(2, "twee"), writer="w2", sequence=2)])

    late = visitor.save_json(texts=[text("te laat", base=base_of(1, "een"), writer="w3")])

    assert late.status_code == 409
    assert late.json()["conflicts"]["visie-rol"]["text"] == "een"
    assert text_in(visitor.page()) == "een"


def test_a_page_from_before_an_older_backup_wipes_nothing(visitor: Visitor) -> None:
    """That database counts on from where it was: the same revision is another text there."""
    visitor.note("een")
    backup = list(WrittenText.objects.all())
    seen = visitor.save_json(texts=[text("twee", base=base_of(1, "een"), writer="w2")]).json()
    for row in backup:
        row.save()
    visitor.save_json(texts=[text("drie", base=base_of(1, "een"), writer="w3")])
    assert seen["saved"]["visie-rol"].partition(".")[0] == "2"

    for writer, sequence in (("w2", 2), ("w4", 1)):
        change = text("verder", base=seen["saved"]["visie-rol"], writer=writer, sequence=sequence)
        late = visitor.save_json(texts=[change])

        assert late.status_code == 409
        assert late.json()["conflicts"]["visie-rol"] | {"message": ""} == {
            "text": "drie",
            "base": base_of(2, "drie"),
            "message": "",
        }
    assert text_in(visitor.page()) == "drie"


def test_a_page_of_version_0_1_is_understood(visitor: Visitor) -> None:
    """It knows no revisions: only the fingerprint of the text that it began from."""
    visitor.note("een")

    seen = visitor.save_json(texts=[text("twee", base=fingerprint("een"), writer="old")])
    unseen = visitor.save_json(texts=[text("drie", base=fingerprint("een"), writer="older")])

    assert (seen.status_code, unseen.status_code) == (200, 409)
    assert text_in(visitor.page()) == "twee"
