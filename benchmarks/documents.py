"""Making each document of a full worksheet, beside the bare library writing the same."""

import io
from collections.abc import Callable
from datetime import date
from functools import partial
from unittest import mock

from benchmarks.measuring import Result, median_milliseconds, say
from raamwerk.documents.formats import FORMATS
from raamwerk.documents.overview import Overview, OverviewOptions, compose_overview
from raamwerk.frameworks.library import current_edition
from raamwerk.notes import MarkKind, Notes


def measure() -> list[Result]:
    """Each format, with everything in it."""
    document = full_overview()
    limits = {"docx": bare_docx, "odt": bare_odt, "pdf": bare_pdf(document)}
    results = []
    for each in FORMATS:
        say(f"  {each.name}")
        ours = median_milliseconds(partial(each.render, document))
        bare = limits.get(each.id)
        limit = median_milliseconds(partial(bare, document)) if bare else None
        results.append(
            Result(
                f"{each.name} of a full worksheet",
                f"{ours:.1f} ms",
                "" if limit is None else f"bare library: {limit:.1f} ms",
                None if limit is None else ours / limit,
                "at most 1.3" if limit else "",
            )
        )
    return results


def full_overview() -> Overview:
    """A mentor who filled every field and marked every other statement."""
    edition = current_edition("lob")
    assert edition
    role = edition.roles[0]
    text = "Met het team bespreken wat we willen.\n\n" + "Dit werk ik verder uit. " * 20
    notes = Notes(
        {field.id: text for field in role.fields},
        frozenset((statement.id, MarkKind.WORK_ON) for statement in role.statements[::2]),
    )
    return compose_overview(
        edition, role, notes, OverviewOptions("nl", date(2026, 11, 24), name="Noor")
    )


def lines_of(document: Overview) -> list[str]:
    """The words of the document, a paragraph each: what the bare libraries write."""
    lines = [document.title, str(document.explanation)]
    for area in document.areas:
        lines.append(str(area.heading))
        for field in area.fields:
            lines += [str(field.heading), *(each.line for each in field.statements)]
            lines += [mark for each in field.statements for mark in each.marks]
            lines += [field.point_heading, *field.point.split("\n")]
    lines += [str(title) for _letter, title in document.sources]
    return [*lines, *map(str, document.origin)]


def bare_pdf(document: Overview) -> Callable[[Overview], bytes]:
    """Typst alone, with the very arguments that we give it."""
    import typst

    from raamwerk.documents.pdf import pdf

    with mock.patch("typst.compile", wraps=typst.compile) as caught:
        pdf(document)
    arguments = caught.call_args
    return lambda _document: typst.compile(*arguments.args, **arguments.kwargs)


def bare_docx(document: Overview) -> bytes:
    """The same words by python-docx alone."""
    from docx import Document

    written = Document()
    for line in lines_of(document):
        written.add_paragraph(line)
    buffer = io.BytesIO()
    written.save(buffer)
    return buffer.getvalue()


def bare_odt(document: Overview) -> bytes:
    """The same words by odfdo alone."""
    from odfdo import Document, Paragraph

    written = Document("text")
    for line in lines_of(document):
        written.body.append(Paragraph(line))
    buffer = io.BytesIO()
    written.save(buffer)
    return buffer.getvalue()
