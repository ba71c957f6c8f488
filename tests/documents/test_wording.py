"""The interface's languages are data: a catalogue and one line each."""

from datetime import date
from pathlib import Path

import pytest

from raamwerk import wording as module
from raamwerk.wording import LANGUAGES, LOCALE, wording, written_date


def test_every_language_but_that_of_the_messages_has_a_catalogue() -> None:
    assert next(iter(LANGUAGES)) == "nl"
    for language in LANGUAGES.keys() - {"en"}:
        assert (LOCALE / language / "LC_MESSAGES" / "django.mo").is_file()


@pytest.mark.parametrize(("language", "said"), [("nl", "Bronnen"), ("nl-BE", "Bronnen")])
def test_a_message_is_said_in_the_language(language: str, said: str) -> None:
    assert wording(language)("Sources") == said


@pytest.mark.parametrize("language", ["en", "fr", "x-klingon", "../nl"])
def test_without_a_catalogue_a_message_is_said_in_english(language: str) -> None:
    assert wording(language)("Sources") == "Sources"


def test_a_third_language_needs_nothing_but_its_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, month in (("pt_BR", "janeiro"), ("de", "Januar")):
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        order = {"{day} {month} {year}": "{day}. {month} {year}", "January": month}
        (folder / "django.mo").write_bytes(_catalogue(order))
    monkeypatch.setattr(module, "LOCALE", tmp_path)
    wording.cache_clear()
    try:
        assert written_date(date(2026, 1, 5), "de") == "5. Januar 2026"
        assert written_date(date(2026, 1, 5), "pt-BR") == "5. janeiro 2026"
    finally:
        wording.cache_clear()


def _catalogue(messages: dict[str, str]) -> bytes:
    """A compiled catalogue, as the GNU gettext manual describes it."""
    pairs = [("", "Content-Type: text/plain; charset=UTF-8\n"), *sorted(messages.items())]
    tables = 28 + 16 * len(pairs)
    header = [0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, tables]
    index, words = [], b""
    for column in (0, 1):
        for pair in pairs:
            encoded = pair[column].encode()
            index += [len(encoded), tables + len(words)]
            words += encoded + b"\0"
    return b"".join(each.to_bytes(4, "little") for each in header + index) + words
