"""Names that no framework or role can have: other pages have them in their addresses."""

from raamwerk.wording import LANGUAGES

RESERVED_FRAMEWORKS = frozenset(
    {
        *LANGUAGES,
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
        "voor-scholen",
        "voor-eigenaren",
        "healthz",
        "readyz",
        "livez",
        "metrics",
    }
)

RESERVED_ROLES = frozenset({"bronnen", "wie-doet-wat", "overzicht"})
