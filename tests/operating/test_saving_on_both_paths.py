"""Saves by the page's script are answered, kept and refused alike on the fast path and without it."""

import re
import secrets
import threading
from collections.abc import Iterator

import pytest

from tests.person import ROLE, SAVE, Person, ask
from tests.serving import Server, serving

PATHS = ["on", "off"]


@pytest.fixture(scope="module", params=PATHS)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data"), FASTPATH=request.param) as running:
        yield running


@pytest.fixture
def writer(server: Server) -> Person:
    """Somebody who has begun."""
    person = Person(server)
    person.note("begin")
    return person


def test_what_was_kept_is_on_the_page(writer: Person) -> None:
    writer.note("twee <b>")

    assert "twee &lt;b&gt;" in writer.page()


def test_in_english_it_is_answered_in_english(writer: Person) -> None:
    body = b'{"framework": "lob", "role": "mentor"}'

    answer = writer.ask(f"/en{SAVE}", body, "application/json")

    assert answer.status == 200
    assert answer.json()["told"].startswith("Saved at ")


def test_words_that_this_page_never_saw_are_not_wiped(writer: Person) -> None:
    change = writer.change("mijn tekst", writer="other")

    answer = writer.send(texts=[change])

    assert answer.status == 409
    assert answer.json()["conflicts"]["visie-rol"]["text"] == "begin"
    assert ">\nbegin</textarea>" in writer.page()


def test_what_is_too_long_is_refused_in_words(writer: Person) -> None:
    answer = writer.send(texts=[writer.change("x" * 10_001)])

    assert answer.status == 422
    assert "te lang" in answer.json()["refusals"]["visie-rol"]


def test_the_browser_keeps_its_key_for_another_400_days(writer: Person) -> None:
    before = dict(writer.cookies)

    [cookie] = writer.send(texts=[writer.change("meer")]).cookies()

    assert writer.cookies == before
    for part in ("HttpOnly", "Max-Age=34560000", "Path=/", "SameSite=Lax"):
        assert part in cookie


def test_a_key_that_opens_nothing_is_refused_and_not_taken(server: Server) -> None:
    stranger = Person(server, {"werkblad": "k" * 43})

    answer = stranger.send(texts=[stranger.change("voor niemand")])

    assert (answer.status, answer.json()["problem"]) == (403, "no-key")
    assert not answer.cookies()


@pytest.mark.parametrize("many", [9, 30, 60])
def test_many_keys_that_open_nothing_stand_in_no_ones_way(server: Server, many: int) -> None:
    """As browsers send them: the cookies that were given first come first."""
    unknown = {f"werkblad-{number:08}": secrets.token_urlsafe(32) for number in range(many)}
    person = Person(server, dict(unknown))
    assert person.send(texts=[person.change("te vroeg")]).json()["problem"] == "no-key"

    person.begin()
    person.note("bewaard")
    person.note("nog eens bewaard")

    assert ">\nnog eens bewaard</textarea>" in person.page()
    assert unknown.items() <= person.cookies.items()
    assert len(person.cookies) == many + 1


def test_a_worksheet_that_the_page_names_itself_begins_once(writer: Person) -> None:
    named = secrets.token_urlsafe(16)
    post = {"worksheet": f"new:{named}", "texts": [writer.change("van een nieuw werkblad")]}

    answers = [writer.send(**post) for _time in range(2)]

    assert [each.status for each in answers] == [200, 200]
    assert [each.json()["worksheet"] for each in answers] == [named, named]
    addresses = set(re.findall(rf"{ROLE}\?werkblad=[\w-]+", writer.page("/werkbladen/")))
    assert len(addresses) == 2
    assert ">\nvan een nieuw werkblad</textarea>" in writer.page(f"{ROLE}?werkblad={named}")


def test_a_field_that_comes_twice_in_one_save_is_refused_in_words(writer: Person) -> None:
    twice = [writer.change("een keer"), writer.change("nog een keer")]
    marks = [{"statement": "mentor-visie-rol-1", "kind": "work-on", "on": True, "base": 0}]
    marks = [{**each, "writer": "w", "sequence": 9} for each in marks]

    answer = writer.send(texts=[writer.change("hierbij", "organisatie-rol"), *twice], marks=marks)

    assert (answer.status, answer.json()["problem"]) == (400, "unreadable")
    assert "beschadigd" in answer.json()["message"]
    page = writer.page()
    assert ">\nbegin</textarea>" in page
    assert "hierbij" not in page
    assert "checked" not in page


@pytest.mark.parametrize(
    "foreign", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_site_can_keep_nothing(writer: Person, foreign: dict[str, str]) -> None:
    answer = writer.ask(SAVE, b"{}", "application/json", **foreign)

    assert (answer.status, answer.json()["problem"]) == (403, "foreign-post")


def test_everybody_who_saves_at_the_same_time_is_kept(server: Server) -> None:
    people = [Person(server) for _ in range(20)]
    failures: list[str] = []

    def write(number: int) -> None:
        try:
            for time in range(10):
                people[number].note(f"{number}:{time}.")
        except AssertionError as refused:
            failures.append(str(refused))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(len(people))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert failures == []
    for number, person in enumerate(people):
        assert f">\n{number}:9.</textarea>" in person.page()


@pytest.mark.parametrize("fastpath", PATHS)
@pytest.mark.parametrize(
    ("language", "words"), [("", "Er is niets verloren"), ("/en", "Nothing has been lost")]
)
def test_too_much_at_once_is_held_back_in_words(
    tmp_path_factory: pytest.TempPathFactory, fastpath: str, language: str, words: str
) -> None:
    variables = {"SAVES_PER_MINUTE": "5", "FASTPATH": fastpath}
    with serving(tmp_path_factory.mktemp("data"), **variables) as server:
        person, other = Person(server), Person(server)
        person.begin()
        body = b'{"framework": "lob", "role": "mentor"}'
        # More than twice as many, as a minute may end meanwhile.
        answers = [person.ask(f"{language}{SAVE}", body, "application/json") for _ in range(16)]

        refused = [answer for answer in answers if answer.status == 429]
        assert len(refused) >= 4
        assert words in refused[0].json()["message"]
        assert refused[0].header("retry-after") == "60"
        other.note("gaat door")


@pytest.mark.parametrize("fastpath", PATHS)
def test_too_many_pages_at_once_are_held_back_and_saving_goes_on(
    tmp_path_factory: pytest.TempPathFactory, fastpath: str
) -> None:
    variables = {"PAGES_PER_MINUTE": "5", "FASTPATH": fastpath}
    with serving(tmp_path_factory.mktemp("data"), **variables) as server:
        person, other = Person(server), Person(server)
        person.note("een")
        other.note("een")
        statuses = [person.ask(ROLE).status for _ in range(16)]

        assert statuses[0] == 200
        assert statuses.count(429) >= 4
        assert other.ask(ROLE).status == 200
        assert ask(server, ROLE).status == 200
        person.note("gaat door")


@pytest.mark.parametrize("fastpath", PATHS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_downloads_are_counted_as_downloads_in_every_language(
    tmp_path_factory: pytest.TempPathFactory, fastpath: str, language: str
) -> None:
    variables = {"DOWNLOADS_PER_MINUTE": "1", "FASTPATH": fastpath}
    with serving(tmp_path_factory.mktemp("data"), **variables) as server:
        person = Person(server)
        person.note("een")
        address = f"{language}/lob/mentor/overzicht/markdown/"

        assert 429 in [person.ask(address).status for _ in range(3)]
        assert person.ask(ROLE).status == 200
