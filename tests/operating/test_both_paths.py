"""Every answer is the same with the fast path and without it: status, headers, body and counts.

Two servers with the same data get the same requests, each asked three times, so that caches and patterns
answer too. Routes come from the resolver: a new one without a sample here fails.
"""

import gzip
import json
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.person import FORM, JSON, SAVE, Answer, Person, ask
from tests.serving import Server, serving

TIMES = 3
PREFIX = "__Host-werkblad"
UNKNOWN = "u" * 43
VARIABLES = {
    "BEHIND_HTTPS": "yes",
    "ALLOWED_HOSTS": "127.0.0.1,raamwerk.example",
    "CONTACT": "hulp@school.example",
    "DATABASE_URL": "",
}
FEW = {"PAGES_PER_MINUTE": "1", "SAVES_PER_MINUTE": "1", "DOWNLOADS_PER_MINUTE": "1"}


@dataclass(frozen=True)
class Sample:
    """A request for one route. ``body`` makes it a post."""

    path: str
    body: bytes | None = None
    kind: str = FORM


def save_sample(text: str, base: str = "") -> bytes:
    change = {"field": "visie-rol", "text": text, "base": base, "writer": "w1", "sequence": 2}
    mark = {"statement": "mentor-visie-rol-1", "kind": "work-on", "on": True, "base": 0}
    marks = [{**mark, "writer": "w1", "sequence": 2}]
    named = {"framework": "lob", "edition": "2026-1", "role": "mentor", "worksheet": ""}
    return json.dumps({**named, "texts": [change], "marks": marks}).encode()


SAMPLES = {
    "healthz": [Sample("/healthz")],
    "readyz": [Sample("/readyz")],
    "livez": [Sample("/livez"), Sample("/livez?x=1")],
    "metrics": [Sample("/metrics")],
    "security-text": [Sample("/.well-known/security.txt")],
    "start": [Sample("/"), Sample("/en/"), Sample("/?x=1")],
    "privacy": [Sample("/privacy/"), Sample("/privacy")],
    "accessibility": [Sample("/en/toegankelijkheid/")],
    "about": [Sample("/over/")],
    "schools": [Sample("/voor-scholen/")],
    "owners": [Sample("/en/voor-eigenaren/")],
    "sources": [Sample("/lob/bronnen/"), Sample("/niets/bronnen/"), Sample("/lob/bronnen/?x=1")],
    "framework": [Sample("/lob/"), Sample("/en/lob/"), Sample("/niets/"), Sample("/lob")],
    "comparison": [Sample("/lob/wie-doet-wat/")],
    "role": [
        Sample("/lob/mentor/"),
        Sample("/en/lob/mentor/"),
        Sample("/lob/mentor/?gebied=visie"),
        Sample("/lob/mentor/?gebied=zee"),
        Sample("/lob/mentor/?werkblad=xxxxxxxxxxxxxxxxxxxxxx"),
        Sample("/lob/mentor/?x=%ff"),
        Sample("/lob/koning/"),
        Sample("/lob/mentor"),
    ],
    "overview": [
        Sample("/lob/mentor/overzicht/"),
        Sample("/lob/mentor/overzicht/", b"text%3Aname=Noor"),
    ],
    "download": [
        Sample("/lob/mentor/overzicht/markdown/"),
        Sample("/lob/mentor/overzicht/exe/"),
        Sample("/lob/mentor/overzicht/markdown/", b"inhoud=notities"),
    ],
    "werkblad/": [Sample("/werkblad/")],
    "werkblad/wissen/": [Sample("/werkblad/wissen/", b"")],
    "werkblad/bewaren/": [Sample("/werkblad/bewaren/", save_sample("x"), JSON)],
    "werkblad/overzicht/": [Sample("/werkblad/overzicht/?rol=mentor")],
    "werkblad/overzicht/<str:format_id>/": [Sample("/werkblad/overzicht/pdf/?rol=mentor")],
    "worksheets": [Sample("/werkbladen/"), Sample("/werkbladen/?gewist=ja")],
    "points": [Sample("/werkbladen/punten/"), Sample("/en/werkbladen/punten/?x=1")],
    "save": [
        Sample(SAVE, save_sample("zelfde woorden"), JSON),
        Sample(f"/en{SAVE}", save_sample("niet gezien", "7.0123456789abcdef"), JSON),
        Sample(SAVE, save_sample("x" * 10_007), JSON),
        Sample(SAVE, save_sample("y" * 60_000), JSON),
        Sample(SAVE, b"{", JSON),
        Sample(SAVE, b"{}", "application/json; charset=utf-8"),
        Sample(SAVE, b"framework=lob&role=decaan&text%3Avisie-rol=tekst"),
        Sample(SAVE, b"x", "text/plain"),
        Sample(SAVE),
    ],
    "take-to-new-edition": [Sample("/werkbladen/editie/", b"worksheet=xxxxxxxxxxxxxxxxxxxxxx")],
    "rename": [Sample("/werkbladen/naam/", b"framework=lob&role=mentor&text:title=x")],
    "begin-another": [Sample("/werkbladen/nieuw/", b"framework=lob&role=leidinggevende")],
    "take-over": [Sample("/werkbladen/overnemen/", b""), Sample("/werkbladen/overnemen/")],
    "begin": [Sample("/werkbladen/beginnen/", b"")],
    "erase": [Sample("/werkbladen/wissen/"), Sample("/werkbladen/wissen/", b"")],
    "no route": [Sample("/niets"), Sample("/static/niets.css"), Sample("//evil.example/")],
}
"""By the name of each route, or by its pattern; in the order in which they are asked."""


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns)
        else:
            yield each.name or str(each.pattern)


