"""Language tags (BCP 47): which are well formed, and which one of several suits a reader."""

import re
from functools import lru_cache

LONGEST_TAG = 35

WELL_FORMED = re.compile(
    r"""
    ( [a-z]{2,3} (-[a-z]{3}){0,3}                     # language; nobody registered a longer one
      (-[a-z]{4})? (-([a-z]{2}|[0-9]{3}))?            # script, region
      (-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*            # variants
      (-[0-9a-wy-z](-[a-z0-9]{2,8})+)* (-x(-[a-z0-9]{1,8})+)?   # extensions, private use
    | x(-[a-z0-9]{1,8})+ )
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def well_formed(tag: str) -> bool:
    """Whether this is a language tag as BCP 47 writes them; not whether anybody speaks it."""
    return len(tag) <= LONGEST_TAG and bool(WELL_FORMED.fullmatch(tag))


@lru_cache(1000)
def best_position(languages: tuple[str, ...], wanted: str) -> int:
    """Where in ``languages`` the one stands that suits a reader of ``wanted``; 0 if none does.

    Looks up as RFC 4647 says, then for the same language in another region or script.
    """
    tags = [language.lower() for language in languages]
    subtags = wanted.lower().split("-")
    for length in range(len(subtags), 0, -1):
        prefix = "-".join(subtags[:length])
        for position, tag in enumerate(tags):
            if tag == prefix:
                return position
        for position, tag in enumerate(tags):
            if tag.startswith(f"{prefix}-"):
                return position
    return 0
