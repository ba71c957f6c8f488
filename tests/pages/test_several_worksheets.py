"""One may have several worksheets for a role; their public ids open nothing by themselves."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from raamwerk.web.rate_limit import RateLimit
from raamwerk.worksheets.models import Worksheet
from raamwerk.worksheets.save import MOST_OF_A_ROLE
from tests.pages.conftest import OVERVIEW, ROLE, Visitor, hidden_in, text, text_in
from tests.pages.reading import words_of

ANOTHER = "/werkbladen/nieuw/"
NONSENSE = "x" * 22


def begin_another(visitor: Visitor, role: str = "mentor") -> Any:
    return visitor.send_form(ANOTHER, {"framework": "lob", "role": role})


def name_of(answer: Any) -> str:
    """The public id in the address that an answer leads to."""
    found = re.fullmatch(r"/lob/mentor/\?werkblad=([\w-]{22})", answer["Location"])
    assert found
    return found[1]


@pytest.fixture
def two(visitor: Visitor) -> tuple[Visitor, str, str]:
    """Somebody with two worksheets for one role, the second one begun last."""
    first = visitor.note("uit het eerste")["worksheet"]
    second = name_of(begin_another(visitor))
    visitor.note("uit het tweede", worksheet=second)
    return visitor, first, second


def test_another_one_begins_empty_and_is_shown(visitor: Visitor) -> None:
    visitor.note("uit het eerste")

    answer = begin_another(visitor)

    assert answer.status_code == 303
    assert text_in(visitor.page(answer["Location"])) == ""
    assert Worksheet.objects.count() == 2


def test_whoever_has_none_yet_begins_one_too(visitor: Visitor) -> None:
    answer = begin_another(visitor)

    assert text_in(visitor.page(answer["Location"])) == ""
    assert len(visitor.keys) == 1


def test_the_role_shows_the_one_last_worked_on(two: tuple[Visitor, str, str]) -> None:
    visitor, first, second = two
    assert hidden_in(visitor.page(), "worksheet") == second

    visitor.save_json(worksheet=first, texts=[text("weer het eerste", sequence=2)])

    page = visitor.page()
    assert hidden_in(page, "worksheet") == first
    assert text_in(page) == "weer het eerste"


def test_a_switch_leads_to_each(two: tuple[Visitor, str, str]) -> None:
    visitor, first, second = two

    page = visitor.page()

    for public_id in (first, second):
        assert f'href="{ROLE}?werkblad={public_id}"' in page
    assert text_in(visitor.page(f"{ROLE}?werkblad={first}")) == "uit het eerste"
    assert text_in(visitor.page(f"{ROLE}?werkblad={second}")) == "uit het tweede"


def test_with_one_worksheet_there_is_nothing_to_switch(visitor: Visitor) -> None:
    visitor.note("tekst")

    assert "werkblad=" not in visitor.page()


def test_areas_and_overview_of_a_named_one_name_it_too(two: tuple[Visitor, str, str]) -> None:
    visitor, first, _second = two

    page = visitor.page(f"{ROLE}?werkblad={first}").replace("&amp;", "&")

    assert f'href="{ROLE}?gebied=visie&werkblad={first}"' in page
    assert f'href="{OVERVIEW}?werkblad={first}"' in page
    assert "uit het eerste" in visitor.page(f"{OVERVIEW}?werkblad={first}")
    assert "uit het tweede" not in visitor.page(f"{OVERVIEW}markdown/?werkblad={first}")


def test_a_form_of_a_named_one_saves_there(two: tuple[Visitor, str, str]) -> None:
    visitor, first, second = two

    visitor.save_form(worksheet=first, **{"text:visie-deskundigheid": "hierbij"})

    assert "hierbij" in visitor.page(f"{ROLE}?werkblad={first}")
    assert "hierbij" not in visitor.page(f"{ROLE}?werkblad={second}")


def test_a_form_leads_back_to_the_worksheet_that_it_saved(two: tuple[Visitor, str, str]) -> None:
    visitor, first, _second = two

    answer = visitor.save_form(worksheet=first, **{"text:visie-deskundigheid": "hierbij"})

    assert "hierbij" in visitor.get(answer["Location"]).content.decode()


def rename(visitor: Visitor, worksheet: str, title: str, base: str = "") -> Any:
    form = {"framework": "lob", "role": "mentor", "worksheet": worksheet, "base:title": base}
    return visitor.send_form("/werkbladen/naam/", {**form, "text:title": title})


def test_a_title_is_saved_and_tells_them_apart(two: tuple[Visitor, str, str]) -> None:
    visitor, first, second = two

    answer = rename(visitor, first, 'Voorjaar <2026> & "meer"')

    assert answer["Location"] == "/werkbladen/"
    shown = "Voorjaar &lt;2026&gt; &amp; &quot;meer&quot;"
    assert shown in visitor.page("/werkbladen/")
    assert shown in visitor.page(f"{ROLE}?werkblad={second}")


def names_in(page: str, place: str) -> dict[str, str]:
    """What a page calls each worksheet, by its public id: the words of the links in this part of it."""
    part = page.partition(place)[2].partition("</ul>")[0]
    links = re.findall(r'<a href="/(?:en/)?lob/mentor/\?werkblad=([\w-]{22})"[^>]*>(.*?)</a>', part)
    return {name: re.sub(r"<[^>]*>", "", words) for name, words in links}


LISTS = [(ROLE, 'aria-labelledby="switch-heading"'), ("/werkbladen/", 'class="worksheets"')]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(("path", "place"), LISTS)
def test_those_without_a_name_are_told_apart_by_when_they_were_begun(
    two: tuple[Visitor, str, str], path: str, place: str, language: str
) -> None:
    """Also when nothing but the second differs, and whichever was changed last."""
    visitor, first, second = two
    third = name_of(begin_another(visitor))
    begun = datetime(2026, 11, 3, 13, 2, tzinfo=UTC)
    for worksheet, moment in {
        first: begun,
        second: begun + timedelta(seconds=1),
        third: begun + timedelta(days=1),
    }.items():
        Worksheet.objects.filter(public_id=worksheet).update(begun_at=moment, changed_at=begun)

    names = names_in(visitor.page(language + path), place)

    said = "Started on 3 November at 14:02" if language else "Begonnen op 3 november om 14:02"
    assert len(set(names.values())) == len(names) == 3
    assert names[first].endswith(said)
    assert names[second].endswith(f"{said} (2)")
    assert names[third].endswith(said.replace("3 ", "4 "))


@pytest.mark.parametrize(("path", "place"), LISTS)
def test_those_of_one_name_are_told_apart_too(
    two: tuple[Visitor, str, str], path: str, place: str
) -> None:
    visitor, first, second = two
    third = name_of(begin_another(visitor))
    for worksheet, title in ((first, "Najaar"), (second, "Najaar"), (third, "Voorjaar")):
        rename(visitor, worksheet, title)

    names = names_in(visitor.page(path), place)

    assert len(set(names.values())) == 3
    assert "Najaar · Begonnen op" in names[first]
    assert names[third].endswith("Voorjaar")


def test_the_only_one_of_a_role_needs_no_more_than_its_role(visitor: Visitor) -> None:
    visitor.note("tekst")

    assert "Begonnen op" not in visitor.page("/werkbladen/")


def test_a_title_that_is_too_long_stays_in_its_field(two: tuple[Visitor, str, str]) -> None:
    visitor, first, _second = two

    answer = rename(visitor, first, "t" * 203)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "3 tekens te lang" in page
    assert f'value="{"t" * 203}"' in page
    assert '<details class="names" open>' in page


def test_two_windows_that_name_it_see_both_names(two: tuple[Visitor, str, str]) -> None:
    visitor, first, _second = two
    rename(visitor, first, "Voorjaar")

    answer = rename(visitor, first, "Najaar")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Najaar"' in page
    assert '<span dir="auto" translate="no">Voorjaar</span>' in page
    base = re.search(rf'{first}">\s*<input type="hidden" name="base:title" value="([^"]+)"', page)
    assert base
    assert rename(visitor, first, "Najaar", base[1]).status_code == 303
    assert "Najaar" in visitor.page("/werkbladen/")


def test_a_name_for_a_worksheet_that_is_gone_is_told(two: tuple[Visitor, str, str]) -> None:
    visitor, _first, _second = two

    answer = rename(visitor, "A" * 22, "Najaar")

    assert answer.status_code == 403
    assert "De naam “Najaar” is niet bewaard" in words_of(answer.content.decode())


def test_my_worksheets_lists_all_with_role_and_amount(two: tuple[Visitor, str, str]) -> None:
    visitor, first, second = two
    visitor.note("als decaan", role="decaan")

    page = visitor.page("/werkbladen/")

    assert page.count("werkblad=") >= 3
    assert first in page
    assert second in page
    assert page.count("1 van 8 velden · 0 vinkjes") >= 3


@pytest.mark.parametrize(
    "address", [ROLE, "/lob/mentor/", OVERVIEW, f"{OVERVIEW}pdf/", f"/en{ROLE}"]
)
def test_a_strangers_public_id_is_as_nonsense(
    visitor: Visitor, other_visitor: Visitor, address: str
) -> None:
    theirs = other_visitor.note("van een ander")["worksheet"]
    visitor.note("van mij")

    strange = visitor.get(f"{address}?werkblad={theirs}")
    nonsense = visitor.get(f"{address}?werkblad={NONSENSE}")

    assert strange.status_code == nonsense.status_code == 404
    assert strange.content.decode().replace(theirs, "") == nonsense.content.decode().replace(
        NONSENSE, ""
    )
    assert dict(strange.headers) == dict(nonsense.headers)


@pytest.mark.parametrize("has_key", [False, True])
def test_a_strangers_public_id_opens_nothing_without_a_key_either(
    visitor: Visitor, other_visitor: Visitor, has_key: bool
) -> None:
    theirs = other_visitor.note("van een ander")["worksheet"]
    if has_key:
        visitor.cookies["werkblad"] = "k" * 43

    answer = visitor.get(f"{ROLE}?werkblad={theirs}")

    assert answer.status_code == 404
    assert "van een ander" not in answer.content.decode()


@pytest.mark.parametrize("named", ["theirs", NONSENSE])
def test_nobody_saves_in_a_strangers_worksheet(
    visitor: Visitor, other_visitor: Visitor, named: str
) -> None:
    theirs = other_visitor.note("van een ander")["worksheet"]
    visitor.note("van mij")

    answer = visitor.save_json(
        worksheet=theirs if named == "theirs" else named, texts=[text("erin")]
    )

    assert answer.status_code == 403
    assert answer.json()["problem"] == "other-worksheet"
    assert text_in(other_visitor.page()) == "van een ander"
    assert text_in(visitor.page()) == "van mij"


def test_who_tries_to_save_in_a_strangers_worksheet_is_a_line_in_the_log(
    visitor: Visitor,
    other_visitor: Visitor,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("raamwerk.web.refusals._rate_limit", RateLimit())
    theirs = other_visitor.note("van een ander")["worksheet"]
    visitor.note("van mij")

    visitor.save_json(worksheet=theirs, texts=[text("erin")])
    visitor.save_form(worksheet=theirs, **{"text:visie-rol": "erin"})
    rename(visitor, theirs, "erin")

    assert [each.getMessage() for each in caplog.records] == [
        "Refused: other-worksheet (403) at save",
        "Refused: other-worksheet (403) at save",
        "Refused: other-worksheet (403) at rename",
    ]


def test_a_form_for_a_worksheet_that_is_gone_keeps_what_was_typed(
    visitor: Visitor, other_visitor: Visitor
) -> None:
    theirs = other_visitor.note("van een ander")["worksheet"]
    visitor.note("van mij")

    answer = visitor.save_form(worksheet=theirs, **{"text:visie-rol": "getypt"})
    page = answer.content.decode()

    assert answer.status_code == 403
    assert text_in(page) == "getypt"
    again = visitor.save_form(
        worksheet=hidden_in(page, "worksheet"), **{"text:visie-rol": "getypt"}
    )
    assert again.status_code == 303
    once_more = visitor.save_form(
        worksheet=hidden_in(page, "worksheet"), **{"text:visie-rol": "getypt"}
    )
    assert once_more.status_code == 303
    assert text_in(visitor.page()) == "getypt"
    assert Worksheet.objects.count() == 3


def test_nobody_takes_a_strangers_worksheet_to_another_edition(
    visitor: Visitor, other_visitor: Visitor
) -> None:
    theirs = other_visitor.note("van een ander")["worksheet"]
    visitor.note("van mij")

    strange = visitor.send_form("/werkbladen/editie/", {"worksheet": theirs})
    nonsense = visitor.send_form("/werkbladen/editie/", {"worksheet": NONSENSE})

    assert strange.status_code == nonsense.status_code == 404
    assert strange.content == nonsense.content


def test_public_ids_can_not_be_guessed(visitor: Visitor) -> None:
    visitor.note("tekst")
    ids = {name_of(begin_another(visitor)) for _time in range(20)}

    assert len(ids) == 20
    assert all(len(each) == 22 for each in ids)


def test_more_than_so_many_are_refused_in_words_and_those_that_are_there_go_on(
    visitor: Visitor,
) -> None:
    ids = [visitor.note("eerste")["worksheet"]]
    ids += [name_of(begin_another(visitor)) for _time in range(MOST_OF_A_ROLE - 1)]

    by_script = visitor.save_json(worksheet=f"new:{NONSENSE}", texts=[text("te veel")])
    by_form = visitor.save_form(worksheet="new:", **{"text:visie-rol": "te veel"})
    by_button = begin_another(visitor)

    assert by_script.json()["problem"] == "too-many-worksheets"
    assert [each.status_code for each in (by_script, by_form, by_button)] == [409, 409, 409]
    told = [by_script.json()["message"], by_form.content.decode(), by_button.content.decode()]
    assert all("Je hebt al heel veel werkbladen voor deze rol" in each for each in told)
    assert text_in(by_form.content.decode()) == "te veel"
    assert set(Worksheet.objects.values_list("public_id", flat=True)) == set(ids)
    known = visitor.save_json(worksheet=f"new:{ids[-1]}", texts=[text("gaat verder")])
    assert (known.status_code, known.json()["worksheet"]) == (200, ids[-1])
    assert begin_another(visitor, "decaan").status_code == 303
