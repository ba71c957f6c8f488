"""The fonts of the PDF, and what they can draw.

They come as Python packages, so that every machine sets the same page. PDF/A and PDF/UA forbid
a character that no font holds: typst then refuses the whole document. So ``drawable`` tells it
beforehand, per cluster: a letter and the accents on it must come from one and the same font.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

SCRIPTS = (
    *("Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati"),
    *("Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya"),
    *("Sinhala", "Tamil", "Telugu", "Thai"),
)


NEVER = ("Cc", "Co", "Cs")
"""Control, private use and surrogate: never in a PDF/A, whatever a font says."""


@dataclass(frozen=True, slots=True)
class Font:
    """One family: its name, the Python package that brings it, and its file in there."""

    family: str
    package: str
    file: str

    @property
    def path(self) -> Path:
        """Where its upright face is on this machine."""
        return Path(str(files(self.package))) / self.file


SERIF = Font("Source Serif 4", "fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf")
SANS = Font("Noto Sans", "fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf")
SIGNS = Font(
    "Noto Sans Symbols 2",
    "justmytype_western_core",
    "fonts/ofl/notosanssymbols2/NotoSansSymbols2-Regular.ttf",
)
FONTS = (
    SERIF,
    SANS,
    # Before Noto's Arabic, which builds letters from parts that copy out of a PDF as two letters.
    Font("Amiri", "fontpkg_amiri", "files/Amiri-Regular.ttf"),
    *(Font(f"Noto Sans {each}", "manimgx_fonts", f"NotoSans{each}[wght].ttf") for each in SCRIPTS),
    Font("Noto Emoji", "manimgx_fonts", "NotoEmoji[wght].ttf"),
    Font("Noto Sans Symbols", "manimgx_fonts", "NotoSansSymbols[wght].ttf"),
    SIGNS,
    Font(
        "STIX Two Math",
        "justmytype_western_core",
        "fonts/ofl/stixtwomath/STIXTwoMath-Regular.ttf",
    ),
    Font("Noto Sans CJK JP", "noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf"),
)
"""In the order in which typst tries them; the largest last, as it is slow to open."""


@cache
def typst_fonts() -> "typst.Fonts":
    """The fonts as typst keeps them: read once, shared by every thread."""
    import typst  # here, so that a server that makes no PDF does not load it

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        # Of a family that is in two folders, typst takes the one in the first.
        font_paths=list(dict.fromkeys(str(font.path.parent) for font in FONTS)),
    )


@cache
def coverage(font: Font) -> frozenset[str]:
    """The characters that the font draws and that PDF/A lets us write."""
    from fontTools.ttLib import TTFont

    with TTFont(font.path, lazy=True) as opened:
        characters = map(chr, opened.getBestCmap())
        return frozenset(each for each in characters if unicodedata.category(each) not in NEVER)


def drawable(characters: set[str]) -> bool:
    """Whether one and the same font draws them all."""
    return any(characters <= coverage(font) for font in FONTS)
