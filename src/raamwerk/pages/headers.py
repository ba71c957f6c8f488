"""The security headers of every answer, beside those of Django's SecurityMiddleware."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

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
PRIVATE = "no-store, private"


def with_our_headers(answer: Answer) -> Answer:
    """Every answer carries our headers, and is private unless it says otherwise."""

    def answer_with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in OUR_HEADERS.items():
            response[name] = value
        response.headers.setdefault("Cache-Control", PRIVATE)
        return response

    return answer_with_headers
