"""Nginx with our own examples, on loopback."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.serving import free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def write_settings_without_tls(
    folder: Path, example: Path, port: int, changes: Mapping[str, str]
) -> Path:
    """The same for plain HTTP on this port."""
    lines = example.read_text(encoding="utf-8").splitlines()
    site = "\n".join(line for line in lines if not line.strip().startswith("ssl_"))
    return write_settings(folder, site, {"listen 443 ssl": f"listen 127.0.0.1:{port}", **changes})


def write_settings(folder: Path, example: str, changes: Mapping[str, str]) -> Path:
    """The text of an example as settings that run here; what changes must be in it."""
    site = example
    ours_of_theirs = {
        "listen 80": f"listen 127.0.0.1:{free_port()}",
        "/var/cache/raamwerk": f"{folder}/cache",
        **changes,
    }
    for theirs, ours in ours_of_theirs.items():
        assert theirs in site
        site = site.replace(theirs, ours)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    # Its workers read and write in our own folders.
    user = "" if os.geteuid() else "user root;"
    settings = folder / "nginx.conf"
    settings.write_text(
        f"{user} daemon off; pid {folder}/pid; error_log stderr; worker_processes auto;"
        f"events {{ worker_connections 4096; }}"
        f"http {{ access_log off; {folders}\n{site} }}"
    )
    return settings
