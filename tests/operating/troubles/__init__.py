"""An app that makes saving of certain words go wrong, for a server that is started with it."""

import time
from pathlib import Path
from typing import Any

from django.apps import AppConfig

BREAKS, HANGS = "hier gaat het programma stuk", "hier blijft het hangen"
GO_ON = "go-on"
"""The file in the data folder that ends the hanging."""


class TroublesConfig(AppConfig):
    """Wraps the saving of one post, before the rest of the server has seen it."""

    name = "tests.operating.troubles"
    label = "troubles"

    def ready(self) -> None:
        from django.conf import settings

        from raamwerk.worksheets import save

        really_changed = save._changed
        go_on = Path(settings.STATIC_ROOT).parent / GO_ON

        def troubled(request: save.SaveRequest, *rest: Any) -> save._Change:
            words = [change.text for change in request.changes.texts]
            if BREAKS in words:
                raise RuntimeError(BREAKS)
            while HANGS in words and not go_on.exists():
                time.sleep(0.05)
            return really_changed(request, *rest)

        save._changed = troubled  # type: ignore[assignment]
