"""My worksheets: what this browser keeps, how to name, add and erase, and a newer edition."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from raamwerk.frameworks.library import frameworks
from raamwerk.frameworks.model import AttentionField, Role
from raamwerk.notes import TITLE
from raamwerk.owners.access import (
    NoKeyError,
    find_owners,
    open_owners,
    read_keys,
    some_stay_closed,
)
from raamwerk.owners.sealing import BrokenSealError
from raamwerk.plain_sql import writing
from raamwerk.web.addresses import (
    WORKSHEET,
    field_address,
    find_framework,
    find_role,
    only_parameters,
    overview_address,
    role_address,
)
from raamwerk.web.admission import counts_as
from raamwerk.web.beginnings import check_beginning
from raamwerk.web.cookies import (
    earlier_secrets_of,
    give_secret,
    keep_secrets,
    secrets_of,
    take_earlier_secrets,
    take_secrets,
)
from raamwerk.web.forms import first, read_form, unreadable
from raamwerk.web.metrics import count_save
from raamwerk.web.problems import NothingHere, broken_seal
from raamwerk.web.refusals import log_refusal
from raamwerk.web.rendering import in_other_languages, render_page
from raamwerk.worksheets.carry_over import carry_over, edition_of
from raamwerk.worksheets.erase import erase as erase_everything
from raamwerk.worksheets.posts import read_save_form
from raamwerk.worksheets.read import OpenWorksheet, every_worksheet
from raamwerk.worksheets.save import (
    OtherWorksheetError,
    SaveRequest,
    TooManyWorksheetsError,
    begin_worksheet,
    save,
)
from raamwerk.worksheets.upkeep import needs_upkeep, settle, settled_owners, take_over
from raamwerk.worksheets.views.personal import (
    FieldTrouble,
    Refused,
    RefusedField,
    unknown_key_notice,
)
from raamwerk.worksheets.views.save import (
    begin_anew,
    keeps_no_cookie,
    result_name,
    send_again,
    too_many_worksheets,
    troubles_of,
)
from raamwerk.worksheets.words import (
    amount_words,
    first_words,
    no_cookie_words,
    saved_words,
    told_apart,
)

ERASED = "gewist"
NOTHING: Mapping[str, Any] = MappingProxyType({})


@require_safe
@only_parameters(ERASED)
def worksheets(request: HttpRequest) -> HttpResponse:
    """The worksheets of this browser, and the way to each."""
    return _list(request)


@require_POST
@counts_as("save")
def rename(request: HttpRequest) -> HttpResponse:
    """Save the name of one worksheet, and show the list again: with what was typed where it isn't saved."""
    post = read_save_form(read_form(request))
    secrets = secrets_of(request)
    if not post.worksheet or post.texts.keys() != {TITLE} or post.changes.marks:
        raise unreadable()
    try:
        result = save(SaveRequest(secrets, post.edition, post.role, post.changes, post.worksheet))
    except (NoKeyError, OtherWorksheetError):
        log_refusal(request, "other-worksheet", 403)
        return _list(request, not_there=post.texts[TITLE], status=403)
    count_save(result_name(result))
    if result.whole:
        return HttpResponseRedirect(reverse("worksheets"), status=303)
    troubles = {result.worksheet: (troubles_of(result)[TITLE], post.texts[TITLE])}
    return _list(request, troubles, status=409 if result.conflicts else 422)


def _list(
    request: HttpRequest,
    troubles: Mapping[str, tuple[FieldTrouble, str]] = NOTHING,
    not_there: str | None = None,
    no_cookie: str = "",
    status: int = 200,
) -> HttpResponse:
    """``troubles`` are names that could not be saved, by worksheet: why, and what was typed.

    ``not_there`` is a name that was typed for a worksheet that is not there. ``no_cookie`` says that
    nothing can begin.
    """
    known = known_worksheets(request)
    for each in known["worksheets"]:
        each["trouble"], each["typed"] = troubles.get(each["public_id"], (None, each["title"]))
    context = {
        **known,
        "refused": _refused(known["worksheets"], not_there),
        "troubles": bool(troubles),
        "no_cookie": no_cookie,
        "editions": [
            (edition, [(role, role_address(edition, role)) for role in edition.roles])
            for edition in frameworks()
        ],
        # Whoever has a key since then noted something again: what an old address says is over.
        "other_languages": in_other_languages(reverse("worksheets")),
        "erased": request.GET.get(ERASED) == "ja" and not secrets_of(request),
    }
    return render_page(request, "worksheets/mine.html", context, status=status)


def _refused(listed: Sequence[dict[str, Any]], not_there: str | None) -> Refused | None:
    """What is said first of names that were not saved; None where all is well."""
    if not_there is not None:
        return Refused(notice=_not_there(not_there), typed=not_there)
    fields = [
        RefusedField(f"title-{each['public_id']}", (each["role"].name,), each["trouble"].message)
        for each in listed
        if each["trouble"]
    ]
    return Refused(fields) if fields else None


def _not_there(typed: str) -> str:
    return _(
        "This browser has no such worksheet. It may have been deleted; “{name}” is not saved."
    ).format(name=typed)


