"""A save that goes past Django is answered, kept and refused as one that goes through it."""

import json
import secrets
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from typing import Any

import pytest

from tests.serving import Server, serving

Answered = tuple[int, dict[str, str], dict[str, Any]]
DJANGO_ADDRESS, EVERYDAY_ADDRESS = "/en/werkblad/bewaren/", "/werkblad/bewaren/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


def send(
    server: Server, content: object, cookie: str = "", path: str = EVERYDAY_ADDRESS, **other: str
) -> Answered:
    headers = {"Content-Type": "application/json", "Origin": server.url, "Cookie": cookie, **other}
    body = json.dumps(content).encode()
    request = urllib.request.Request(f"{server.url}{path}", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, lower_case(answer.headers), json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, lower_case(refused.headers), json.load(refused)


def lower_case(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def point(text: str, sequence: int = 1, writer: str = "w", base: str = "") -> dict[str, object]:
    words = {"field": "visie-rol", "text": text, "base": base}
    return {
        "framework": "lob",
        "role": "mentor",
        "points": [{**words, "writer": writer, "sequence": sequence}],
    }


def begin(server: Server, text: str = "begin") -> str:
    """A new worksheet; its first save goes through Django."""
    status, headers, _kept = send(server, {**point(text), "key": secrets.token_urlsafe(32)})
    assert status == 200
    return headers["set-cookie"].split(";")[0]


def page(server: Server, cookie: str) -> str:
    request = urllib.request.Request(f"{server.url}/lob/mentor/", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(answer.read().decode())


def test_it_answers_as_django_does(server: Server) -> None:
    key = secrets.token_urlsafe(32)
    status, by_django, first = send(server, {**point("een"), "key": key})
    again, past_django, second = send(server, point("een", 2), f"werkblad={key}")

    assert (status, first) == (again, second)
    changing = {"date", "content-length", "set-cookie"}
    assert {n: v for n, v in past_django.items() if n not in changing} == {
        n: v for n, v in by_django.items() if n not in changing
    }
    wanted = ("HttpOnly", "Max-Age=34560000", "Path=/", "SameSite=Lax", f"werkblad={key}")
    for part in wanted:
        assert part in by_django["set-cookie"]
        assert part in past_django["set-cookie"]


def test_what_was_kept_is_on_the_page(server: Server) -> None:
    cookie = begin(server)

    assert send(server, point("twee <b>", 2), cookie)[0] == 200

    assert "twee &lt;b&gt;" in page(server, cookie)


def test_words_that_this_page_never_saw_are_not_wiped(server: Server) -> None:
    cookie = begin(server, "van een ander venster")

    status, _headers, answer = send(server, point("mijn tekst", 1, writer="other"), cookie)

    assert status == 409
    assert answer["conflicts"]["visie-rol"]["text"] == "van een ander venster"
    assert "ander venster" in answer["conflicts"]["visie-rol"]["message"]
    assert "van een ander venster" in page(server, cookie)


def test_what_is_too_long_is_refused_in_words(server: Server) -> None:
    status, _headers, answer = send(server, point("x" * 10_001, 2), begin(server))

    assert status == 422
    assert "te lang" in answer["refusals"]["visie-rol"]


def test_a_key_that_opens_nothing_is_refused_and_taken_away(server: Server) -> None:
    begin(server)
    status, headers, answer = send(
        server, point("voor niemand"), f"werkblad={secrets.token_urlsafe(32)}"
    )

    assert (status, answer["problem"]) == (403, "unknown-key")
    assert "Max-Age=0" in headers["set-cookie"]


def test_another_site_can_keep_nothing(server: Server) -> None:
    cookie = begin(server, "van mij")
    for foreign in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        status, _headers, answer = send(server, point("van een ander", 9), cookie, **foreign)
        assert (status, answer["problem"]) == (403, "foreign-post")
    assert "van mij" in page(server, cookie)


def test_everybody_who_saves_at_the_same_time_is_kept(server: Server) -> None:
    cookies = [begin(server) for _ in range(20)]
    failures: list[int] = []

    def write(number: int) -> None:
        for sequence in range(2, 12):
            status, *_ = send(server, point(f"{number}:{sequence}.", sequence), cookies[number])
            if status != 200:
                failures.append(status)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(len(cookies))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert failures == []
    for number, cookie in enumerate(cookies):
        assert f">{number}:11.<" in page(server, cookie).replace("\n", "")


@pytest.mark.parametrize(
    ("path", "words"),
    [(EVERYDAY_ADDRESS, "Er is niets verloren"), (DJANGO_ADDRESS, "Nothing was lost")],
)
def test_too_much_at_once_is_held_back_in_words(
    tmp_path_factory: pytest.TempPathFactory, path: str, words: str
) -> None:
    with serving(tmp_path_factory.mktemp("data"), SAVES_PER_MINUTE="5") as server:
        cookie, other = begin(server), begin(server)
        answers = [send(server, point("x", number), cookie, path) for number in range(2, 18)]

        refused = [answer for answer in answers if answer[0] == 429]
        assert len(refused) >= 4
        assert words in refused[0][2]["message"]
        assert refused[0][1]["retry-after"] == "60"
        assert send(server, point("y", 2), other, path)[0] == 200


def test_what_is_tried_again_by_django_is_counted_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with serving(tmp_path_factory.mktemp("data"), SAVES_PER_MINUTE="6") as server:
        cookie = begin(server, "van een ander venster")
        statuses = [send(server, point("x", 1, writer="other"), cookie)[0] for _ in range(5)]

    assert statuses == [409] * 5


def test_too_many_pages_at_once_are_held_back_and_saving_goes_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with serving(tmp_path_factory.mktemp("data"), PAGES_PER_MINUTE="5") as server:
        cookie, other = begin(server), begin(server)
        statuses = [status_of(server, cookie) for _ in range(16)]

        assert statuses[0] == 200
        assert statuses.count(429) >= 4
        assert status_of(server, other) == 200
        assert status_of(server, "") == 200
        assert send(server, point("gaat door", 2), cookie)[0] == 200


def status_of(server: Server, cookie: str) -> int:
    request = urllib.request.Request(f"{server.url}/lob/mentor/", headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
