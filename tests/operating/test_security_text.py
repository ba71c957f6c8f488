"""Whoever finds a leak can find whom to tell (RFC 9116)."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from raamwerk.wording import LANGUAGES
from tests.pages.conftest import Visitor

ADDRESS = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("hulp@school.example", "Contact: mailto:hulp@school.example"),
        ("https://school.example/hulp", "Contact: https://school.example/hulp"),
        ("mailto:hulp@school.example", "Contact: mailto:hulp@school.example"),
    ],
)
def test_it_names_the_contact(
    visitor: Visitor, settings: Settings, contact: str, line: str
) -> None:
    settings.CONTACT = contact

    answer = visitor.get(ADDRESS)

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert line in lines
    assert f"Preferred-Languages: {', '.join(LANGUAGES)}" in lines


def test_it_expires_within_a_year(visitor: Visitor, settings: Settings) -> None:
    settings.CONTACT = "hulp@school.example"

    [expires] = [
        line.removeprefix("Expires: ")
        for line in visitor.get(ADDRESS).content.decode().splitlines()
        if line.startswith("Expires: ")
    ]

    left = datetime.fromisoformat(expires) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)


@pytest.mark.parametrize("contact", ["", "bel de conciërge", "a@b\nContact: mailto:c@d"])
def test_without_an_address_there_is_none(
    visitor: Visitor, settings: Settings, contact: str
) -> None:
    settings.CONTACT = contact

    assert visitor.get(ADDRESS).status_code == 404
