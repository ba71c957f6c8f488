"""The role page: what the role asks, with room beside it for one's own notes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from raamwerk.frameworks.model import Edition, FocusArea, Passage, Role
from raamwerk.notes import POINT_LIMIT, MarkKind
from raamwerk.owners.sealing import BrokenSealError
from raamwerk.web.addresses import (
    AREA,
    WORKSHEET,
    area_address,
    areas_of,
    find_area,
    find_framework,
    find_role,
    only_parameters,
    overview_address,
    role_address,
)
from raamwerk.web.cacheable import Fill, OwnPage, same_without_key
from raamwerk.web.cookies import secrets_of
from raamwerk.web.problems import NothingHere
from raamwerk.web.rendering import current_language, in_other_languages, render_page
from raamwerk.worksheets.carry_over import edition_of
from raamwerk.worksheets.posts import SavePost
from raamwerk.worksheets.read import Desk, open_desks
from raamwerk.worksheets.upkeep import needs_upkeep, open_settled_desk
from raamwerk.worksheets.views.personal import (
    FieldTrouble,
    PersonalParts,
    Refused,
    RefusedField,
    notice_of,
    personal_values,
)
from raamwerk.worksheets.words import (
    conflict_words,
    excess_sentence,
    no_cookie_words,
    room_sentence,
    texts_sentence,
    tick_sentence,
)

TEMPLATE = "worksheets/role.html"

CHOOSING, TAKING = ("all-areas", "one-area"), ("take-away", "take-away-condition")
IN_PLACE = (*CHOOSING, *TAKING, "legend", "renamed")
"""The passages that stand where they belong: all but those that explain the page in its fold."""


@require_safe
@only_parameters(AREA, WORKSHEET)
def role_page(request: HttpRequest, framework: str, role: str) -> HttpResponse:
    """A role, all its areas or the one in ``?gebied=``, with the notes of the worksheet last worked on.

    Another worksheet of the same role is named in ``?werkblad=``.
    """
    named = request.GET.get(WORKSHEET, "")
    secrets = secrets_of(request)
    desk = open_settled_desk(secrets, framework, role, named)
    if named and desk.worksheet is None:
        raise _no_worksheet(framework, role)
    edition = edition_of(desk.worksheet, framework) or find_framework(framework)
    the_role = find_role(edition, role)
    area = find_area(edition, the_role, request.GET.get(AREA))
    context = _context(edition, the_role, area, named)
    notice = notice_of(secrets, desk)
    parts = PersonalParts(desk=desk, notice=notice)
    context["personal"] = personal_values(edition, the_role, area, parts)
    if not secrets:
        return same_without_key(render_page(request, TEMPLATE, context))
    if named or notice or edition != find_framework(framework) or not desk.owners:
        return render_page(request, TEMPLATE, context)
    return OwnPage(request, TEMPLATE, context, _fill(edition, the_role, area))


def _fill(edition: Edition, role: Role, area: FocusArea | None) -> Fill:
    """Finds what any owner's page differs in, and leaves every trouble and upkeep to the view."""
    language = current_language()

    def values(desk: Desk | BrokenSealError) -> Mapping[str, str] | None:
        if isinstance(desk, BrokenSealError) or not desk.owners or needs_upkeep(desk.owners):
            return None
        if desk.some_closed:
            return None
        if desk.worksheet and desk.worksheet.edition != edition.id:
            return None
        return personal_values(edition, role, area, PersonalParts(desk=desk))

    def fill(browsers: Sequence[tuple[str, ...]]) -> list[Mapping[str, str] | None]:
        desks = open_desks(browsers, edition.framework, role.id)
        with override(language):
            return [values(desk) for desk in desks]

    return fill


