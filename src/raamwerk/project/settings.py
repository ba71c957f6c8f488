"""Django's settings, made from the installation's environment."""

from raamwerk.frameworks import library
from raamwerk.project.database import database
from raamwerk.project.environment import environment
from raamwerk.project.logs import logging_settings
from raamwerk.project.secret_key import secret_key
from raamwerk.web.static_files import headers_of_file
from raamwerk.wording import LANGUAGES as INTERFACE_LANGUAGES
from raamwerk.wording import LOCALE

HERE = environment()

SECRET_KEY = secret_key(HERE)
DEBUG = False
ALLOWED_HOSTS = list(HERE.allowed_hosts)

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "raamwerk.owners",
    "raamwerk.web",
    "raamwerk.worksheets",
    "raamwerk.site",
]
MIDDLEWARE = [
    "raamwerk.web.delivery.deliver",
    "raamwerk.web.problems.ProblemMiddleware",
    "raamwerk.web.admission.only_admitted",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "raamwerk.project.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.static", "raamwerk.web.templatetags.raamwerk"],
            "context_processors": ["raamwerk.web.rendering.every_page"],
        },
    }
]

LANGUAGES = list(INTERFACE_LANGUAGES.items())
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [LOCALE]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
APPEND_SLASH = True

DATABASES = {"default": database(HERE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
DATA_DIR = HERE.data_dir
STATIC_ROOT = HERE.data_dir / "static"
"""Filled at each start: every file under a name that tells its content, compressed beforehand."""
STORAGES = {
    "staticfiles": {"BACKEND": "raamwerk.web.static_files.HashedFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = headers_of_file

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HERE.behind_https else None
SECURE_HSTS_SECONDS = 31_536_000 if HERE.behind_https else 0
KEY_COOKIE_SECURE = HERE.behind_https
# Browsers take a cookie with __Host- from this very site only, by HTTPS only.
KEY_COOKIE = "__Host-werkblad" if HERE.behind_https else "werkblad"
# What that cookie was called without HTTPS: it opens nothing by itself, but can be taken over.
EARLIER_KEY_COOKIE = "werkblad" if HERE.behind_https and HERE.keys_from_http else ""
BEHIND_PROXY = HERE.behind_https
FASTPATH = HERE.fastpath
DATABASE_WAIT = HERE.database_wait
KEEP_FOR = HERE.keep_for
KEEP_EMPTY_FOR = HERE.keep_empty_for
CONTACT = HERE.contact
METRICS = HERE.metrics
# How often a minute, by key and by address: raamwerk.web.admission.
BEGINNINGS_PER_HOUR = HERE.beginnings_per_hour
BYTES_PER_HOUR = HERE.megabytes_per_hour * 1_000_000
PER_MINUTE = {
    "page": (HERE.pages_per_minute, 50 * HERE.pages_per_minute),
    "save": (HERE.saves_per_minute, 50 * HERE.saves_per_minute),
    "download": (HERE.downloads_per_minute, 50 * HERE.downloads_per_minute),
}
# raamwerk.web.admission guards against forged posts by their origin, so that pages that are the
# same for everyone need no token; the views bound the size of what they read themselves, and
# raamwerk.web.delivery adds the headers of Django's SecurityMiddleware to every answer.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W003", "security.W008"]
DATA_UPLOAD_MAX_MEMORY_SIZE = None

LOGGING = logging_settings(HERE.log_format)

library.serve_from(HERE.frameworks_dir)
