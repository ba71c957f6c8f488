"""Logs that tell what went wrong and where, never what anyone wrote."""

import logging
import traceback
from types import TracebackType

ExceptionDetails = tuple[type[BaseException], BaseException, TracebackType | None]


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
