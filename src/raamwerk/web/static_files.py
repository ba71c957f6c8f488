"""Static files under hashed names (Django), compressed beforehand and served by WhiteNoise."""

from collections.abc import MutableMapping

from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFilesStorage(CompressedManifestStaticFilesStorage):
    """Every file under a name that tells its content, also where scripts import one another."""

    support_js_module_import_aggregation = True


def collect_static_files() -> None:
    """Put every app's static files where they are served from.

    What an older version left there stays, for the pages that are still open in a browser.
    """
    call_command("collectstatic", interactive=False, verbosity=0)


def name_content(headers: MutableMapping[str, str], _path: str, url: str) -> None:
    """Give a file a weak ETag: one for all its encodings, which a strong one may not be (RFC 9110, 8.8.3)."""
    headers["ETag"] = f'W/"{url.rpartition("/")[2]}"'
