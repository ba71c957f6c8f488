"""The examples in deploy/ are good, and work with the server as it is."""

import gzip
import json
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path

import brotli
import pytest

from tests.nginx import NGINX, write_settings
from tests.serving import Server, free_port, serving

UNITS = sorted(Path("deploy").glob("raamwerk*.*"))
needs_nginx = pytest.mark.skipif(
    not (NGINX and shutil.which("openssl")), reason="nginx or openssl is not here"
)


def nginx_settings(folder: Path, port: int, behind: int, example: str = "nginx.conf") -> Path:
    """Our example, with a certificate of its own and on a port of its own."""
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=raamwerk.example"
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    changes = {
        "/etc/letsencrypt/live/raamwerk.example/fullchain.pem": f"{folder}/certificate.pem",
        "/etc/letsencrypt/live/raamwerk.example/privkey.pem": f"{folder}/key.pem",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "server 127.0.0.1:8000" if example == "nginx.conf" else "server 10.0.0.11:8000": (
            f"server 127.0.0.1:{behind}"
        ),
    }
    return write_settings(folder, (Path("deploy") / example).read_text(encoding="utf-8"), changes)


@needs_nginx
@pytest.mark.parametrize("example", ["nginx.conf", "nginx-two-nodes.conf"])
def test_nginx_accepts_its_settings(tmp_path: Path, example: str) -> None:
    settings = nginx_settings(tmp_path, free_port(), 8000, example)

    done = subprocess.run([str(NGINX), "-t", "-c", settings], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


@contextmanager
def nginx_in_front(folder: Path, server: Server) -> Iterator[int]:
    port = free_port()
    settings = nginx_settings(folder, port, server.port)
    process = subprocess.Popen([str(NGINX), "-c", settings], stderr=subprocess.DEVNULL)
    try:
        wait_until_it_listens(process, port)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 10
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", port)):
            assert process.poll() is None, "nginx refused its settings"
            assert time.monotonic() < deadline, "nginx does not come up"
            time.sleep(0.05)


@dataclass(frozen=True)
class Seen:
    """What a visitor gets through nginx: the headers by lower-case name, the body unpacked."""

    status: int
    headers: dict[str, str]
    page: str
    cookie: str

    @property
    def cached(self) -> bool:
        """Whether nginx answered by itself."""
        return self.headers.get("x-cache") == "HIT"


def through_nginx(
    port: int, path: str, body: bytes | None = None, cookie: str = "", encoding: str = ""
) -> Seen:
    host = f"raamwerk.example:{port}"
    headers = {"Host": host, "Origin": f"https://{host}", "Content-Type": "application/json"}
    headers |= {"Cookie": cookie} if cookie else {}
    headers |= {"Accept-Encoding": encoding} if encoding else {}
    unchecked = ssl._create_unverified_context()
    connection = HTTPSConnection("127.0.0.1", port, timeout=30, context=unchecked)
    try:
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        said = {name.lower(): value for name, value in answer.getheaders()}
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(
            said.get("content-encoding", ""), bytes
        )
        given = said.get("set-cookie", "").partition(";")[0]
        return Seen(answer.status, said, unpack(answer.read()).decode(), given)
    finally:
        connection.close()


def save_through(port: int, cookie: str, text: str, sequence: int = 1) -> int:
    change = {"field": "visie-rol", "text": text, "base": "", "writer": "w", "sequence": sequence}
    named = {"framework": "lob", "edition": "2026-1", "role": "mentor", "worksheet": ""}
    body = json.dumps({**named, "texts": [change], "marks": []}).encode()
    return through_nginx(port, "/werkbladen/bewaren/", body, cookie).status


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    variables = {"BEHIND_HTTPS": "yes", "ALLOWED_HOSTS": "raamwerk.example,127.0.0.1"}
    with serving(tmp_path_factory.mktemp("behind"), **variables) as running:
        yield running


@pytest.fixture
def port(server: Server, tmp_path: Path) -> Iterator[int]:
    """Where our example of nginx listens, with nothing in its cache."""
    with nginx_in_front(tmp_path, server) as listening:
        yield listening


def begin(port: int) -> str:
    """The cookie of somebody new."""
    begun = through_nginx(port, "/werkbladen/beginnen/", b"")
    assert begun.status == 204
    return begun.cookie


@needs_nginx
def test_the_site_works_behind_nginx(port: int) -> None:
    assert through_nginx(port, "/lob/mentor/").status == 200
    begun = through_nginx(port, "/werkbladen/beginnen/", b"")
    assert begun.status == 204
    assert begun.cookie.startswith("__Host-werkblad-")
    assert "Secure" in begun.headers["set-cookie"]
    assert "max-age=" in begun.headers["strict-transport-security"]
    assert save_through(port, begun.cookie, "x") == 200
    assert through_nginx(port, "/werkbladen/bewaren/", b" " * 2_200_000).status == 413
    assert through_nginx(port, "/metrics").status == 404


@needs_nginx
@pytest.mark.parametrize("path", ["/", "/lob/mentor/", "/en/lob/mentor/", "/lob/bronnen/"])
@pytest.mark.parametrize(
    ("encoding", "chosen"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.0, gzip;q=0", ""),
    ],
)
def test_a_public_page_comes_from_the_cache_of_nginx(
    server: Server, port: int, path: str, encoding: str, chosen: str
) -> None:
    first = through_nginx(port, path, encoding=encoding)
    asked = requests_counted(server)
    again = through_nginx(port, path, encoding=encoding)

    assert (first.status, first.cached, again.status, again.cached) == (200, False, 200, True)
    assert requests_counted(server) == asked
    assert again.page == first.page
    assert first.headers.get("content-encoding", "") == chosen
    assert again.headers["strict-transport-security"]
    assert again.headers["content-language"] == ("en" if path.startswith("/en/") else "nl")
    kept = {"x-cache", "date", "connection"}
    assert {n: v for n, v in again.headers.items() if n not in kept} == {
        n: v for n, v in first.headers.items() if n not in kept
    }


@needs_nginx
def test_a_browser_that_has_a_public_page_is_told_so_from_the_cache(port: int) -> None:
    first = through_nginx(port, "/lob/mentor/")
    unchecked = ssl._create_unverified_context()
    connection = HTTPSConnection("127.0.0.1", port, timeout=30, context=unchecked)
    asked = {"Host": f"raamwerk.example:{port}", "If-None-Match": first.headers["etag"]}
    connection.request("GET", "/lob/mentor/", headers=asked)
    answer = connection.getresponse()

    assert (answer.status, answer.getheader("X-Cache"), answer.read()) == (304, "HIT", b"")
    connection.close()


def requests_counted(server: Server) -> float:
    """How many requests came to Raamwerk itself, without those for its numbers."""
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=10) as answer:
        numbers = answer.read().decode()
    return sum(
        float(line.rpartition(" ")[2])
        for line in numbers.splitlines()
        if line.startswith("raamwerk_requests_total{") and 'page="metrics"' not in line
    )