@require_POST
@counts_as("save")
def begin_another(request: HttpRequest) -> HttpResponse:
    """Start another worksheet for a role, and show it."""
    form = read_form(request)
    edition = find_framework(first(form, "framework"))
    role = find_role(edition, first(form, "role"))
    secrets, new_secret = secrets_of(request), ""
    if not find_owners(secrets):
        if keeps_no_cookie(request):
            return _list(request, no_cookie=no_cookie_words(), status=403)
        new_secret = begin_anew(request)
        if not secrets:
            return send_again(request.path, new_secret)
    with writing():
        owners = settled_owners((new_secret,) if new_secret else secrets)
        try:
            row = begin_worksheet(owners[0], edition, role)
        except TooManyWorksheetsError:
            raise too_many_worksheets() from None
    address = role_address(edition, role, **{WORKSHEET: row.public_id})
    response = HttpResponseRedirect(address, status=303)
    if new_secret:
        give_secret(response, new_secret)
    keep_secrets(request, response)
    return response


@require_POST
@counts_as("save")
def take_to_new_edition(request: HttpRequest) -> HttpResponse:
    """Take a worksheet along to the newest edition, and show it there."""
    public_id = first(read_form(request), "worksheet")
    if not public_id:
        raise unreadable()
    try:
        framework, role = carry_over(secrets_of(request), public_id)
    except OtherWorksheetError:
        raise NothingHere(
            _("This browser has no such worksheet."), [(_("My worksheets"), reverse("worksheets"))]
        ) from None
    return HttpResponseRedirect(reverse("role", args=[framework, role]), status=303)


@require_POST
@counts_as("save")
def take_over_earlier(request: HttpRequest) -> HttpResponse:
    """Let what was written before HTTPS open with keys of now, and show the list with it."""
    response = HttpResponseRedirect(reverse("worksheets"), status=303)
    earlier = earlier_secrets_of(request)
    if find_owners(earlier):
        check_beginning(request)
        with writing():
            new_secrets = take_over(earlier)
        for secret in new_secrets:
            give_secret(response, secret)
        take_earlier_secrets(request, response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@only_parameters()
def erase(request: HttpRequest) -> HttpResponse:
    """Ask whether to erase everything; on a post, do it."""
    if request.method != "POST":
        return render_page(request, "worksheets/erase.html", known_worksheets(request))
    erase_everything((*secrets_of(request), *earlier_secrets_of(request)))
    response = HttpResponseRedirect(f"{reverse('worksheets')}?{ERASED}=ja", status=303)
    take_secrets(request, response)
    take_earlier_secrets(request, response)
    return response


def known_worksheets(request: HttpRequest) -> dict[str, Any]:
    """This browser's worksheets for a template, and what to say of keys that open nothing."""
    secrets = secrets_of(request)
    keys = read_keys(secrets)
    owners = open_owners(secrets, keys)
    some_closed = some_stay_closed(secrets, keys, owners)
    if needs_upkeep(owners):
        settle(secrets)
    opened = list(every_worksheet(secrets))
    described = [_described(each) for each in opened if isinstance(each, OpenWorksheet)]
    listed = [each for each in described if each]
    _tell_apart(listed)
    broken = some_closed or any(isinstance(each, BrokenSealError) for each in opened)
    return {
        "worksheets": listed,
        "has_keys": bool(secrets),
        "unknown_key": unknown_key_notice() if secrets and not owners and not broken else "",
        "broken": broken_seal() if broken else None,
        "earlier": _earlier(request),
    }


def _earlier(request: HttpRequest) -> list[dict[str, Any]]:
    """The worksheets from before HTTPS that this browser could take over.

    Without their titles: another site may have planted them, and its words are not for this page.
    """
    found = every_worksheet(earlier_secrets_of(request))
    described = [_described(each) for each in found if isinstance(each, OpenWorksheet)]
    listed = [each | {"title": ""} for each in described if each]
    _tell_apart(listed)
    return listed


def _tell_apart(listed: Sequence[dict[str, Any]]) -> None:
    """Say beside each what tells it from the others of its role."""
    roles: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for each in listed:
        roles.setdefault((each["edition"].framework, each["role"].id), []).append(each)
    for same in roles.values():
        for each, words in zip(
            same, told_apart([(each["title"], each["begun_at"]) for each in same]), strict=True
        ):
            each["told"] = words


def _field_to_resume(worksheet: OpenWorksheet, role: Role) -> AttentionField | None:
    """The field that was saved last; where that is not known, the first with anything in it."""
    used = (each for each in role.fields if worksheet.notes.used([each]))
    return role.field(worksheet.last_field) or next(used, None)


def _described(worksheet: OpenWorksheet) -> dict[str, Any] | None:
    """One worksheet with its role, amount and addresses; None where its framework is not at hand."""
    edition = edition_of(worksheet, worksheet.framework)
    role = edition.role(worksheet.role) if edition else None
    if edition is None or role is None:
        return None
    named = {WORKSHEET: worksheet.public_id}
    address = role_address(edition, role, **named)
    resumed = _field_to_resume(worksheet, role)
    return {
        "worksheet": worksheet,
        "edition": edition,
        "role": role,
        "title": worksheet.title,
        "begun_at": worksheet.begun_at,
        "public_id": worksheet.public_id,
        "title_base": worksheet.bases.get("title", ""),
        "noted": amount_words(worksheet.notes.in_all(role.fields)),
        "saved": saved_words(worksheet.changed_at),
        "address": address,
        "resumed": resumed,
        "resume_address": field_address(address, resumed) if resumed else address,
        "resume_words": first_words(worksheet.notes.point(resumed)) if resumed else "",
        "overview_address": overview_address(edition, role, **named),
    }
