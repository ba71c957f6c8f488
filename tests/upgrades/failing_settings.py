"""The real settings, with a next version whose migration fails when half of it is done."""

from raamwerk.project.settings import *  # noqa: F403

MIGRATION_MODULES = {"worksheets": "tests.upgrades.failing"}
