"""Logs that tell what went wrong and where, never what anyone wrote, and that nobody can fill."""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from raamwerk.web.rate_limit import RateLimit

ExceptionDetails = tuple[type[BaseException], BaseException, TracebackType | None]


MOST_A_MINUTE = 60
"""So many lines of one kind: a disk that is full, or a visitor who does it on purpose, would fill the log."""


class Bounded(logging.Filter):
    """Lets through so many records of each kind a minute, and leaves out what a sender wrote.

    A kind is what a logger says, without what it says it about.
    """

    def __init__(self) -> None:
        """Nothing counted yet."""
        super().__init__()
        self._rate_limit = RateLimit()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this record is written."""
        if record.name == "django.request":
            # Django names the path that was asked for: the name of our page tells as much.
            match = getattr(getattr(record, "request", None), "resolver_match", None)
            record.args = (match.url_name if match else "any",)
            record.msg = "No answer: %s"
        return self._rate_limit.hit(MOST_A_MINUTE, record.name, str(record.msg))


class DiscreetFormatter(logging.Formatter):
    """Writes an exception as its type and its stack, leaving out its message.

    A database can repeat a person's own words in the message of an error.
    """

    def __init__(self) -> None:
        """Every line starts with the time and the level."""
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatException(  # noqa: N802 - logging's own name
        self, ei: ExceptionDetails | tuple[None, None, None]
    ) -> str:
        """The stack and the type of each exception in the chain, without any message."""
        chain = []
        error = ei[1]
        while error is not None:
            stack = "".join(traceback.format_tb(error.__traceback__))
            chain.append(f"{stack}{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or error.__context__
        return "\n".join(reversed(chain))


class DiscreetJsonFormatter(DiscreetFormatter):
    """The same, as one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """When, how bad, where and what; the stack of an error as one text."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["stack"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


FORMATTERS = {"text": DiscreetFormatter, "json": DiscreetJsonFormatter}


def logging_settings(log_format: str) -> dict[str, Any]:
    """How everything is logged, on standard error: the site, Django, and the server itself."""
    formatter = FORMATTERS[log_format]
    ours = {"handlers": ["stderr"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"discreet": {"()": f"{formatter.__module__}.{formatter.__qualname__}"}},
        "filters": {"bounded": {"()": f"{Bounded.__module__}.{Bounded.__qualname__}"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "discreet",
                "filters": ["bounded"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {**ours, "level": "ERROR"},
            "_granian": {**ours, "level": "WARNING"},
        },
    }
