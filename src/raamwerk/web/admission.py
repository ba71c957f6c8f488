"""Which requests are admitted: for this host, from our own pages, and not too many at once.

One function, ``admit``, holds these rules for every request, through Django and past it.

Browsers say where a post comes from: in ``Sec-Fetch-Site``, or in ``Origin`` or ``Referer``. A post
without any of these, or from elsewhere, is refused. This needs no token in the page, so a page can
be the same for everyone (OWASP ASVS 5.0, 3.5.1).

Requests are counted in each server process by itself: by key, which fits one busy person, and then by
network address, which is set high because a whole school may sit behind one. Whoever shows a key that opens
something is counted apart from who shows a made-up one and from who shows none: so a stranger at the same
address, whatever they make up, can't use up what those who are at work may do.
"""

from collections.abc import Callable, Sequence
from copy import copy
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.urls import reverse
from django.utils.translation import gettext as _

from raamwerk.owners.access import digest
from raamwerk.owners.known import KNOWN_KEYS
from raamwerk.web.addresses import route_of
from raamwerk.web.cookies import secrets_in, secrets_of
from raamwerk.web.problems import GetResponse, Problem, problem_page
from raamwerk.web.rate_limit import RateLimit
from raamwerk.web.replies import Scope

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
NETWORK_BITS = 64
"""Of an IPv6 address: what is behind these, one household has by the billions."""

LONGEST_HOST = 255
"""In characters, as of any name on the Internet."""

ADMISSION = "raamwerk.admission"
"""In an ASGI scope: that it was admitted already, and why it is refused, or None."""

View = TypeVar("View", bound=Callable[..., Any])

Refusal = Callable[[], Problem]
"""Why a request is refused; called where the language of the answer is known."""

_rate_limits = {kind: RateLimit() for kind in ("known", "made up", "none")}
"""By what is shown: a key that opens something, one of which that is not known, or no key."""


class Visit(NamedTuple):
    """What admission looks at: the secrets that are shown, and headers, None where they did not come."""

    method: str
    secure: bool
    host: str | None
    secrets: tuple[str, ...]
    address: str
    site: str | None = None
    origin: str | None = None
    referer: str | None = None


def visit_of(request: HttpRequest) -> Visit:
    """The same facts from Django's request."""
    said = request.META.get
    return Visit(
        method=request.method or "",
        secure=is_secure(said("HTTP_X_FORWARDED_PROTO")),
        host=said("HTTP_HOST"),
        secrets=secrets_of(request),
        address=visitor_address(said("HTTP_X_FORWARDED_FOR"), said("REMOTE_ADDR", "")),
        site=said("HTTP_SEC_FETCH_SITE"),
        origin=said("HTTP_ORIGIN"),
        referer=said("HTTP_REFERER"),
    )


def admit(visit: Visit, counted_as: str) -> Refusal | None:
    """Why this request is refused, or None. Counts it as ``counted_as``: page, save or download."""
    if not is_our_host(visit.host):
        return _wrong_host
    if visit.method not in SAFE_METHODS and not is_from_our_own_page(visit):
        return _foreign_post
    if not _is_within_limits(visit, counted_as):
        return _too_fast
    return None


def counts_as(name: str) -> Callable[[View], View]:
    """Say on a view what its requests count as."""

    def named(view: View) -> View:
        view.counted_as = name  # type: ignore[attr-defined]
        return view

    return named


def counted_as(path: str) -> str:
    """What a request for this path counts as."""
    route = route_of(path)
    return str(getattr(route.func, "counted_as", "page")) if route else "page"


def page_name(path: str) -> str:
    """What metrics call the page at this path."""
    route = route_of(path)
    return (route.url_name if route else None) or "none"


def only_admitted(get_response: GetResponse) -> GetResponse:
    """Middleware that refuses what is not admitted."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Past Django it may have been looked at already: it is counted once.
        scope = getattr(request, "scope", {})
        if ADMISSION in scope:
            refusal = scope[ADMISSION]
        else:
            refusal = admit(visit_of(request), counted_as(request.path_info))
        return _refused(request, refusal) if refusal else get_response(request)

    return middleware


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Why, on a page that is the same for every address of a language: nothing else is looked at."""
    on_start_page = copy(request)
    on_start_page.method = "GET"
    on_start_page.path = on_start_page.path_info = reverse("start")
    on_start_page.META = {**request.META, "QUERY_STRING": ""}
    return problem_page(on_start_page, refusal())


