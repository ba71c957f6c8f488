"""What was typed is what readers of PDF give back: PDFium, MuPDF and poppler, each in its own way."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any

import pymupdf
import pytest

from raamwerk.documents import pdf as pdf_module
from raamwerk.documents.pdf import pdf
from raamwerk.documents.printable import printable
from raamwerk.documents.text_layer import with_text_as_typed
from tests.documents.din_91379 import CHARACTERS, SEQUENCES
from tests.documents.example import overview
from tests.documents.reading import BIDI_MARKS, flat, pdf_text, pdfium_text

LANGUAGES = {
    "amharic": "አማርኛ",
    "arabic": "السلام عليكم مرحبا",
    "armenian": "Հայերեն",
    "bengali": "বাংলা শিক্ষা ক্ষেত্র কর্ম",
    "burmese": "မြန်မာ ကျောင်းသား ပြည်သူ့",
    "chinese": "你好世界",
    "georgian": "ქართული",
    "greek": "Καλημέρα ΐ",
    "gujarati": "ગુજરાતી ક્ષેત્ર શિક્ષણ",
    "hebrew": "שלום עולם",
    "hindi": "हिन्दी में नमस्ते क्षत्रिय प्रशिक्षण कर्म",
    "irish": "Gaeilge ḃ ċ",
    "japanese": "日本語 が",
    "kannada": "ಕನ್ನಡ ಶಿಕ್ಷಣ ವಿದ್ಯಾರ್ಥಿ",
    "khmer": "ភាសាខ្មែរ សិស្ស ក្រុម ស្រី",
    "korean": "한국어",
    "lao": "ພາສາລາວ ນ້ຳ ທີ່ນີ້",
    "lithuanian": "ė̃ ą́ į̃ Ū̃",
    "malayalam": "മലയാളം വിദ്യാർത്ഥി ക്ഷേത്രം",
    "odia": "ଓଡ଼ିଆ ଶିକ୍ଷା",
    "punjabi": "ਪੰਜਾਬੀ ਸਿੱਖਿਆ",
    "russian": "Доброе утро ё й",
    "sinhala": "සිංහල ශ්‍රී ලංකාව",
    "tamil": "தமிழ் கொடு பௌர்ணமி ஸ்ரீ",
    "telugu": "తెలుగు క్షేత్రం విద్యార్థి",
    "thai": "สวัสดี น้ำ ที่นี่ ผู้ใหญ่ ก็ เป็น ทั้งหมด",
    "turkish": "İstanbul ığüşöç",
    "urdu": "پاکستان ہے",
    "vietnamese": "Tiếng Việt nghĩa phượng",
    "yoruba": "Ẹ̀kọ́ ọ̀rọ̀ ṣẹ́",
}
TYPED = {
    "dutch": "blíj́f, ĳsvogel, officieel effect, x̄ is het gemiddelde",
    "signs": "a ≠ b ∉ c ≢ d, x ≤ y ≥ z → ✓",
    "alike": "µ μ Ω Ω Å Å - ‐ ‑ – een\u00a0woord",
    "emoji": "😀 👍🏽 👨‍👩‍👧‍👦 🇳🇱 ☺️",
    "decomposed": "e\u0301 a\u0323\u0302 n\u0303 I\u0307 Z\u0351\u036b\u0343",
}
WITH_VOWELS = {"arabic": "مُحَمَّد بَبَ", "hebrew": "שָׁלוֹם", "persian": "پِدَر دانش\u200cآموز"}


def _mupdf(document: bytes) -> str:
    opened: Any = pymupdf.open(stream=document, filetype="pdf")  # type: ignore[no-untyped-call]
    with opened:
        return "".join(str(page.get_text()) for page in opened)


def _poppler(document: bytes) -> str:
    return pdf_text(document, "-raw")


READERS = {"mupdf": _mupdf, "pdfium": pdfium_text, "poppler": _poppler}
Reader = Callable[[bytes], str]

every_reader = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


def _words(text: str) -> set[str]:
    """The words, each in one of its equal forms: readers may take accents in another order."""
    return set(unicodedata.normalize("NFC", text).translate(BIDI_MARKS).split())


NAMES = [*(f"x{each}y {each}{each}a" for each in SEQUENCES), *CHARACTERS]


@pytest.fixture(scope="module")
def names() -> bytes:
    """Everything of DIN 91379 amid letters, and each sequence twice in a row."""
    return pdf(overview(" ".join(NAMES)))


@every_reader
def test_every_letter_of_european_names_is_read_once(names: bytes, read: Reader) -> None:
    missing = _words(" ".join(NAMES)) - _words(read(names))
    assert sorted(missing) == []


@every_reader
@pytest.mark.parametrize("typed", (TYPED | LANGUAGES).values(), ids=TYPED | LANGUAGES)
def test_it_is_read_as_typed(typed: str, read: Reader) -> None:
    found = unicodedata.normalize("NFC", flat(read(pdf(overview(f"{typed} einde")))))
    missing = [
        word for word in unicodedata.normalize("NFC", flat(typed)).split() if word not in found
    ]
    assert missing == []


@every_reader
@pytest.mark.parametrize("typed", WITH_VOWELS.values(), ids=WITH_VOWELS)
def test_vowels_that_run_right_to_left_are_read_once(typed: str, read: Reader) -> None:
    """In which order they are read is up to the reader; none of them does it well."""
    before, after = (Counter(read(pdf(overview(text)))) for text in ("", typed))
    said = after - before
    assert {each: said[each] for each in typed if not each.isspace()} == Counter(
        re.sub(r"\s", "", typed)
    )


def test_plain_text_is_left_as_typst_wrote_it() -> None:
    typeset = pdf_module._typeset(overview("Eén gewone zin, officieel – met “tekens”."), printable)
    assert with_text_as_typed(typeset) is typeset


def test_composed_letters_look_as_typst_drew_them() -> None:
    typed = "\n".join(" ".join(SEQUENCES[at : at + 12]) for at in range(0, len(SEQUENCES), 12))
    typeset = pdf_module._typeset(overview(f"{typed}\n{' '.join(LANGUAGES.values())}"), printable)
    for drawn, composed in zip(
        _pictures(typeset), _pictures(with_text_as_typed(typeset)), strict=True
    ):
        changed = sum(abs(one - other) > 64 for one, other in zip(drawn, composed, strict=True))
        # An edge is smoothed a little otherwise where a glyph stands between two dots.
        assert changed < len(drawn) / 1000


def _pictures(document: bytes) -> list[bytes]:
    opened: Any = pymupdf.open(stream=document, filetype="pdf")  # type: ignore[no-untyped-call]
    with opened:
        return [page.get_pixmap(dpi=100, colorspace="gray").samples for page in opened]
