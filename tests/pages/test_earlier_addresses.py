"""The addresses of version 0.1 lead on to their successors: reading by 301, posting by 308."""

import pytest

from tests.pages.conftest import HERE, Visitor, text_in

LEADS_ON = [
    ("/werkblad/", "/werkbladen/"),
    ("/en/werkblad/", "/en/werkbladen/"),
    ("/werkblad/wissen/", "/werkbladen/wissen/"),
    ("/en/werkblad/wissen/", "/en/werkbladen/wissen/"),
    ("/werkblad/overzicht/", "/lob/mentor/overzicht/"),
    ("/werkblad/overzicht/?rol=mentor", "/lob/mentor/overzicht/"),
    ("/en/werkblad/overzicht/?rol=mentor", "/en/lob/mentor/overzicht/"),
    ("/werkblad/overzicht/?rol=mentor&gebied=visie", "/lob/mentor/overzicht/?gebied=visie"),
    (
        "/werkblad/overzicht/?inhoud=notities&rol=mentor&gebied=visie",
        "/lob/mentor/overzicht/?gebied=visie&inhoud=notities",
    ),
    ("/werkblad/overzicht/pdf/?rol=mentor", "/lob/mentor/overzicht/pdf/"),
    ("/en/werkblad/overzicht/odt/?rol=mentor", "/en/lob/mentor/overzicht/odt/"),
    ("/werkblad/overzicht/?rol=koning", "/lob/mentor/overzicht/"),
]


@pytest.mark.parametrize(("old", "new"), LEADS_ON)
def test_reading_leads_on(visitor: Visitor, old: str, new: str) -> None:
    answer = visitor.get(old)

    assert (answer.status_code, answer["Location"]) == (301, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/werkblad/bewaren/", "/werkbladen/bewaren/"),
        ("/en/werkblad/bewaren/", "/en/werkbladen/bewaren/"),
        ("/werkblad/wissen/", "/werkbladen/wissen/"),
    ],
)
def test_posting_leads_on_as_a_post(visitor: Visitor, old: str, new: str) -> None:
    answer = visitor.post(old, headers={"Origin": HERE})

    assert (answer.status_code, answer["Location"]) == (308, new)


@pytest.mark.parametrize("format_id", ["", "pdf/"])
def test_the_overview_of_the_role_in_the_form(visitor: Visitor, format_id: str) -> None:
    answer = visitor.send_form(f"/werkblad/overzicht/{format_id}", {"rol": "mentor"})

    assert (answer.status_code, answer["Location"]) == (308, f"/lob/mentor/overzicht/{format_id}")


def test_a_page_of_version_0_1_without_scripts_still_saves(visitor: Visitor) -> None:
    body = "framework=lob&role=mentor&text%3Avisie-rol=tekst&marks-before="

    answer = visitor.post(
        "/werkblad/bewaren/",
        body,
        "application/x-www-form-urlencoded",
        headers={"Origin": HERE},
        follow=True,
    )

    assert answer.redirect_chain[0] == ("/werkbladen/bewaren/", 308)
    assert text_in(visitor.page()) == "tekst"


@pytest.mark.parametrize("old", ["/werkblad/bewaren/", "/werkblad/overzicht/"])
def test_a_post_from_elsewhere_does_not_lead_on(visitor: Visitor, old: str) -> None:
    answer = visitor.post(old, headers={"Origin": "https://elders.example"})

    assert answer.status_code == 403
