"""One browser's connection to the server: HTTP/1.1, kept open, one request at a time."""

import asyncio
import gzip
from dataclasses import dataclass

PATIENCE = 60
"""In seconds: after this long without an answer a person gives up."""


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers by their lower-case name, the body unpacked."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as words."""
        return self.body.decode()


class Line:
    """A connection that opens itself when needed and again after it was cut."""

    def __init__(self, port: int) -> None:
        """To ``port`` on this machine."""
        self._port = port
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.cookie = ""

    async def ask(self, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        """Get a path, or post a body of this content type to it. Raises OSError when cut off."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._ask(self._head(path, body, kind) + (body or b""))
        except (EOFError, TimeoutError) as error:
            raise ConnectionError("no whole answer") from error

    def close(self) -> None:
        """Hang up."""
        if self._ends:
            self._ends[1].close()
        self._ends = None

    def _head(self, path: str, body: bytes | None, kind: str) -> bytes:
        host = f"127.0.0.1:{self._port}"
        method = "GET" if body is None else "POST"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: gzip"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if body is not None:
            lines += [f"Origin: http://{host}", f"Content-Type: {kind}"]
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode()

    async def _ask(self, request: bytes) -> Answer:
        if self._ends and self._ends[0].at_eof():
            self.close()  # the server hung up while nobody spoke, as it may
        reader, writer = self._ends = self._ends or await self._open()
        try:
            writer.write(request)
            await writer.drain()
            answer = await _read(reader)
        except BaseException:
            self.close()
            raise
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return answer

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self._port)


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _colon, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return Answer(int(first.split()[1]), headers, body)
