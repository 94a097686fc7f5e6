"""What the bytes of a file say before any line is read: characters, line ends, size, hash."""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from cantine_desktop.finance.fec.faults import Office, Tally
from cantine_desktop.finance.fec.fields import ENCODING
from cantine_desktop.i18n import mark

CHUNK = 1 << 20
LONGEST_LINE = 1 << 16
"""Characters; a longer one is no line of entries."""
DOUBLED = "\r\r\n"
"""What a text file becomes when its line ends are written twice."""
JUNK = 50
"""A file with more than one control character in so many bytes is no text."""

_CONTROLS = bytes(b for b in range(32) if b not in b"\t\r\n") + b"\x7f"
_BUT_CONTROLS = bytes(b for b in range(256) if b not in _CONTROLS)
_BUT_ASCII = bytes(range(128))
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_SAMPLES = 2
"""Chunks looked at closely once a file turns out not to be UTF-8."""
_USUAL = bytes(b for b in range(256) if b != ord('"') and b not in _CONTROLS)
_USUAL_IN_LATIN = bytes(b for b in _USUAL if not 0x80 <= b <= 0x9F)
_ODD_LETTER = re.compile(r"[\x80-\x9f\u2028\u2029\ufffd]")
_ANY_END = re.compile(r"\r\n|\r|\n")


@dataclass
class Raw:
    """A file as bytes.

    Attributes:
        encoding: To decode it with; empty when it is no text.
        line_end: The one most lines have.
        is_mixed: Other line ends stand in it too.
        is_utf8: As opposed to ISO 8859-15.
    """

    size: int = 0
    sha256: str = ""
    encoding: str = ""
    line_end: str = ""
    is_mixed: bool = False
    is_utf8: bool = True
    has_mark: bool = False
    head: bytes = b""
    controls: int = 0
    nulls: int = 0
    high: int = 0
    multibyte: int = 0
    sampled: int = 0
    doubled: int = 0


def scan(source: IO[bytes], tally: Tally) -> Raw:
    """Read all bytes once, without keeping them, and judge them.

    Args:
        source: The file; it is read from its start.
        tally: Where faults go.

    Returns:
        What was seen; its ``encoding`` is empty when the file is no text.
    """
    source.seek(0)
    raw = Raw()
    ends = {"\r\n": 0, "\n": 0, "\r": 0}
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    after_return = False
    while chunk := source.read(CHUNK):
        raw.head = raw.head or chunk[:4096]
        raw.size += len(chunk)
        digest.update(chunk)
        _count_ends(raw, ends, chunk, after_return=after_return)
        after_return = chunk.endswith(b"\r")
        raw.is_utf8 = raw.is_utf8 and _decodes(decoder, chunk)
        _count_bytes(raw, chunk)
    raw.is_utf8 = raw.is_utf8 and _decodes(decoder, b"", final=True)
    raw.sha256 = digest.hexdigest()
    raw.line_end = max(ends, key=lambda end: ends[end]) if any(ends.values()) else ""
    raw.is_mixed = sum(1 for count in ends.values() if count) > 1
    if raw.doubled and ends["\r\n"] - raw.doubled <= 1 and ends["\r"] - raw.doubled <= 1:
        raw.line_end, raw.is_mixed = DOUBLED, False
    _judge(raw, tally)
    return raw


def _count_ends(raw: Raw, ends: dict[str, int], chunk: bytes, *, after_return: bool) -> None:
    pairs, feeds, returns = chunk.count(b"\r\n"), chunk.count(b"\n"), chunk.count(b"\r")
    if after_return and chunk.startswith(b"\n"):
        pairs += 1
        ends["\r"] -= 1
    raw.doubled += chunk.count(b"\r\r\n")
    ends["\r\n"] += pairs
    ends["\n"] += feeds - pairs
    ends["\r"] += returns - chunk.count(b"\r\n")


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final=final)
    except UnicodeDecodeError:
        return False
    return True


