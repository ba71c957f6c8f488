"""Answers that need no Django. One door: ``wrap``; nothing else of this is used elsewhere.

It can be deleted, or closed with ``FASTPATH=off``: every answer is the same without it, only slower. It
reads what views say of their answers (``web.cacheable``), admits requests by the same function as the
middleware, and saves by the same functions as the view.
"""

from raamwerk.fastpath.answering import FastAnswers
from raamwerk.web.replies import Answer

__all__ = ["wrap"]


def wrap(answer: Answer) -> Answer:
    """The same answers, some of them without asking ``answer``."""
    return FastAnswers(answer).answer