def page_as_sent(
    request: HttpRequest, post: SavePost, parts: PersonalParts, status: int
) -> HttpResponse:
    """The page with what a form sent still in it: not all of it could be saved, or not as it was."""
    refused = None
    if status != 200:
        troubles = parts.troubles.items()
        elsewhere = [each.message for name, each in troubles if post.role.field(name) is None]
        notice = " ".join([parts.notice, *elsewhere]).strip()
        refused = Refused(_refused_fields(post.role, parts.troubles), notice)
        parts = replace(parts, notice="")
    shown = post.edition, post.role, post.area
    named = {WORKSHEET: parts.worksheet.public_id if parts.worksheet else ""}
    area = {AREA: post.area.id if post.area else ""}
    context = {
        **_context(*shown),
        "personal": personal_values(*shown, parts),
        "refused": refused,
        "other_languages": in_other_languages(
            role_address(post.edition, post.role, **area, **named)
        ),
    }
    return render_page(request, TEMPLATE, context, status=status)


def _refused_fields(role: Role, troubles: Mapping[str, FieldTrouble]) -> list[RefusedField]:
    """The fields of the page that are not saved, in its order."""
    return [
        RefusedField(
            f"text-{each.id}", (each.area.name, each.facet.name), troubles[each.id].message
        )
        for each in role.fields
        if each.id in troubles
    ]


def _context(
    edition: Edition, role: Role, area: FocusArea | None, named: str = ""
) -> dict[str, Any]:
    worksheet = {WORKSHEET: named}
    hues = {each.id: hue for hue, each in enumerate(edition.areas, start=1)}
    return {
        "edition": edition,
        "role": role,
        "area": area,
        "areas": [
            (
                each,
                hues[each.id],
                area_address(edition, role, each, **worksheet),
                role.fields_in(each),
            )
            for each in areas_of(edition, role)
        ],
        "following": _following(edition, role, worksheet),
        "role_address": role_address(edition, role, **worksheet),
        "footnotes": {footnote.number: footnote for footnote in edition.footnotes},
        "sources": {source.letter: source for source in edition.sources},
        "overview_address": overview_address(
            edition, role, **{AREA: area.id if area else ""}, **worksheet
        ),
        "explanations": _explanations(edition, role),
        "choosing": [each for each in edition.passages if each.id in CHOOSING],
        "taking": [each for each in edition.passages if each.id in TAKING],
        "conflict_words": conflict_words(),
        "no_cookie_words": no_cookie_words(),
        "point_limit": POINT_LIMIT,
        "texts_words": texts_sentence(),
        "tick_words": tick_sentence(1),
        "ticks_words": tick_sentence(2),
        "ticks": [(MarkKind.WORK_ON, _("Work on this")), (MarkKind.TALK_OVER, _("Discuss"))],
        "rooms": [room_sentence(1), room_sentence(2)],
        "excesses": [excess_sentence(1), excess_sentence(2)],
        "roles": [(each, role_address(edition, each)) for each in edition.roles],
    }


def _following(
    edition: Edition, role: Role, worksheet: Mapping[str, str]
) -> dict[str, tuple[FocusArea, str] | None]:
    """By area: the next one, and the address of its page; None at the last."""
    areas = areas_of(edition, role)
    nexts = [(each, area_address(edition, role, each, **worksheet)) for each in areas[1:]]
    return dict(zip((area.id for area in areas), [*nexts, None], strict=True))


def _explanations(edition: Edition, role: Role) -> list[Passage]:
    """The passages on how the page works; the one on the letters only where a statement has any."""
    has_letters = any(statement.citations for statement in role.statements)
    elsewhere = IN_PLACE if has_letters else (*IN_PLACE, "letters")
    return [each for each in edition.passages if each.id not in elsewhere]


def _no_worksheet(framework: str, role: str) -> NothingHere:
    """The same whether it never was there or is somebody else's."""
    edition = find_framework(framework)
    the_role = find_role(edition, role)
    return NothingHere(
        _("This browser has no such worksheet."), [(the_role.name, role_address(edition, the_role))]
    )
