"""Whose rows are damaged keeps nobody from reading or saving who shares a batch with them."""

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from raamwerk.owners.access import digest
from raamwerk.owners.models import AccessKey, Owner
from raamwerk.web import health
from raamwerk.web.replies import Reply
from raamwerk.worksheets.changes import base_of
from raamwerk.worksheets.models import Mark, Worksheet, WrittenText
from tests import event_loop
from tests.operating.test_fast_path import Site, own_cookie
from tests.pages.conftest import HERE, ROLE, SAVE, Visitor, mark, text

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, ROUNDS = 8, 4
TOLD = "We kunnen niet openen wat hier bewaard is"

DAMAGES: dict[str, Callable[[int], object]] = {
    "a text": lambda owner: WrittenText.objects.filter(
        worksheet__owner=owner, field="visie-rol"
    ).update(sealed=b"\x01damaged"),
    "the key of a worksheet": lambda owner: Worksheet.objects.filter(owner=owner).update(
        wrapped_key=b"\x01damaged"
    ),
    "the key of an owner": lambda owner: AccessKey.objects.filter(owner=owner).update(
        wrapped_key=b"\x01damaged"
    ),
    "a mark": lambda owner: Mark.objects.filter(worksheet__owner=owner).update(kind="damaged"),
}


ALONE_WITH_A_DAMAGED_KEY = "the key of an owner"
"""Reads every page, without words, and is told to begin anew."""


@pytest.fixture(scope="module")
def site(static_files: None) -> Iterator[Site]:
    """One for all: each has threads of its own, with connections to the database."""
    checks = list(health.CHECKS)
    yield Site()
    health.CHECKS[:] = checks


@pytest.fixture
def people() -> list[Visitor]:
    """Everybody wrote and marked something; nothing is damaged yet."""
    everybody = [Visitor() for _ in range(PEOPLE)]
    for number, person in enumerate(everybody):
        person.note(f"woorden van {number}.")
        person.save_json(marks=[mark()])
    return everybody


def damage(what: str, person: Visitor) -> None:
    [secret] = person.keys.values()
    DAMAGES[what](AccessKey.objects.get(digest=digest(secret)).owner_id)


def at_once(site: Site, people: list[Visitor], number: int = 0) -> list[Reply]:
    """Everybody reads their page at the same time, or saves their text for the time that this says."""

    async def one(at: int, person: Visitor) -> Reply:
        headers = {"cookie": own_cookie(person)}
        if not number:
            return await site.answer(ROLE, "GET", "", headers)
        headers |= {"origin": HERE, "content-type": "application/json"}
        before = f"keer {number - 1}." if number > 2 else f"woorden van {at}."
        base = base_of(number - 1, before)
        texts = [text(f"keer {number}.", base=base, writer=f"w{number}")]
        content = {"texts": texts, "marks": [mark(on=bool(number % 2), sequence=number)]}
        body = json.dumps({"framework": "lob", "role": "mentor", **content}).encode()
        return await site.answer(SAVE, "POST", "", headers, body)

    async def all_of_them() -> list[Reply]:
        return await asyncio.gather(*map(one, range(len(people)), people))

    return event_loop.run(all_of_them())


@pytest.mark.parametrize("what", DAMAGES)
def test_others_read_their_own_words(site: Site, people: list[Visitor], what: str) -> None:
    unlucky = PEOPLE // 2
    damage(what, people[unlucky])
    read_status = 200 if what == ALONE_WITH_A_DAMAGED_KEY else 500

    for _time in range(ROUNDS):
        replies = at_once(site, people)

        for number, reply in enumerate(replies):
            assert reply.status == (200 if number != unlucky else read_status)
            assert what == "a mark" or (TOLD.encode() in reply.content) == (number == unlucky)
            assert (f"woorden van {number}.".encode() in reply.content) == (number != unlucky)
            assert b"<h1>" in reply.content


@pytest.mark.parametrize("what", DAMAGES)
def test_others_save_their_own_words(site: Site, people: list[Visitor], what: str) -> None:
    unlucky = PEOPLE // 2
    damage(what, people[unlucky])
    save_status = 403 if what == ALONE_WITH_A_DAMAGED_KEY else 500

    for time in range(2, 2 + ROUNDS):
        replies = at_once(site, people, time)

        for number, reply in enumerate(replies):
            assert reply.status == (200 if number != unlucky else save_status), reply.content
            assert "message" in json.loads(reply.content) or number != unlucky
        for number, reply in enumerate(at_once(site, people)):
            assert (f"keer {time}.".encode() in reply.content) == (number != unlucky)


def test_a_damaged_key_beside_a_good_one_is_told_time_and_again(
    site: Site, people: list[Visitor]
) -> None:
    damage("the key of an owner", people[0])
    Owner.objects.update(created_at=timezone.now() - timedelta(days=30))
    late = Visitor()
    late.note("van later")
    cookie = f"{own_cookie(people[0])}; {own_cookie(late)}"

    for _time in range(ROUNDS):
        replies = at_once(site, people[1:2])
        both = site.ask(ROLE, cookie=cookie)

        assert [replies[0].status, both.status] == [200, 200]
        assert b"van later" in both.content
        assert TOLD.encode() in both.content
