"""What does not exist gets a 404 that says what does, in the right language."""

import re

import pytest

from tests.pages.conftest import HERE, OVERVIEW, Visitor
from tests.pages.reading import words_of


@pytest.mark.parametrize(
    ("path", "said", "offered"),
    [
        ("/lob/koning/", "De rol “koning” bestaat niet", 'href="/lob/decaan/"'),
        ("/en/lob/koning/", "There is no role “koning”", 'href="/en/lob/decaan/"'),
        ("/lob/mentor/?gebied=zee", "“zee” bestaat niet", 'href="/lob/mentor/?gebied=visie"'),
        ("/en/lob/mentor/?gebied=zee", "no focus area “zee”", '?gebied=visie"'),
        (f"{OVERVIEW}exe/", "“exe” bestaat niet", f'href="{OVERVIEW}pdf/"'),
        (f"/en{OVERVIEW}exe/", "no format “exe”", f'href="/en{OVERVIEW}pdf/"'),
        ("/lob/koning/overzicht/", "De rol “koning”", 'href="/lob/mentor/"'),
        ("/lob/mentor/overzicht/?gebied=zee", "“zee” bestaat niet", "gebied=visie"),
        ("/niets/bronnen/", "geen raamwerk “niets”", 'href="/"'),
        ("/niets/wie-doet-wat/", "geen raamwerk “niets”", 'href="/"'),
        ("/niets/mentor/", "geen raamwerk “niets”", 'href="/"'),
        ("/niets", "staat geen pagina", 'href="/"'),
        ("/niets/", "staat geen pagina", 'href="/"'),
        ("/nl/", "staat geen pagina", 'href="/"'),
        ("/en/niets", "no page at this address", 'href="/en/"'),
        ("/static/niets.css", "staat geen pagina", 'href="/"'),
        ("/lob/%00/", "staat geen pagina", 'href="/"'),
        ("/%ed%a0%80/", "staat geen pagina", 'href="/"'),
        ("/lob/mentor/?gebied=%EF%BF%BD", "bestaat niet", "gebied=visie"),
    ],
)
def test_a_404_says_what_there_is(visitor: Visitor, path: str, said: str, offered: str) -> None:
    response = visitor.get(path)

    page = response.content.decode()
    assert response.status_code == 404
    assert said in words_of(page)
    assert offered in page


def test_a_hostile_name_is_only_text(visitor: Visitor) -> None:
    response = visitor.get("/lob/mentor/?gebied=<script>alert(1)</script>", follow=True)

    page = response.content.decode()
    assert "alert(1)" in page

    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/en//evil.example/login",
        "/en//evil.example/login/",
        "//evil.example/login",
        "/en///evil.example",
        "/en/%2fevil.example/login",
        "/en/%5cevil.example/login",
        "/en//evil.example/?a=//evil.example",
    ],
)
def test_no_link_leads_to_another_site(visitor: Visitor, path: str) -> None:
    """Whatever the path holds, browsers take what begins with two slashes for another site."""
    for method in (visitor.get, visitor.head, visitor.post):
        answer = method(path, headers={"Origin": HERE})

        assert answer.status_code in (404, 301, 302)
        links = re.findall(r'(?:href|action|src)="([^"]*)"', answer.content.decode())
        links.append(answer.headers.get("Location", "/"))
        assert not [link for link in links if re.match(r"[/\\]{2}|[a-z]+:|.*evil", link)]
