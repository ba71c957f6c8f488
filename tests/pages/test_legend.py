"""The legend of the letters stands where its words are true, and nowhere else."""

from pathlib import Path
from typing import Any

import pytest

from tests.pages.conftest import OVERVIEW, ROLE, Visitor
from tests.pages.frameworks_beside import put_newer_edition

OF_THE_SOURCE = "De letters tussen haakjes in bovenstaande beschrijvingen"
OURS = "De letters tussen haakjes achter een uitspraak staan voor deze documenten"


def test_on_the_role_it_stands_between_descriptions_and_documents(visitor: Visitor) -> None:
    page = visitor.page(ROLE)

    assert page.index("</form>") < page.index(OF_THE_SOURCE) < page.index('id="bron-A"')


def test_on_the_sources_page_there_is_nothing_above_to_speak_of(visitor: Visitor) -> None:
    page = visitor.page("/lob/bronnen/")

    assert OF_THE_SOURCE not in page
    assert page.index(OURS) < page.index('id="bron-A"')


def test_on_the_overview_it_stands_above_the_documents(visitor: Visitor) -> None:
    visitor.note("tekst")

    page = visitor.page(OVERVIEW)

    assert page.count(OF_THE_SOURCE) == 1
    assert page.index("tekst") < page.index(OF_THE_SOURCE) < page.index("<li>(A)")


def without_sources(tree: dict[str, Any]) -> None:
    del tree["sources"]
    for role in tree["roles"]:
        for field in role["fields"]:
            for statement in field["statements"]:
                for letters in ("cites", "corrections"):
                    statement.pop(letters, None)


@pytest.mark.parametrize("path", [ROLE, "/lob/bronnen/", OVERVIEW])
def test_without_letters_there_is_none(visitor: Visitor, beside: Path, path: str) -> None:
    put_newer_edition(beside, without_sources)
    visitor.note("tekst")

    page = visitor.page(path)

    assert "Legenda" not in page
    assert OF_THE_SOURCE not in page
    assert "Herkomst van de teksten" in page


LETTERS = "De letters tussen haakjes in onderstaande beschrijvingen"


def test_how_the_page_works_explains_letters_where_there_are_any(
    visitor: Visitor, beside: Path
) -> None:
    assert LETTERS in visitor.page(ROLE)
    put_newer_edition(beside, without_sources)

    page = visitor.page(ROLE)

    assert LETTERS not in page
    assert 'class="explanation"' in page
