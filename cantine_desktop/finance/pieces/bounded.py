"""Streams of a PDF unpacked no further than a measure: a small file may hold gigabytes."""

import re
import zlib
from typing import Any

FLATE = frozenset({"/FlateDecode", "/Fl"})
LARGEST_STRUCTURE = 300 * 2**20
"""Bytes that the tables of a PDF may take once unpacked: those of a thousand pages take five."""

_STEP = 64 * 1024
_MOST_GROWTH = 1500
"""How many times larger a stream may come out of a filter that is not ours."""

_TABLE = re.compile(rb"/(?:ObjStm|XRef)\b.{0,2000}?\bstream\r?\n", re.DOTALL)


def read_stream(stream: Any, most: int) -> bytes | None:
    """Return the bytes of a stream, or ``None`` when they would be more than a measure.

    Args:
        stream: Of pikepdf.
        most: Bytes.
    """
    packed = bytes(stream.read_raw_bytes())
    filters = _filters(stream)
    if not filters:
        return packed if len(packed) <= most else None
    if all(name in FLATE for name in filters):
        for _name in filters:
            unpacked = inflate(packed, most)
            if unpacked is None:
                return None
            packed = unpacked
    elif len(filters) > 1 or len(packed) * _MOST_GROWTH > most:
        return None
    content = bytes(stream.read_bytes())
    return content if len(content) <= most else None


def _filters(stream: Any) -> list[str]:
    written: Any = stream.get("/Filter")
    if written is None:
        return []
    name = str(written)
    return [name] if name.startswith("/") else [str(each) for each in written]


def inflate(packed: bytes, most: int) -> bytes | None:
    """Return what was deflated, up to where it is damaged; ``None`` beyond a measure."""
    unpacker = zlib.decompressobj()
    found = bytearray()
    for at in range(0, len(packed), _STEP):
        waiting = packed[at : at + _STEP]
        while waiting:
            try:
                found += unpacker.decompress(waiting, most + 1 - len(found))
            except zlib.error:
                return bytes(found)
            if len(found) > most:
                return None
            waiting = unpacker.unconsumed_tail
        if unpacker.eof:
            break
    return bytes(found)


def is_in_measure(content: bytes, most: int = LARGEST_STRUCTURE) -> bool:
    """Tell whether the tables of a PDF unpack to something a computer holds.

    They are unpacked whole as soon as the file is opened, before anything can be asked of it.

    Args:
        content: The file.
        most: Bytes of all its tables together.
    """
    left = most
    for table in _TABLE.finditer(content):
        unpacked = inflate(content[table.end() : table.end() + left], left)
        if unpacked is None:
            return False
        left -= len(unpacked)
    return True
