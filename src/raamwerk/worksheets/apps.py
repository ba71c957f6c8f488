"""The worksheets app, for Django's registry."""

from django.apps import AppConfig


class WorksheetsConfig(AppConfig):
    """Worksheets: kept by role, opened by key."""

    name = "raamwerk.worksheets"
    label = "worksheets"
    default_auto_field = "django.db.models.BigAutoField"
