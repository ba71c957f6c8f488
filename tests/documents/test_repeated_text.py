"""However often something comes again in one text: a PDF is made, with all of it readable."""

from collections import Counter

import pytest

from raamwerk.documents.formats import format_named
from tests.documents.example import overview
from tests.documents.reading import pdf_text, squeezed


@pytest.mark.parametrize(
    ("words", "times"),
    [
        (" -x", 514),
        (" -x", 3333),
        ("loopbaanoriëntatie en -begeleiding ", 280),
        ("\n- x", 2500),
        (" *x*_y_", 1400),
        ("$x$ #y ", 1400),
    ],
)
def test_it_is_set_as_typed(words: str, times: int) -> None:
    pdf = format_named("pdf")
    assert pdf

    document = pdf.render(overview(words * times))

    # Page footers stand in between, so every character is counted.
    assert not Counter(squeezed(words * times)) - Counter(squeezed(pdf_text(document)))
