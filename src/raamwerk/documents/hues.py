"""The quiet colours of the focus areas, all by one rule in the colour space OKLCH.

They are equally light and equally quiet and differ in hue alone; each turns 150 degrees from the
one before, so that neighbours look unlike and the thirteenth would be the first again. In CSS the
ink of area ``n`` is ``oklch(50% 0.08 calc(240deg - 150deg * (n - 1)))``.
"""

from math import cos, radians, sin

AREAS = 12
FIRST, TURN = 240, 150
INK_LIGHTNESS, INK_CHROMA = 0.5, 0.08
PAPER_LIGHTNESS, PAPER_CHROMA = 0.972, 0.006


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """The colour as six hexadecimal digits of sRGB."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "".join(f"{round(255 * _companded(share)):02x}" for share in linear)


def _companded(share: float) -> float:
    """A share of light as sRGB writes it."""
    share = min(max(share, 0), 1)
    return 12.92 * share if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055


_ANGLES = [FIRST - TURN * area for area in range(AREAS)]
HUES = tuple(oklch(INK_LIGHTNESS, INK_CHROMA, angle) for angle in _ANGLES)
"""Dark enough to read as text on paper."""

PAPERS = tuple(oklch(PAPER_LIGHTNESS, PAPER_CHROMA, angle) for angle in _ANGLES)
"""The same hues, thinned to the paper behind a person's own words."""
