"""What our templates say often: a text in the page's language, a hole, a static address."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from raamwerk.frameworks.model import DEFAULT_LANGUAGE, Statement, Text
from raamwerk.pages.slots import hole
from raamwerk.pages.static_files import static_address

register = template.Library()


@register.filter
def read(text: Text) -> str:
    """The words of a framework's text, in the language of the page."""
    return text.read(get_language() or DEFAULT_LANGUAGE)


@register.filter
def breakable(words: str) -> SafeString:
    """Words that may go on in a new line after a slash, where a narrow screen asks for it."""
    return mark_safe(escape(words).replace("/", "/<wbr>"))  # noqa: S308 - escaped right here


@register.filter
def pieces(statement: Statement) -> list[str | int]:
    """A statement cut at its footnote calls, in the language of the page."""
    return list(statement.pieces(get_language() or DEFAULT_LANGUAGE))


@register.filter
def is_call(piece: str | int) -> bool:
    """Whether this piece of a statement is the call for a footnote."""
    return isinstance(piece, int)


@register.filter
def at(mapping: Mapping[Any, Any], key: object) -> Any:
    """What a mapping holds at a key that is itself a variable."""
    return mapping[key]


register.simple_tag(static_address, name="static_address")


@register.simple_tag
def personal(*name: str) -> SafeString:
    """A hole in the page, for what differs per person."""
    return hole("-".join(name))
