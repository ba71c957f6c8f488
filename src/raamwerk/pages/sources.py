"""The sources: the legend, what rests on each, the footnotes, the origin and the mends."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from raamwerk.frameworks.model import Edition, Mend, Role, Statement
from raamwerk.pages.addresses import find_framework, role_address
from raamwerk.pages.printed import PrintedResponse
from raamwerk.pages.surroundings import current_language, draw


@require_safe
def sources(request: HttpRequest, framework: str) -> HttpResponse:
    """Where every statement comes from."""
    edition = find_framework(framework)
    context = {
        "edition": edition,
        "sources": [
            (source, list(_resting_on(edition, source.letter))) for source in edition.sources
        ],
        "footnotes": [
            (footnote, list(_calling(edition, footnote.number))) for footnote in edition.footnotes
        ],
        "provenances": [
            (each, [role for role in edition.roles if role.provenance == each])
            for each in edition.provenances
        ],
        "mends": list(_mends(edition)),
        "legend": edition.passage("legend"),
    }
    address = reverse("sources", args=[framework])
    page = draw(address, "pages/sources.html", context)
    return PrintedResponse(page) if request.get_full_path() == address else HttpResponse(page)


Found = tuple[Role, Statement, str]
"""A statement, the role it belongs to, and its address on that role's page."""


def _every_statement(edition: Edition) -> Iterator[Found]:
    for role in edition.roles:
        for statement in role.statements:
            yield role, statement, f"{role_address(edition, role)}#{statement.id}"


def _resting_on(edition: Edition, letter: str) -> Iterator[Found]:
    return (found for found in _every_statement(edition) if letter in found[1].citations)


def _calling(edition: Edition, number: int) -> Iterator[Found]:
    return (found for found in _every_statement(edition) if number in found[1].footnote_numbers)


def _mends(edition: Edition) -> Iterator[tuple[str, str, Mend]]:
    """Each mend with where it was made: in words, and an address where there is one."""
    for passage in edition.passages:
        yield from ((_("Explanation"), "", mend) for mend in passage.mends)
    for facet in edition.facets:
        yield from ((facet.name.read(current_language()), "", mend) for mend in facet.mends)
    for footnote in edition.footnotes:
        words = _("Footnote {number}").format(number=footnote.number)
        yield from ((words, f"#noot-{footnote.number}", mend) for mend in footnote.mends)
    for role, statement, address in _every_statement(edition):
        where = role.name.read(current_language())
        yield from ((where, address, mend) for mend in statement.mends)