def _count_bytes(raw: Raw, chunk: bytes) -> None:
    controls = chunk.translate(None, _BUT_CONTROLS)
    raw.controls += len(controls)
    raw.nulls += controls.count(0)
    if raw.is_utf8:
        return
    if raw.sampled >= _SAMPLES:
        return
    raw.sampled += 1
    raw.high += len(chunk.translate(None, _BUT_ASCII))
    raw.multibyte += sum(map(len, _MULTIBYTE.findall(chunk)))


def _judge(raw: Raw, tally: Tally) -> None:
    raw.has_mark = raw.head.startswith(codecs.BOM_UTF8)
    if not raw.size or (raw.has_mark and raw.size == len(codecs.BOM_UTF8)):
        tally.add("F09", 0, "", mark("Ce fichier ne contient rien."))
        tally.worsen(Office.STOPPED)
        return
    if _is_utf16(raw):
        words = mark("Ce fichier est en UTF-16 : un octet sur deux est nul.")
        tally.add("F12", 0, "", words, office=True)
        return
    if raw.controls * JUNK > raw.size:
        code = "F12" if raw.nulls else "F04"
        tally.add(code, 0, "", mark("Ce fichier n’est pas un texte."), office=True)
        return
    if raw.has_mark:
        tally.add("F05", 1, "", mark("Le fichier commence par une marque d’ordre des octets."))
    raw.encoding = "utf-8-sig" if raw.is_utf8 else ENCODING
    if not raw.is_utf8 and raw.multibyte * 2 > raw.high:
        raw.encoding = "utf-8-sig"
        tally.add("F04", 0, "", mark("Ce fichier mélange de l’UTF-8 et d’autres caractères."))


def _is_utf16(raw: Raw) -> bool:
    if raw.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return max(raw.head[::2].count(0), raw.head[1::2].count(0)) * 4 > len(raw.head)


def blocks_of(source: IO[bytes], raw: Raw) -> Iterator[tuple[list[str], bool]]:
    """Return the file as blocks of whole lines, without ends, and whether to look closely.

    A block to look at closely holds quotes or control characters. A line that is out of all
    measure ends the reading: its beginning is the last line given.
    """
    source.seek(0)
    decoder = codecs.getincrementaldecoder(raw.encoding)(errors="replace")
    rest, odd, ended = "", False, False
    while not ended:
        chunk = source.read(CHUNK)
        ended = not chunk
        decoded = decoder.decode(chunk, final=ended)
        odd = odd or _is_odd(raw, chunk, decoded)
        text = rest + decoded
        held = "\r" * (len(text) - len(text.rstrip("\r"))) if not ended else ""
        text = text.removesuffix(held)
        lines = _ANY_END.split(text) if raw.is_mixed else text.split(raw.line_end or "\n")
        rest = lines.pop() + held
        if lines:
            yield lines, odd
            odd = odd and bool(rest)
        if len(rest) > LONGEST_LINE:
            break
    if rest:
        yield [rest[:LONGEST_LINE]], True


def _is_odd(raw: Raw, chunk: bytes, text: str) -> bool:
    """Tell whether a piece holds quotes or control characters."""
    if raw.encoding == ENCODING:
        return bool(chunk.translate(None, _USUAL_IN_LATIN))
    if chunk.translate(None, _USUAL):
        return True
    return not chunk.isascii() and _ODD_LETTER.search(text) is not None


def stray_ends(source: IO[bytes], raw: Raw) -> Iterator[int]:
    """Return the numbers of the lines that end otherwise than most."""
    source.seek(0)
    pattern = re.compile(rb"\r\n|\r|\n")
    usual = raw.line_end.encode()
    line, rest = 1, b""
    while chunk := source.read(CHUNK):
        chunk = rest + chunk
        rest = b"\r" if chunk.endswith(b"\r") else b""
        for found in pattern.finditer(chunk, 0, len(chunk) - len(rest)):
            if found[0] != usual:
                yield line
            line += 1
    if rest and rest != usual:
        yield line