@needs_nginx
@pytest.mark.parametrize("path", ["/lob/mentor/", "/lob/mentor/?gebied=visie"])
def test_everybody_gets_their_own_words_and_nobody_elses(port: int, path: str) -> None:
    everybody = {f"woorden van {name}": begin(port) for name in ("Noor", "Sam")}
    through_nginx(port, path)
    for words, cookie in everybody.items():
        assert save_through(port, cookie, words) == 200

    for _ in range(2):
        for words, cookie in everybody.items():
            own = through_nginx(port, path, cookie=f"andere=1; {cookie}", encoding="gzip")
            assert own.headers["cache-control"] == "no-store, private"
            assert not own.cached
            assert [each for each in everybody if each in own.page] == [words]
        public = through_nginx(port, path, encoding="gzip")
        assert not any(words in public.page for words in everybody)
    [words, cookie] = everybody.popitem()
    assert save_through(port, cookie, f"meer {words}", 2) == 200
    assert f"meer {words}" in through_nginx(port, path, cookie=cookie, encoding="gzip").page


@needs_nginx
@pytest.mark.parametrize("path", ["/", "/werkbladen/", "/lob/mentor/", "/lob/mentor/overzicht/"])
def test_nothing_is_kept_of_what_a_browser_with_a_key_gets(port: int, path: str) -> None:
    """Whether its key is known, unknown, or no key at all."""
    known = begin(port)
    assert save_through(port, known, "woorden van Noor") == 200
    for cookie in (known, f"__Host-werkblad-x={'a' * 43}", "__Host-werkblad-x=onzin"):
        for _ in range(2):
            own = through_nginx(port, path, cookie=cookie)
            assert (own.status, own.headers["x-cache"]) == (200, "BYPASS")
        without = through_nginx(port, path)
        assert "woorden van Noor" not in without.page
    for cookie in (known, f"__Host-werkblad-x={'a' * 43}"):
        assert not through_nginx(port, path, cookie=cookie).cached


@needs_nginx
def test_static_files_come_from_the_cache_with_a_key_too(server: Server, port: int) -> None:
    page = through_nginx(port, "/lob/mentor/").page
    for path in set(re.findall(r'"(/static/[^"]+)"', page)):
        assert through_nginx(port, path, encoding="br").status == 200
        cookie = f"__Host-werkblad-x={'a' * 43}"
        assert through_nginx(port, path, cookie=cookie, encoding="br").cached


@needs_nginx
@pytest.mark.parametrize("path", ["/nergens/", "/lob/mentor/?x=1", "/healthz", "/readyz"])
def test_what_is_not_public_is_asked_anew(port: int, path: str) -> None:
    through_nginx(port, path)

    assert not through_nginx(port, path).cached


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_accepts_the_units(tmp_path: Path, unit: Path) -> None:
    for each in UNITS:
        words = each.read_text(encoding="utf-8")
        words = words.replace("/opt/raamwerk/.venv/bin/raamwerk", "/bin/true")
        (tmp_path / each.name).write_text(words)

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name],
        capture_output=True,
        text=True,
        timeout=60,
    )

    ours = [line for line in done.stderr.splitlines() if "raamwerk" in line]
    assert ours == []


@pytest.mark.skipif(not shutil.which("caddy"), reason="caddy is not here")
def test_caddy_accepts_its_settings() -> None:
    done = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", "deploy/Caddyfile"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
