"""Answers that no view made: without middleware or database, yet in words, with the headers of any other."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from raamwerk.web.delivery import finish
from raamwerk.web.forms import JSON_TYPE
from raamwerk.web.problems import Problem, problem_page
from raamwerk.web.rendering import language_of
from raamwerk.web.replies import Reply, Scope, reply_of, request_of

Refusal = Callable[[], Problem]

JSON_HEADERS = [(b"content-type", JSON_TYPE.encode())]
JSON_NAMES = (b"content-type", b"accept")


def bare_reply(scope: Scope, view: Callable[[HttpRequest], HttpResponse]) -> Reply:
    """What a view says to this path, whatever else the request holds."""
    request = request_of({**scope, "query_string": b""}, b"")
    with override(language_of(request.path_info)):
        response = view(request)
    finish(request, response)
    return reply_of(response)


def refusal_reply(scope: Scope, refusal: Refusal) -> Reply:
    """The same for a problem that this leads to, after which the connection is closed.

    Made once a language and form: it is for when there is no time, or no end to it.
    """
    json = any(
        name in JSON_NAMES and value.startswith(JSON_HEADERS[0][1])
        for name, value in scope["headers"]
    )
    return _refusal_reply(language_of(scope["path"]), refusal, json=json)


@cache
def _refusal_reply(language: str, refusal: Refusal, *, json: bool) -> Reply:
    with override(language):
        path = reverse("start")
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": JSON_HEADERS if json else [],
    }

    def answer(request: HttpRequest) -> HttpResponse:
        response = problem_page(request, refusal())
        response["Connection"] = "close"
        return response

    return bare_reply(scope, answer)
