"""Nothing knows of four areas, two facets or a role that has every one of them."""

from dataclasses import replace

import pytest

from raamwerk.documents.formats import FORMATS, Format
from raamwerk.frameworks.model import Edition
from tests.documents.example import edition, overview
from tests.documents.reading import document_text, squeezed

MANY_AREAS = [f"gebied-{number}" for number in range(1, 13)]
MANY_FACETS = [f"kant-{number}" for number in range(1, 7)]


def _sparse() -> Edition:
    """An edition whose role has one facet of the second area, and two of the fifth."""
    full = edition(MANY_AREAS[:5], MANY_FACETS[:3])
    (role,) = full.roles
    kept = ("gebied-2-kant-3", "gebied-5-kant-1", "gebied-5-kant-2")
    fields = tuple(field for field in role.fields if field.id in kept)
    return replace(full, roles=(replace(role, fields=fields),))


SHAPES = {
    "one of each": edition(MANY_AREAS[:1], MANY_FACETS[:1]),
    "five areas of three facets": edition(MANY_AREAS[:5], MANY_FACETS[:3]),
    "the most areas and facets": edition(MANY_AREAS, MANY_FACETS),
    "a sparse role": _sparse(),
}


@pytest.mark.parametrize("format_", FORMATS, ids=[each.id for each in FORMATS])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_field_stands_in_every_format(format_: Format, shape: Edition) -> None:
    (role,) = shape.roles
    points = [f"Punt bij {field.id}." for field in role.fields]
    given = overview(*points, of=shape)
    read = squeezed(document_text(format_.id, format_.render(given)))
    for field, point in zip(role.fields, points, strict=True):
        assert squeezed(point) in read
        for statement in field.statements:
            assert squeezed(statement.text.read("nl")) in read


def test_an_area_keeps_its_hue_where_a_role_lacks_the_ones_before_it() -> None:
    given = overview(of=_sparse())
    assert [(area.id, area.hue) for area in given.areas] == [("gebied-2", 2), ("gebied-5", 5)]
    assert [len(area.fields) for area in given.areas] == [1, 2]
