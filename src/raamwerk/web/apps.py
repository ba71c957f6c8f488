"""The web app, for Django's registry."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Web: no tables, only templates."""

    name = "raamwerk.web"
    label = "web"