def is_our_host(host: str | None) -> bool:
    """Whether browsers may call this server so."""
    return host is not None and len(host) <= LONGEST_HOST and _is_our_host(host)


@lru_cache(maxsize=1000)
def _is_our_host(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def is_from_our_own_page(visit: Visit) -> bool:
    """Whether the browser vouches that this request comes from this site itself."""
    if visit.site is not None:
        return visit.site == "same-origin"
    try:
        parts = urlsplit(visit.origin or visit.referer or "")
    except ValueError:
        return False
    scheme = "https" if visit.secure else "http"
    return (parts.scheme, parts.netloc.lower()) == (scheme, (visit.host or "").lower())


def is_secure(forwarded_proto: str | None) -> bool:
    """Whether our own proxy says that a request came by HTTPS."""
    return settings.BEHIND_PROXY and forwarded_proto == "https"


def visitor_address(forwarded: str | None, connected: str) -> str:
    """The address a request comes from: what our own proxy says, where there is one."""
    believed = (forwarded or "") if settings.BEHIND_PROXY else ""
    return (believed.rpartition(",")[2].strip() or connected)[:LONGEST_HOST]


def place_of(request: HttpRequest) -> str:
    """The network that a request of Django comes from."""
    said = request.META.get
    return network(visitor_address(said("HTTP_X_FORWARDED_FOR"), said("REMOTE_ADDR", "")))


def visitor_of(scope: Scope) -> tuple[str, bool]:
    """Whom a request in an ASGI scope is counted as, and whether that is the holder of a key that is known.

    Anybody else is counted as the network that they come from, whatever key they make up.
    """
    said = dict(scope["headers"])
    known = known_key(secrets_in(said.get(b"cookie", b"").decode("latin-1")))
    return (known, True) if known else (network_of(scope), False)


def network_of(scope: Scope) -> str:
    """The network that a request in an ASGI scope comes from."""
    forwarded = dict(scope["headers"]).get(b"x-forwarded-for", b"").decode("latin-1")
    connected = scope["client"][0] if scope.get("client") else ""
    return network(visitor_address(forwarded, connected))


def _is_within_limits(visit: Visit, what: str) -> bool:
    """By key first: what is refused by key does not count against the neighbours.

    Who is over by address makes no entry by key: a flood of made-up keys would push out all others'.
    """
    most_by_key, most_by_address = settings.PER_MINUTE[what]
    place = network(visit.address)
    known = known_key(visit.secrets)
    key = known or (digest(visit.secrets[0]) if visit.secrets else "")
    limit = _rate_limits["known" if known else "made up" if key else "none"]
    if limit.is_used_up(most_by_address, what, place):
        return False
    if key and not limit.hit(most_by_key, what, key):
        return False
    return limit.hit(most_by_address, what, place)


def known_key(secrets: Sequence[str]) -> str:
    """The digest of the first of these that is known to open something; empty where none is."""
    return next((each for each in map(digest, secrets) if each in KNOWN_KEYS), "")


@lru_cache(maxsize=10_000)
def network(address: str) -> str:
    """Whom an address is counted as: itself, or its network for IPv6."""
    try:
        if ip_address(address).version == 6:
            return str(ip_network(f"{address}/{NETWORK_BITS}", strict=False))
    except ValueError:
        return "no address"
    return address


def _wrong_host() -> Problem:
    return Problem(
        400,
        "bad-request",
        _("Not readable"),
        _("Your browser sent something that we can't read. Go back and try again."),
    )


def _foreign_post() -> Problem:
    return Problem(
        403,
        "foreign-post",
        _("This did not come from a page of this site"),
        _(
            "To protect you, we only accept what you send from our own pages. Go back, reload "
            "the page and try again. What was already saved has not been changed."
        ),
    )


def _too_fast() -> Problem:
    return Problem(
        429,
        "too-fast",
        _("That was a lot at once"),
        _("Nothing has been lost. Wait a minute and try again."),
    )
