"""The examples in deploy/ are good, and work with the server as it is."""

import json
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

import pytest
from raamwerk.worksheets.keys import new_key

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
        time.sleep(1)
        yield port
    finally:
        process.terminate()
        process.wait()


def lower_case(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def through_nginx(port: int, path: str, body: bytes | None = None) -> tuple[int, dict[str, str]]:
    host = f"raamwerk.example:{port}"
    headers = {"Host": host, "Origin": f"https://{host}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"https://127.0.0.1:{port}{path}", body, headers)
    unchecked = ssl._create_unverified_context()
    try:
        with urllib.request.urlopen(request, timeout=10, context=unchecked) as answer:
            return answer.status, lower_case(answer.headers)
    except urllib.error.HTTPError as refused:
        return refused.code, lower_case(refused.headers)


@needs_nginx
def test_the_site_works_behind_nginx(tmp_path: Path) -> None:
    point = {"field": "visie-rol", "text": "x", "base": "", "writer": "w", "sequence": 1}
    first_save = {"framework": "lob", "role": "mentor", "points": [point], "key": new_key()}
    body = json.dumps(first_save).encode()
    variables = {"BEHIND_HTTPS": "yes", "ALLOWED_HOSTS": "raamwerk.example,127.0.0.1"}
    with (
        serving(tmp_path / "data", **variables) as server,
        nginx_in_front(tmp_path, server) as port,
    ):
        assert through_nginx(port, "/lob/mentor/")[0] == 200
        status, headers = through_nginx(port, "/werkblad/bewaren/", body)
        assert status == 200
        assert "Secure" in headers["set-cookie"]
        cookie = headers["set-cookie"].split(";")[0]
        assert cookie == f"__Host-werkblad={first_save['key']}"
        assert "max-age=" in headers["strict-transport-security"]
        assert through_nginx(port, "/werkblad/bewaren/", b" " * 2_200_000)[0] == 413
        assert through_nginx(port, "/metrics")[0] == 404


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
