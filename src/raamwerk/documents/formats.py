"""The export formats of an overview, in the order in which we offer them.

Reading this module costs next to nothing: what a format needs is loaded when it is first made.
"""

from collections.abc import Callable
from dataclasses import dataclass

from raamwerk.documents.overview import Overview


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name to read, the suffix of its files, and what makes it."""

    id: str
    name: str
    suffix: str
    media_type: str
    render: Callable[[Overview], bytes]


def format_named(format_id: str) -> Format | None:
    """The format with this id, or None."""
    return next((each for each in FORMATS if each.id == format_id), None)


def _pdf(overview: Overview) -> bytes:
    from raamwerk.documents.pdf import pdf

    return pdf(overview)


def _docx(overview: Overview) -> bytes:
    from raamwerk.documents.docx import docx

    return docx(overview)


def _odt(overview: Overview) -> bytes:
    from raamwerk.documents.odt import odt

    return odt(overview)


def _markdown(overview: Overview) -> bytes:
    from raamwerk.documents.markdown import markdown

    return markdown(overview)


FORMATS = (
    Format("pdf", "PDF", "pdf", "application/pdf", _pdf),
    Format(
        "docx",
        "Word",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _docx,
    ),
    Format(
        "odt",
        "OpenDocument",
        "odt",
        "application/vnd.oasis.opendocument.text",
        _odt,
    ),
    Format("markdown", "Markdown", "md", "text/markdown; charset=utf-8", _markdown),
)
