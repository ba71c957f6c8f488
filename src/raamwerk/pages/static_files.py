"""The style sheet, the scripts and the icon, each under an address that names its content."""

import hashlib
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from raamwerk.pages.printed import PrintedResponse

FOLDER = Path(__file__).parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


@cache
def files() -> dict[str, Path]:
    """The files there are, by name."""
    return {path.name: path for path in FOLDER.iterdir()}


@cache
def static_address(name: str) -> str:
    """Where a static file is found; a changed file gets another address."""
    version = hashlib.sha256(files()[name].read_bytes()).hexdigest()[:12]
    return f"{reverse('static', args=[name])}?v={version}"


@require_safe
def static_file(request: HttpRequest, name: str) -> HttpResponse:
    """One file of the static folder."""
    if name not in files():
        raise Http404
    content = files()[name].read_bytes()
    current = request.get_full_path() == static_address(name)
    if not current:
        return HttpResponse(content, content_type=_media_type(name))
    return PrintedResponse(content, content_type=_media_type(name), forever=True)


def _media_type(name: str) -> str:
    return MEDIA_TYPES[Path(name).suffix]
