"""Databases that are new for one test: of the kind that the tests run on, or SQLite beside it."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.db.models import Model

from raamwerk.operations.backup import fields_of
from raamwerk.operations.tables import our_apps
from raamwerk.project.database import sqlite_options

HERE, SQLITE = "the same kind", "sqlite"
MakeDatabase = Callable[..., str]
Everything = dict[str, list[tuple[Any, ...]]]


@contextmanager
def new_databases(folder: Path) -> Iterator[MakeDatabase]:
    """A function that makes an empty database, as Django knows it by the name that it returns."""
    made: list[str] = []

    def make(kind: str = HERE, *, migrated: bool = False) -> str:
        name = f"new_{secrets.token_hex(4)}"
        chosen = {**connections.settings["default"], "NAME": name}
        if kind == SQLITE or chosen["ENGINE"].endswith("sqlite3"):
            chosen["ENGINE"] = "django.db.backends.sqlite3"
            chosen["NAME"] = str(folder / f"{name}.sqlite3")
            chosen["OPTIONS"] = sqlite_options(5)
        else:
            _on_server(f"CREATE DATABASE {name}")
        connections.settings[name] = chosen
        made.append(name)
        if migrated:
            call_command("migrate", database=name, verbosity=0)
        return name

    try:
        yield make
    finally:
        for name in made:
            on_server = connections[name].vendor == "postgresql"
            connections[name].close()
            del connections[name]
            del connections.settings[name]
            if on_server:
                _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(statement: str) -> None:
    connections["default"].close()  # in case a test left a transaction open
    with connections["default"].cursor() as cursor:
        cursor.execute(statement)


def our_models() -> list[type[Model]]:
    """Every model that has a table, of every app of ours: what a backup has to hold."""
    from django.apps import apps

    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in our_apps() and model._meta.managed and not model._meta.proxy
    ]


def everything_in(database: str) -> Everything:
    """The rows of every table of ours, with bytes as bytes."""
    return {
        model._meta.label_lower: [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in model._base_manager.using(database)
            .order_by("pk")
            .values_list(*fields_of(model))
        ]
        for model in our_models()
    }


def is_empty(database: str) -> bool:
    """Whether no table holds a row, of ours or of what ours were."""
    connection = connections[database]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table != "django_migrations":
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
                if cursor.fetchone():
                    return False
    return True
