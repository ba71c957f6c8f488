"""Who does what: facets in line across the roles, whatever their shape, with the reader's own ticks."""

import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from raamwerk.frameworks import library
from tests.pages.conftest import Visitor, mark
from tests.pages.frameworks_beside import put_newer_edition, statements_of

COMPARISON = "/lob/wie-doet-wat/"
TICKS = re.compile(r'<li class="ticked">(.*?) <span class="ticks">✓ (.*?)</span></li>')


def rows_of(page: str) -> list[list[str]]:
    """The cells of each row that has any."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    cells = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [row for row in cells if row]


def put_shape(folder: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    tree = yaml.safe_load(Path("tests/frameworks/other-shape.yaml").read_text(encoding="utf-8"))
    change(tree)
    (folder / "tun").mkdir(parents=True)
    (folder / "tun" / "2027.yaml").write_text(yaml.safe_dump(tree, allow_unicode=True))
    library.serve_from(folder)
    assert not library.faults(), list(map(str, library.faults()))


def test_each_row_has_one_facet_of_every_role(visitor: Visitor) -> None:
    rows = rows_of(visitor.page(COMPARISON))

    assert len(rows) == 8
    for cells in rows:
        assert len(cells) == 3
        assert all("<li>" in cell for cell in cells)


def test_a_framework_with_gaps_keeps_its_columns(visitor: Visitor, beside: Path) -> None:
    put_shape(beside, dict.copy)

    page = visitor.page("/tun/wie-doet-wat/")

    rows = rows_of(page)
    assert len(rows) == 3
    for cells in rows:
        assert len(cells) == 2
        assert [cell.count('class="quiet"') for cell in cells].count(1) == 1
    assert 'id="plantsjen"' not in page
    assert "#plantsjen" not in page


@pytest.mark.parametrize("number", [4, 5, 40])
def test_more_roles_than_fit_follow_each_other(visitor: Visitor, beside: Path, number: int) -> None:
    def with_roles(tree: dict[str, Any]) -> None:
        for at in range(number - len(tree["roles"])):
            statement = {"id": f"rol{at}-docht", "fy": "Docht wat"}
            field = {"area": "siedzjen", "facet": "dwaan", "statements": [statement]}
            tree["roles"].append(
                {**deepcopy(tree["roles"][1]), "id": f"rol{at}", "fields": [field]}
            )

    put_shape(beside, with_roles)

    page = visitor.page("/tun/wie-doet-wat/")

    assert ("comparison beside" in page) == (number <= 4)
    assert page.count('type="radio"') == (number if number <= 4 else 0)
    assert {len(cells) for cells in rows_of(page)} == {number}


def test_own_ticks_stand_in_words_beside_the_statement(visitor: Visitor) -> None:
    stranger = visitor.page(COMPARISON)
    both = [mark("mentor-visie-rol-1"), mark("mentor-visie-rol-1", kind="talk-over")]
    visitor.save_json(marks=[*both, mark("mentor-visie-rol-2"), mark("mentor-visie-rol-3")])
    visitor.save_json(marks=[mark("mentor-visie-rol-3", on=False, base=1, sequence=2)])
    visitor.save_json(role="decaan", marks=[mark("decaan-visie-rol-1", kind="talk-over")])

    shown = [ticks for _words, ticks in TICKS.findall(visitor.page(COMPARISON))]

    assert shown == ["Hieraan werken · Bespreken", "Hieraan werken", "Bespreken"]
    assert "Je eigen vinkjes" in visitor.page(COMPARISON)
    assert Visitor().page(COMPARISON) == stranger
    assert "vinkjes" not in stranger


def test_the_worksheet_last_worked_on_counts(visitor: Visitor) -> None:
    visitor.save_json(marks=[mark("mentor-visie-rol-1")])
    answer = visitor.send_form("/werkbladen/nieuw/", {"framework": "lob", "role": "mentor"})
    another = answer["Location"].partition("werkblad=")[2]
    visitor.save_json(worksheet=another, marks=[mark("mentor-visie-rol-2", kind="talk-over")])

    assert [ticks for _words, ticks in TICKS.findall(visitor.page(COMPARISON))] == ["Bespreken"]


def test_a_tick_stands_with_what_replaced_its_statement(visitor: Visitor, beside: Path) -> None:
    def replaced(tree: dict[str, Any]) -> None:
        first = statements_of(tree, "mentor", "visie", "rol")[0]
        first |= {"id": "mentor-visie-rol-nieuw", "nl": "Doet het anders", "en": "Differently"}
        first.pop("uuid", None)
        first.pop("corrections", None)
        gone = {"id": "mentor-visie-rol-1", "replaced_by": "mentor-visie-rol-nieuw"}
        tree["gone"] = [gone]

    visitor.save_json(marks=[mark("mentor-visie-rol-1")])
    put_newer_edition(beside, replaced)

    assert TICKS.findall(visitor.page(COMPARISON)) == [("Doet het anders", "Hieraan werken")]
