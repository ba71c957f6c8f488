"""When something can't be done: a clear page or message, in the visitor's language."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import Error as AnyDatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from raamwerk.frameworks.model import Text
from raamwerk.owners.access import NoKeyError
from raamwerk.owners.sealing import BrokenSealError
from raamwerk.plain_sql import release_connection
from raamwerk.web.refusals import log_refusal
from raamwerk.web.rendering import render_page

GetResponse = Callable[[HttpRequest], HttpResponse]

Choice = tuple[Text | str, str]
"""Words, our own or a framework's, and the address to which they lead."""

LONGEST_REPEATED = 80
"""In characters, of what stands in an address."""

logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Problem(Exception):  # noqa: N818 - not an error of ours
    """Why a request can't be done. ``choices`` are what does lead somewhere.

    ``typed`` is what the message repeats, between quotation marks, of what somebody typed.
    """

    status: int
    code: str
    title: str
    message: str
    choices: Sequence[Choice] = field(default=())
    typed: str = ""


class NothingHere(Http404):
    """An address with a part that does not exist; it says what does."""

    def __init__(self, message: str, choices: Sequence[Choice], typed: str = "") -> None:
        """``choices`` are what is there. The message repeats ``typed`` at its ``{name}``."""
        super().__init__(message)
        self.typed = typed[:LONGEST_REPEATED]
        self.message = message.format(name=self.typed) if typed else message
        self.choices = choices


class ProblemMiddleware:
    """Turns what our views raise into a page or a message."""

    def __init__(self, get_response: GetResponse) -> None:
        """``get_response`` is the rest of the site."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        response = self._get_response(request)
        if response.status_code != 405:
            return response
        page = problem_page(request, wrong_method())
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """The answer to an error that we know; None for one that we don't."""
        if isinstance(error, Problem):
            return problem_page(request, error)
        known = problem_of(error)
        if isinstance(error, AnyDatabaseError):
            release_connection()
        return problem_page(request, known) if known else None


def problem_of(error: Exception) -> Problem | None:
    """What to say about an error that storage or its guards raise; None for any other."""
    if isinstance(error, NoKeyError):
        return no_key()
    if isinstance(error, BrokenSealError):
        logger.error("A sealed value does not open", exc_info=error)
        return broken_seal()
    if isinstance(error, AnyDatabaseError):
        logger.error("The database refused", exc_info=error)
        return storage_trouble()
    return None


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as a page, or as JSON where JSON was sent or asked for."""
    log_refusal(request, problem.code, problem.status)
    return problem_answer(request, problem)


def problem_answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The same, without a line in the log."""
    page = _in_json(problem) if speaks_json(request) else _in_words(request, problem)
    if problem.status in (429, 503):
        page["Retry-After"] = "60" if problem.status == 429 else "5"
    return page


def _in_json(problem: Problem) -> HttpResponse:
    message = f"{problem.title}. {problem.message}"
    return JsonResponse({"problem": problem.code, "message": message}, status=problem.status)


def _in_words(request: HttpRequest, problem: Problem) -> HttpResponse:
    choices = problem.choices or [(_("To the start page"), reverse("start"))]
    context = {"problem": problem, "choices": choices}
    return render_page(request, "web/problem.html", context, status=problem.status)


def speaks_json(request: HttpRequest) -> bool:
    """Whether a program asks, and not a person who waits for a page."""
    accepted = request.headers.get("Accept", "")
    return request.content_type == "application/json" or accepted.startswith("application/json")


def no_key() -> Problem:
    """This browser shows no key, or only keys that open nothing here."""
    return Problem(
        403,
        "no-key",
        _("This browser has no key that opens a worksheet here"),
        _(
            "The worksheet has been deleted, or has not been used for so long that it expired, "
            "or the key is wrong. You can start a new worksheet straight away."
        ),
    )


def broken_seal() -> Problem:
    """What is stored can't be decrypted with the key that was shown."""
    return Problem(
        500,
        "broken-seal",
        _("We can't open what is kept here"),
        _(
            "What you wrote is still kept, but we can't open it. Please tell the people who run this site."
        ),
    )


def wrong_method() -> Problem:
    """The address is there, but not for this: reading what only takes posts, or the reverse."""
    return Problem(
        405,
        "wrong-method",
        _("Not possible this way"),
        _("This address can't do what was asked of it. Nothing has been changed."),
    )


def storage_trouble() -> Problem:
    """The database can't be reached or written to."""
    return Problem(
        503,
        "storage",
        _("We can't reach the place where worksheets are kept"),
        _("This may not have been saved. Please keep this page open and try again in a moment."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: what is not there, and what is."""
    known = exception if isinstance(exception, NothingHere) else None
    message = known.message if known else _("There is no page at this address.")
    choices, typed = (known.choices, known.typed) if known else ((), "")
    problem = Problem(404, "not-found", _("Not found"), message, choices, typed)
    return problem_page(request, problem)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: something about the request itself is wrong."""
    message = _("Your browser sent something that we can't read. Go back and try again.")
    return problem_page(request, Problem(400, "bad-request", _("Not readable"), message))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: refused."""
    message = _("You may not do this.")
    return problem_page(request, Problem(403, "forbidden", _("Refused"), message))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Says so, and repeats nothing of what was sent."""
    message = _("Something went wrong on our side. Please try again in a moment.")
    return problem_page(request, Problem(500, "our-fault", _("Our fault"), message))


def too_busy() -> Problem:
    """More people ask than can be answered now."""
    message = _("Many people are using this site at the same time. Please try again in a moment.")
    return Problem(503, "too-busy", _("Just a moment"), message)


def too_many_downloads() -> Problem:
    """One browser asks for more documents at once than it may have with us."""
    message = _("Other documents of yours are still being made. Please try again in a moment.")
    return Problem(429, "too-busy", _("Just a moment"), message)


def too_much_underway() -> Problem:
    """More is being sent, by everybody or from one network, than there is room for."""
    message = _("A great deal is being sent here at once. Please try again in a moment.")
    return Problem(503, "too-busy", _("Just a moment"), message)


def not_in_time() -> Problem:
    """What was being sent took too long."""
    message = _("What you sent did not arrive in time. Nothing has been changed. Please try again.")
    return Problem(408, "too-slow", _("Not arrived"), message)


def not_whole() -> Problem:
    """Less arrived than was said, or it was said in a way that can't be read."""
    message = _("What you sent did not arrive in full. Nothing has been changed. Please try again.")
    return Problem(400, "not-whole", _("Not arrived"), message)