def test_every_route_has_a_sample() -> None:
    assert set(routes(get_resolver().url_patterns)) | {"no route"} == set(SAMPLES)


@dataclass(frozen=True)
class Twins:
    """Two servers with the same data, and the key that both know."""

    fast: Server
    plain: Server
    key: str

    def ask(self, sample: Sample, headers: dict[str, str], method: str) -> tuple[Answer, Answer]:
        """The same request to both, each with itself as host and origin unless said otherwise."""
        both = []
        for server in (self.fast, self.plain):
            host = headers.get("Host", f"127.0.0.1:{server.port}")
            scheme = headers.get("X-Forwarded-Proto", "http")
            own = {"Host": host, "Origin": f"{scheme}://{host}"}
            if sample.body is not None:
                own["Content-Type"] = sample.kind
            both.append(ask(server, sample.path, own | headers, sample.body, method))
        return both[0], both[1]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with one worksheet, and the key that opens it."""
    folder = tmp_path_factory.mktemp("first") / "data"
    with serving(folder, **VARIABLES | {"BEHIND_HTTPS": "no"}) as server:
        person = Person(server)
        person.note("bewaarde <woorden>")
        person.note("Noor", "name")
    [key] = person.cookies.values()
    return folder, key


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory, data: tuple[Path, str]) -> Iterator[Twins]:
    yield from started(tmp_path_factory.mktemp("twins"), data, {})


@pytest.fixture(scope="module")
def held_back(tmp_path_factory: pytest.TempPathFactory, data: tuple[Path, str]) -> Iterator[Twins]:
    """Twins that take one request a minute of each kind."""
    yield from started(tmp_path_factory.mktemp("held"), data, FEW)


def started(folder: Path, data: tuple[Path, str], more: dict[str, str]) -> Iterator[Twins]:
    for name in ("fast", "plain"):
        shutil.copytree(data[0], folder / name)
    variables = VARIABLES | more
    with (
        serving(folder / "fast", **variables, FASTPATH="on") as fast,
        serving(folder / "plain", **variables, FASTPATH="off") as plain,
    ):
        yield Twins(fast, plain, data[1])


def conditions(key: str) -> dict[str, tuple[dict[str, str], str]]:
    """By name: headers, and the method where it is another than the sample's."""
    known = {"Cookie": f"{PREFIX}-AbCdEfGh={key}"}
    return {
        "no key": ({}, ""),
        "known key": (known, ""),
        "unknown key": ({"Cookie": f"{PREFIX}={UNKNOWN}"}, ""),
        "other cookies": ({"Cookie": f"a=b; werkblad={key}; {PREFIX}=kort"}, ""),
        "both keys": ({"Cookie": f"{PREFIX}={UNKNOWN}; {PREFIX}-AbCdEfGh={key}"}, ""),
        "bad host": (known | {"Host": "evil.example"}, ""),
        "another host of ours": (known | {"Host": "raamwerk.example"}, ""),
        "foreign origin": (known | {"Origin": "https://evil.example"}, ""),
        "no origin": (known | {"Origin": ""}, ""),
        "origin that is none": (known | {"Origin": "http://["}, ""),
        "foreign site": (known | {"Sec-Fetch-Site": "cross-site"}, ""),
        "HEAD": ({}, "HEAD"),
        "HEAD with a key": (known, "HEAD"),
        "https": (known | {"X-Forwarded-Proto": "https"}, ""),
        "https without a key": ({"X-Forwarded-Proto": "https"}, ""),
        "gzip": (known | {"Accept-Encoding": "gzip"}, ""),
        "brotli": ({"Accept-Encoding": "gzip, deflate, br"}, ""),
        "asks whether it changed": ({"If-None-Match": "*"}, ""),
        "asks since when": ({"If-Modified-Since": "Wed, 21 Oct 2026 07:28:00 GMT"}, ""),
        "for a program": (known | {"Accept": "application/json"}, ""),
    }


