"""The sources: the legend, what rests on each, the footnotes, the origin and the corrections."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from raamwerk.frameworks.model import Correction, Edition, Role, Statement, Text
from raamwerk.web.addresses import find_framework, only_parameters, role_address
from raamwerk.web.cacheable import same_for_everyone
from raamwerk.web.rendering import render_page


@require_safe
@only_parameters()
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
        "renamed": edition.passage("renamed"),
        "corrections": list(_corrections(edition)),
    }
    return same_for_everyone(render_page(request, "site/sources.html", context))


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


def _corrections(edition: Edition) -> Iterator[tuple[Text | str, str, Correction]]:
    """Each correction with where it was made: in words, and an address where there is one."""
    for passage in edition.passages:
        yield from ((_("Explanation"), "", each) for each in passage.corrections)
    for facet in edition.facets:
        yield from ((facet.name, "", each) for each in facet.corrections)
    for footnote in edition.footnotes:
        words = _("Footnote {number}").format(number=footnote.number)
        yield from ((words, f"#noot-{footnote.number}", each) for each in footnote.corrections)
    for role, statement, address in _every_statement(edition):
        yield from ((role.name, address, each) for each in statement.corrections)
