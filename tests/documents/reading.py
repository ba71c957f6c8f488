"""Reading documents back as text, each with a reader that is not the library that wrote it."""

import io
import itertools
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import odfdo
import pypdf
import pypdfium2
from lxml import etree  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token

OFFICE_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
BIDI_MARKS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e"))


def flat(text: str) -> str:
    """The text with every stretch of white space as one space."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def pdf_text(document: bytes, *options: str) -> str:
    """What pdftotext reads, without the footers and the direction marks that it adds."""
    read = subprocess.run(
        ["pdftotext", *options, "-enc", "UTF-8", "-", "-"],
        input=document,
        capture_output=True,
        check=True,
    )
    return read.stdout.decode().translate(BIDI_MARKS)


def pdfium_text(document: bytes) -> str:
    """What PDFium reads, with the spaces and line breaks that it sees."""
    pages = pypdfium2.PdfDocument(document)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def pdf_reader(document: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(document))


def pdf_root(reader: pypdf.PdfReader) -> Any:
    """The catalogue of the PDF. ``Any``, as what its objects are depends on the file."""
    return reader.trailer["/Root"]


def pdf_tags(document: bytes) -> list[str]:
    """The structure tags of the PDF, in reading order."""

    def walk(node: object) -> Iterator[str]:
        element = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
        if isinstance(element, list):
            for child in element:
                yield from walk(child)
        elif isinstance(element, dict):
            if "/S" in element:
                yield str(element["/S"])
            yield from walk(element.get("/K"))

    return list(walk(pdf_root(pdf_reader(document))["/StructTreeRoot"]))


def docx_paragraphs(document: bytes) -> list[tuple[str, str]]:
    """Style name and text of every paragraph."""
    opened = docx.Document(io.BytesIO(document))
    return [(str(each.style and each.style.name), _docx_text(each)) for each in opened.paragraphs]


def _docx_text(paragraph: Any) -> str:
    """The text with Word's own elements for tabs, line breaks and soft hyphens."""
    signs = {"tab": "\t", "br": "\n", "softHyphen": "\u00ad"}
    found = paragraph._p.xpath("w:r/w:t | w:r/w:tab | w:r/w:br | w:r/w:softHyphen")
    return "".join(signs.get(etree.QName(each).localname) or each.text or "" for each in found)


def breakable(text: str) -> str:
    """The text with every space one at which a line may end."""
    return text.replace("\u00a0", " ")


def odt_paragraphs(document: bytes) -> list[tuple[str, str]]:
    """Style name and text of every paragraph and heading."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        content = etree.fromstring(archive.read("content.xml"))
    found = content.iter(f"{OFFICE_TEXT}p", f"{OFFICE_TEXT}h")
    return [
        (str(each.get(f"{OFFICE_TEXT}style-name")).replace("_20_", " "), _odt_text(each))
        for each in found
    ]


def _odt_text(element: Any) -> str:
    """The text as OpenDocument defines it: its own elements for spaces, tabs and line breaks."""
    signs = {"tab": "\t", "line-break": "\n"}
    words = element.text or ""
    for child in element:
        tag = str(child.tag).removeprefix(OFFICE_TEXT)
        spaces = " " * int(child.get(f"{OFFICE_TEXT}c", 1)) if tag == "s" else ""
        words += spaces or signs.get(tag) or _odt_text(child)
        words += child.tail or ""
    return words


def odt_document(document: bytes) -> odfdo.Document:
    return odfdo.Document(io.BytesIO(document))


def markdown_tokens(document: bytes) -> list[Token]:
    return MarkdownIt("commonmark").parse(document.decode())


def markdown_text(inline: Token) -> str:
    """What a reader sees of one paragraph."""
    signs = {"hardbreak": "\n", "softbreak": " "}
    known = {"text", "text_special", "strong_open", "strong_close", "em_open", "em_close"}
    words = ""
    for token in inline.children or []:
        assert token.type in known | signs.keys(), f"{token.type} made of {inline.content!r}"
        words += signs.get(token.type) or token.content
    return words


def document_text(format_id: str, document: bytes) -> str:
    """Everything that a document says, whatever its format."""
    if format_id == "pdf":
        return pdf_text(document, "-raw")
    if format_id == "markdown":
        tokens = markdown_tokens(document)
        return "\n".join(markdown_text(each) for each in tokens if each.type == "inline")
    paragraphs = {"docx": docx_paragraphs, "odt": odt_paragraphs}[format_id](document)
    return "\n".join(text for _, text in paragraphs)


def own_words(format_id: str, document: bytes) -> str:
    """The first point of attention as the document gives it back."""
    if format_id == "markdown":
        return _quoted(markdown_tokens(document))
    paragraphs = {"docx": docx_paragraphs, "odt": odt_paragraphs}[format_id](document)
    from_first = itertools.dropwhile(lambda each: not _is_own(each), paragraphs)
    return "\n".join(text for _, text in itertools.takewhile(_is_own, from_first))


def _is_own(paragraph: tuple[str, str]) -> bool:
    return paragraph[0].startswith("Own Words 1")


def _quoted(tokens: list[Token]) -> str:
    kinds = [token.type for token in tokens]
    quote = tokens[kinds.index("blockquote_open") + 1 : kinds.index("blockquote_close")]
    allowed = {"paragraph_open", "inline", "paragraph_close"}
    assert {token.type for token in quote} <= allowed, [token.type for token in quote]
    return "\n\n".join(markdown_text(token) for token in quote if token.type == "inline")


def shown(text: str) -> str:
    """The text with the code point of every control character and noncharacter in its place."""
    return "".join(f"U+{ord(each):04X}" if _unshowable(each) else each for each in text)


def _unshowable(character: str) -> bool:
    control = unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\n"
    return control or character in "\ufffe\uffff"
