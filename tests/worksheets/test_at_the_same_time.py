"""Many people saving at the same time: everything acknowledged is kept, nothing is mixed up."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from raamwerk.notes import MarkKind
from raamwerk.owners.access import begin_owner
from raamwerk.owners.models import Owner
from raamwerk.worksheets.changes import MarkChange, TextChange
from raamwerk.worksheets.models import Worksheet
from raamwerk.worksheets.upkeep import open_settled_desk, settle
from tests.worksheets.from_before_sealing import begin_unsealed
from tests.worksheets.writing import read, the_role, write

PEOPLE = 12
SAVES = 10

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count: int, work: Callable[[int], object]) -> None:
    """Do this so many times, each in a thread of its own, all at the same moment."""
    together = threading.Barrier(count)

    def one(number: int) -> None:
        together.wait()
        try:
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(one, range(count)))


def test_everyone_finds_their_own_last_words() -> None:
    field = the_role().fields[0].id
    secrets = [begin_owner() for _ in range(PEOPLE)]

    def work(person: int) -> None:
        for number in range(SAVES):
            words = f"{person}:{number}"
            write(
                secrets[person], TextChange(field, words, writer=f"w{person}", sequence=number + 1)
            )

    at_once(PEOPLE, work)

    for person, secret in enumerate(secrets):
        assert read(secret).texts[field] == f"{person}:{SAVES - 1}"


@pytest.mark.parametrize("worksheet", ["", "new:AbCdEfGhIjKlMnOpQrStUv"])
def test_first_saves_at_once_with_one_key_make_one_worksheet(worksheet: str) -> None:
    """Whether the page names the worksheet that it begins, or only the role."""
    statements = the_role().statements[:8]
    secret = begin_owner()

    at_once(
        len(statements),
        lambda number: write(
            secret,
            MarkChange(statements[number].id, MarkKind.WORK_ON, on=True, writer=f"{number}"),
            worksheet=worksheet,
        ),
    )

    assert Worksheet.objects.count() == 1
    assert read(secret).notes.marks == {(each.id, MarkKind.WORK_ON) for each in statements}


def test_two_owners_become_one_once_however_many_ask() -> None:
    field = the_role().fields[0].id
    first, second = begin_owner(), begin_owner()
    write(first, TextChange(field, "een"))
    write(second, TextChange(field, "twee"))

    at_once(6, lambda number: settle((first, second)[:: 1 if number % 2 else -1]))

    assert Owner.objects.count() == 1
    assert read(first).texts[field] == read(second).texts[field] == "een\n\ntwee"


def test_words_from_before_sealing_are_sealed_once_however_many_come() -> None:
    """Some read, some save, some only look what is there; nobody seals what another sealed already."""
    fields = [each.id for each in the_role().fields]
    words = {field: f"van toen, in {field}" for field in fields[1:]}

    for time in range(5):
        secret = begin_unsealed(words)

        def come(number: int, secret: str = secret) -> None:
            if number % 3 == 0:
                write(secret, TextChange(fields[0], "van nu", writer="w", sequence=number + 1))
            elif number % 3 == 1:
                settle((secret,))
            else:
                desk = open_settled_desk((secret,), "lob", "mentor")
                assert desk.worksheet
                assert words.items() <= desk.worksheet.texts.items()

        at_once(9, come)

        assert read(secret).texts == {fields[0]: "van nu", **words}, time
