"""Bad input gets a clear 4xx in the visitor's language, keeps what was typed, and never a 500."""

import json
from typing import Any

import pytest

from tests.pages.conftest import ERASE, HERE, OVERVIEW, SAVE, Visitor, mark, text, text_in


def test_a_text_over_the_limit_says_by_how_much(visitor: Visitor) -> None:
    response = visitor.save_json(texts=[text("x" * 10_007)])

    assert response.status_code == 422
    assert "7 tekens te lang" in response.json()["refusals"]["visie-rol"]


def test_exactly_the_limit_is_kept_however_wide_the_characters(visitor: Visitor) -> None:
    words = "👩" * 10_000

    visitor.note(words)

    assert text_in(visitor.page()) == words


def test_without_scripts_a_long_text_stays_in_the_box(visitor: Visitor) -> None:
    words = "é" * 30_000
    response = visitor.save_form(**{"text:visie-rol": words, "text:visie-deskundigheid": "kort"})

    page = response.content.decode()
    assert response.status_code == 422
    assert text_in(page) == words
    assert "20000 tekens te lang" in page
    assert "<h2>Nog niet alles is bewaard</h2>" in page
    assert 'id="saving" role="status">Nog niet bewaard<' in page
    assert text_in(visitor.page(), "visie-deskundigheid") == "kort"


def test_in_english_the_message_is_english(visitor: Visitor) -> None:
    response = visitor.save_json(path="/en/werkbladen/bewaren/", texts=[text("x" * 10_001)])

    assert "1 character too long" in response.json()["refusals"]["visie-rol"]


@pytest.mark.parametrize("character", ["\x00", "\x13", "\x1b", "\x81", "\ud800", "\ufffe"])
def test_what_nobody_sees_is_left_out_and_said(visitor: Visitor, character: str) -> None:
    answer = visitor.note(f"een\ntwee{character}")

    assert answer["cleaned"] == {"visie-rol": "een\ntwee"}
    assert "Onzichtbare tekens" in answer["lost"]
    assert text_in(visitor.page()) == "een\ntwee"


@pytest.mark.parametrize("line_break", ["\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_one(visitor: Visitor, line_break: str) -> None:
    answer = visitor.note(f"een{line_break}twee")

    assert answer["cleaned"] == {"visie-rol": "een\ntwee"}
    assert answer["lost"] == ""
    assert text_in(visitor.page()) == "een\ntwee"


def test_without_scripts_it_is_said_above_the_page(visitor: Visitor) -> None:
    response = visitor.save_form(**{"text:visie-rol": "een\x92\x07"})

    assert response.status_code == 200
    assert "Onzichtbare tekens die met het plakken zijn meegekomen" in response.content.decode()
    assert text_in(response.content.decode()) == text_in(visitor.page()) == "een\u2019"


def test_what_is_cleaned_is_known_again_when_the_page_saves_on(visitor: Visitor) -> None:
    answer = visitor.note("een\u2028twee")
    sent = text("een\u2028twee!", base=answer["saved"]["visie-rol"], writer="w2")

    assert visitor.save_json(texts=[sent]).json()["cleaned"] == {"visie-rol": "een\ntwee!"}
    assert text_in(visitor.page()) == "een\ntwee!"


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
        b'{"framework": "lob", "role": "mentor", "texts": 7}',
        b'{"framework": "lob", "role": "mentor", "texts": [7]}',
        b'{"framework": "lob", "role": "mentor", "texts": [{"field": "visie-rol"}]}',
        b'{"framework": "lob", "role": "mentor", "marks": [{"statement": "x", "kind": "y"}]}',
        b'{"framework": "lob", "role": "mentor", "worksheet": "te kort"}',
        b'{"framework": "lob", "role": "mentor", "worksheet": 7}',
        b'{"framework": "lob", "edition": "1066-1", "role": "mentor"}',
        json.dumps({"framework": "lob", "role": "mentor", "marks": [mark(writer="")]}).encode(),
        json.dumps({"framework": "lob", "role": "mentor", "marks": [mark(base=-1)]}).encode(),
        json.dumps({"framework": "lob", "role": "mentor", "marks": [mark(base=True)]}).encode(),
        json.dumps({"framework": "lob", "role": "mentor", "texts": [text("x", base="x")]}).encode(),
        json.dumps(
            {"framework": "lob", "role": "mentor", "texts": [text("x", "nergens")]}
        ).encode(),
        json.dumps(
            {"framework": "lob", "role": "mentor", "texts": [text("x", sequence=2**70)]}
        ).encode(),
        json.dumps(
            {"framework": "lob", "role": "mentor", "texts": [text("x", writer="w" * 41)]}
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
        b"framework=lob&role=mentor" + b"&mark=mentor-visie-rol-1:work-on" * 4000,
        b"framework=lob&role=mentor&marks-before=" + b"mentor-visie-rol-1:work-on+" * 4000,
        b"framework=lob&role=mentor&marks-before=" + b"x+" * 40_000,
        b"framework=lob&role=mentor&text:visie-rol=x&base:visie-rol=x",
        b"framework=lob&role=mentor&worksheet=x",
        b"framework=lob&edition=1066-1&role=mentor",
        b"a=1&" * 6000,
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


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://testserver:99999"},
        {"Referer": "http://["},
        {"Referer": "https://elders.example/testserver"},
        {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize(
    "path",
    [SAVE, ERASE, OVERVIEW, "/werkbladen/beginnen/", "/werkbladen/nieuw/", "/werkbladen/naam/"],
)
def test_a_post_from_elsewhere_is_refused(
    visitor: Visitor, headers: dict[str, str], path: str
) -> None:
    visitor.note("blijft")

    response = visitor.post(path, {"role": "mentor"}, headers=headers)

    assert response.status_code == 403
    assert text_in(visitor.page()) == "blijft"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/werkbladen/bewaren/", 405), ("/en/werkbladen/bewaren/", 405)],
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
        "/voor-scholen/",
        "/voor-eigenaren/",
        "/werkbladen/",
        "/werkbladen/wissen/",
        "/werkbladen/bewaren/",
        "/werkbladen/beginnen/",
        "/werkbladen/nieuw/",
        "/werkbladen/naam/",
        "/werkbladen/editie/",
        "/lob/mentor/overzicht/",
        "/lob/mentor/overzicht/pdf/",
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
    assert "blijft staan" in visitor.page()
