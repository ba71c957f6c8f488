"""Names that no framework or role can have: other pages have them in their addresses."""

from functools import cache

from raamwerk.wording import LOCALE

RESERVED_FRAMEWORKS = frozenset(
    {
        "static",
        "werkblad",
        "werkbladen",
        "terug",
        "delen",
        "gedeeld",
        "gesprek",
        "plan",
        "team",
        "account",
        "privacy",
        "toegankelijkheid",
        "over",
        "healthz",
        "readyz",
        "livez",
        "metrics",
    }
)

RESERVED_ROLES = frozenset({"bronnen", "wie-doet-wat", "overzicht"})


@cache
def interface_languages() -> frozenset[str]:
    """The codes of the languages that pages speak: of the messages, and of the catalogues."""
    catalogues = (folder.name for folder in LOCALE.iterdir() if folder.is_dir())
    return frozenset({"en", *(name.lower().replace("_", "-") for name in catalogues)})
