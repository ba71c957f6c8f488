"""Reading a role page, beside nginx serving the same bytes and beside a bare Django view."""

import contextlib
import json
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.serving import Server, free_port

from benchmarks.measuring import Result, middle_pair, requests_per_second

ROLE_PAGE = "/lob/mentor/"
GZIP = ("-H", "Accept-Encoding: gzip")

NGINX = """
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


def measure(server: Server, folder: Path) -> list[Result]:
    """The page for everyone, at two numbers of connections, and the page with one's own notes."""
    results = []
    with nginx_serving(server, folder) as nginx:
        for connections in (16, 256):
            (ours, our_p99), (limit, nginx_p99) = middle_pair(
                partial(requests_per_second, server.url + ROLE_PAGE, connections, *GZIP),
                partial(requests_per_second, nginx, connections, *GZIP),
            )
            results += [
                Result(
                    f"role page for everyone, gzip, {connections} connections",
                    f"{ours:,.0f}/s",
                    f"nginx, same bytes: {limit:,.0f}/s",
                    ours / limit,
                    "at least 0.6",
                ),
                Result(
                    f"its p99, {connections} connections",
                    f"{our_p99:.2f} ms",
                    f"nginx: {nginx_p99:.2f} ms",
                    our_p99 / nginx_p99,
                    "at most 3",
                ),
            ]
    cookie = begin_worksheet(server.url)
    with bare_django() as bare_url:
        (own, _), (bare, _) = middle_pair(
            partial(requests_per_second, server.url + ROLE_PAGE, 16, "-H", f"Cookie: {cookie}"),
            partial(requests_per_second, bare_url, 16),
        )
    results.append(
        Result(
            "role page with one's own notes",
            f"{own:,.0f}/s",
            f"bare view: {bare:,.0f}/s",
            own / bare,
            "at least 0.5",
        )
    )
    return results


@contextlib.contextmanager
def bare_django() -> Iterator[str]:
    """Django with one bare view, on the same server with the same settings."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--http", "1"]
    command += ["--loop", "uvloop", "--workers", "1", "--port", str(port), "--no-access-log"]
    process = subprocess.Popen(
        [*command, "benchmarks.bare:application"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(2)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def nginx_serving(server: Server, folder: Path) -> Iterator[str]:
    """Nginx with the very bytes that our server answers with, compressed beforehand."""
    site = folder / "site"
    site.mkdir(exist_ok=True)
    request = urllib.request.Request(server.url + ROLE_PAGE, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        (site / "page.html.gz").write_bytes(answer.read())
    (site / "page.html").write_bytes(b"unused")
    port = free_port()
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, port=port))
    folder.chmod(0o755)
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([nginx, "-c", str(settings)], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        yield f"http://127.0.0.1:{port}/page.html"
    finally:
        process.terminate()
        process.wait()


def new_key() -> str:
    """A key as a page proposes it before its first save."""
    return secrets.token_urlsafe(32)


def begin_worksheet(url: str) -> str:
    """A worksheet with all fields filled; returns its cookie."""
    with urllib.request.urlopen(f"{url}{ROLE_PAGE}") as answer:
        fields = [
            part.split('"')[0] for part in answer.read().decode().split('<textarea id="text-')[1:]
        ]
    points = [
        {"field": field, "text": "woorden " * 60, "base": "", "writer": "bench", "sequence": 1}
        for field in fields
    ]
    request = urllib.request.Request(
        f"{url}/werkblad/bewaren/",
        json.dumps(
            {"framework": "lob", "role": "mentor", "points": points, "key": new_key()}
        ).encode(),
        {"Content-Type": "application/json", "Origin": url},
    )
    with urllib.request.urlopen(request) as answer:
        return str(answer.headers["Set-Cookie"]).split(";")[0]
