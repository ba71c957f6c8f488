"""/metrics counts what the server did, for its keeper only, and never tells on anyone."""

import re

import pytest
from pytest_django import Settings

from raamwerk.worksheets.changes import base_of
from tests.pages.conftest import OVERVIEW, Visitor, text


def number(visitor: Visitor, name: str) -> float:
    """The value of one counter now; zero before its first count."""
    text = visitor.get("/metrics").content.decode()
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_it_speaks_the_format_of_prometheus(visitor: Visitor) -> None:
    answer = visitor.get("/metrics")

    assert answer["Content-Type"].startswith("text/plain; version=")
    assert b"# TYPE raamwerk_requests_total counter" in answer.content
    assert b"process_resident_memory_bytes " in answer.content


@pytest.mark.parametrize("language", ["", "/en"])
def test_it_counts_requests_by_page_and_status(visitor: Visitor, language: str) -> None:
    before = number(visitor, 'raamwerk_requests_total{page="worksheets",status="2xx"}')
    lost = number(visitor, 'raamwerk_requests_total{page="none",status="4xx"}')

    visitor.get(f"{language}/werkbladen/")
    visitor.get("/geen/enkele/bladzijde/hier/")

    after = number(visitor, 'raamwerk_requests_total{page="worksheets",status="2xx"}')
    assert after == before + 1
    assert number(visitor, 'raamwerk_requests_total{page="none",status="4xx"}') == lost + 1


@pytest.mark.parametrize(
    ("result", "change"),
    [
        ("saved", text("een", sequence=2)),
        ("refused", text("x" * 10_001)),
        ("conflicted", text("twee", base=base_of(7, "niet gezien"), writer="w2")),
    ],
)
def test_it_counts_saves_by_what_became_of_them(
    visitor: Visitor, result: str, change: dict[str, object]
) -> None:
    visitor.note("nul")
    name = f'raamwerk_saves_total{{result="{result}"}}'
    before, timed = number(visitor, name), number(visitor, "raamwerk_save_seconds_count")

    visitor.save_json(texts=[change])

    assert number(visitor, name) == before + 1
    assert number(visitor, "raamwerk_save_seconds_count") == timed + 1


def test_it_counts_downloads_by_format(visitor: Visitor) -> None:
    visitor.note("tekst")
    name = 'raamwerk_downloads_total{format="markdown"}'
    before = number(visitor, name)

    assert visitor.get(f"{OVERVIEW}markdown/").status_code == 200

    assert number(visitor, name) == before + 1


def test_it_tells_on_nobody(visitor: Visitor) -> None:
    visitor.note("een heel persoonlijke notitie")
    visitor.get("/lob/geheimpje/")
    [key] = visitor.keys.values()

    text = visitor.get("/metrics").content.decode()

    assert "persoonlijke" not in text
    assert "geheimpje" not in text
    assert key not in text


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, True),
        ({"REMOTE_ADDR": "::1"}, True),
        ({"REMOTE_ADDR": "192.0.2.7"}, False),
        ({"REMOTE_ADDR": ""}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"}, False),
    ],
)
def test_by_default_only_this_machine_sees_it(
    visitor: Visitor, who: dict[str, str], allowed: bool
) -> None:
    assert visitor.get("/metrics", **who).status_code == (200 if allowed else 404)  # type: ignore[arg-type]


def test_the_keeper_may_show_it_to_everyone_or_nobody(visitor: Visitor, settings: Settings) -> None:
    settings.METRICS = "public"
    assert visitor.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 200
    settings.METRICS = "off"
    assert visitor.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 404
