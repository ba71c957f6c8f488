"""Django's settings, made from the installation's environment."""

import secrets

from raamwerk.config.database import database
from raamwerk.config.environment import environment
from raamwerk.config.logs import logging_settings
from raamwerk.wording import LOCALE

HERE = environment()

# Nothing is signed: the only secret is each person's key, of which a digest is kept.
SECRET_KEY = secrets.token_urlsafe(32)
DEBUG = False
ALLOWED_HOSTS = list(HERE.allowed_hosts)

INSTALLED_APPS = ["raamwerk.worksheets", "raamwerk.pages"]
MIDDLEWARE = [
    "raamwerk.pages.metrics.with_counts",
    "django.middleware.security.SecurityMiddleware",
    "raamwerk.pages.headers.with_our_headers",
    "django.middleware.locale.LocaleMiddleware",
    "raamwerk.pages.problems.with_clear_refusals",
    "raamwerk.pages.rate_limits.in_measure",
    "raamwerk.pages.origin.only_from_our_own_pages",
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "raamwerk.pages.urls"
WSGI_APPLICATION = "raamwerk.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["raamwerk.pages.templatetags.raamwerk"],
        },
    }
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [LOCALE]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
APPEND_SLASH = True

DATABASES = {"default": database(HERE)}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HERE.behind_https else None
SECURE_HSTS_SECONDS = 31_536_000 if HERE.behind_https else 0
KEY_COOKIE_SECURE = HERE.behind_https
# Browsers take a cookie with __Host- from this very site only, by HTTPS only.
KEY_COOKIE = "__Host-werkblad" if HERE.behind_https else "werkblad"
BEHIND_PROXY = HERE.behind_https
KEEP_FOR = HERE.keep_for
CONTACT = HERE.contact
METRICS = HERE.metrics
# How often a minute, by key and by address: raamwerk.pages.rate_limits.
PER_MINUTE = {
    "page": (HERE.pages_per_minute, 50 * HERE.pages_per_minute),
    "save": (HERE.saves_per_minute, 50 * HERE.saves_per_minute),
    "download": (HERE.downloads_per_minute, 50 * HERE.downloads_per_minute),
}
# raamwerk.pages.origin guards against forged posts by their origin, so that pages that are the
# same for everyone need no token; the views bound the size of what they read themselves.
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W008"]
DATA_UPLOAD_MAX_MEMORY_SIZE = None

LOGGING = logging_settings(HERE.log_format)
