"""The page of sources shows what is known of each document, and invents nothing."""

from pathlib import Path
from typing import Any

from tests.pages.conftest import Visitor
from tests.pages.frameworks_beside import put_newer_edition

NO_LINK = "Geen openbare link bekend."


def test_where_no_link_is_known_it_says_so(visitor: Visitor) -> None:
    assert visitor.page("/lob/bronnen/").count(NO_LINK) == 11


def test_all_that_is_known_of_a_document_is_shown(visitor: Visitor, beside: Path) -> None:
    def more_of_a(tree: dict[str, Any]) -> None:
        tree["sources"][0] |= {
            "url": "https://example.org/a?b=1&c=2",
            "publisher": "De Uitgever",
            "year": 2015,
            "archived": "https://archive.example.org/a",
            "language": "en",
        }

    put_newer_edition(beside, more_of_a)

    page = visitor.page("/lob/bronnen/")

    assert page.count(NO_LINK) == 10
    assert '<span lang="en">De Uitgever</span>, 2015.' in page
    assert 'href="https://example.org/a?b=1&amp;c=2"' in page
    assert 'href="https://archive.example.org/a"' in page
    assert "In het Engels." in page
    assert "In English" not in visitor.page("/en/lob/bronnen/")


def test_it_tells_what_has_another_name_here(visitor: Visitor) -> None:
    assert "In de bron staat ‘LEGENDA’" in visitor.page("/lob/bronnen/")
    assert "In de bron staat ‘LEGENDA’" not in visitor.page()
