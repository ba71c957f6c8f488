"""Whatever is very long in a request is answered clearly, briefly, and without losing anything else."""

from collections.abc import Iterator

import pytest

from tests.person import OVERVIEW, ROLE, SAVE, Person, ask
from tests.serving import Server, serving

LONG, LONGER = "a" * 60_000, "a" * 1_000_000
"""Within what the server reads as headers, and beyond it."""

MOST = len(LONG) + 10_000
"""In bytes: a page that says what is wrong repeats it once at most, in its address in another language."""


@pytest.fixture(scope="module", params=["on", "off"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data"), FASTPATH=request.param) as running:
        yield running


@pytest.mark.parametrize(
    "path",
    [
        f"/{LONG}",
        f"/{LONG}/",
        f"/lob/{LONG}/",
        f"/{LONG}/mentor/",
        f"{OVERVIEW}{LONG}/",
        f"/static/{LONG}/",
        f"/static/{LONG}.css",
        f"{ROLE}?gebied={LONG}",
        f"{ROLE}?werkblad={LONG}",
    ],
    ids=range(9),
)
def test_a_long_address_is_not_there_in_words(server: Server, path: str) -> None:
    for _time in range(2):
        answer = ask(server, path)

        assert answer.status == 404
        assert "<h1>Niet gevonden</h1>" in answer.words
        assert len(answer.body) < MOST


def test_one_without_its_slash_is_not_led_on(server: Server) -> None:
    answer = ask(server, f"/lob/{LONG}")

    assert answer.status == 400
    assert "<h1>Niet te lezen</h1>" in answer.words


def test_a_long_query_that_means_nothing_is_left_off(server: Server) -> None:
    answer = ask(server, f"{ROLE}?{LONG}")

    assert (answer.status, answer.header("location")) == (302, ROLE)


@pytest.mark.parametrize("host", [LONG, f"{LONG}.example", f"127.0.0.1:{LONG}"], ids=range(3))
@pytest.mark.parametrize("path", [ROLE, "/livez", SAVE])
def test_a_long_host_is_refused_in_words(server: Server, host: str, path: str) -> None:
    ask(server, path)
    for _time in range(2):
        answer = ask(server, path, {"Host": host})

        assert answer.status == 400
        assert "<h1>Niet te lezen</h1>" in answer.words
        assert len(answer.body) < MOST


@pytest.mark.parametrize("name", ["Accept-Language", "Accept-Encoding", "Referer", "User-Agent"])
def test_another_long_header_changes_nothing(server: Server, name: str) -> None:
    person = Person(server)
    person.note("van mij")

    assert person.ask(ROLE, None, "", **{name: LONG}).words == person.page()
    assert ask(server, ROLE, {name: LONG}).words == ask(server, ROLE).words


@pytest.mark.parametrize("name", ["lang", "werkblad", "werkblad-AbCdEfGh"])
def test_a_long_cookie_does_not_hide_the_key(server: Server, name: str) -> None:
    person = Person(server)
    person.note("van mij")
    person.cookies = {name: LONG, **person.cookies, f"{name}x": LONG}

    assert ">\nvan mij</textarea>" in person.page()
    person.note("en bewaard")


@pytest.mark.parametrize("name", ["path", "Host", "Cookie", "Accept-Language"])
def test_what_is_longer_still_is_refused_and_the_site_goes_on(server: Server, name: str) -> None:
    path, headers = (f"/{LONGER}", {}) if name == "path" else (ROLE, {name: LONGER})
    try:
        status = ask(server, path, headers).status
    except (BrokenPipeError, ConnectionResetError):
        status = 431  # refused while we were still sending
    assert status in (400, 414, 431)

    assert ask(server, ROLE).status == 200
