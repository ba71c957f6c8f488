"""Bad input gets a clear 4xx in the visitor's language, keeps what was typed, and never a 500."""

import json
from typing import Any

import pytest

from tests.pages.conftest import HERE, SAVE, Visitor, point
from tests.pages.test_saving import ROLE, text_in


def test_a_text_over_the_limit_says_by_how_much(visitor: Visitor) -> None:
    response = visitor.save_json(points=[point("x" * 10_007)])

    assert response.status_code == 422
    assert "7 tekens te lang" in response.json()["refusals"]["visie-rol"]


def test_exactly_the_limit_is_kept_however_wide_the_characters(visitor: Visitor) -> None:
    text = "👩" * 10_000

    visitor.note(text)

    assert text_in(visitor.get(ROLE).content.decode()) == text


def test_without_scripts_a_long_text_stays_in_the_box(visitor: Visitor) -> None:
    text = "é" * 30_000
    response = visitor.save_form(**{"text:visie-rol": text, "text:visie-deskundigheid": "kort"})

    page = response.content.decode()
    assert response.status_code == 422
    assert text_in(page) == text
    assert "20000 tekens te lang" in page
    assert text_in(visitor.get(ROLE).content.decode(), "visie-deskundigheid") == "kort"


def test_in_english_the_message_is_english(visitor: Visitor) -> None:
    response = visitor.save_json(path="/en/werkblad/bewaren/", points=[point("x" * 10_001)])

    assert "1 character too long" in response.json()["refusals"]["visie-rol"]


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\x85", "\ud800", "\ufffe"])
def test_a_character_no_document_can_show_is_refused(visitor: Visitor, character: str) -> None:
    response = visitor.save_json(points=[point(f"een\ntwee {character}")])

    message = response.json()["refusals"]["visie-rol"]
    assert response.status_code == 422
    assert "regel 2" in message
    assert f"U+{ord(character):04X}" in message


def post(visitor: Visitor, body: bytes, content_type: str, **headers: str) -> Any:
    return visitor.post(SAVE, body, content_type, headers={"Origin": HERE, **headers})


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b'"tekst"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"framework": "lob"}',
        b'{"framework": "lob", "role": "koning"}',
        b'{"framework": "\\ud800", "role": "mentor"}',
        b'{"framework": ["lob"], "role": "mentor"}',
        b'{"framework": "lob", "role": "mentor", "points": 7}',
        b'{"framework": "lob", "role": "mentor", "points": [7]}',
        b'{"framework": "lob", "role": "mentor", "points": [{"field": "visie-rol"}]}',
        b'{"framework": "lob", "role": "mentor", "marks": [{"statement": "x", "kind": "y"}]}',
        b'{"framework": "lob", "role": "mentor", "key": "te kort"}',
        json.dumps(
            {"framework": "lob", "role": "mentor", "points": [point("x", "nergens")]}
        ).encode(),
        json.dumps(
            {"framework": "lob", "role": "mentor", "points": [point("x", sequence=2**70)]}
        ).encode(),
        json.dumps(
            {"framework": "lob", "role": "mentor", "points": [point("x", writer="w" * 41)]}
        ).encode(),
    ],
)
def test_broken_json_is_refused(visitor: Visitor, body: bytes) -> None:
    response = post(visitor, body, "application/json")

    assert response.status_code == 400
    assert "message" in response.json()


@pytest.mark.parametrize(
    "body",
    [
        b"framework=lob",
        b"framework=lob&role=koning",
        b"framework=lob&role=mentor&text:visie-rol=%ff%fe",
        b"framework=lob&role=mentor&text:visie-rol=\xff",
        b"framework=lob&role=mentor&text:nergens=x",
        b"framework=lob&role=mentor&mark=onbekend:work-on",
        b"framework=lob&role=mentor&mark=mentor-visie-rol-1:zomaar",
        b"framework=lob&role=mentor&marks-before=zomaar",
        b"a=1&" * 3000,
    ],
)
def test_a_broken_form_is_refused(visitor: Visitor, body: bytes) -> None:
    response = post(visitor, body, "application/x-www-form-urlencoded")

    assert response.status_code == 400
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data", "text/xml", ""])
def test_another_content_type_is_refused(visitor: Visitor, content_type: str) -> None:
    assert post(visitor, b"<a/>", content_type).status_code == 415


