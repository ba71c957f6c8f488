"""Answers that no view made: without middleware or database, yet in words, with the headers of any other."""

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from raamwerk.web.admission import is_secure, page_name
from raamwerk.web.delivery import chosen_encoding, dress, finish
from raamwerk.web.forms import JSON_TYPE
from raamwerk.web.metrics import count_answer
from raamwerk.web.problems import Problem, problem_answer
from raamwerk.web.refusals import log_refusal
from raamwerk.web.rendering import language_of
from raamwerk.web.replies import Reply, Scope, reply_of, request_of

Refusal = Callable[[], Problem]
Kind = tuple[str, str, bool, bool]
"""The language, the encoding, whether a program asks, and whether it is by HTTPS."""

CLOSE = (b"connection", b"close")
JSON = JSON_TYPE.encode()


def bare_reply(scope: Scope, view: Callable[[HttpRequest], HttpResponse]) -> Reply:
    """What a view says to this path, whatever else the request holds."""
    request = request_of({**scope, "query_string": b""}, b"")
    with override(language_of(request.path_info)):
        response = view(request)
    finish(request, response)
    return reply_of(response)


def refusal_reply(scope: Scope, refusal: Refusal, *, close: bool = False) -> Reply:
    """Why a request is refused. Made once of each kind: it is for when there is no time.

    ``close`` ends the connection, for who is still sending.
    """
    said = dict(scope["headers"])
    code, reply = _refusal_reply(
        refusal,
        (
            language_of(scope["path"]),
            chosen_encoding(said.get(b"accept-encoding", b"").decode("latin-1")),
            # As speaks_json says it of Django's request.
            said.get(b"content-type", b"").partition(b";")[0].strip().lower() == JSON
            or said.get(b"accept", b"").startswith(JSON),
            is_secure(said.get(b"x-forwarded-proto", b"").decode("latin-1")),
        ),
    )
    log_refusal(None, code, reply.status)
    count_answer(page_name(scope["path"]), reply.status)
    return Reply(reply.status, [*reply.headers, CLOSE], reply.content) if close else reply


@lru_cache(maxsize=200)
def _refusal_reply(refusal: Refusal, kind: Kind) -> tuple[str, Reply]:
    language, encoding, json, secure = kind
    with override(language):
        problem = refusal()
        scope = {
            "type": "http",
            "method": "GET",
            "path": reverse("start"),
            "query_string": b"",
            "headers": [
                (b"accept", JSON if json else b"text/html"),
                (b"accept-encoding", encoding.encode()),
                (b"x-forwarded-proto", b"https" if secure else b"http"),
            ],
        }
        request = request_of(scope, b"")
        response = problem_answer(request, problem)
    dress(request, response)
    return problem.code, reply_of(response)
