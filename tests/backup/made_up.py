"""A row of any model, made from its fields alone."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.db.models import Field, Model

BEGIN = datetime(2024, 2, 29, 23, 59, 58, 123456, UTC)
_numbers = count(1)


def make_up_rows(database: str, of: list[type[Model]], rows: int = 2) -> None:
    """Put rows of each model in a database; the first has a value in every column."""
    connection = connections[database]
    connection.disable_constraint_checking()
    first = 2**40  # far from what a database would number by itself
    for model in of:
        fields = model._meta.local_concrete_fields
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        marks = ", ".join(["%s"] * len(fields))
        with connection.cursor() as cursor:
            for number in range(rows):
                values = [
                    field.get_db_prep_save(
                        None if field.null and number else _value(field, first + number), connection
                    )
                    for field in fields
                ]
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
    connection.check_constraints()
    connection.enable_constraint_checking()


def _value(field: "Field[Any, Any]", key: int) -> Any:  # noqa: PLR0911 - one a kind
    number = next(_numbers)
    if field.primary_key or isinstance(field, models.ForeignKey):
        return key
    if field.choices:
        return field.flatchoices[number % len(field.flatchoices)][0]
    match field:
        case models.DateTimeField():
            return BEGIN + timedelta(hours=number)
        case models.DateField():
            return date(2024, 2, 29) + timedelta(days=number)
        case models.BinaryField():
            return bytes(range(256)) * 2 + str(number).encode()
        case models.BooleanField():
            return number % 2 == 0
        case models.IntegerField():
            return 2**15 - number
        case models.FloatField():
            return number / 3
        case models.DurationField():
            return timedelta(microseconds=number)
        case models.UUIDField():
            return UUID(int=number)
        case models.JSONField():
            return {"number": number, "words": ["é", None]}
        case models.CharField() | models.TextField():
            return f"{number} ✓\n\t\"'"[: field.max_length]
    raise NotImplementedError(f"make up a value for {field!r} here")
