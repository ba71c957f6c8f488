"""Who waits for a thread: nobody works for a visitor who left, and who looks after the server never waits."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.operating.troubles import GO_ON, HANGS
from tests.person import SAVE, Answer, Person, ask
from tests.serving import Server, serving

WRITING_THREADS = 3


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    variables = {"DJANGO_SETTINGS_MODULE": "tests.operating.troubles.settings"}
    with serving(tmp_path, **variables, FASTPATH="off", DATABASE_WAIT="300") as running:
        yield running
        (tmp_path / GO_ON).touch()


@pytest.fixture
def people(server: Server) -> list[Person]:
    people = [Person(server) for _ in range(WRITING_THREADS + 2)]
    for person in people:
        person.note("begin")
    return people


def test_nobody_works_for_who_hung_up(server: Server, people: list[Person]) -> None:
    """One save hangs, others wait for the database behind it until no thread is free."""
    *busy, left, stayed = people
    answers: list[Answer] = []
    with waiting([(person, HANGS) for person in busy], answers):
        request = raw_save(left, "ging weg")
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(request)
            time.sleep(1)
        with waiting([(stayed, "bleef")], answers):
            (server.data_dir / GO_ON).touch()

    assert {answer.status for answer in answers} == {200}
    assert ">\nbleef</textarea>" in stayed.page()
    assert ">\nbegin</textarea>" in left.page()


def test_health_waits_for_no_visitor(server: Server, people: list[Person]) -> None:
    answers: list[Answer] = []
    with waiting([(person, HANGS) for person in people], answers):
        alive = ask(server, "/livez")
        numbers = ask(server, "/metrics")
        (server.data_dir / GO_ON).touch()

    assert alive.status == numbers.status == 200
    assert {answer.status for answer in answers} == {200}


@contextmanager
def waiting(saves: list[tuple[Person, str]], answers: list[Answer]) -> Iterator[None]:
    """Saves that are under way for as long as this lasts; their answers come at the end."""

    def send(person: Person, words: str) -> None:
        answers.append(person.send(texts=[person.change(words)]))

    threads = [threading.Thread(target=send, args=each) for each in saves]
    for thread in threads:
        thread.start()
    time.sleep(1)
    try:
        yield
    finally:
        for thread in threads:
            thread.join()


def raw_save(person: Person, words: str) -> bytes:
    change = person.change(words)
    body = json.dumps(
        {"framework": "lob", "edition": "2026-1", "role": "mentor", "texts": [change]}
    ).encode()
    return (
        f"POST {SAVE} HTTP/1.1\r\nHost: 127.0.0.1:{person.server.port}\r\n"
        f"Origin: {person.server.url}\r\nCookie: {person.cookie}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body
