"""With HTTPS switched on, what was written before is taken over on request, and planted keys end.

A neighbour under the same domain can plant a cookie with the old name, holding a key of their own; and
whoever listened in before HTTPS knows the old key. Neither opens anything once it was taken over.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.person import BEGIN, JSON, ROLE, SAVE, Answer, Person
from tests.serving import Server, serving

LIST, TAKE_OVER = "/werkbladen/", "/werkbladen/overnemen/"
OFFER = f'action="{TAKE_OVER}"'


@dataclass
class Secure(Person):
    """A browser that reaches the site by HTTPS."""

    def ask(self, path: str, body: bytes | None = None, kind: str = "", **more: str) -> Answer:
        https = {"X-Forwarded-Proto": "https"}
        if body is not None:
            https["Origin"] = self.server.url.replace("http:", "https:")
        return super().ask(path, body, kind, **https | more)

    def take_over(self) -> Answer:
        answer = self.ask(TAKE_OVER, b"")
        assert (answer.status, answer.header("location")) == (303, LIST)
        return answer


@dataclass
class Installation:
    """One data folder, served first without HTTPS and then with it."""

    server: Server
    cookies: dict[str, dict[str, str]]

    def browser(self, *whose: str) -> Secure:
        """A browser with the cookies that these people were given before HTTPS."""
        jar: dict[str, str] = {}
        for name in whose:
            jar |= self.cookies[name]
        return Secure(self.server, jar)


@pytest.fixture(params=["on", "off"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    variables = {"FASTPATH": request.param, "DATABASE_URL": ""}
    cookies = {}
    with serving(tmp_path / "data", **variables, BEHIND_HTTPS="no") as before:
        # Who began first is whom others would be joined to.
        for name, field in (("neighbour", "orientatie-rol"), ("person", "visie-rol")):
            someone = Person(before)
            someone.note(f"woorden van {name}", field)
            cookies[name] = dict(someone.cookies)
        # The neighbour sees to it that two keys open the same.
        other = Person(before)
        other.begin()
        both = Person(before, cookies["neighbour"] | other.cookies)
        both.page()
        cookies["other"] = dict(other.cookies)
        assert "woorden van neighbour" in other.page()
    with serving(tmp_path / "data", **variables, BEHIND_HTTPS="yes") as server:
        yield Installation(server, cookies)


def secrets(jar: dict[str, str]) -> set[str]:
    return set(jar.values())


def opens(site: Installation, secret: str) -> bool:
    """Whether this secret opens anything at all, shown under the name that is believed."""
    browser = Secure(site.server, {"__Host-werkblad-tried": secret})
    return "woorden van" in browser.page(ROLE) or "woorden van" in browser.page(LIST)


def test_it_is_offered_and_not_taken_by_itself(site: Installation) -> None:
    browser = site.browser("person")

    for path in (LIST, "/", ROLE, "/werkbladen/wissen/", ROLE):
        assert "woorden van person" not in browser.page(path)

    assert OFFER in browser.page(LIST)
    assert "1 van 8 velden" in browser.page(LIST)
    assert browser.cookies == site.cookies["person"]


def test_who_takes_it_over_has_everything_and_the_old_key_ends(site: Installation) -> None:
    browser = site.browser("person")

    answer = browser.take_over()

    assert all("Secure" in each for each in answer.cookies())
    assert [name.startswith("__Host-werkblad-") for name in browser.cookies] == [True]
    assert OFFER not in browser.page(LIST)
    assert "woorden van person" in browser.page(ROLE)
    assert browser.note("erna", "visie-deskundigheid")
    [old] = secrets(site.cookies["person"])
    assert not opens(site, old)
    assert opens(site, *secrets(browser.cookies))


def test_erasing_takes_it_along(site: Installation) -> None:
    browser = site.browser("person")
    assert 'method="post" action="/werkbladen/wissen/"' in browser.page("/werkbladen/wissen/")

    browser.erase()

    assert not browser.cookies
    assert not opens(site, *secrets(site.cookies["person"]))


def test_an_answer_that_gets_lost_loses_nothing(site: Installation) -> None:
    """The old key opens until the new one is shown: it may never have arrived."""
    lost = site.browser("person")
    lost.take_over()
    browser = site.browser("person")

    assert OFFER in browser.page(LIST)
    browser.take_over()

    assert "woorden van person" in browser.page(ROLE)
    assert not opens(site, *secrets(lost.cookies))


def test_two_answers_that_both_arrive_lose_nothing(site: Installation) -> None:
    first, second = site.browser("person"), site.browser("person")
    first.take_over()
    second.take_over()
    browser = Secure(site.server, first.cookies | second.cookies)

    assert "woorden van person" in browser.page(ROLE)
    assert "woorden van person" in browser.page(ROLE)


@pytest.mark.parametrize("first_does", ["reads", "saves"])
def test_no_planted_key_opens_what_is_written_after(site: Installation, first_does: str) -> None:
    """Not by the other key of the neighbour either, and not by one that they took over themselves."""
    theirs = [*secrets(site.cookies["neighbour"]), *secrets(site.cookies["other"])]
    assert all(opens(site, each) for each in theirs)
    ahead = site.browser("other")
    ahead.take_over()
    victim = site.browser("neighbour")

    victim.take_over()
    if first_does == "reads":
        victim.page(LIST)
    else:
        changed = victim.change("geheim", "visie-deskundigheid")
        assert victim.send(texts=[changed]).status == 200
    victim.note("ook geheim", "organisatie-rol")

    for each in (*theirs, *secrets(ahead.cookies)):
        spy = Secure(site.server, {"__Host-werkblad-tried": each})
        assert "geheim" not in spy.page(ROLE)
        assert "woorden van" not in spy.page(ROLE)
    assert "ook geheim" in victim.page(ROLE)


def test_a_planted_key_beside_the_persons_own_opens_nothing_of_theirs(site: Installation) -> None:
    """They began within ten minutes of each other: were they joined before, each key would open both."""
    browser = site.browser("person", "neighbour")
    page = browser.page(LIST)
    assert OFFER in page
    assert page.count("1 van 8 velden") == 2
    browser.take_over()
    spies = [
        Secure(site.server, {"__Host-werkblad-tried": each})
        for each in (*secrets(site.cookies["neighbour"]), *secrets(site.cookies["other"]))
    ]

    def seen() -> str:
        return "".join(spy.page(ROLE) + spy.page(LIST) for spy in spies)

    assert "woorden van person" not in seen()
    browser.page(ROLE)
    browser.note("geheim", "organisatie-rol")

    assert "woorden van person" not in seen()
    assert "geheim" not in seen()
    assert "woorden van person" in browser.page(ROLE)


def test_it_stands_beside_what_was_begun_meanwhile(site: Installation) -> None:
    browser = site.browser("person")
    assert browser.ask(BEGIN, b"").status == 204
    browser.note("intussen", "organisatie-rol")
    assert "woorden van person" not in browser.page(ROLE)

    browser.take_over()

    addresses = set(re.findall(rf'href="({ROLE}\?werkblad=[\w-]+)"', browser.page(LIST)))
    everything = "".join(browser.page(each) for each in addresses or {ROLE})
    assert "intussen" in everything
    assert "woorden van person" in everything


def test_without_https_or_a_word_of_ours_nothing_is_taken(site: Installation) -> None:
    insecure = Person(site.server, dict(site.cookies["person"]))
    assert OFFER not in insecure.page(LIST)
    assert not insecure.ask(TAKE_OVER, b"").cookies()
    browser = site.browser("person")
    assert browser.ask(TAKE_OVER, b"", Origin="https://evil.example").status == 403
    assert browser.ask(TAKE_OVER).status == 405
    nobody = Secure(site.server, {"werkblad-planted": "p" * 43})
    assert OFFER not in nobody.page(LIST)
    assert not nobody.take_over().cookies()
    assert opens(site, *secrets(site.cookies["person"]))


def test_the_old_name_alone_saves_nothing(site: Installation) -> None:
    browser = site.browser("person")
    content: dict[str, Any] = {"framework": "lob", "role": "mentor", "marks": []}
    content["texts"] = [browser.change("erin", "visie-deskundigheid")]

    answer = browser.ask(SAVE, json.dumps(content).encode(), JSON)

    assert (answer.status, answer.json()["problem"]) == (403, "no-key")


def test_the_keeper_can_close_this_door(tmp_path: Path) -> None:
    with serving(tmp_path / "data", DATABASE_URL="", BEHIND_HTTPS="no") as before:
        person = Person(before)
        person.note("woorden van person")
    closed = {"DATABASE_URL": "", "BEHIND_HTTPS": "yes", "KEYS_FROM_HTTP": "no"}
    with serving(tmp_path / "data", **closed) as server:
        browser = Secure(server, dict(person.cookies))
        assert OFFER not in browser.page(LIST)
        assert not browser.take_over().cookies()


def test_worksheets_that_began_in_the_same_minute_are_told_apart(tmp_path: Path) -> None:
    """By the rule of the list itself: no two lines of what is offered are the same."""
    with serving(tmp_path / "data", DATABASE_URL="", BEHIND_HTTPS="no") as before:
        someone = Person(before)
        someone.note("een")
        someone.note("Najaar", "title")
        for _time in range(2):
            begun = someone.form("/werkbladen/nieuw/", framework="lob", role="mentor")
            assert begun.status == 303
        someone.note("van de decaan", "organisatie-rol", role="decaan")
        cookies = dict(someone.cookies)
    data = tmp_path / "data" / "raamwerk.sqlite3"
    with closing(sqlite3.connect(data)) as database, database:
        database.execute("UPDATE worksheets_worksheet SET begun_at = '2026-11-24 09:30:00'")
    with serving(tmp_path / "data", DATABASE_URL="", BEHIND_HTTPS="yes") as server:
        page = Secure(server, cookies).page(LIST)

    offer = page[page.index('id="earlier-keys-heading"') :]
    lines = re.findall(r"<li><span>(.*?)</span>", offer)
    assert sorted(lines) == [
        "Decaan/SLB-coördinator",
        "Mentor/SLB-er · Begonnen op 24 november om 10:30",
        "Mentor/SLB-er · Begonnen op 24 november om 10:30 (2)",
        "Mentor/SLB-er · Begonnen op 24 november om 10:30 (3)",
    ]
    assert "Najaar" not in page
