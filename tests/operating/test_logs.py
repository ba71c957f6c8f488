"""Logs tell what went wrong and where, never what anyone wrote, as text and as JSON."""

import json
import logging
import subprocess
import sys

import pytest
from django.db import DatabaseError

from raamwerk.project.logs import FORMATTERS, logging_settings
from raamwerk.web import refusals
from raamwerk.web.rate_limit import RateLimit
from raamwerk.worksheets import save
from tests.pages.conftest import ROLE, SAVE, Visitor, text

SECRET = "mijn-diepste-geheim"


def crash_while_saving(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> int:
    def break_down(*_arguments: object, **_more: object) -> None:
        try:
            raise ValueError(f"can't bind {SECRET}")
        except ValueError as cause:
            raise error(f"near {SECRET}") from cause

    visitor.begin()
    monkeypatch.setattr(save, "_changed", break_down)
    visitor.raise_request_exception = False
    return int(visitor.save_json(texts=[text(SECRET)]).status_code)


def written(log_format: str, records: list[logging.LogRecord]) -> str:
    formatter = FORMATTERS[log_format]()
    return "\n".join(formatter.format(record) for record in records)


@pytest.mark.parametrize("log_format", FORMATTERS)
@pytest.mark.parametrize("error", [DatabaseError, RuntimeError])
def test_a_crash_while_saving_never_logs_what_was_typed(
    visitor: Visitor,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    log_format: str,
    error: type[Exception],
) -> None:
    logger = logging.getLogger("django")
    logger.addHandler(caplog.handler)
    try:
        assert crash_while_saving(visitor, monkeypatch, error) >= 500
    finally:
        logger.removeHandler(caplog.handler)

    lines = written(log_format, caplog.records)
    assert error.__name__ in lines
    assert "ValueError" in lines
    assert "break_down" in lines
    assert SECRET not in lines


def test_json_is_one_object_a_line(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise KeyError(SECRET)
    except KeyError:
        logging.getLogger("raamwerk").exception("Ging mis:\nhelemaal")

    line = written("json", caplog.records)

    assert "\n" not in line
    content = json.loads(line)
    assert content["level"] == "ERROR"
    assert content["logger"] == "raamwerk"
    assert content["message"] == "Ging mis:\nhelemaal"
    assert content["stack"].endswith("KeyError")
    assert SECRET not in line


@pytest.mark.parametrize("log_format", FORMATTERS)
def test_every_logger_uses_the_chosen_format(log_format: str) -> None:
    program = (
        "import logging, logging.config, sys, json\n"
        "logging.config.dictConfig(json.loads(sys.argv[1]))\n"
        "for name in ('raamwerk', 'django.request', '_granian'):\n"
        "    logging.getLogger(name).error('regel')\n"
    )
    chosen = json.dumps(logging_settings(log_format))
    done = subprocess.run(
        [sys.executable, "-c", program, chosen], capture_output=True, text=True, check=True
    )

    lines = done.stderr.splitlines()
    assert len(lines) == 3
    for line in lines:
        assert line.startswith("{") == (log_format == "json")


def said_by(program: str) -> list[str]:
    """The lines that a program logs with our settings."""
    start = (
        "import logging, logging.config, sys, json\n"
        "logging.config.dictConfig(json.loads(sys.argv[1]))\n"
    )
    chosen = json.dumps(logging_settings("text"))
    done = subprocess.run(
        [sys.executable, "-c", start + program, chosen], capture_output=True, text=True, check=True
    )
    return done.stderr.splitlines()


def test_one_kind_of_line_can_not_fill_the_log() -> None:
    lines = said_by(
        "for number in range(1000):\n"
        "    logging.getLogger('raamwerk').error('vol: %s', number)\n"
        "logging.getLogger('raamwerk').error('iets anders')\n"
    )

    # A minute may end while we are busy.
    assert 60 <= len([each for each in lines if "vol:" in each]) <= 120
    assert "iets anders" in lines[-1]


def test_no_address_is_in_the_log() -> None:
    lines = said_by(
        "logging.getLogger('django.request').error('Internal Server Error: %s', '/geheim/')\n"
    )

    assert len(lines) == 1
    assert "No answer: any" in lines[0]
    assert "geheim" not in lines[0]


def refusals_told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.name == refusals.__name__]


def post_from_elsewhere(visitor: Visitor) -> int:
    headers = {"Origin": "https://elsewhere.example"}
    body = json.dumps({"texts": [text(SECRET)]})
    answer = visitor.post(SAVE, body, "application/json", headers=headers)
    return int(answer.status_code)


def test_a_refused_post_is_one_line_without_who_or_what(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(refusals, "_rate_limit", RateLimit())

    assert post_from_elsewhere(visitor) == 403

    assert refusals_told(caplog) == ["Refused: foreign-post (403) at any"]


def test_a_key_that_opens_nothing_is_in_no_log(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    key = "k" * 43
    visitor.cookies["werkblad"] = key

    assert visitor.send_json(texts=[text(SECRET)]).status_code == 403
    assert visitor.get(ROLE).status_code == 200

    assert refusals_told(caplog) == []
    assert key not in caplog.text
    assert SECRET not in caplog.text


def test_nobody_can_fill_the_log(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(refusals, "_rate_limit", RateLimit())
    for _time in range(3 * refusals.MOST_A_MINUTE):
        post_from_elsewhere(visitor)

    # A minute may end while we are busy.
    assert len(refusals_told(caplog)) <= 2 * refusals.MOST_A_MINUTE
