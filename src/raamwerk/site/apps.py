"""The site app, for Django's registry."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Site: no tables, only pages, templates and the style sheet."""

    name = "raamwerk.site"
    label = "site"
