"""Reading pages, beside nginx serving the same bytes and beside a bare Django view."""

import contextlib
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.nginx import NGINX, write_settings_without_tls
from tests.serving import Server, free_port

from benchmarks.browser import ROLE_PAGE, SOURCES_PAGE, begin_worksheet
from benchmarks.measuring import Result, middle_pair, requests_per_second

GZIP = ("-H", "Accept-Encoding: gzip")
EXAMPLE = Path("deploy/nginx.conf")

STATIC = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
worker_processes auto;
events {{ worker_connections 4096; }}
http {{
  access_log off; default_type text/html;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}/site; gzip_static always; }}
}}
"""


def for_everyone(server: Server, folder: Path) -> list[Result]:
    """Pages that are the same for everyone, with a key and without, at two numbers of connections."""
    key = ("-H", f"Cookie: {begin_worksheet(server.url)}")
    pages = (
        ("role page for everyone", ROLE_PAGE, GZIP),
        ("sources", SOURCES_PAGE, GZIP),
        ("sources, with a key", SOURCES_PAGE, (*GZIP, *key)),
    )
    results = []
    with nginx_serving(server, folder) as nginx:
        for name, path, options in pages:
            for connections in (16, 256):
                results += _page(name, server.url + path, nginx + path, connections, options)
    return results


def _page(
    name: str, ours: str, theirs: str, connections: int, options: tuple[str, ...]
) -> list[Result]:
    work = f"{name}, gzip, {connections} connections"
    (rate, p99), (limit, nginx_p99) = middle_pair(
        work,
        partial(requests_per_second, ours, connections, *options),
        partial(requests_per_second, theirs, connections, *GZIP),
    )
    beside = f"nginx, same bytes: {limit:,.0f}/s"
    p99_beside = f"nginx: {nginx_p99:.2f} ms"
    return [
        Result(work, f"{rate:,.0f}/s", beside, rate / limit, "at least 0.5"),
        Result("its p99", f"{p99:.2f} ms", p99_beside, p99 / nginx_p99, "at most 3"),
    ]


def through_our_nginx(server: Server, folder: Path) -> list[Result]:
    """The role page for everyone from the cache of deploy/nginx.conf, without its TLS."""
    work = "role page for everyone, from the cache of deploy/nginx.conf"
    with nginx_serving(server, folder) as nginx, nginx_in_front(server, folder) as front:
        (rate, _), (limit, _) = middle_pair(
            work,
            partial(requests_per_second, front + ROLE_PAGE, 16, *GZIP),
            partial(requests_per_second, nginx + ROLE_PAGE, 16, *GZIP),
        )
    beside = f"nginx, same bytes: {limit:,.0f}/s"
    return [Result(work, f"{rate:,.0f}/s", beside, rate / limit, "at least 0.9")]


def own_page(server: Server, database: str) -> list[Result]:
    """The page with one's own notes, compressed."""
    work = f"role page with one's own notes, gzip, {database}"
    own = ("-H", f"Cookie: {begin_worksheet(server.url)}", *GZIP)
    with bare_django() as bare:
        (rate, _), (limit, _) = middle_pair(
            work,
            partial(requests_per_second, server.url + ROLE_PAGE, 16, *own),
            partial(requests_per_second, bare, 16),
        )
    beside = f"bare view over WSGI: {limit:,.0f}/s"
    return [Result(work, f"{rate:,.0f}/s", beside, rate / limit, "at least 0.4")]


@contextlib.contextmanager
def bare_django() -> Iterator[str]:
    """Django with one bare view, as granian serves it by itself."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1"]
    command += ["--workers", "1", "--port", str(port), "--no-access-log"]
    process = subprocess.Popen(
        [*command, "benchmarks.bare:application"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with _while_running(process, port):
        yield f"http://127.0.0.1:{port}/"


@contextlib.contextmanager
def nginx_serving(server: Server, folder: Path) -> Iterator[str]:
    """Nginx with the very bytes that our server answers with, compressed beforehand."""
    for path in (ROLE_PAGE, SOURCES_PAGE):
        place = folder / "site" / path.strip("/")
        place.mkdir(parents=True, exist_ok=True)
        request = urllib.request.Request(server.url + path, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as answer:
            (place / "index.html.gz").write_bytes(answer.read())
        (place / "index.html").write_bytes(b"unused")
    port = free_port()
    settings = folder / "static.conf"
    settings.write_text(STATIC.format(folder=folder, port=port))
    folder.chmod(0o755)
    with _nginx(settings, port) as address:
        yield address


@contextlib.contextmanager
def nginx_in_front(server: Server, folder: Path) -> Iterator[str]:
    """Our own example of nginx, in front of this server."""
    port = free_port()
    behind = {"server 127.0.0.1:8000": f"server 127.0.0.1:{server.port}"}
    with _nginx(write_settings_without_tls(folder, EXAMPLE, port, behind), port) as address:
        yield address


@contextlib.contextmanager
def _nginx(settings: Path, port: int) -> Iterator[str]:
    command = [str(NGINX), "-c", str(settings)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    with _while_running(process, port):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def _while_running(process: subprocess.Popen[bytes], port: int) -> Iterator[None]:
    try:
        time.sleep(2)
        assert process.poll() is None, f"nothing runs on port {port}"
        yield
    finally:
        process.terminate()
        process.wait()
