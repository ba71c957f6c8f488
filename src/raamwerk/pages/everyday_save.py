"""The everyday save, kept before Django: our own script sends the changes of a known key.

Whatever is not everyday, and whatever can't be kept whole, is left to ``saving.save``, which does
it again from the start and finds the words: keeping the same twice is keeping it once.
"""

import json
from typing import TYPE_CHECKING

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest

from raamwerk.pages.key_cookie import key_of
from raamwerk.pages.origin import from_our_own_page
from raamwerk.pages.posts import JSON_TYPE, read_save
from raamwerk.pages.problems import Problem
from raamwerk.pages.rate_limits import hold_back
from raamwerk.worksheets.changes import fingerprint
from raamwerk.worksheets.keeping import Kept, Save
from raamwerk.worksheets.keys import well_formed

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LARGEST = 50_000
"""In bytes: reading a larger post would keep others waiting."""


def read_everyday_save(environ: "WSGIEnvironment") -> Save | None:
    """What this request asks to keep; None where it is for Django to answer."""
    if int(environ.get("CONTENT_LENGTH") or LARGEST) >= LARGEST:
        return None
    request = WSGIRequest(environ)
    key = key_of(request)
    if key is None or not well_formed(key) or request.content_type != JSON_TYPE:
        return None
    try:
        if not from_our_own_page(request):
            return None
        hold_back(request, "save", key)
        post = read_save(request)
    except (Problem, SuspiciousOperation):
        return None
    return Save(key, post.edition, post.role, post.changes)


def kept_words(kept: Kept) -> bytes:
    """The answer to a save: the fingerprint of each text that is now kept."""
    saved = {field: fingerprint(text) for field, text in kept.points.items()}
    return json.dumps({"saved": saved, "conflicts": {}, "refusals": {}}).encode()
