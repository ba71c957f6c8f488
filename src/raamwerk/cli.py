"""The command line: ``raamwerk serve``, ``check``, ``purge``, ``backup``, ``restore``, ``move``."""

import argparse
import locale
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from raamwerk.frameworks.languages import best_position
from raamwerk.frameworks.reading import FaultyEdition, read_edition
from raamwerk.project.environment import Environment, WrongSettingError, environment
from raamwerk.server.data_folder import by_one_process, make_ready
from raamwerk.server.supervisor import CannotStartError, check_address, run_server
from raamwerk.wording import LANGUAGES, wording


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Trouble is one clear line on standard error."""
    parser = argparse.ArgumentParser(prog="raamwerk", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="serve the site")
    check = commands.add_parser("check", help="prove editions of a framework whole")
    check.add_argument("files", metavar="FILE", type=Path, nargs="+")
    commands.add_parser("purge", help="delete worksheets not used for KEEP_DAYS days")
    backup = commands.add_parser("backup", help="write everything that is kept to one file")
    backup.add_argument("file", metavar="FILE", type=Path)
    restore = commands.add_parser("restore", help="put a backup in an empty database")
    restore.add_argument("file", metavar="FILE", type=Path)
    commands.add_parser("move", help="copy everything to the empty database of MOVE_TO")
    chosen = parser.parse_args(arguments)
    try:
        match chosen.command:
            case "check":
                return check_files(chosen.files)
            case "purge":
                return purge()
            case "backup" | "restore" | "move":
                return back_up_or_restore(chosen.command, chosen)
            case _:
                return serve()
    except (CannotStartError, WrongSettingError) as trouble:
        print(f"raamwerk: {trouble}", file=sys.stderr)
        return 1


def check_files(files: Sequence[Path]) -> int:
    """Prove each edition whole, or print every fault with its file, line and cure."""
    language = spoken_language()
    worst = 0
    for file in files:
        try:
            print(praise(file, language))
        except FaultyEdition as faulty:
            worst = 1
            for fault in faulty.faults:
                print(fault)
    return worst


def praise(file: Path, language: str) -> str:
    """What stands in a good edition, on one line. Raises FaultyEdition."""
    edition = read_edition(file, language)
    _ = wording(language)
    sentence = _(
        "{file}: good. {roles} roles, {areas} areas, {statements} statements, {sources} sources."
    )
    return sentence.format(
        file=file,
        roles=len(edition.roles),
        areas=len(edition.areas),
        statements=sum(len(role.statements) for role in edition.roles),
        sources=len(edition.sources),
    )


def spoken_language() -> str:
    """The language of whoever types commands, from the usual variables; English if unknown."""
    code = locale.getlocale()[0] or os.environ.get("LANG", "")
    languages = ("en", *LANGUAGES)
    return languages[best_position(languages, code.partition(".")[0].replace("_", "-"))]


def purge() -> int:
    """Delete what was not used for KEEP_DAYS days, and what was begun without a word for KEEP_EMPTY_DAYS."""
    chosen = environment()
    prepare(chosen)
    from raamwerk.worksheets.erase import purge as purge_owners

    print(
        f"Deleted the worksheets of {purge_owners(chosen.keep_for, chosen.keep_empty_for)} owners."
    )
    return 0


def back_up_or_restore(command: str, chosen: argparse.Namespace) -> int:
    """Back up, restore or move. Raises CannotStartError, WrongSettingError."""
    set_up(environment())
    from django.db import DatabaseError

    from raamwerk.operations import commands
    from raamwerk.operations.backup import BackupError
    from raamwerk.project.database import database

    try:
        match command:
            case "backup":
                print(commands.back_up(chosen.file))
            case "restore":
                with by_one_process(environment()):
                    print(commands.restore(chosen.file))
            case _:
                # From the environment: what stands on a command line, everybody on the machine can read.
                target = database(replace(environment(), database_url=move_to()))
                with by_one_process(environment()):
                    print(commands.move(target))
    except (BackupError, DatabaseError) as trouble:
        raise CannotStartError(" ".join(str(trouble).split())) from trouble
    return 0


def move_to() -> str:
    """The address of the database to move to. Raises WrongSettingError."""
    address = os.environ.get("MOVE_TO", "")
    if not address:
        raise WrongSettingError(
            "MOVE_TO is empty, but it takes the address of an empty database, such as "
            "postgres://user:secret@host/name."
        )
    return address


def serve() -> int:
    """Serve the site until stopped. Raises CannotStartError, WrongSettingError."""
    chosen = environment()
    check_address(chosen)
    make_ready(chosen.data_dir)
    with by_one_process(chosen):
        return serve_alone(chosen)


def serve_alone(chosen: Environment) -> int:
    """The same, with the data folder to ourselves."""
    prepare(chosen)
    data = "the database of DATABASE_URL" if chosen.database_url else chosen.data_dir
    print(f"Raamwerk serves {chosen.address}")
    print(f"The data is in {data}", flush=True)
    tell_faulty_editions()
    try:
        run_server(chosen)
    finally:
        leave_in_order()
    return 0


def tell_faulty_editions() -> None:
    """Say which editions beside the program are left out, and why."""
    from raamwerk.frameworks.library import faults

    for fault in faults():
        print(f"Left out: {fault}", file=sys.stderr, flush=True)


def leave_in_order() -> None:
    """Put all that is in SQLite's write-ahead log into the database file, now that nobody writes."""
    from django.db import DatabaseError, connection

    from raamwerk.plain_sql import empty_log

    with suppress(DatabaseError):
        empty_log()
    connection.close()


def prepare(chosen: Environment) -> None:
    """Make the data folder and bring the database up to date. Raises CannotStartError.

    Leaves no connection open: the server forks, and SQLite's locks don't survive a fork.
    """
    set_up(chosen)
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    from raamwerk.operations.backup_file import BackupError
    from raamwerk.operations.migrations import alone
    from raamwerk.operations.tables import applied_migrations
    from raamwerk.web.static_files import collect_static_files

    try:
        collect_static_files()
        with alone():
            applied_migrations(connection)
            call_command("migrate", verbosity=0)
    except BackupError as newer:
        raise CannotStartError(str(newer)) from newer
    except DatabaseError as error:
        raise CannotStartError(f"the database can't be used: {error}".strip()) from error
    finally:
        connection.close()


def set_up(chosen: Environment) -> None:
    """Make the data folder and wake Django. Raises CannotStartError."""
    make_ready(chosen.data_dir)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raamwerk.project.settings")
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
