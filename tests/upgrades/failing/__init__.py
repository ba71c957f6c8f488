"""The real migrations of worksheets, and one more that fails."""

from raamwerk.worksheets import migrations

__path__ = [*__path__, *migrations.__path__]
