"""Nginx with our own examples, on loopback."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.serving import free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def write_settings(folder: Path, example: str, changes: Mapping[str, str]) -> Path:
    """The text of an example as settings that run here; what changes must be in it."""
    site = example
    for theirs, ours in {"listen 80": f"listen 127.0.0.1:{free_port()}", **changes}.items():
        assert theirs in site
        site = site.replace(theirs, ours)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    settings = folder / "nginx.conf"
    settings.write_text(
        f"daemon off; pid {folder}/pid; error_log stderr; events {{}}"
        f"http {{ access_log off; {folders}\n{site} }}"
    )
    return settings
