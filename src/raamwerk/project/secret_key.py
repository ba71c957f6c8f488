"""The installation's SECRET_KEY: from the environment, or made once and kept in the data folder."""

import os
import secrets
import tempfile
from pathlib import Path

from raamwerk.project.environment import Environment, WrongSettingError

FILE_NAME = "secret_key"
SHORTEST = 32
"""In characters: fewer can be guessed."""


def secret_key(chosen: Environment) -> str:
    """SECRET_KEY, or what ``DATA_DIR/secret_key`` holds, made at the first start for its owner only.

    Nodes that share a database need the same one: give it to each in its environment. Raises
    WrongSettingError for one that is too short, or a file that can't be read or made.
    """
    if chosen.secret_key:
        return _long_enough(chosen.secret_key, "SECRET_KEY")
    file = chosen.data_dir / FILE_NAME
    try:
        return _long_enough(_read_or_make(file), str(file))
    except OSError as error:
        raise WrongSettingError(
            f"can't read or make the file {file} ({error.strerror}). "
            "Give yourself access to the data folder, or set SECRET_KEY."
        ) from error


def _read_or_make(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written under another name first: who starts at the same time finds it whole, or not at all.
    handle, name = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
    unfinished = Path(name)
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(secrets.token_urlsafe(48))
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(unfinished, file)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()
    return file.read_text(encoding="ascii").strip()


def _long_enough(key: str, where: str) -> str:
    if len(key) < SHORTEST:
        raise WrongSettingError(
            f"{where} holds fewer than {SHORTEST} characters. Use a longer one."
        )
    return key
