"""From the bytes of a text file to its text, whatever program wrote it."""

import codecs
from typing import IO

from cantine_desktop.exchange.problems import UnreadableError, whole_file
from cantine_desktop.i18n import tr

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes; ten years of readings take less."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v") | {"\x7f"}


def read_limited(source: IO[bytes], limit: int = LARGEST_FILE) -> bytes:
    """Read a whole file, unless it holds more bytes than a limit.

    Raises:
        UnreadableError: It is empty or too large.
    """
    content = source.read(limit + 1)
    if len(content) > limit:
        raise UnreadableError(
            whole_file(
                tr("Ce fichier dépasse {size} Mo : coupez-le en plusieurs.").format(
                    size=limit // (1024 * 1024)
                )
            )
        )
    if not content.strip():
        raise UnreadableError(whole_file(tr("Ce fichier est vide.")))
    return content


def decode_text(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1252.

    Raises:
        UnreadableError: It is no text.
    """
    if content.startswith(_WORKBOOKS):
        raise UnreadableError(
            whole_file(
                tr(
                    "Ceci est un classeur, pas un fichier CSV."
                    " Ouvrez-le dans votre tableur et enregistrez-le au format CSV."
                )
            )
        )
    if content.startswith(b"%PDF"):
        raise UnreadableError(
            whole_file(tr("Ceci est un PDF ; demandez le même document au format CSV."))
        )
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.isdisjoint(text):
            return text
    raise UnreadableError(whole_file(tr("Ce fichier ne contient pas du texte lisible.")))


def _candidates(content: bytes) -> tuple[str, ...]:
    """Return the encodings to try, the most likely first."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return (encoding,)
    head = content[:1000]
    if head[1::2].count(0) > len(head) // 4:
        return ("utf-16-le",)
    if head[::2].count(0) > len(head) // 4:
        return ("utf-16-be",)
    return ("utf-8", "cp1252")
