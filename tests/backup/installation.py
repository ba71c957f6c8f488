"""An installation as its people use it, without pages: what they write and read."""

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

FIELD = "visie-rol"


def raamwerk(data: Path, *words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the installation in this folder."""
    return _run(data, "raamwerk.cli", *map(str, words), **variables)


def write(data: Path, text: str, secret: str = "", **variables: str) -> str:
    """Let somebody write this, who is new without a secret; returns their secret."""
    done = _run(data, __name__, "write", text, secret, **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def read(data: Path, secret: str, **variables: str) -> str:
    """What whoever holds this secret reads."""
    done = _run(data, __name__, "read", secret, **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.removesuffix("\n")


def _run(
    data: Path, module: str, *words: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(data), "DATABASE_URL": "", **variables}
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def typist(data: Path, name: str, **variables: str) -> "subprocess.Popen[str]":
    """Let somebody write on and on; tells their secret, and each text once it is saved."""
    environment = {**os.environ, "DATA_DIR": str(data), "DATABASE_URL": "", **variables}
    command = [sys.executable, "-m", __name__, "type", name]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def main(command: str, *words: str) -> None:
    """Do as the functions above ask."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "raamwerk.project.settings"
    Path(os.environ["DATA_DIR"]).mkdir(mode=0o700, parents=True, exist_ok=True)
    import django

    django.setup()
    from django.core.management import call_command

    from raamwerk.operations.migrations import alone

    with alone():
        call_command("migrate", verbosity=0)
    match command, words:
        case "read", [secret]:
            print(_read(secret))
        case "write", [text, secret]:
            secret = secret or _begin()
            _save(secret, text, 1)
            print(secret)
        case "type", [name]:
            secret = _begin()
            print(secret, flush=True)
            for number in count(1):
                _save(secret, f"{name}: {number}.", number)
                print(f"{name}: {number}.", flush=True)


def _begin() -> str:
    from raamwerk.owners.access import begin_owner
    from raamwerk.plain_sql import writing

    with writing():
        return begin_owner()


def _save(secret: str, text: str, sequence: int) -> None:
    from raamwerk.frameworks.library import current_edition
    from raamwerk.worksheets.changes import Changes, TextChange
    from raamwerk.worksheets.save import SaveRequest, save

    edition = current_edition("lob")
    assert edition
    role = edition.role("mentor")
    assert role
    changes = Changes((TextChange(FIELD, text, writer="w", sequence=sequence),), ())
    assert save(SaveRequest((secret,), edition, role, changes)).whole


def _read(secret: str) -> str:
    from raamwerk.worksheets.upkeep import open_settled_desk

    worksheet = open_settled_desk([secret], "lob", "mentor").worksheet
    return worksheet.texts[FIELD] if worksheet else ""


if __name__ == "__main__":
    main(*sys.argv[1:])
