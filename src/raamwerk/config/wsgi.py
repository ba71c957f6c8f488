"""The application as a server runs it: printed pages first, Django behind them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raamwerk.config.settings")

django_application = get_wsgi_application()

from raamwerk.pages.printed import PrintedPages  # noqa: E402 - Django comes first

application = PrintedPages(django_application)