PUBLIC_ID = re.compile(r"(?<![\w-])[\w-]{22}(?![\w-])")
PORT = re.compile(r"127\.0\.0\.1:\d+")
CLOCK = re.compile(r"\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:]+Z")
NEW_KEY = re.compile(rf"{PREFIX}-[\w-]+=[\w-]{{43}}; expires=[^;]+")
NUMBER = re.compile(r" [\d.e+-]+$", re.MULTILINE)


def comparable(answer: Answer, path: str) -> tuple[object, ...]:
    """What has to be the same: all but times, ports, and what is made of random bits."""
    encoding = answer.header("content-encoding")
    body = answer.body
    if body and encoding:
        body = gzip.decompress(body) if encoding == "gzip" else brotli.decompress(body)
    words = without_chance(body.decode("utf-8", "surrogateescape"))
    if path == "/metrics":
        words = NUMBER.sub("", "\n".join(sorted(ours(words))))
    random = path == "/metrics" or words != body.decode("utf-8", "surrogateescape")
    headers = sorted(
        (name, without_chance(NEW_KEY.sub("a new key", value)))
        for name, value in answer.headers
        if name != "date" and not (random and name in ("content-length", "etag"))
    )
    return answer.status, headers, words


def without_chance(words: str) -> str:
    words = re.sub(r"expires=[^;]+GMT", "expires=", words)
    return CLOCK.sub("00:00", PORT.sub("127.0.0.1", PUBLIC_ID.sub("id", words)))


def ours(metrics: str) -> Iterator[str]:
    """The lines of /metrics that count what was asked."""
    for line in metrics.splitlines():
        if line.startswith("raamwerk_") and not re.search(r"_(created|bucket|sum|bytes)\b", line):
            yield line


def counts(server: Server) -> dict[str, float]:
    lines = ours(ask(server, "/metrics").words)
    return {
        name: float(number) for name, _space, number in (each.rpartition(" ") for each in lines)
    }


def counted_since(server: Server, before: dict[str, float]) -> dict[str, float]:
    now = counts(server)
    grown = {name: number - before.get(name, 0) for name, number in now.items()}
    return {name: number for name, number in grown.items() if number}


@pytest.mark.parametrize("route", SAMPLES)
def test_both_answer_alike(twins: Twins, route: str) -> None:
    before = counts(twins.fast), counts(twins.plain)
    for name, (headers, method) in conditions(twins.key).items():
        for sample in SAMPLES[route]:
            for time_ in range(TIMES):
                fast, plain = twins.ask(sample, headers, method)
                told = f"{name}, {sample.path}, time {time_ + 1}"
                assert comparable(fast, sample.path) == comparable(plain, sample.path), told
                assert fast.status != 500, told

    assert counted_since(twins.fast, before[0]) == counted_since(twins.plain, before[1])


@pytest.mark.parametrize("route", SAMPLES)
def test_both_hold_back_alike(held_back: Twins, route: str) -> None:
    """Each route from an address of its own, so that one of them holds back no other."""
    stay_within_one_minute()
    address = f"192.0.2.{list(SAMPLES).index(route) + 1}"
    for sample in SAMPLES[route]:
        secret = f"{PREFIX}={re.sub('[^a-z]', '', route):k<43}"
        headers = {"X-Forwarded-For": address, "Cookie": secret}
        for time_ in range(TIMES):
            fast, plain = held_back.ask(sample, headers, "")
            told = f"{sample.path}, time {time_ + 1}"
            assert comparable(fast, sample.path) == comparable(plain, sample.path), told
        assert fast.status == 429, sample.path
        assert fast.header("retry-after") == "60"


def test_both_hold_back_a_known_key_alike(held_back: Twins) -> None:
    """Whose pages come from a pattern by then."""
    stay_within_one_minute()
    sample = Sample("/lob/mentor/")
    headers = {"X-Forwarded-For": "198.51.100.1", "Cookie": f"{PREFIX}={held_back.key}"}

    # A key is known from the first time that it opens something; until then it counts as made up.
    held_back.ask(Sample(SAVE, save_sample("z"), JSON), headers, "")
    before = counts(held_back.fast)

    both = [held_back.ask(sample, headers, "") for _time in range(TIMES)]

    assert [fast.status for fast, _plain in both] == [200, 429, 429]
    for fast, plain in both:
        assert comparable(fast, sample.path) == comparable(plain, sample.path)
    assert (
        counted_since(held_back.fast, before)['raamwerk_requests_total{page="role",status="4xx"}']
        == TIMES - 1
    )


def stay_within_one_minute() -> None:
    """Limits count by the minute of the monotonic clock, which all processes share."""
    if time.monotonic() % 60 > 40:
        time.sleep(60.1 - time.monotonic() % 60)
