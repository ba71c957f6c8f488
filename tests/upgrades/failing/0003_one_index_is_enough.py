"""What the real one does."""

from importlib import import_module

Migration = import_module("raamwerk.worksheets.migrations.0003_one_index_is_enough").Migration
