"""How every answer is delivered: in its language, with safe headers, compressed, with an ETag, counted."""

import gzip
import hashlib
import re
from functools import cache, lru_cache

import brotli
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import override
from isal import isal_zlib

from raamwerk.web.admission import page_name
from raamwerk.web.cacheable import PRIVATE, is_public
from raamwerk.web.metrics import count_answer
from raamwerk.web.problems import GetResponse
from raamwerk.web.rendering import language_of

OUR_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; object-src 'none'; style-src 'self'; script-src 'self'; "
        "img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}
COMPRESSIBLE = ("text/", "application/json", "image/svg+xml")
GZIP_FORMAT = 31
"""As zlib calls it: the largest window (15), with the header and the end of gzip (16)."""

SMALLEST_COMPRESSED = 500
"""In bytes: less than this fits in one packet anyway."""

LONGEST_ACCEPTED = 200
"""In characters: of a longer Accept-Encoding the rest is not looked at."""

WEIGHT = re.compile(r"\s*q\s*=\s*([0-9.]+)\s*", re.IGNORECASE)


def deliver(get_response: GetResponse) -> GetResponse:
    """The outermost middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # WhiteNoise takes any mention of an encoding for a wish: it hears our choice only.
        request.META["HTTP_ACCEPT_ENCODING"] = chosen_encoding(
            request.META.get("HTTP_ACCEPT_ENCODING")
        )
        with override(language_of(request.path_info)):
            response = get_response(request)
        finish(request, response)
        return response

    return middleware


def finish(request: HttpRequest, response: HttpResponse) -> None:
    """Give an answer everything that answers have in common, and count it."""
    dress(request, response)
    count_answer(page_name(request.path_info), response.status_code)


def dress(request: HttpRequest, response: HttpResponse) -> None:
    """The same, without counting it."""
    _security().process_response(request, response)
    for name, value in OUR_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", PRIVATE)
    response.headers.setdefault("Content-Language", language_of(request.path_info))
    _compress(request, response)
    if is_public(response) and not response.streaming and response.status_code == 200:
        _tag(request, response)


def chosen_encoding(accepted: str | None) -> str:
    """The best of br, gzip and "" that a browser accepts."""
    return _chosen_encoding(accepted[:LONGEST_ACCEPTED]) if accepted else ""


@lru_cache(maxsize=1000)
def _chosen_encoding(accepted: str) -> str:
    wanted = dict(_is_wanted(each) for each in accepted.split(","))
    if wanted.get("br"):
        return "br"
    return "gzip" if wanted.get("gzip", wanted.get("*")) else ""


def compressed(content: bytes, encoding: str, *, is_public: bool) -> bytes:
    """The content in this encoding: as small as can be where it is made once, else quickly."""
    if encoding == "br":
        return bytes(brotli.compress(content, quality=11 if is_public else 0))
    if encoding == "gzip":
        if is_public:
            return gzip.compress(content, 9, mtime=0)
        return bytes(isal_zlib.compress(content, level=2, wbits=GZIP_FORMAT))
    return content


def is_unchanged(etag: str, if_none_match: str | None) -> bool:
    """Whether a browser that names these tags has this answer already."""
    if not if_none_match:
        return False
    return bool({etag, f"W/{etag}", "*"} & set(parse_etags(if_none_match)))


def _compress(request: HttpRequest, response: HttpResponse) -> None:
    if not _is_compressible(response):
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    public = is_public(response)
    encoding = chosen_encoding(request.META.get("HTTP_ACCEPT_ENCODING"))
    if encoding:
        response.content = compressed(response.content, encoding, is_public=public)
        response.headers["Content-Encoding"] = encoding
    response.headers["Content-Length"] = str(len(response.content))


def _is_compressible(response: HttpResponse) -> bool:
    return (
        not response.streaming
        and not response.has_header("Content-Encoding")
        and response.headers.get("Content-Type", "").startswith(COMPRESSIBLE)
        and len(response.content) >= SMALLEST_COMPRESSED
    )


def _tag(request: HttpRequest, response: HttpResponse) -> None:
    """Name the content of a public answer, and send nothing where the browser has it already."""
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:20]}"'
    response.headers["ETag"] = tag
    if is_unchanged(tag, request.META.get("HTTP_IF_NONE_MATCH")):
        response.status_code = 304
        response.content = b""
        for name in ("Content-Length", "Content-Encoding", "Content-Type"):
            response.headers.pop(name, None)


def _is_wanted(coding: str) -> tuple[str, bool]:
    """An encoding that is named, and whether it may be used; what can't be read is not wanted."""
    name, *parameters = coding.split(";")
    weights = [WEIGHT.fullmatch(each) for each in parameters]
    try:
        wanted = all(weight is not None and float(weight[1]) > 0 for weight in weights)
    except ValueError:
        wanted = False
    return name.strip().lower(), wanted


@cache
def _security() -> SecurityMiddleware:
    return SecurityMiddleware(lambda _request: HttpResponse())
