"""The pages of trust say what is so here: the real terms, the real roles, and the way to each other."""

from datetime import timedelta
from typing import Any

import pytest

from tests.pages.conftest import ROLE, Visitor

SCHOOLS, OWNERS = "/voor-scholen/", "/voor-eigenaren/"


@pytest.mark.parametrize("path", ["/privacy/", SCHOOLS])
def test_the_terms_are_those_of_the_settings(visitor: Visitor, settings: Any, path: str) -> None:
    settings.KEEP_FOR, settings.KEEP_EMPTY_FOR = timedelta(days=77), timedelta(days=1)

    page = visitor.page(path)

    assert " 77 dagen niet" in page
    assert " na 1 dag" in page


@pytest.mark.parametrize("path", [SCHOOLS, f"/en{SCHOOLS}", "/privacy/"])
def test_they_say_how_to_reach_who_runs_it(visitor: Visitor, settings: Any, path: str) -> None:
    assert "hulp@school.example" not in visitor.page(path)
    settings.CONTACT = "hulp@school.example"
    assert "hulp@school.example" in visitor.page(path)


def test_schools_and_owners_are_led_to_their_pages(visitor: Visitor) -> None:
    assert f'href="{SCHOOLS}"' in visitor.page(ROLE)
    about = visitor.page("/over/")
    assert about.count(f'href="{SCHOOLS}"') == 2
    assert f'href="{OWNERS}"' in about
    assert 'lang="en"' in visitor.page(f"/en{SCHOOLS}")
    assert "For owners of a framework" in visitor.page(f"/en{OWNERS}")


def test_owners_read_which_roles_wait_for_their_official_wording(visitor: Visitor) -> None:
    page = visitor.page(OWNERS)

    assert "Decaan/SLB-coördinator" in page
    assert "Leidinggevende/beleidsmaker" in page
    assert "Mentor/SLB-er" not in page


@pytest.mark.parametrize("path", ["/", ROLE, "/lob/decaan/"])
def test_abbreviations_are_spelled_out_once(visitor: Visitor, path: str) -> None:
    page = visitor.page(path)

    assert page.count("LOB is loopbaanoriëntatie en -begeleiding.") == 1
    assert page.count("SLB is studieloopbaanbegeleiding.") == 1
