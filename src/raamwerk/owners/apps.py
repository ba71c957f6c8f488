"""The owners app, for Django's registry."""

from django.apps import AppConfig


class OwnersConfig(AppConfig):
    """Owners and their access keys."""

    name = "raamwerk.owners"
    label = "owners"
