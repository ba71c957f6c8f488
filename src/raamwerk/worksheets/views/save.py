"""Saving what a person sends: from the page by itself, or by its save button."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from raamwerk.owners.access import begin_owner, find_owners
from raamwerk.plain_sql import writing
from raamwerk.web.addresses import area_address, role_address
from raamwerk.web.admission import counts_as
from raamwerk.web.beginnings import check_beginning, check_growth, count_growth
from raamwerk.web.cookies import give_secret, keep_secrets, secrets_of
from raamwerk.web.metrics import SAVE_SECONDS, count_save
from raamwerk.web.problems import Problem, no_key, problem_of, problem_page
from raamwerk.web.refusals import log_refusal
from raamwerk.worksheets.models import new_public_id
from raamwerk.worksheets.posts import SavePost, is_json, read_save
from raamwerk.worksheets.queries import MarkRow
from raamwerk.worksheets.read import open_desk
from raamwerk.worksheets.save import (
    ANOTHER,
    Conflict,
    OtherWorksheetError,
    Outcome,
    SaveRequest,
    SaveResult,
    TooManyWorksheetsError,
    save_all,
)
from raamwerk.worksheets.save import save as save_changes
from raamwerk.worksheets.views.personal import FieldTrouble, PersonalParts, unknown_key_notice
from raamwerk.worksheets.views.role import page_as_sent
from raamwerk.worksheets.words import (
    conflict_words,
    lost_words,
    no_cookie_words,
    refusal_words,
    saved_words,
)

BEGUN = "begonnen"
"""The parameter of a form that is sent again, because its browser was just given its first key."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """The page that a form stands on: where it is sent, how it is shown as sent, and once all is saved."""

    sent_to: str
    show: Callable[[HttpRequest, SavePost, PersonalParts, int], HttpResponse]
    saved: str


@require_POST
@counts_as("save")
def save(request: HttpRequest) -> HttpResponse:
    """Save the changes in this post; answer as JSON to the page's script, else as a page."""
    post = read_save(request)
    if is_json(request):
        with SAVE_SECONDS.time():
            [outcome] = save_all([json_save_request(request, post)])
        return json_answer(request, outcome)
    saved = _address(post) + (f"#{post.anchor}" if post.anchor else "")
    return save_form(request, post, FormPage(reverse("save"), page_as_sent, saved))


@require_POST
@counts_as("save")
def begin(request: HttpRequest) -> HttpResponse:
    """Give this browser a key, unless it shows one that opens something. 204 either way.

    The page's script asks for it before the first save: so it finds out whether the browser keeps a
    cookie before it calls anything saved, and an answer that gets lost loses no words.
    """
    response = HttpResponse(status=204)
    if not find_owners(secrets_of(request)):
        give_secret(response, begin_anew(request))
    return response


def json_save_request(request: HttpRequest, post: SavePost) -> SaveRequest:
    """What a post of the page's script asks to save. Raises Problem."""
    secrets = secrets_of(request)
    check_growth(request, secrets)
    return SaveRequest(secrets, post.edition, post.role, post.changes, post.worksheet)


