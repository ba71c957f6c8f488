"""Language tags (BCP 47) in the parts that typesetters and word processors ask for."""

import locale
import re
from typing import NamedTuple

PARTS = re.compile(
    r"([a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?=-|$)", re.IGNORECASE
)
USUAL_REGION = re.compile(r"[a-z]{2,3}_(?!AA)([A-Z]{2})\b")
"""How Python names a locale; its AA for Arabic is no country."""


class LanguageTag(NamedTuple):
    """A language, and the script and region where the tag names them."""

    language: str
    script: str = ""
    region: str = ""

    def __str__(self) -> str:
        """The tag again: ``nl-NL``, ``sr-Latn-RS``."""
        return "-".join(part for part in self if part)


def language_tag(tag: str) -> LanguageTag:
    """The tag in its parts. ``und``, for undetermined, where it begins with no language."""
    found = PARTS.match(tag)
    if not found:
        return LanguageTag("und")
    language, script, region = found.groups(default="")
    return LanguageTag(language.lower(), script.title(), region.upper())


def regional_tag(tag: str) -> LanguageTag:
    """The same with a region: word processors choose their dictionary by it."""
    parts = language_tag(tag)
    if parts.region:
        return parts
    if parts.language == "en":
        return parts._replace(region="GB")
    usual = USUAL_REGION.match(locale.normalize(parts.language))
    return parts._replace(region=usual[1]) if usual else parts
