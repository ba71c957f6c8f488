"""When nothing can be kept, the site says so, acknowledges nothing, and recovers by itself."""

import html
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.utils.translation import override

from raamwerk.web.problems import storage_trouble
from tests.serving import Server, serving
from tests.survival.processes import worker_of
from tests.survival.troubles import (
    Trouble,
    full_disk,
    locked_database,
    no_file_may_grow,
    read_only_database_file,
    read_only_files_for_a_new_worker,
    read_only_folder,
    small_disk,
)
from tests.survival.writers import (
    FIELDS,
    SAVE,
    Sheet,
    losses,
    post_save,
    read_page,
    texts_on,
)

LANGUAGES = {"nl": "", "en": "/en"}
MOST_SAVES_INTO_WHAT_IS_LEFT = 2000
REFUSED_FOR_GOOD = 25
THREADS = 8
PATIENCE = 18
"""In seconds: longer than three rounds of waiting, shorter than everybody waiting in a row."""
FILLED_UP = (full_disk,)


@pytest.fixture(
    params=[
        no_file_may_grow,
        full_disk,
        read_only_folder,
        read_only_files_for_a_new_worker,
        locked_database,
    ],
    ids=lambda trouble: trouble.__name__,
)
def trouble(request: pytest.FixtureRequest) -> Trouble:
    chosen: Trouble = request.param
    return chosen


@pytest.fixture
def server(trouble: Trouble, tmp_path: Path) -> Iterator[Server]:
    waits = {"DATABASE_URL": "", "DATABASE_WAIT": "1"}
    if trouble in FILLED_UP:
        with small_disk(tmp_path / "disk") as disk, serving(disk, **waits) as running:
            yield running
    else:
        with serving(tmp_path / "data", **waits) as running:
            yield running


def save(server: Server, sheet: Sheet, path: str = SAVE) -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        return post_save(connection, server, sheet, path=path)
    finally:
        connection.close()


def save_until_refused(server: Server, sheet: Sheet) -> None:
    """A full disk may hold a few saves more, large or small, in what the database had taken."""
    refused = 0
    for _ in range(MOST_SAVES_INTO_WHAT_IS_LEFT):
        refused = 0 if save(server, sheet)[0] == 200 else refused + 1
        if refused == REFUSED_FOR_GOOD:
            return
    pytest.fail("most was kept: there is no trouble")


def save_as_form(server: Server, sheet: Sheet, prefix: str) -> tuple[int, str]:
    """The save button, without scripts; returns the status and the page."""
    name = FIELDS[0]
    form = {
        "framework": "lob",
        "edition": "2026-1",
        "role": "mentor",
        "worksheet": sheet.worksheet,
        f"base:{name}": sheet.bases[name],
        f"text:{name}": "met de knop",
    }
    request = urllib.request.Request(
        server.url + prefix + SAVE,
        urlencode(form).encode(),
        {"Origin": server.url, "Cookie": sheet.cookie},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def health(server: Server) -> int:
    """The status with which the server answers how it is."""
    try:
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def wait_for_health(server: Server, status: int) -> None:
    """Return when the server says so: what it found it says again for a second."""
    deadline = time.monotonic() + 10
    while (said := health(server)) != status:
        assert time.monotonic() < deadline, f"healthz goes on saying {said}"
        time.sleep(0.1)


def a_sheet_with_every_field(server: Server) -> Sheet:
    sheet = Sheet()
    for _ in FIELDS:
        assert save(server, sheet)[0] == 200
    return sheet


def check_that_it_says_so(server: Server, sheet: Sheet) -> None:
    """In both languages, to the page's script and to the person without one."""
    for language, prefix in LANGUAGES.items():
        with override(language):
            expected = storage_trouble()
        words = f"{expected.title}. {expected.message}"
        assert save(server, sheet, prefix + SAVE) == (503, {"problem": "storage", "message": words})
        status, page = save_as_form(server, sheet, prefix)
        assert status == 503
        assert expected.title in html.unescape(page)
        assert expected.message in html.unescape(page)


def check_that_reading_goes_on(server: Server) -> None:
    """For everybody who only reads the framework."""
    for prefix in LANGUAGES.values():
        with urllib.request.urlopen(f"{server.url}{prefix}/lob/mentor/", timeout=30) as answer:
            assert answer.status == 200


def check_that_every_thread_recovered(server: Server) -> None:
    """Each thread of the server has a connection of its own, that may be stuck in the trouble."""
    sheets = [Sheet() for _ in range(2 * THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in range(5):
            answers = list(pool.map(lambda sheet: save(server, sheet), sheets))
            assert [status for status, _content in answers] == [200] * len(sheets)
    assert [loss for sheet in sheets for loss in losses(server, sheet)] == []


def meet_it_in_every_thread(server: Server, sheet: Sheet) -> None:
    """Many saves at once, all of them answered, none of them acknowledged."""
    sheets = [Sheet(sheet.cookie) for _ in range(3 * THREADS)]
    with ThreadPoolExecutor(len(sheets)) as pool:
        answers = list(pool.map(lambda each: save(server, each), sheets))
    assert {status for status, _content in answers} == {503}


def test_it_says_so_acknowledges_nothing_and_recovers(server: Server, trouble: Trouble) -> None:
    sheet = a_sheet_with_every_field(server)

    with trouble(server):
        if trouble in FILLED_UP:
            save_until_refused(server, sheet)
        worker = worker_of(server)
        check_that_it_says_so(server, sheet)
        meet_it_in_every_thread(server, sheet)
        check_that_reading_goes_on(server)
        wait_for_health(server, 503)

    wait_for_health(server, 200)
    kept = texts_on(read_page(server, sheet.cookie)[1])
    assert {name: kept[name] for name in FIELDS} == {
        name: sheet.text(name, sequence) for name, sequence in sheet.acknowledged.items()
    }
    check_that_every_thread_recovered(server)
    assert worker_of(server) == worker


def test_a_database_file_that_can_only_be_read_costs_no_acknowledged_word(tmp_path: Path) -> None:
    """SQLite may go on in its log beside that file: what is acknowledged must be kept there."""
    with serving(tmp_path / "data", DATABASE_URL="", DATABASE_WAIT="1") as server:
        sheet = a_sheet_with_every_field(server)
        with read_only_database_file(server):
            answers = [save(server, sheet) for _ in range(30)]
            assert {status for status, _content in answers} <= {200, 503}, json.dumps(answers)
        assert losses(server, sheet) == []
        check_that_every_thread_recovered(server)
