"""From what is dropped to the files that are pieces: archives and mails are opened."""

import io
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.archives import read_zip
from cantine_desktop.finance.pieces.reading_mail import read_mail
from cantine_desktop.i18n import tr

KINDS = (
    (b"%PDF", "pdf", "application/pdf"),
    (b"\xff\xd8\xff", "image", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image", "image/png"),
    (b"II*\x00", "image", "image/tiff"),
    (b"MM\x00*", "image", "image/tiff"),
    (b"GIF8", "image", "image/gif"),
)
"""First bytes of a file, what it is, and its media type."""

_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypmsf1", b"ftypavif")
_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_STARTS = (b"<?xml", b"<", b"\xef\xbb\xbf<")
_DEEPEST = 3
_HIDDEN = ("__MACOSX", "Thumbs.db", ".DS_Store", "desktop.ini")


class Unpacked(NamedTuple):
    """A file that may be a piece.

    Attributes:
        form: ``"pdf"``, ``"image"``, ``"xml"``, ``"mail"``.
        source: What it came in, in words, or empty.
    """

    name: str
    content: bytes
    form: str
    media_type: str
    source: str = ""


def unpack(name: str, content: bytes, source: str = "", depth: int = 0) -> Iterator[Unpacked]:
    """Return the files of what was dropped: itself, or what an archive or a mail carries.

    Raises:
        UserError: It is nothing that can be a piece, damaged, or out of measure.
    """
    if not content:
        raise UserError(tr("« {name} » est vide.").format(name=name))
    if depth > _DEEPEST:
        raise UserError(tr("« {name} » emboîte trop d’archives.").format(name=name))
    suffix = PurePosixPath(name.lower()).suffix
    if content.startswith(_OUTLOOK):
        raise UserError(_outlook(name, suffix))
    if content.startswith(b"PK\x03\x04"):
        yield from _from_zip(name, content, suffix, depth)
        return
    if suffix == ".eml":
        yield from _from_mail(name, content, depth)
        return
    yield _single(name, content, source)


def _single(name: str, content: bytes, source: str) -> Unpacked:
    head = content[:1024].lstrip()
    for start, form, media_type in KINDS:
        if head.startswith(start) or content.startswith(start):
            return Unpacked(name, content, form, media_type, source)
    if content[4:12] in _HEIC:
        return Unpacked(name, content, "image", "image/heic", source)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Unpacked(name, content, "image", "image/webp", source)
    if head.startswith(_XML_STARTS) and not head[:200].lower().startswith((
        b"<!doctype html",
        b"<html",
    )):
        return Unpacked(name, content, "xml", "application/xml", source)
    raise UserError(
        tr(
            "« {name} » n’est ni un PDF, ni une photo, ni une facture électronique, "
            "ni un courriel : enregistrez-le en PDF, puis déposez-le."
        ).format(name=name)
    )


def _outlook(name: str, suffix: str) -> str:
    if suffix == ".msg":
        text = tr(
            "« {file} » est un courriel d’Outlook (.msg), qui ne se lit que dans Outlook : "
            "glissez-en les pièces jointes, ou enregistrez-le au format .eml."
        )
    else:
        text = tr(
            "« {file} » est un ancien document de bureau : enregistrez-le en PDF, puis déposez-le."
        )
    return text.format(file=name)


def _from_zip(name: str, content: bytes, suffix: str, depth: int) -> Iterator[Unpacked]:
    files = read_zip(io.BytesIO(content))
    if "[Content_Types].xml" in files or "mimetype" in files or suffix in {".docx", ".xlsx"}:
        text = tr("« {file} » est un document de bureau : enregistrez-le en PDF, puis déposez-le.")
        raise UserError(text.format(file=name))
    source = tr("Archive {name}").format(name=name)
    for path, inside in files.items():
        short = PurePosixPath(path).name
        if inside and not any(part in path for part in _HIDDEN):
            yield from unpack(short, inside, source, depth + 1)


def _from_mail(name: str, content: bytes, depth: int) -> Iterator[Unpacked]:
    mail = read_mail(content)
    taken = 0
    for short, inside in mail.files:
        try:
            found = list(unpack(short, inside, mail.source, depth + 1))
        except UserError:
            continue  # a signature, a calendar: the mail itself stays when nothing else is there
        for each in found:
            taken += 1
            yield each._replace(source=mail.source)
    if not taken:
        yield Unpacked(name, content, "mail", "message/rfc822", mail.source)
