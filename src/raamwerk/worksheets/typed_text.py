"""Cleaning of what people type and paste: nothing is refused that a person can't see and mend.

Every kind of line break becomes one newline. Characters that no document can hold become what was
meant, where that is known, and go where it is not.
"""

import re
from dataclasses import dataclass

from raamwerk.notes import is_one_line

LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

CP1252 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""A C1 control is nearly always a character of Windows-1252 that was read as Latin-1: ``\\x92`` is ’."""

WORD = {0x1E: "\u2011", 0x1F: "\u00ad"}
"""How Word writes a hyphen that doesn't break, and one that shows only at the end of a line."""

BULLETS = {0xF0A7: "▪", 0xF0A8: "◦", 0xF0B7: "•", 0xF0D8: "➢", 0xF0E0: "→", 0xF0FC: "✓"}
"""Characters of the fonts Symbol and Wingdings with which Word makes lists."""

BULLET_BEFORE_TEXT = re.compile("(?m)^([ \t]*)[\uf020-\uf0ff](?=[ \t\xa0])")
"""Any other character of these fonts, where only a bullet stands."""

# Control characters, lone surrogates and noncharacters: XML and PDF have no place for them.
NOWHERE = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)), ""),
    **dict.fromkeys(range(0xFDD0, 0xFDF0), ""),
    **dict.fromkeys((plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF)), ""),
    0x09: "\t",
    0x0A: "\n",
}
MEANT = {code: text for code, text in {**CP1252, **WORD, **BULLETS}.items() if text}

# Named by what is good, because that is what nearly every character of a text is.
_HIGHER_PLANES = "".join(
    f"{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}" for plane in range(1, 17)
)
ODD = re.compile(
    rf"[^ -~\t\n\xa0-\u2027\u202a-\ud7ff\ue000-\uf01f\uf100-\ufdcf\ufdf0-\ufffd{_HIGHER_PLANES}]"
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as it is kept. ``lost`` says whether invisible characters were left out."""

    text: str
    lost: bool = False


def clean(field_id: str, typed: str) -> Cleaned:
    """What was typed in this field, as it is kept. Cleaning it again changes nothing."""
    if is_one_line(field_id):
        cleaned = clean_lines(typed)
        return Cleaned(cleaned.text.replace("\n", " "), cleaned.lost)
    return clean_lines(typed)


def clean_lines(typed: str) -> Cleaned:
    """The same for a text of any number of lines."""
    if not ODD.search(typed):
        return Cleaned(typed)
    text = LINE_BREAK.sub("\n", typed).translate(MEANT)
    text = BULLET_BEFORE_TEXT.sub(r"\1•", text)
    kept = text.translate(NOWHERE)
    return Cleaned(kept, lost=len(kept) < len(text))
