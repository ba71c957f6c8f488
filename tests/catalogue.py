"""Whether the Dutch catalogue has every message of the code, and its compiled form is current.

Run by ``make check``: works on a copy, so that a check changes nothing.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "raamwerk"
CATALOGUE = Path("locale/nl/LC_MESSAGES")
CURE = "Run `make messages`, translate what is new, and run it again."


def faults() -> list[str]:
    """What is wrong with the catalogue, in words."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "raamwerk"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        django_admin = Path(sys.executable).parent / "django-admin"
        extract = [str(django_admin), "makemessages", "--locale", "nl", "--no-obsolete"]
        subprocess.run(
            [*extract, "--add-location", "file"], cwd=copy, check=True, capture_output=True
        )
        fresh = copy / CATALOGUE / "django.po"
        compiled = Path(folder) / "django.mo"
        subprocess.run(["msgfmt", "-o", compiled, fresh], check=True, capture_output=True)
        found = [f"not translated yet:\n{words}" for words in _untranslated(fresh)]
        if compiled.read_bytes() != (SOURCE / CATALOGUE / "django.mo").read_bytes():
            found.append("django.mo is not made from the messages that the code has now.")
    return found


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
