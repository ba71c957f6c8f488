"""Static files under hashed names (Django), compressed beforehand and served by WhiteNoise."""

from collections.abc import MutableMapping

from django.core.files.base import ContentFile, File
from django.core.management import call_command
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFilesStorage(CompressedManifestStaticFilesStorage):
    """Every file under a name that tells its content, also where scripts import one another."""

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: "File[bytes]") -> str:
        """Scripts travel without their comments and spaces: a third of their weight."""
        if name.endswith(".js"):
            content.seek(0)
            content = ContentFile(jsmin(content.read()))
        return str(super()._save(name, content))


def collect_static_files() -> None:
    """Put every app's static files where they are served from.

    What an older version left there stays, for the pages that are still open in a browser.
    """
    call_command("collectstatic", interactive=False, verbosity=0)


def headers_of_file(headers: MutableMapping[str, str], _path: str, url: str) -> None:
    """What a file has otherwise than a page.

    Its ETag is weak: one for all its encodings, which a strong one may not be (RFC 9110, 8.8.3). Looked at by
    itself it may load nothing at all; what it does in a page is for the policy of the page.
    """
    headers["ETag"] = f'W/"{url.rpartition("/")[2]}"'
    headers["Content-Security-Policy"] = "default-src 'none'"
