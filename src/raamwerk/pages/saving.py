"""Keeping what a person sends: from the page by itself, or by its save button."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from raamwerk.frameworks.model import FocusArea
from raamwerk.notes import Notes
from raamwerk.pages.addresses import area_address, role_address
from raamwerk.pages.everyday_save import kept_words
from raamwerk.pages.key_cookie import give_key, key_of, take_key
from raamwerk.pages.metrics import SAVE_SECONDS, count_save
from raamwerk.pages.posts import JSON_TYPE, SavePost, read_save
from raamwerk.pages.printed import TROUBLE, KeptResponse
from raamwerk.pages.problems import speaks_json, unknown_key
from raamwerk.pages.rate_limits import hold_back
from raamwerk.pages.refusals import tell_refusal
from raamwerk.pages.role_page import FieldTrouble, Personal, conflict_words, personal_page
from raamwerk.worksheets.changes import Refusal, TooLong, fingerprint
from raamwerk.worksheets.keeping import Kept, keep, open_worksheet
from raamwerk.worksheets.keys import UnknownKeyError, new_key


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the changes in this post; answer as a page or as JSON, whichever asked."""
    key = key_of(request)
    hold_back(request, "save", key)
    if trouble := request.META.get(TROUBLE):
        raise trouble
    post = read_save(request)
    try:
        with SAVE_SECONDS.time():
            kept, key = _keep_as_new(request, post) if key is None else (_keep(key, post), key)
    except UnknownKeyError:
        if speaks_json(request):
            raise
        return _still_unkept(request, post)
    count_save(kept)
    response = _in_json(kept) if speaks_json(request) else _as_page(key, post, kept)
    give_key(response, key)
    return response


def _keep(key: str, post: SavePost) -> Kept:
    return keep(key, post.edition, post.role, post.changes, begin=False)


def _keep_as_new(request: HttpRequest, post: SavePost) -> tuple[Kept, str]:
    """Begin a worksheet, also when the browser's cookies were cleared under an open page.

    A form then holds everything the page showed. JSON holds only changes: its page proposes a key
    when it began empty, and otherwise is told that its key is gone, and offers all of its text.
    """
    if request.content_type == JSON_TYPE:
        if post.proposed_key is None:
            raise UnknownKeyError
        key, changes = post.proposed_key, post.changes
    else:
        key, changes = new_key(), post.everything()
    return keep(key, post.edition, post.role, changes, begin=True), key


def _in_json(kept: Kept) -> HttpResponse:
    if kept.whole:
        return KeptResponse(kept_words(kept), content_type=JSON_TYPE)
    answer = {
        "saved": {field: fingerprint(text) for field, text in kept.points.items()},
        "conflicts": {
            field: {"text": text, "base": fingerprint(text), "message": conflict_words()}
            for field, text in kept.conflicts.items()
        },
        "refusals": {field: refusal_words(why) for field, why in kept.refusals.items()},
    }
    return JsonResponse(answer, status=_status(kept))


def _as_page(key: str, post: SavePost, kept: Kept) -> HttpResponse:
    if kept.whole:
        anchor = f"#{post.anchor}" if post.anchor else ""
        return HttpResponseRedirect(_address(post, post.area) + anchor, status=303)
    worksheet = open_worksheet(key, post.edition, post.role)
    stored = worksheet.notes if worksheet else Notes()
    unkept = {
        change.field: change.text
        for change in post.changes.points
        if change.field in kept.conflicts or change.field in kept.refusals
    }
    refused = {field: FieldTrouble(refusal_words(why)) for field, why in kept.refusals.items()}
    disputed = {
        field: FieldTrouble(conflict_words(), other) for field, other in kept.conflicts.items()
    }
    personal = Personal(
        notes=Notes({**stored.points, **unkept}, stored.marks),
        saved_at=kept.saved_at,
        bases={**dict.fromkeys(unkept, ""), **stored.points},
        troubles=refused | disputed,
    )
    return personal_page(post.edition, post.role, post.area, personal, _status(kept))


def _still_unkept(request: HttpRequest, post: SavePost) -> HttpResponse:
    """The page as it was sent, with the key taken away, so that saving again starts afresh."""
    problem = unknown_key()
    tell_refusal(request, problem.code, problem.status)
    again = _("What you typed is still here: press “Save” to keep it in a new worksheet.")
    marks = frozenset((each.statement, each.kind) for each in post.marks_now)
    personal = Personal(
        notes=Notes(post.texts, marks),
        bases=dict.fromkeys(post.texts, ""),
        notice=f"{problem.title}. {problem.message} {again}",
    )
    response = personal_page(post.edition, post.role, post.area, personal, problem.status)
    take_key(response)
    return response


def _address(post: SavePost, area: FocusArea | None) -> str:
    if area:
        return area_address(post.edition, post.role, area)
    return role_address(post.edition, post.role)


def _status(kept: Kept) -> int:
    if kept.conflicts:
        return 409
    return 422 if kept.refusals else 200


def refusal_words(why: Refusal) -> str:
    """Why a text can't be kept, and what to do about it."""
    if isinstance(why, TooLong):
        return ngettext(
            "Not saved yet: the text is {count} character too long. Shorten it a little.",
            "Not saved yet: the text is {count} characters too long. Shorten it a little.",
            why.over,
        ).format(count=why.over)
    return _(
        "Not saved yet: line {line} holds a character that no document can show ({code}). "
        "Remove it; often it is invisible and came along with pasted text."
    ).format(line=why.line, code=why.code)
