"""A visitor who is not a browser: requests as they come over the wire."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from raamwerk.frameworks import library
from raamwerk.project.environment import environment

HERE = "http://testserver"
FORM = "application/x-www-form-urlencoded"
BEGIN, SAVE, ERASE = "/werkbladen/beginnen/", "/werkbladen/bewaren/", "/werkbladen/wissen/"
ROLE, OVERVIEW = "/lob/mentor/", "/lob/mentor/overzicht/"
FIELD = "visie-rol"


class Visitor(Client):
    """A client that, like every browser, says whom it calls and where its posts come from."""

    def __init__(self) -> None:
        super().__init__(headers={"Host": "testserver"})

    @property
    def keys(self) -> dict[str, str]:
        """The keys that this browser holds, by the name of their cookie."""
        return {
            name: morsel.value
            for name, morsel in self.cookies.items()
            if name.startswith("werkblad") and morsel.value
        }

    def begin(self) -> None:
        """What the page's script does before its first save."""
        assert self.post(BEGIN, headers={"Origin": HERE}).status_code == 204

    def send_json(self, *, path: str = SAVE, **content: Any) -> Any:
        """A save of the page's script, whatever keys there are."""
        body = {"framework": "lob", "role": "mentor", "texts": [], "marks": [], **content}
        return self.post(path, json.dumps(body), "application/json", headers={"Origin": HERE})

    def save_json(self, **content: Any) -> Any:
        """A save of the page's script, which makes sure of a key first."""
        if not self.keys:
            self.begin()
        return self.send_json(**content)

    def save_form(self, *, path: str = SAVE, **fields: Any) -> Any:
        """A save without scripts."""
        return self.send_form(path, {"framework": "lob", "role": "mentor", **fields})

    def send_form(self, path: str, fields: dict[str, Any]) -> Any:
        """Any form of ours; sent again where the answer asks so, as every browser does."""
        body = urlencode(fields, doseq=True, encoding="utf-8")
        answer = self.post(path, body, FORM, headers={"Origin": HERE})
        if answer.status_code == 307:
            answer = self.post(answer["Location"], body, FORM, headers={"Origin": HERE})
        return answer

    def note(self, words: str, field: str = FIELD, **content: Any) -> Any:
        """Save one text; gives what the server answered."""
        response = self.save_json(texts=[text(words, field)], **content)
        assert response.status_code == 200, response.content
        return response.json()

    def page(self, path: str = ROLE) -> str:
        """A page that is there."""
        response = self.get(path)
        assert response.status_code == 200, response.status_code
        return str(response.content.decode())

    def erase(self) -> Any:
        """Erase everything."""
        return self.post(ERASE, "", FORM, headers={"Origin": HERE})


def text(words: str, field: str = FIELD, *, base: str = "", **more: Any) -> dict[str, Any]:
    """A change of one field, made from the text that ``base`` names; from a blank one by itself."""
    return {"field": field, "text": words, "base": base, "writer": "w1", "sequence": 1, **more}


def mark(
    statement: str = "mentor-visie-rol-1", *, on: bool = True, base: int = 0, **more: Any
) -> dict[str, Any]:
    """A change of one mark, made from the revision ``base``."""
    change = {"statement": statement, "kind": "work-on", "on": on, "base": base}
    return {**change, "writer": "w1", "sequence": 1, **more}


def text_in(page: str, field: str = FIELD) -> str:
    """What stands in a field of a page."""
    found = re.search(rf'<textarea id="text-{field}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def hidden_in(page: str, name: str) -> str:
    """What a hidden part of a page's form says."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, name
    return html.unescape(found[1])


def is_marked(page: str, mark: str) -> bool:
    """Whether a page shows this mark as set."""
    box = re.search(rf'<input type="checkbox" name="mark" value="{mark}"([^>]*)>', page)
    assert box, mark
    return "checked" in box[1]


def form_in(page: str, *fields: str) -> dict[str, str]:
    """What a browser without scripts sends of this page: its hidden parts, and these fields."""
    names = ("framework", "edition", "role", "worksheet", "gebied", "marks-before")
    form = {name: hidden_in(page, name) for name in names}
    for field in fields:
        form[f"text:{field}"] = text_in(page, field)
        form[f"base:{field}"] = hidden_in(page, f"base:{field}")
    return form


@pytest.fixture
def visitor(db: None, static_files: None) -> Iterator[Visitor]:
    yield Visitor()


@pytest.fixture
def other_visitor(db: None, static_files: None) -> Iterator[Visitor]:
    yield Visitor()


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Path]:
    """A folder for frameworks beside the built-in one."""
    yield tmp_path
    library.serve_from(environment().frameworks_dir)
