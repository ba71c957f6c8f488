"""One person on a study day: reads, types, is saved every few seconds, takes a document home.

Every word of a person that we look for names its writer and its number, such as ``w017x003y``: what
is lost, and what came to the wrong person, can be told from the words alone.
"""

import asyncio
import html
import json
import random
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.documents.reading import docx_paragraphs, odt_paragraphs, pdf_text, squeezed

from benchmarks.browser import BEGIN, SAVE, files_of, save_body
from benchmarks.line import Answer, Line

ROLES = ("mentor", "decaan", "leidinggevende")
FIELDS = tuple(
    f"{area}-{facet}"
    for area in ("visie", "orientatie", "organisatie", "samenwerking")
    for facet in ("rol", "deskundigheid")
)
FORMATS = {"pdf": 70, "docx": 10, "odt": 10, "markdown": 10}
SECONDS_BETWEEN_SAVES = 3
SAVES_IN_ONE_FIELD = 10
AREA = re.compile(r'<textarea id="text-([^"]+)"[^>]*>\n(.*?)</textarea>', re.DOTALL)
WORD = re.compile(r"w(\d{3,})x(\d{3,})y")
READ: dict[str, Callable[[bytes], str]] = {
    "pdf": pdf_text,
    "docx": lambda document: " ".join(text for _style, text in docx_paragraphs(document)),
    "odt": lambda document: " ".join(text for _style, text in odt_paragraphs(document)),
    "markdown": lambda document: document.decode(),
}


@dataclass
class Measured:
    """What everybody met together: how long each kind of request took, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    cut_off: int = 0

    def note(self, work: str, answer: Answer, seconds: float) -> None:
        """Count one answer."""
        self.seconds.setdefault(work, []).append(seconds)
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1


class Person:
    """One simulated person, with a browser of their own."""

    def __init__(self, number: int, port: int, measured: Measured) -> None:
        """``number`` tells this person from all others and decides what they choose."""
        self.number = number
        self.chance = random.Random(number)
        self.role = self.chance.choice(ROLES)
        self.format = self.chance.choices([*FORMATS], [*FORMATS.values()])[0]
        self.line = Line(port)
        self.worksheet = ""
        self.writer = secrets.token_urlsafe(16)
        self.sequence = 0
        self.typed: dict[str, str] = {}
        self.acknowledged: dict[str, str] = {}
        self.bases: dict[str, str] = {}
        self.document = b""
        self._measured = measured
        self._seen: set[str] = set()

    async def spend_the_day(self, arrival: float, end: float, leaving: float) -> None:
        """Come at ``arrival``, type until ``end``, download at ``leaving`` (monotonic seconds)."""
        await _until(arrival)
        await self.read("/")
        await self.read(f"/lob/{self.role}/")
        while (turn := time.monotonic() + SECONDS_BETWEEN_SAVES) < end:
            await _until(turn)
            await self.type_and_save()
        await _until(leaving)
        await self.download()
        self.line.close()

    async def read(self, path: str) -> None:
        """Open a page with everything on it that this browser does not have yet."""
        page = await self._ask("page", path)
        wanted = files_of(path, page.text) if page else set()
        while wanted := wanted - self._seen:
            asset = min(wanted)
            self._seen.add(asset)
            answer = await self._ask("asset", asset)
            if answer:
                wanted |= files_of(asset, answer.body.decode("utf-8", "replace"))

    async def type_and_save(self) -> None:
        """Add a few words to the field at hand, and save as the page does."""
        self.sequence += 1
        name = FIELDS[self.sequence // SAVES_IN_ONE_FIELD % len(FIELDS)]
        more = f"{self._word(self.sequence)} daar wil ik met een collega over doorpraten. "
        self.typed[name] = self.typed.get(name, "") + more
        sent = self.typed[name]
        if not self.line.cookie:
            await self._ask("begin", BEGIN, b"")
        answer = await self._ask("save", SAVE, self._change(name, sent))
        if answer and answer.status == 200:
            self.acknowledged[name] = sent
            content = json.loads(answer.text)
            self.worksheet, self.bases[name] = content["worksheet"], content["saved"][name]

    async def download(self) -> None:
        """Take the document, with one's name on it."""
        form = {"edition": "2026-1", "worksheet": self.worksheet, "text:name": self._word(0)}
        path = f"/lob/{self.role}/overzicht/{self.format}/"
        kind = "application/x-www-form-urlencoded"
        answer = await self._ask(self.format, path, urlencode(form).encode(), kind)
        if answer and answer.status == 200:
            self.document = answer.body

    async def losses(self) -> list[str]:
        """What was acknowledged and is not on this person's page or in their document."""
        page = await self.line.ask(f"/lob/{self.role}/")
        self.line.close()
        kept = {name: html.unescape(text) for name, text in AREA.findall(page.text)}
        lost = [
            f"{self._word(0)}: {name} is not as acknowledged"
            for name, text in self.acknowledged.items()
            if not kept.get(name, "").startswith(text)
        ]
        return lost + self._wrong_words("page", page.text, {self.number})

    def losses_in_document(self) -> list[str]:
        """What was acknowledged and is not in this person's document, and whose words are."""
        if not self.document:
            return [f"{self._word(0)}: no {self.format}"]
        return self._wrong_words(self.format, READ[self.format](self.document), {self.number})

    def _wrong_words(self, place: str, text: str, writers: set[int]) -> list[str]:
        found = {(int(writer), int(number)) for writer, number in WORD.findall(squeezed(text))}
        own = {number for writer, number in found if writer == self.number}
        due = " ".join(self.acknowledged.values())
        missing = {int(number) for _writer, number in WORD.findall(due)} - own
        strangers = {writer for writer, _number in found} - writers
        faults = [f"{self._word(number)} is lost in {place}" for number in sorted(missing)]
        return faults + [f"{self._word(0)}: {place} shows {each}" for each in sorted(strangers)]

    def _word(self, number: int) -> str:
        return f"w{self.number:03d}x{number:03d}y"

    def _change(self, name: str, text: str) -> bytes:
        change: dict[str, object] = {"field": name, "text": text, "writer": self.writer}
        change |= {"base": self.bases.get(name, ""), "sequence": self.sequence}
        return save_body(self.role, [change], self.worksheet)

    async def _ask(
        self, work: str, path: str, body: bytes | None = None, kind: str = "application/json"
    ) -> Answer | None:
        began = time.monotonic()
        try:
            answer = await self.line.ask(path, body, kind)
        except OSError:
            self._measured.cut_off += 1
            return None
        self._measured.note(work, answer, time.monotonic() - began)
        return answer


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.monotonic()))
