"""What a page says, whatever program saved the file: a hash over its content, not its bytes.

Numbers of objects, order of keys and lossless compression may change when a file is saved
again; words, lines, fonts, pictures and notes laid over them may not.
"""

import base64
import binascii
import zlib
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

LARGEST_STREAM = 200 << 20
"""Bytes of one stream once unpacked, beyond which a file is hostile."""

DEEPEST = 60
"""Objects inside one another; ours stay under ten."""

_SEEN = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Annots")
"""What decides how a page looks, and what stands over it."""

_UPWARDS = frozenset({"/Parent", "/P", "/StructParent", "/StructParents", "/Popup"})
"""Keys that lead back to the page or to the tree above it."""

_PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})


class HostileError(ValueError):
    """The file is made to exhaust who reads it."""


def unpack(data: bytes, limit: int = LARGEST_STREAM) -> bytes:
    """Return what zlib packed, up to a limit.

    Raises:
        HostileError: It is larger than the limit.
        zlib.error: It is not packed so.
    """
    engine = zlib.decompressobj()
    content = engine.decompress(data, limit)
    if engine.unconsumed_tail:
        raise HostileError("too large once unpacked")
    return content


def stream_bytes(stream: Stream) -> tuple[list[str], bytes]:
    """Return the content of a stream without its lossless packing, and the filters left."""
    data = bytes(stream.read_raw_bytes())
    names = _filters(stream)
    if stream.get(Name.DecodeParms) is not None:
        return names, data
    while names and names[0] in _UNPACKERS:
        try:
            data = _UNPACKERS[names[0]](data)
        except (zlib.error, binascii.Error):
            break  # damaged: its bytes are what it says
        names = names[1:]
    return names, data


def _from_text(data: bytes) -> bytes:
    try:
        return base64.a85decode(data.strip().removesuffix(b"~>"))
    except ValueError as error:
        raise binascii.Error from error


_UNPACKERS = {
    "/FlateDecode": unpack,
    "/Fl": unpack,
    "/ASCII85Decode": _from_text,
    "/A85": _from_text,
}


def _filters(stream: Stream) -> list[str]:
    found = stream.get(Name.Filter)
    if found is None:
        return []
    if isinstance(found, Array):
        return [str(each) for each in found]
    return [str(found)]


class PageHasher:
    """Hashes the pages of one file; what they share is hashed once."""

    def __init__(self, pdf: Pdf) -> None:
        self._pages = {_spot(page.obj): place for place, page in enumerate(pdf.pages, 1)}
        self._pdf = pdf
        self._known: dict[tuple[int, int], bytes] = {}
        self._open: set[tuple[int, int]] = set()

    def digests(self) -> list[str]:
        """Return the hash of each page, in order, in hexadecimal."""
        return [self._page(page.obj).hex() for page in self._pdf.pages]

    def _page(self, page: Object) -> bytes:
        engine = sha256()
        for key in _SEEN:
            value = _inherited(page, key)
            if value is None:
                continue
            engine.update(key.encode())
            engine.update(self._contents(value) if key == "/Contents" else self._digest(value, 0))
        return engine.digest()

    def _contents(self, value: Any) -> bytes:
        """Hash the strokes of a page, in one stream or in several."""
        parts = list(value) if isinstance(value, Array) else [value]
        engine = sha256()
        for part in parts:
            if isinstance(part, Stream):
                names, data = stream_bytes(part)
                engine.update("".join(names).encode() + data + b"\n")
        return engine.digest()

    def _digest(self, value: Any, depth: int) -> bytes:
        if depth > DEEPEST:
            raise HostileError("too deep")
        spot = _spot(value)
        if spot is None:
            return self._fresh(value, depth)
        if spot in self._pages:
            return b"page %d" % self._pages[spot]
        if spot in self._open:
            return b"loop"
        if spot not in self._known:
            self._open.add(spot)
            self._known[spot] = self._fresh(value, depth)
            self._open.discard(spot)
        return self._known[spot]

    def _fresh(self, value: Any, depth: int) -> bytes:
        engine = sha256()
        if isinstance(value, Stream):
            names, data = stream_bytes(value)
            engine.update(b"stream" + "".join(names).encode() + b"\x00" + data)
            self._add_pairs(engine, value, depth, _PACKING if not names else {"/Length", "/DL"})
        elif isinstance(value, Dictionary):
            engine.update(b"dict")
            self._add_pairs(engine, value, depth, frozenset())
        elif isinstance(value, Array):
            engine.update(b"array")
            for each in value:
                engine.update(self._digest(each, depth + 1))
        else:
            engine.update(_plain(value))
        return engine.digest()

    def _add_pairs(self, engine: Any, value: Any, depth: int, left_out: Any) -> None:
        for key in sorted(value.keys()):
            if key in _UPWARDS or key in left_out:
                continue
            engine.update(key.encode() + b"\x00" + self._digest(value[key], depth + 1))


def _inherited(page: Object, key: str) -> Any:
    """Return a value of a page, or of the nearest node above that has one."""
    node: Any = page
    for _ in range(DEEPEST):
        if node is None or key in node:
            break
        node = node.get(Name.Parent) if key not in {"/Contents", "/Annots"} else None
    return None if node is None else node.get(key)


def _spot(value: Any) -> tuple[int, int] | None:
    if isinstance(value, Object) and value.is_indirect:
        return value.objgen
    return None


def _plain(value: Any) -> bytes:
    if isinstance(value, bool) or value is None:
        return f"plain {value}".encode()
    if isinstance(value, int | float | Decimal):
        return f"number {Decimal(str(value)).normalize():f}".encode()
    if isinstance(value, Name):
        return f"name {value}".encode()
    if isinstance(value, String):
        return b"string " + bytes(value)
    return f"other {pikepdf.Object.unparse(value)!r}".encode() if _is_object(value) else b"other"


def _is_object(value: Any) -> bool:
    return isinstance(value, Object)