@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded"])
def test_ten_megabytes_are_refused(visitor: Visitor, content_type: str) -> None:
    assert post(visitor, b"a" * 10_000_000, content_type).status_code == 413


@pytest.mark.parametrize("key", ["k" * 43, "kort", "'; DROP TABLE worksheets_key; --", "é" * 43])
def test_a_key_that_opens_nothing_is_refused_and_taken_away(visitor: Visitor, key: str) -> None:
    visitor.cookies["werkblad"] = key

    response = visitor.save_json(points=[point("tekst")])

    assert response.status_code == 403
    assert response.json()["problem"] == "unknown-key"
    assert response.cookies["werkblad"].value == ""


def test_without_scripts_a_forged_key_keeps_what_was_typed(visitor: Visitor) -> None:
    visitor.cookies["werkblad"] = "k" * 43
    mark = "mentor-visie-rol-1:work-on"

    response = visitor.save_form(**{"text:visie-rol": "tekst", "mark": mark})

    page = response.content.decode()
    assert response.status_code == 403
    assert text_in(page) == "tekst"
    assert f'value="{mark}" checked>' in page


@pytest.mark.parametrize("path", ["/werkblad/overzicht/", "/werkblad/overzicht/pdf/?rol=mentor"])
def test_a_forged_key_opens_no_overview(visitor: Visitor, path: str) -> None:
    visitor.cookies["werkblad"] = "k" * 43

    assert visitor.get(path).status_code == 403


def test_a_forged_key_still_lets_one_read(visitor: Visitor) -> None:
    visitor.cookies["werkblad"] = "k" * 43

    response = visitor.get(ROLE)

    assert response.status_code == 200
    assert "opent geen werkblad" in response.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Referer": "https://elders.example/testserver"},
        {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", [SAVE, "/werkblad/wissen/", "/werkblad/overzicht/"])
def test_a_post_from_elsewhere_is_refused(
    visitor: Visitor, headers: dict[str, str], path: str
) -> None:
    visitor.note("blijft")

    response = visitor.post(path, {"role": "mentor"}, headers=headers)

    assert response.status_code == 403
    assert text_in(visitor.get(ROLE).content.decode()) == "blijft"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/werkblad/bewaren/", 405), ("/en/werkblad/bewaren/", 405)],
)
def test_saving_takes_posts_only(visitor: Visitor, path: str, status: int) -> None:
    assert visitor.get(path).status_code == status


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en/lob/mentor/",
        "/lob/bronnen/",
        "/lob/wie-doet-wat/",
        "/over/",
        "/werkblad/",
        "/werkblad/wissen/",
        "/werkblad/bewaren/",
        "/werkblad/overzicht/",
        "/werkblad/overzicht/pdf/",
        "/static/raamwerk.css",
        "/livez",
    ],
)
def test_no_address_does_anything_by_another_method(
    visitor: Visitor, path: str, method: str
) -> None:
    visitor.note("blijft staan")

    answer = visitor.generic(method, path, headers={"Origin": HERE})

    assert answer.status_code == 405
    assert answer["Allow"]
    assert "blijft staan" in visitor.get("/lob/mentor/").content.decode()


@pytest.mark.parametrize("name", ["name", "school", "occasion"])
def test_a_heading_that_is_too_long_stays_in_its_box(visitor: Visitor, name: str) -> None:
    visitor.note("tekst")
    body = f"rol=mentor&{name}={'n' * 203}"

    response = visitor.post(
        "/werkblad/overzicht/",
        body,
        "application/x-www-form-urlencoded",
        headers={"Origin": HERE},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "3 tekens te lang" in page
    assert "n" * 203 in page
