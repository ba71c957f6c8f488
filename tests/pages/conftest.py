"""A visitor who is not a browser: requests as they come over the wire."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from raamwerk.worksheets.changes import fingerprint
from raamwerk.worksheets.keys import new_key

HERE = "http://testserver"
SAVE = "/werkblad/bewaren/"


class Visitor(Client):
    """A client that, like every browser, says where its posts come from."""

    def save_json(self, *, path: str = SAVE, role: str = "mentor", **content: Any) -> Any:
        body = {"framework": "lob", "role": role, "points": [], "marks": [], **content}
        if "werkblad" not in self.cookies:
            body.setdefault("key", new_key())
        return self.post(path, json.dumps(body), "application/json", headers={"Origin": HERE})

    def save_form(self, *, path: str = SAVE, role: str = "mentor", **fields: Any) -> Any:
        from urllib.parse import urlencode

        form = {"framework": "lob", "role": role, **fields}
        return self.post(
            path,
            urlencode(form, doseq=True, encoding="utf-8"),
            "application/x-www-form-urlencoded",
            headers={"Origin": HERE},
        )

    def note(self, text: str, field: str = "visie-rol", role: str = "mentor") -> None:
        response = self.save_json(role=role, points=[point(text, field)])
        assert response.status_code == 200, response.content


def point(text: str, field: str = "visie-rol", *, on: str = "", **more: Any) -> dict[str, Any]:
    """A change of one field, made from the text ``on``."""
    return {
        "field": field,
        "text": text,
        "base": fingerprint(on),
        "writer": "w1",
        "sequence": 1,
        **more,
    }


@pytest.fixture
def visitor(db: None) -> Iterator[Visitor]:
    yield Visitor()


@pytest.fixture
def other_visitor(db: None) -> Iterator[Visitor]:
    yield Visitor()
