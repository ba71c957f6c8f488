"""Saving outlives any error: it is answered and logged, later saves go on, and health tells."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operating.troubles import BREAKS, GO_ON, HANGS
from tests.person import Answer, Person, ask
from tests.serving import Server, serving

WAIT = 1
TROUBLED = {
    "DJANGO_SETTINGS_MODULE": "tests.operating.troubles.settings",
    "DATABASE_WAIT": str(WAIT),
}


@pytest.fixture(params=["on", "off"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    log = tmp_path / "log"
    with serving(tmp_path / "data", log, **TROUBLED, FASTPATH=request.param) as running:
        yield running
        (tmp_path / "data" / GO_ON).touch()


def test_an_error_of_the_program_is_answered_and_later_saves_go_on(server: Server) -> None:
    person = Person(server)
    person.note("eerst")
    for _time in range(3):
        answer = person.send(texts=[person.change(BREAKS)])
        assert (answer.status, answer.json()["problem"]) == (500, "our-fault")

        person.note("daarna")

    assert ">\ndaarna</textarea>" in person.page()
    assert ask(server, "/healthz").status == 200
    assert server.log
    assert "RuntimeError" in server.log.read_text()
    assert BREAKS not in server.log.read_text()


def test_an_error_in_one_batch_leaves_the_saves_of_others_good_or_answered(server: Server) -> None:
    """Whoever saves at the same time is kept, or hears that they are not; nobody waits for ever."""
    people = [Person(server) for _ in range(12)]
    for person in people:
        person.note("begin")
    answers: dict[int, Answer] = {}

    def save(number: int) -> None:
        words = BREAKS if number % 4 == 0 else f"nummer {number}"
        answers[number] = people[number].send(texts=[people[number].change(words)])

    threads = [threading.Thread(target=save, args=(number,)) for number in range(len(people))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert {answers[number].status for number in range(0, 12, 4)} == {500}
    for number, person in enumerate(people):
        kept = f"nummer {number}" if answers[number].status == 200 else "begin"
        assert f">\n{kept}</textarea>" in person.page()


def test_a_save_without_an_answer_in_time_is_told_and_health_tells_too(tmp_path: Path) -> None:
    """On the fast path, where one thread saves for all."""
    with serving(tmp_path, **TROUBLED, FASTPATH="on") as server:
        person, other = Person(server), Person(server)
        person.note("begin")
        other.note("begin")

        stuck = person.send(texts=[person.change(HANGS)])
        waits = other.send(texts=[other.change("wacht")])
        health = ask(server, "/healthz")
        (tmp_path / GO_ON).touch()

        assert (stuck.status, stuck.json()["problem"]) == (503, "storage")
        assert stuck.header("retry-after")
        assert (waits.status, waits.json()["problem"]) == (503, "storage")
        assert health.status == 503
        until_healthy(server)
        other.note("gaat door")


def until_healthy(server: Server) -> None:
    while ask(server, "/healthz").status != 200:
        time.sleep(0.1)