def json_answer(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """What became of a save, for the page's script. The same however the save was done."""
    if not isinstance(outcome, SaveResult):
        problem = _problem_of(outcome)
        if problem is None:
            raise outcome
        return problem_page(request, problem)
    count_save(result_name(outcome))
    count_growth(request, secrets_of(request), outcome.grown)
    response = JsonResponse(
        {
            "worksheet": outcome.worksheet,
            "told": saved_words(outcome.saved_at),
            "saved": dict(outcome.saved),
            "conflicts": {
                field: {"text": each.text, "base": each.base, "message": conflict_words()}
                for field, each in outcome.conflicts.items()
            },
            "refusals": {field: refusal_words(why) for field, why in outcome.refusals.items()},
            "cleaned": dict(outcome.cleaned),
            "lost": lost_words() if outcome.lost else "",
            "marks": {
                f"{statement}:{kind}": {"on": row.on, "base": row.revision}
                for (statement, kind), row in outcome.marks.items()
            },
        },
        status=_status(outcome),
    )
    keep_secrets(request, response)
    return response


def _problem_of(outcome: Exception) -> Problem | None:
    if isinstance(outcome, OtherWorksheetError):
        return other_worksheet()
    if isinstance(outcome, TooManyWorksheetsError):
        return too_many_worksheets()
    return problem_of(outcome)


def too_many_worksheets() -> Problem:
    """This person has as many worksheets for the role as anybody may have."""
    return Problem(
        409,
        "too-many-worksheets",
        _("You have a great many worksheets for this role"),
        _("You can't add any more. Continue in one of those you have."),
    )


def other_worksheet() -> Problem:
    """The worksheet that the page shows is none that this browser opens."""
    words = no_key()
    return Problem(403, "other-worksheet", words.title, words.message)


def begin_anew(request: HttpRequest) -> str:
    """The secret of a new owner. Raises Problem."""
    check_beginning(request)
    with writing():
        return begin_owner()


def keeps_no_cookie(request: HttpRequest) -> bool:
    """Whether a browser that was just given a key sends the form again without it."""
    return BEGUN in request.GET and not secrets_of(request)


def save_form(request: HttpRequest, post: SavePost, page: FormPage) -> HttpResponse:
    """The save button. Without a key it begins a worksheet with all that the form shows."""
    secrets = secrets_of(request)
    new_secret = ""
    changes, worksheet = post.changes, post.worksheet
    if not find_owners(secrets):
        if keeps_no_cookie(request):
            return _still_unsaved(request, post, page, 403, no_cookie_words())
        worksheet = ANOTHER
        try:
            new_secret = begin_anew(request)
        except Problem as refused:
            notice = f"{refused.title}. {refused.message}"
            return _still_unsaved(request, post, page, refused.status, notice)
        if not secrets:
            return send_again(page.sent_to, new_secret)
        secrets = (new_secret,)
    else:
        check_growth(request, secrets)
    if worksheet.startswith(ANOTHER):
        changes = post.everything()
    try:
        with SAVE_SECONDS.time():
            result = save_changes(SaveRequest(secrets, post.edition, post.role, changes, worksheet))
    except OtherWorksheetError:
        log_refusal(request, "other-worksheet", 403)
        again = _("What you typed is still here: press “Save” to save it in a new worksheet.")
        return _still_unsaved(request, post, page, 403, f"{unknown_key_notice()} {again}")
    except TooManyWorksheetsError:
        problem = too_many_worksheets()
        return _still_unsaved(request, post, page, 409, f"{problem.title}. {problem.message}")
    count_save(result_name(result))
    count_growth(request, secrets, result.grown)
    response = _as_page(request, secrets, post, page, result)
    if new_secret:
        give_secret(response, new_secret)
    keep_secrets(request, response)
    return response


def send_again(address: str, secret: str) -> HttpResponse:
    """Give the key and let the browser send the same form again: so it shows whether it keeps a cookie."""
    response = HttpResponseRedirect(f"{address}?{BEGUN}=ja", status=307)
    give_secret(response, secret)
    return response


def _as_page(
    request: HttpRequest,
    secrets: tuple[str, ...],
    post: SavePost,
    page: FormPage,
    result: SaveResult,
) -> HttpResponse:
    if result.whole and not result.lost:
        return HttpResponseRedirect(page.saved, status=303)
    desk = open_desk(secrets, post.edition.framework, post.role.id, result.worksheet)
    if result.whole:
        return page.show(request, post, PersonalParts(desk, lost_words()), 200)
    parts = PersonalParts(desk, unsaved=unsaved_texts(post, result), troubles=troubles_of(result))
    return page.show(request, post, parts, _status(result))


def unsaved_texts(post: SavePost, result: SaveResult) -> dict[str, str]:
    """What was sent and is not stored, by field."""
    return {
        change.field: change.text
        for change in post.changes.texts
        if change.field in result.conflicts or change.field in result.refusals
    }


def troubles_of(result: SaveResult) -> dict[str, FieldTrouble]:
    """Why it is not stored, in words, by field."""
    refused = {field: FieldTrouble(refusal_words(why)) for field, why in result.refusals.items()}
    disputed = {
        field: _trouble_of_conflict(conflict) for field, conflict in result.conflicts.items()
    }
    return refused | disputed


def _trouble_of_conflict(conflict: Conflict) -> FieldTrouble:
    return FieldTrouble(conflict_words(), conflict.text)


def _still_unsaved(
    request: HttpRequest, post: SavePost, page: FormPage, status: int, notice: str
) -> HttpResponse:
    """The page as it was sent, so that saving again begins a new worksheet."""
    parts = PersonalParts(
        notice=notice,
        unsaved=post.texts,
        bases=dict.fromkeys(post.texts, ""),
        marks={
            (each.statement, each.kind): MarkRow(on=True, revision=0) for each in post.marks_now
        },
        # With an id, so that pressing the button twice makes one.
        worksheet_id=ANOTHER + new_public_id(),
    )
    return page.show(request, post, parts, status)


def _address(post: SavePost) -> str:
    if post.area:
        return area_address(post.edition, post.role, post.area)
    return role_address(post.edition, post.role)


def _status(result: SaveResult) -> int:
    if result.conflicts:
        return 409
    return 422 if result.refusals else 200


def result_name(result: SaveResult) -> str:
    """What metrics call it."""
    if result.conflicts:
        return "conflicted"
    return "refused" if result.refusals else "saved"
