"""Whoever begins in two tabs at the same time finds everything of both in one worksheet."""

from datetime import timedelta

import pytest

from raamwerk.owners.access import digest
from raamwerk.owners.models import AccessKey, Owner
from raamwerk.worksheets.models import Worksheet
from tests.pages.conftest import (
    BEGIN,
    HERE,
    ROLE,
    Visitor,
    form_in,
    is_marked,
    mark,
    text,
    text_in,
)

WORK_ON = "mentor-visie-rol-1:work-on"


def as_one_browser(*tabs: Visitor) -> Visitor:
    """A browser with the cookies that all of these tabs were given."""
    browser = Visitor()
    for tab in tabs:
        browser.cookies.update(tab.cookies)
    return browser


@pytest.fixture
def tabs(db: None, static_files: None) -> tuple[Visitor, Visitor]:
    """Two tabs of one browser that is given no cookie before both have sent."""
    return Visitor(), Visitor()


def test_two_first_forms_without_scripts_end_in_one_worksheet(
    tabs: tuple[Visitor, Visitor],
) -> None:
    one, other = tabs
    first, second = form_in(one.page()), form_in(other.page())
    assert one.save_form(**first | {"text:visie-rol": "uit tab een"}).status_code == 303
    assert other.save_form(**second | {"text:organisatie-rol": "uit tab twee"}).status_code == 303
    browser = as_one_browser(one, other)
    assert len(browser.keys) == 2

    page = browser.page()

    assert text_in(page) == "uit tab een"
    assert text_in(page, "organisatie-rol") == "uit tab twee"
    assert Worksheet.objects.count() == 1
    assert Owner.objects.count() == 1


def test_two_first_texts_in_the_same_field_are_both_there(tabs: tuple[Visitor, Visitor]) -> None:
    one, other = tabs
    one.save_form(**{"text:visie-rol": "uit tab een"})
    other.save_form(**{"text:visie-rol": "uit tab twee"})

    assert text_in(as_one_browser(one, other).page()) == "uit tab een\n\nuit tab twee"


def test_the_marks_of_both_are_there(tabs: tuple[Visitor, Visitor]) -> None:
    one, other = tabs
    one.save_form(mark="mentor-visie-rol-1:work-on")
    other.save_form(mark="mentor-visie-rol-2:talk-over")

    page = as_one_browser(one, other).page()

    assert is_marked(page, "mentor-visie-rol-1:work-on")
    assert is_marked(page, "mentor-visie-rol-2:talk-over")


def test_two_begins_at_once_make_one_owner_with_two_keys(tabs: tuple[Visitor, Visitor]) -> None:
    one, other = tabs
    one.begin()
    other.begin()
    browser = as_one_browser(one, other)

    browser.note("tekst")

    assert len(browser.keys) == 2
    assert Owner.objects.count() == 1
    assert AccessKey.objects.count() == 2
    assert text_in(one.page()) == text_in(other.page()) == "tekst"


def test_two_tabs_in_different_roles_are_both_there(tabs: tuple[Visitor, Visitor]) -> None:
    one, other = tabs
    one.note("als mentor")
    other.note("als decaan", role="decaan")
    browser = as_one_browser(one, other)

    assert text_in(browser.page()) == "als mentor"
    assert text_in(browser.page("/lob/decaan/")) == "als decaan"
    assert Owner.objects.count() == 1


def test_whoever_saves_before_seeing_a_page_loses_nothing_either(
    tabs: tuple[Visitor, Visitor],
) -> None:
    one, other = tabs
    one.note("uit tab een")
    other.note("uit tab twee", "organisatie-rol")
    browser = as_one_browser(one, other)

    browser.save_json(texts=[text("later", "visie-deskundigheid")], marks=[mark()])

    page = browser.page()
    assert text_in(page) == "uit tab een"
    assert text_in(page, "organisatie-rol") == "uit tab twee"
    assert text_in(page, "visie-deskundigheid") == "later"


def test_a_tab_whose_worksheet_was_poured_into_another_is_told_so(
    tabs: tuple[Visitor, Visitor],
) -> None:
    one, other = tabs
    first = one.note("uit tab een")["worksheet"]
    second = other.note("uit tab twee")["worksheet"]
    browser = as_one_browser(one, other)
    browser.page()

    answers = {
        worksheet: browser.save_json(worksheet=worksheet, texts=[text("x", "visie-deskundigheid")])
        for worksheet in (first, second)
    }

    assert answers[first].status_code == 200
    assert answers[second].status_code == 403
    assert answers[second].json()["problem"] == "other-worksheet"


def began_earlier(tab: Visitor, earlier: timedelta) -> None:
    """Let whoever this tab belongs to have begun so much earlier, worksheets and all."""
    [secret] = tab.keys.values()
    owner = Owner.objects.get(access_keys__digest=digest(secret))
    Owner.objects.filter(pk=owner.pk).update(created_at=owner.created_at - earlier)
    for each in Worksheet.objects.filter(owner=owner):
        Worksheet.objects.filter(pk=each.pk).update(begun_at=each.begun_at - earlier)


