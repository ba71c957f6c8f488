"""Whether every catalogue has every message of the code, and its compiled form is current.

Run by ``make check``: works on a copy, so that a check changes nothing.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "raamwerk"
CURE = "Run `make messages`, translate what is new, and run it again."


def faults() -> list[str]:
    """What is wrong with the catalogues, in words."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "raamwerk"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        django_admin = Path(sys.executable).parent / "django-admin"
        extract = [str(django_admin), "makemessages", "--all", "--no-obsolete"]
        subprocess.run(
            [*extract, "--add-location", "file"], cwd=copy, check=True, capture_output=True
        )
        catalogues = sorted((copy / "locale").glob("*/LC_MESSAGES/django.po"))
        return [fault for each in catalogues for fault in _faults_of(each, copy)]


def _faults_of(catalogue: Path, copy: Path) -> Iterator[str]:
    language = catalogue.parts[-3]
    compiled = catalogue.with_suffix(".mo")
    ours = SOURCE / compiled.relative_to(copy)
    yield from (f"{language}: not translated yet:\n{words}" for words in _untranslated(catalogue))
    subprocess.run(["msgfmt", "-o", compiled, catalogue], check=True, capture_output=True)
    if not ours.is_file() or compiled.read_bytes() != ours.read_bytes():
        yield f"{language}: django.mo is not made from the messages that the code has now."


def _untranslated(catalogue: Path) -> list[str]:
    listed = ["--untranslated", "--only-fuzzy"]
    answers = [
        subprocess.run(
            ["msgattrib", "--no-obsolete", option, catalogue],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.partition("\n\n")[2]
        for option in listed
    ]
    return [answer for answer in answers if answer.strip()]


if __name__ == "__main__":
    told = faults()
    for fault in told:
        print(f"catalogue: {fault}")
    if told:
        print(CURE)
    sys.exit(bool(told))
