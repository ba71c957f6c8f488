"""The real settings, and an app that makes trouble."""

from raamwerk.project.settings import *  # noqa: F403
from raamwerk.project.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.operating.troubles.TroublesConfig"]