@pytest.mark.parametrize(("minutes", "owners"), [(9, 1), (11, 2)])
def test_only_who_began_at_about_the_same_time_are_taken_for_one(
    tabs: tuple[Visitor, Visitor], minutes: int, owners: int
) -> None:
    """A neighbour could plant a key of their own: what is theirs stays theirs, and can be opened."""
    one, other = tabs
    one.save_json(texts=[text("uit tab een", writer="w1")])
    other.save_json(texts=[text("uit tab twee", writer="w2")])
    began_earlier(one, timedelta(minutes=minutes))
    browser = as_one_browser(one, other)

    for path in (ROLE, "/", "/werkbladen/"):
        browser.page(path)
    browser.save_json(texts=[text("later", "visie-deskundigheid", writer="w2")])

    page = browser.page("/werkbladen/")
    addresses = [f"{ROLE}?werkblad={each.public_id}" for each in Worksheet.objects.all()]
    assert Owner.objects.count() == len(addresses) == owners
    assert all(f'href="{address}"' in page for address in addresses)
    written = "\n\n".join(text_in(browser.page(address)) for address in addresses)
    assert sorted(written.split("\n\n")) == ["uit tab een", "uit tab twee"]


def test_a_first_post_that_comes_again_after_joining_wipes_nothing(
    tabs: tuple[Visitor, Visitor],
) -> None:
    """Its answer got lost, so its page sends it once more; the text is of both by then."""
    one, other = tabs
    posts = [text("uit tab een", writer="w1"), text("uit tab twee", writer="w2")]
    one.save_json(texts=posts[:1])
    other.save_json(texts=posts[1:])
    browser = as_one_browser(one, other)
    joined = text_in(browser.page())

    again = [browser.save_json(texts=[each]) for each in posts]

    assert [each.status_code for each in again] == [409, 409]
    assert {each.json()["conflicts"]["visie-rol"]["text"] for each in again} == {joined}
    assert text_in(browser.page()) == joined == "uit tab een\n\nuit tab twee"


@pytest.mark.parametrize("field", ["visie-rol", "organisatie-rol"])
def test_a_new_worksheet_that_is_asked_for_again_after_joining_makes_no_copy(
    tabs: tuple[Visitor, Visitor], field: str
) -> None:
    """Its answer got lost, and what it began was joined into the other tab's meanwhile."""
    one, other = tabs
    first = one.save_json(texts=[text("uit tab een", writer="w1")]).json()["worksheet"]
    post = {"worksheet": f"new:{'n' * 22}", "texts": [text("uit tab twee", field, writer="w2")]}
    assert other.save_json(**post).status_code == 200
    browser = as_one_browser(one, other)
    words = [text_in(browser.page(), each) for each in ("visie-rol", field)]

    again = browser.save_json(**post)

    assert Worksheet.objects.count() == 1
    assert (again.status_code, again.json()["worksheet"]) == (
        409 if field == "visie-rol" else 200,
        first,
    )
    assert [text_in(browser.page(), each) for each in ("visie-rol", field)] == words
    another = browser.save_json(worksheet=f"new:{'m' * 22}", texts=[text("nog een", writer="w3")])
    assert (another.status_code, Worksheet.objects.count()) == (200, 2)


def test_a_new_worksheet_is_not_taken_for_a_strangers_joined_one(
    tabs: tuple[Visitor, Visitor], visitor: Visitor
) -> None:
    one, other = tabs
    one.note("uit tab een")
    assert other.save_json(worksheet=f"new:{'n' * 22}", texts=[text("twee")]).status_code == 200
    as_one_browser(one, other).page()

    answer = visitor.save_json(worksheet=f"new:{'n' * 22}", texts=[text("van mij")])

    assert answer.status_code == 200
    assert text_in(visitor.page()) == "van mij"
    assert Worksheet.objects.count() == 2


def test_the_same_first_text_of_both_is_there_once_and_known_when_it_comes_again(
    tabs: tuple[Visitor, Visitor],
) -> None:
    for number, tab in enumerate(tabs):
        tab.save_json(texts=[text("zelfde", writer=f"w{number}")])
    browser = as_one_browser(*tabs)
    browser.page()

    again = [browser.save_json(texts=[text("zelfde", writer=f"w{number}")]) for number in range(2)]

    assert [each.status_code for each in again] == [200, 200]
    assert text_in(browser.page()) == "zelfde"


def test_a_begin_with_a_key_that_opens_gives_no_second_one(visitor: Visitor) -> None:
    visitor.begin()

    answer = visitor.post(BEGIN, headers={"Origin": HERE})

    assert answer.status_code == 204
    assert not answer.cookies
    assert Owner.objects.count() == 1


def test_a_save_without_a_key_asks_to_begin_first(visitor: Visitor) -> None:
    """The page's script so finds out whether the browser keeps cookies, before it says: saved."""
    answer = visitor.send_json(texts=[text("tekst")])

    assert answer.status_code == 403
    assert answer.json()["problem"] == "no-key"
    assert not Owner.objects.exists()


def test_the_key_is_out_of_reach_of_scripts_and_other_sites(visitor: Visitor) -> None:
    answers = [
        visitor.post(BEGIN, headers={"Origin": HERE}),
        visitor.save_json(texts=[text("tekst")]),
    ]

    for answer in answers:
        [cookie] = answer.cookies.values()
        assert cookie.key.startswith("werkblad-")
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
        assert cookie["max-age"] == 400 * 24 * 3600


def test_a_key_under_the_name_of_version_0_1_opens_too(visitor: Visitor) -> None:
    visitor.note("tekst")
    [secret] = visitor.keys.values()
    old = Visitor()
    old.cookies["werkblad"] = secret

    assert text_in(old.page(ROLE)) == "tekst"
    assert old.save_json(texts=[text("meer", "visie-deskundigheid")]).status_code == 200
    assert set(old.keys) == {"werkblad"}
