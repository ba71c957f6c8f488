"""What the real one does."""

from importlib import import_module

Migration = import_module("raamwerk.worksheets.migrations.0002_changed_at_without_index").Migration
