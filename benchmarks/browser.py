"""What a browser does with our pages: begin, save, and fetch what a page needs."""

import json
import re
import urllib.request

ROLE_PAGE, SOURCES_PAGE = "/lob/mentor/", "/lob/bronnen/"
BEGIN, SAVE = "/werkbladen/beginnen/", "/werkbladen/bewaren/"
STATIC = re.compile(r'<(?:link|script|img)[^>]*?(?:href|src)="(/static/[^"]+)"')
IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([^"']+)["']""")
AREA = re.compile(r'<textarea id="text-([^"]+)"')


def files_of(address: str, content: str) -> set[str]:
    """The static files that this page, or this script, asks a browser to fetch."""
    folder = address.rpartition("/")[0]
    imported = IMPORTED.findall(content) if address.endswith(".js") else []
    return {*STATIC.findall(content), *(f"{folder}/{name}" for name in imported)}


def save_body(role: str, texts: list[dict[str, object]], worksheet: str = "") -> bytes:
    """What a page posts to save."""
    named = {"framework": "lob", "edition": "2026-1", "role": role, "worksheet": worksheet}
    return json.dumps({**named, "texts": texts, "marks": []}).encode()


def begin_worksheet(url: str) -> str:
    """A worksheet with all fields filled by the writer "bench"; returns its cookie."""
    cookie = _post(f"{url}{BEGIN}", b"", {"Origin": url})
    with urllib.request.urlopen(f"{url}{ROLE_PAGE}") as answer:
        fields = AREA.findall(answer.read().decode())
    texts: list[dict[str, object]] = [
        {"field": field, "text": "woorden " * 60, "base": "", "writer": "bench", "sequence": 1}
        for field in fields
    ]
    headers = {"Content-Type": "application/json", "Origin": url, "Cookie": cookie}
    return _post(f"{url}{SAVE}", save_body("mentor", texts), headers)


def _post(address: str, body: bytes, headers: dict[str, str]) -> str:
    """The cookie that comes with the answer."""
    with urllib.request.urlopen(urllib.request.Request(address, body, headers)) as answer:
        return str(answer.headers["Set-Cookie"]).partition(";")[0]
