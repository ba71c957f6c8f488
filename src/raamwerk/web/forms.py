"""Reading what is posted: bounded in size, exact in its characters.

Whatever can't be read raises a ``Problem`` that says why; nothing is repaired in silence.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.utils.translation import gettext as _

from raamwerk.web.problems import Problem

BODY_LIMIT = 2_000_000
"""The most bytes in one post: every field full of the widest characters, and room to spare."""

FORM_TYPE = "application/x-www-form-urlencoded"
JSON_TYPE = "application/json"
MOST_FORM_FIELDS = 5000
"""A role of 2,000 statements has two marks each, and a page shows no more than one role."""


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in this post. Raises Problem."""
    try:
        content = json.loads(read_body(request))
    except (ValueError, RecursionError):
        raise unreadable() from None
    if not isinstance(content, dict):
        raise unreadable()
    return content


def read_form(request: HttpRequest) -> dict[str, list[str]]:
    """The fields of this form, with every value. Raises Problem."""
    if request.content_type != FORM_TYPE:
        raise Problem(
            415,
            "wrong-type",
            _("Not readable"),
            _("We read forms and JSON here, nothing else."),
        )
    form: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(
            read_body(request).decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FORM_FIELDS,
        )
    except ValueError:
        raise unreadable() from None
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    return form


def read_body(request: HttpRequest) -> bytes:
    """The body of this post, whole and within the limit. Raises Problem."""
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise unreadable() from None
    if size > BODY_LIMIT:
        raise too_large()
    body = request.read(size)
    if len(body) < size:
        # Half a form can look like a whole one with a shorter text in it.
        raise unreadable()
    return body


def first(form: Mapping[str, list[str]], name: str) -> str:
    """The first value of a form field; empty where it has none."""
    return form.get(name, [""])[0]


def too_large() -> Problem:
    """More than one post may hold."""
    return Problem(
        413,
        "too-large",
        _("This is too much to send at once"),
        _("Nothing has been changed. Go back in your browser, shorten your text and save again."),
    )


def unreadable() -> Problem:
    """What was sent is broken."""
    return Problem(
        400,
        "unreadable",
        _("Not readable"),
        _("What your browser sent is damaged. Nothing has been changed. Go back and try again."),
    )
