"""What our templates say often: a framework's text in the page's language, a personal part."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from raamwerk.documents.overview import Words
from raamwerk.frameworks.model import Text
from raamwerk.web.placeholders import escaped
from raamwerk.web.rendering import current_language

register = template.Library()


@register.filter
def read(text: Text) -> SafeString:
    """The words of a framework's text; marked with their language where it is not the page's."""
    return _in_its_language(text, text.read(current_language()))


@register.filter
def tagged(said: Words) -> SafeString:
    """Words of a document; marked with their language where it is not the document's."""
    shown = escape(said.text)
    return (
        format_html('<span lang="{}">{}</span>', said.language, shown) if said.language else shown
    )


@register.filter
def words(text: Text) -> str:
    """The same as plain words, for attributes and titles."""
    return text.read(current_language())


@register.filter
def breakable(text: Text) -> SafeString:
    """Words that may go on in a new line after a slash, where a narrow screen asks for it."""
    broken = escape(text.read(current_language())).replace("/", "/<wbr>")
    return _in_its_language(text, mark_safe(broken))  # noqa: S308 - escaped right here


@register.filter
def spoken(text: Text) -> str:
    """The language of the words that ``read`` gives."""
    return text.language(current_language())


@register.filter
def at(mapping: Mapping[Any, Any], key: object) -> Any:
    """What a mapping holds at a key that is itself a variable."""
    return mapping[key]


@register.simple_tag(takes_context=True)
def personal(context: template.Context, *name: str) -> SafeString:
    """What differs per person: this visitor's value, or a placeholder in a pattern."""
    return mark_safe(escaped(context["personal"].get("-".join(name), "")))  # noqa: S308


def _in_its_language(text: Text, said: str) -> SafeString:
    language = text.language(current_language())
    shown = conditional_escape(said)
    if language == current_language():
        return SafeString(shown)
    return format_html('<span lang="{}">{}</span>', language, shown)
