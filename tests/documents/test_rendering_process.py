"""Documents come from a process of its own: it may die, hang or fail, and mixes nobody up."""

import logging
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest

from raamwerk.documents import rendering_process as module
from raamwerk.documents.formats import FORMATS, Format
from raamwerk.documents.rendering_process import DocumentFailedError, RenderingProcess
from tests.documents.example import overview

GIVEN = overview("Tekst 😀")
ASK_AND_DIE = """
import os, signal
from raamwerk.documents.rendering_process import render
from tests.documents.example import overview
render("markdown", overview("x"))
print("made", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def workers_of(process: int) -> set[int]:
    """The worker processes of this one."""
    command = ["pgrep", "--parent", str(process), "--full", "raamwerk.documents.rendering_process"]
    return set(map(int, subprocess.run(command, capture_output=True, text=True).stdout.split()))


@contextmanager
def rendering_process() -> Iterator[tuple[RenderingProcess, int]]:
    """A rendering process that rendered something, and the id of its worker."""
    before, rendering = workers_of(os.getpid()), RenderingProcess()
    assert rendering.render("markdown", GIVEN)
    [process] = workers_of(os.getpid()) - before
    yield rendering, process
    assert rendering._worker
    rendering._worker.end()


@pytest.mark.parametrize("format_", FORMATS, ids=[each.id for each in FORMATS])
def test_it_makes_the_same_bytes(format_: Format) -> None:
    with rendering_process() as (rendering, _process):
        assert rendering.render(format_.id, GIVEN) == format_.render(GIVEN)


def test_nobody_gets_what_another_asked() -> None:
    overviews = [overview(f"Tekst van persoon {number}") for number in range(40)]
    alone = [FORMATS[-1].render(each) for each in overviews]
    with rendering_process() as (rendering, _process), ThreadPoolExecutor(8) as threads:
        assert list(threads.map(partial(rendering.render, "markdown"), overviews)) == alone


def test_a_process_that_was_killed_is_replaced() -> None:
    with rendering_process() as (rendering, process):
        os.kill(process, signal.SIGKILL)
        assert rendering.render("markdown", GIVEN) == FORMATS[-1].render(GIVEN)


def test_one_that_took_much_memory_gives_way_to_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with rendering_process() as (rendering, roomy):
        os.kill(roomy, signal.SIGKILL)
        with monkeypatch.context() as narrow:
            narrow.setattr(module, "ENOUGH_MEMORY", 1)
            made = []
            for _time in range(3):
                assert rendering.render("markdown", GIVEN) == FORMATS[-1].render(GIVEN)
                assert rendering._worker
                made.append(rendering._worker.process.pid)
        assert rendering.render("markdown", GIVEN)

    assert len(set(made)) == len(made)


def test_what_started_it_may_be_large() -> None:
    """A test run is: what the one process has in memory is not the other's."""
    ballast = bytearray(700_000_000)
    ballast[:: resource.getpagesize()] = b"x" * len(ballast[:: resource.getpagesize()])
    with rendering_process() as (rendering, process):
        for _time in range(2):
            assert rendering.render("markdown", GIVEN)
            assert rendering._worker
            assert rendering._worker.process.pid == process


def test_one_that_is_killed_at_work_is_replaced_too() -> None:
    with rendering_process() as (rendering, process), ThreadPoolExecutor(1) as thread:
        os.kill(process, signal.SIGSTOP)
        asked = thread.submit(rendering.render, "markdown", GIVEN)
        time.sleep(0.2)
        assert not asked.done()
        os.kill(process, signal.SIGKILL)
        assert asked.result(20) == FORMATS[-1].render(GIVEN)


def test_what_takes_too_long_is_given_up_and_reaches_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with rendering_process() as (rendering, process):
        with monkeypatch.context() as hurried:
            hurried.setattr(module, "TIMEOUT_SECONDS", 0.2)
            os.kill(process, signal.SIGSTOP)
            with pytest.raises(DocumentFailedError):
                rendering.render("markdown", overview("Van een ander"))

        assert rendering.render("markdown", GIVEN) == FORMATS[-1].render(GIVEN)


def test_what_fails_is_logged_without_a_word_of_it(caplog: pytest.LogCaptureFixture) -> None:
    with rendering_process() as (rendering, process):
        with caplog.at_level(logging.ERROR), pytest.raises(DocumentFailedError):
            rendering.render("papyrus", overview("Iets heel eerlijks"))

        assert "in document_or_failure" in caplog.text
        assert "LookupError" in caplog.text
        assert "eerlijks" not in caplog.text
        assert rendering.render("markdown", GIVEN)
        assert process in workers_of(os.getpid())


def test_it_ends_with_the_process_that_asks_it() -> None:
    asker = subprocess.Popen(
        [sys.executable, "-c", ASK_AND_DIE],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert asker.stdout
    assert asker.stdout.read() == "made\n"
    assert asker.wait() == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while orphans_of(asker.pid):
        assert time.monotonic() < deadline, "it outlives who asked it"
        time.sleep(0.05)


def orphans_of(asker: int) -> list[str]:
    """What the process with this number left behind: its session bears its number still."""
    command = ["pgrep", "--pgroup", str(asker), "--full", "raamwerk.documents.rendering_process"]
    return subprocess.run(command, capture_output=True, text=True).stdout.split()
