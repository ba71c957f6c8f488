"""The pages app, for Django's registry."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages: no tables of its own, only templates and static files."""

    name = "raamwerk.pages"
    label = "pages"
