"""Opening a file that may be anything: junk, cut short, or made to exhaust who reads it."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

from cantine_desktop.hygiene.inspection.canonical import (
    LARGEST_STREAM,
    HostileError,
    PageHasher,
    stream_bytes,
)

LARGEST_FILE = 300 << 20
"""Bytes of a file that is looked at; a year with its certificates weighs some 20 million."""

MOST_UNPACKED = 600 << 20
"""Bytes of all the streams of a file together, once unpacked."""

MOST_PAGES = 5000
MOST_FILES = 500

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_NESTED = re.compile(rb"/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode)")
_CHUNK = 1 << 20
_ACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/JavaScript", "/Collection", "/OCProperties")


class NotPdfError(ValueError):
    """It is no PDF at all."""


class DamagedError(ValueError):
    """It was a PDF: its end or its structure is missing."""


@dataclass(frozen=True)
class Contents:
    """What a file holds, as hashes.

    Attributes:
        pages: Hash of each page, in order.
        files: Embedded files by name: their hash.
        kept: The small files that are read: the manifest, its signature, the records.
        active: Keys by which a file may act on its own, or change as it is shown.
        creator: Program the file says it was made by.
    """

    pages: list[str]
    files: dict[str, str]
    kept: dict[str, bytes] = field(default_factory=dict[str, bytes])
    active: tuple[str, ...] = ()
    creator: str = ""


def refuse_other(content: bytes) -> None:
    """Let a whole PDF of a bearable size pass.

    Raises:
        NotPdfError: It does not begin like one.
        DamagedError: It has no end.
        HostileError: It is too large, or would be once unpacked.
    """
    if b"%PDF-" not in content[:1024]:
        raise NotPdfError
    if len(content) > LARGEST_FILE:
        raise HostileError("too large")
    if b"%%EOF" not in content[-2048:]:
        raise DamagedError
    if _NESTED.search(content):
        raise HostileError("packed twice")
    left = MOST_UNPACKED
    for start in (found.end() for found in _STREAM.finditer(content)):
        left -= _unpacked_size(content, start, min(left, LARGEST_STREAM))


def _unpacked_size(content: bytes, start: int, limit: int) -> int:
    """Return what a stream weighs once unpacked, without holding it; zero when it is not packed.

    Raises:
        HostileError: It is larger than a limit.
    """
    if start + 2 > len(content) or content[start] & 0x0F != 8:
        return 0
    if int.from_bytes(content[start : start + 2]) % 31:
        return 0
    size = 0
    for piece in _pieces(content, start):
        size += piece
        if size > limit:
            raise HostileError("too large once unpacked")
    return size


def _pieces(content: bytes, start: int) -> Iterator[int]:
    """Yield the sizes of what is unpacked, piece by piece, until its end or its first fault."""
    engine, place, piece = zlib.decompressobj(), start, b""
    while not engine.eof and (piece or place < len(content)):
        if not piece:
            piece = content[place : place + _CHUNK]
            place += _CHUNK
        try:
            unpacked = engine.decompress(piece, _CHUNK)
        except zlib.error:
            return
        yield len(unpacked)
        piece = engine.unconsumed_tail


def read_contents(content: bytes, wanted: frozenset[str]) -> Contents:
    """Return what a PDF holds, and the embedded files of some names.

    Raises:
        NotPdfError: It does not begin like a PDF.
        DamagedError: It cannot be read as one.
        HostileError: It is made to exhaust who reads it.
    """
    refuse_other(content)
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            return _contents(pdf, wanted)
    except HostileError:
        raise
    except RecursionError as error:
        raise HostileError("too deep") from error
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise DamagedError from error
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError) as error:
        raise DamagedError from error  # structures that no program writes


def _contents(pdf: Pdf, wanted: frozenset[str]) -> Contents:
    if len(pdf.pages) > MOST_PAGES:
        raise HostileError("too many pages")
    hashes, kept = _files(pdf, wanted)
    return Contents(PageHasher(pdf).digests(), hashes, kept, _active(pdf), _creator(pdf))


def _files(pdf: Pdf, wanted: frozenset[str]) -> tuple[dict[str, str], dict[str, bytes]]:
    hashes: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    for name, spec in pdf.attachments.items():
        if len(hashes) >= MOST_FILES:
            raise HostileError("too many files")
        stream = spec.obj.EF.F
        if not isinstance(stream, Stream):
            raise DamagedError
        filters, data = stream_bytes(stream)
        hashes[name] = "" if filters else sha256(data).hexdigest()
        if name in wanted:
            kept[name] = data
    return hashes, kept


def _active(pdf: Pdf) -> tuple[str, ...]:
    names = pdf.Root.get(Name.Names)
    inside = set(names.keys()) if isinstance(names, Dictionary) else set[str]()
    return tuple(key for key in _ACTIVE if key in pdf.Root or key in inside)


def _creator(pdf: Pdf) -> str:
    info = pdf.trailer.get(Name.Info)
    return str(info.get(Name.Creator, "")) if isinstance(info, Dictionary) else ""
