"""The text of a bank file, and the lines its remarks point to."""

import html
import re
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from cantine_desktop.exchange.decoding import LARGEST_FILE
from cantine_desktop.exchange.problems import UnreadableError, whole_file
from cantine_desktop.i18n import tr

LONGEST_LABEL = 300
LONGEST_DETAILS = 2000
_BOMS = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))


def require_size(content: bytes) -> None:
    """Let a file of a reasonable size pass.

    Raises:
        UnreadableError: It is empty, or larger than ``LARGEST_FILE``.
    """
    if len(content) > LARGEST_FILE:
        size = LARGEST_FILE // (1024 * 1024)
        raise UnreadableError(
            whole_file(
                tr(
                    "Ce fichier dépasse {size} Mo : demandez à la banque une période plus courte."
                ).format(size=size)
            )
        )
    if not content.strip(b" \t\r\n\0"):
        raise UnreadableError(whole_file(tr("Ce fichier est vide.")))


def decode(content: bytes, declared: str = "") -> str:
    """Return the text of a file: UTF-8 when it is, then what it declares, then Windows-1252.

    Banks declare one encoding and write another: what decodes strictly is believed first.

    Raises:
        UnreadableError: It is no text.
    """
    for encoding in _candidates(content, declared):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if text.count("\0") <= len(text) // 1000:
            return _once(text.replace("\0", " ").removeprefix("\ufeff"))
    raise UnreadableError(whole_file(tr("Ce fichier ne contient pas du texte lisible.")))


_SECOND = r"[\x80-\xbf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
_TWICE = re.compile(rf"[ÂÃÅ]{_SECOND}|â{_SECOND}{_SECOND}")


def _once(text: str) -> str:
    """Return a text that was encoded twice (``DÃ©bit``) as it was before the second time."""
    return _TWICE.sub(_decoded, text) if "Ã" in text else text


def _decoded(found: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte, found[0])).decode()
    except UnicodeError:
        return found[0]


def _byte(letter: str) -> bytes:
    return letter.encode("latin-1" if letter < "\u0100" else "cp1252")


def _candidates(content: bytes, declared: str) -> tuple[str, ...]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return (encoding, "cp1252", "latin-1")
    head = content[:1000]
    if head[1::2].count(0) > len(head) // 4:
        return ("utf-16-le",)
    if head[::2].count(0) > len(head) // 4:
        return ("utf-16-be",)
    return ("utf-8", *((declared,) if declared else ()), _of_one_byte(content), "latin-1")


_LETTERS = frozenset("éèàêçùôîïâûëœÉÈÀÊÇÔÎäöüÄÖÜßñóáíúìò€°’« »–…\xa0")


def _of_one_byte(content: bytes) -> str:
    """Return the encoding of one byte a sign in which a text has most letters of words."""
    high = bytes(each for each in content[:200_000] if each >= 0x80)[:2000]

    def score(encoding: str) -> int:
        text = high.decode(encoding, "replace")
        return sum(1 if each in _LETTERS else -1 for each in text)

    return max(("cp1252", "iso-8859-15", "mac_roman", "cp850"), key=score)


def plain(text: str, longest: int = LONGEST_LABEL) -> str:
    """Return a text on one line, without what cannot be shown, entities resolved once."""
    found = html.unescape(text) if "&" in text else text
    if not found.isprintable():
        found = "".join(each if each.isprintable() else " " for each in found)
    return " ".join(found.split())[:longest]


class Places:
    """Tells the line of a text, from 1, that holds one of its letters."""

    def __init__(self, text: str) -> None:
        self._ends: list[int] = []
        start = text.find("\n")
        while start >= 0:
            self._ends.append(start)
            start = text.find("\n", start + 1)

    def line(self, offset: int) -> int:
        """Return the line that holds the letter at an offset."""
        return bisect_right(self._ends, offset - 1) + 1
