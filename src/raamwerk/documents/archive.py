"""Zip archives with fixed timestamps: the same words must give the same DOCX or ODT bytes."""

import io
import struct
import zipfile
from datetime import date

LOCAL_DATE, CENTRAL_DATE = 10, 12
CENTRAL_SIGNATURE, CENTRAL_LENGTHS, CENTRAL_HEADER = b"PK\x01\x02", 28, 46


def dated(archive: bytes, day: date) -> bytes:
    """The archive with every file in it dated ``day``, instead of the moment it was written."""
    stamp = struct.pack("<HH", 0, (day.year - 1980) << 9 | day.month << 5 | day.day)
    settled = bytearray(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for entry in opened.infolist():
            _overwrite(settled, entry.header_offset + LOCAL_DATE, stamp)
        at = opened.start_dir
    while settled.startswith(CENTRAL_SIGNATURE, at):
        _overwrite(settled, at + CENTRAL_DATE, stamp)
        at += CENTRAL_HEADER + sum(struct.unpack_from("<HHH", settled, at + CENTRAL_LENGTHS))
    return bytes(settled)


def _overwrite(target: bytearray, at: int, value: bytes) -> None:
    target[at : at + len(value)] = value
