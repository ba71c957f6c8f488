"""What a view may say of its answer: that it is the same for everyone, or how it differs per owner.

These marks mean nothing by themselves: every answer is whole without anybody reading them. They are read by
browsers and proxies (the headers), and by the answers that need no Django (``raamwerk.fastpath``).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from raamwerk.web.placeholders import Pattern, PersonalValues, Placeholders

PUBLIC = "public, max-age=0, s-maxage=60, must-revalidate"
"""Browsers ask each time whether it changed; a proxy in front may answer by itself for a minute."""

PRIVATE = "no-store, private"

Fill = Callable[[Sequence[tuple[str, ...]]], list[Mapping[str, str] | None]]
"""The personal values of a page for browsers with these secrets; None where only the view can tell."""


def same_for_everyone(response: HttpResponse) -> HttpResponse:
    """Mark an answer as the same for every visitor, with or without a key."""
    response["Cache-Control"] = PUBLIC
    return response


def is_public(response: HttpResponse) -> bool:
    """Whether an answer says that anybody may get it."""
    return "public" in response.headers.get("Cache-Control", "")


def same_without_key(response: HttpResponse) -> HttpResponse:
    """Mark an answer as the same for every visitor who shows no key."""
    patch_vary_headers(response, ["Cookie"])
    return same_for_everyone(response)


class OwnPage(HttpResponse):
    """A page with one owner's words in it, that tells how to fill it for another."""

    def __init__(
        self,
        request: HttpRequest,
        template: str,
        context: Mapping[str, Any],
        fill: Fill,
    ) -> None:
        """``context["personal"]`` has this owner's values; ``fill`` finds another's for the same page."""
        self._drawing = (request, template, context)
        self.fill = fill
        super().__init__(self._draw(context["personal"]))

    def pattern(self) -> Pattern:
        """The page with placeholders."""
        return Pattern.cut(self._draw(Placeholders()))

    def _draw(self, values: PersonalValues) -> str:
        request, template, context = self._drawing
        return render_to_string(template, {**context, "personal": values}, request)
