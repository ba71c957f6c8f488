"""Many people saving at the same time: everything acknowledged is kept, nothing is mixed up."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from raamwerk.frameworks.library import current_edition
from raamwerk.notes import MarkKind
from raamwerk.worksheets.changes import Changes, MarkChange, PointChange
from raamwerk.worksheets.keeping import keep, open_worksheet
from raamwerk.worksheets.keys import new_key
from raamwerk.worksheets.models import Worksheet

PEOPLE = 12
SAVES = 10


@pytest.mark.django_db(transaction=True)
def test_everyone_finds_their_own_last_words() -> None:
    edition = current_edition("lob")
    assert edition
    role = edition.roles[0]
    field = role.fields[0].id
    keys = [new_key() for _ in range(PEOPLE)]

    def write(person: int) -> None:
        for number in range(SAVES):
            change = PointChange(field, f"{person}:{number}", writer=f"w{person}", sequence=number)
            keep(keys[person], edition, role, Changes((change,)), begin=number == 0)
        connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(write, range(PEOPLE)))

    for person, key in enumerate(keys):
        worksheet = open_worksheet(key, edition, role)
        assert worksheet
        assert worksheet.notes.points[field] == f"{person}:{SAVES - 1}"


@pytest.mark.django_db(transaction=True)
def test_two_first_saves_at_once_make_one_worksheet() -> None:
    edition = current_edition("lob")
    assert edition
    role = edition.roles[0]
    statements = role.statements[:8]
    key = new_key()
    together = threading.Barrier(len(statements))

    def mark(number: int) -> None:
        change = MarkChange(statements[number].id, MarkKind.WORK_ON, on=True)
        together.wait()
        keep(key, edition, role, Changes(marks=(change,)), begin=True)
        connection.close()

    with ThreadPoolExecutor(len(statements)) as pool:
        list(pool.map(mark, range(len(statements))))

    assert Worksheet.objects.count() == 1
    worksheet = open_worksheet(key, edition, role)
    assert worksheet
    assert worksheet.notes.marks == {(each.id, MarkKind.WORK_ON) for each in statements}
