"""What our templates say often: a framework's text in the page's language, a personal part."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from raamwerk.documents.overview import Words
from raamwerk.frameworks.model import Text
from raamwerk.web.placeholders import escaped
from raamwerk.web.rendering import current_language

register = template.Library()


@register.filter
def read(text: Text | str) -> SafeString:
    """The words of a framework's text; marked with their language where it is not the page's.

    Words of our own, where they stand in its place, as they are.
    """
    if isinstance(text, str):
        return escape(text)
    return _in_its_language(text, text.read(current_language()))


@register.filter
def tagged(said: Words) -> SafeString:
    """Words of a document; marked with their language where it is not the document's."""
    if said.verbatim:
        return verbatim(said.text)
    return in_language(said.text, said.language) if said.language else escape(said.text)


@register.filter
def in_language(said: str, language: str) -> SafeString:
    """Words that have one language; marked with it where it is not the page's."""
    shown = conditional_escape(said)
    if language == current_language():
        return SafeString(shown)
    return format_html('<span lang="{}">{}</span>', language, shown)


@register.filter
def verbatim(said: str) -> SafeString:
    """What no translation may touch: a person's own words, a code, an address."""
    return format_html('<span dir="auto" translate="no">{}</span>', said)


@register.filter
def quoting(message: str, typed: str) -> SafeString:
    """A message that repeats, between its quotation marks, what somebody typed."""
    before, quoted, after = message.partition(f"“{typed}”")
    if not typed or not quoted:
        return escape(message)
    return format_html("{}“{}”{}", before, verbatim(typed), after)


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
def lang(text: Text) -> SafeString:
    """The attribute that tells the language of the words, for an element that holds nothing else."""
    language = text.language(current_language())
    return SafeString("") if language == current_language() else format_html(' lang="{}"', language)


@register.filter
def language_words(tag: str) -> str:
    """In which language a document is, where Django has a name for it; else the tag itself."""
    try:
        name = str(get_language_info(tag)["name_translated"])
    except KeyError:
        return f"({tag})"
    return _("In {language}.").format(language=name)


@register.filter
def at(mapping: Mapping[Any, Any], key: object) -> Any:
    """What a mapping holds at a key that is itself a variable."""
    return mapping[key]


@register.simple_tag(takes_context=True)
def personal(context: template.Context, *name: str) -> SafeString:
    """What differs per person: this visitor's value, or a placeholder in a pattern."""
    return mark_safe(escaped(context["personal"].get("-".join(name), "")))  # noqa: S308


def _in_its_language(text: Text, said: str) -> SafeString:
    return in_language(said, text.language(current_language()))
