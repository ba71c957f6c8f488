"""From a file on disk to its text, or to words that say why there is none."""

import codecs
import re
from pathlib import Path

from raamwerk.frameworks.faults import Fault, FaultyEdition, Say

MOST_BYTES = 10_000_000
"""Room for 2,000 statements in eight languages of any script."""

LINE_BREAK = re.compile(r"\r\n?|\n")

STRAY = re.compile(
    r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffd-\uffff]"
)
"""Characters that no text has on purpose: invisible ones, and the sign for a lost character."""


def read_text(path: Path, _: Say) -> str:
    """The whole text of a file in UTF-8. Raises FaultyEdition."""
    text = _decode(path, _read_bytes(path, _), _)
    lines = enumerate(LINE_BREAK.split(text), start=1)
    faults = [Fault(path, line, *trouble) for line, words in lines if (trouble := stray(words, _))]
    if faults:
        raise FaultyEdition(*faults)
    return text


def stray(text: str, _: Say) -> tuple[str, str] | None:
    """The problem with the first stray character in a text and its cure, or None."""
    found = STRAY.search(text)
    if found is None:
        return None
    return (
        _("The text contains a stray character ({code}).").format(code=f"U+{ord(found[0]):04X}"),
        _("Delete it, or type the character that was meant."),
    )


def _read_bytes(path: Path, _: Say) -> bytes:
    try:
        if path.is_dir():
            raise _unreadable(path, _("This is a folder."), _("Name a file in it."))
        if path.exists() and not path.is_file():
            raise _unreadable(path, _("This is not a file."), _("Name a YAML file."))
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        cure = _("Check the name and the folder; capital letters matter.")
        raise _unreadable(path, _("There is no such file."), cure) from error
    except (OSError, ValueError) as error:
        problem = _("The file can't be read ({reason}).").format(reason=error)
        raise _unreadable(path, problem, _("Give yourself access to it.")) from error
    if len(content) > MOST_BYTES:
        problem = _("The file is larger than {most} MB.").format(most=MOST_BYTES // 1_000_000)
        raise _unreadable(path, problem, _("Check that this is an edition and nothing else."))
    return content


def _unreadable(path: Path, problem: str, cure: str) -> FaultyEdition:
    return FaultyEdition(Fault(path, 1, problem, cure))


def _decode(path: Path, content: bytes, _: Say) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or 0 in content[:4]:
        raise _unreadable(path, _("The file is in UTF-16."), _utf8_cure(_))
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(LINE_BREAK.split(content[: error.start].decode("utf-8")))
        problem = _("The file is not in UTF-8.")
        raise FaultyEdition(Fault(path, line, problem, _utf8_cure(_))) from error


def _utf8_cure(_: Say) -> str:
    return _("Save it as UTF-8; most editors offer that under “Save as”.")
