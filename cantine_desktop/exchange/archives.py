"""Reading ZIP files written by strangers: nothing outside, nothing endless."""

import zlib
from lzma import LZMAError
from pathlib import PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.i18n import tr

MOST_FILES = 2000
LARGEST_CONTENT = 200 * 1024 * 1024
LARGEST_RATIO = 200
_SMALL = 1024 * 1024
_DAMAGES = (BadZipFile, EOFError, LZMAError, NotImplementedError, OSError, ValueError, zlib.error)


def read_zip(source: IO[bytes]) -> dict[str, bytes]:
    """Return the content of each file of a ZIP, by its path inside.

    Sizes are checked on what comes out, not on what the ZIP says of itself.

    Raises:
        UnreadableError: It is no ZIP, is damaged or ciphered, swells out of
            measure, or names a file outside of itself.
    """
    damaged = tr("ce fichier ZIP est abîmé")
    try:
        with ZipFile(source) as archive:
            wanted = [info for info in archive.infolist() if not info.filename.endswith("/")]
            if len(wanted) > MOST_FILES:
                raise UnreadableError(whole_file(tr("ce fichier ZIP contient trop de fichiers")))
            return _read_all(archive, wanted)
    except _DAMAGES as error:
        raise UnreadableError(whole_file(damaged)) from error


def _read_all(archive: ZipFile, wanted: list[ZipInfo]) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    left = LARGEST_CONTENT
    for info in wanted:
        name = _safe_name(info)
        if info.flag_bits & 1:
            raise UnreadableError(Problem(0, name, tr("ce fichier est protégé")))
        limit = min(left, max(_SMALL, info.compress_size * LARGEST_RATIO))
        with archive.open(info) as opened:
            content = opened.read(limit + 1)
        if len(content) > limit:
            raise UnreadableError(Problem(0, name, tr("ce fichier est démesuré")))
        left -= len(content)
        contents[name] = content
    return contents


def _safe_name(info: ZipInfo) -> str:
    """Return a path that stays inside, with ``/`` between its folders.

    Raises:
        UnreadableError: It would leave.
    """
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in info.filename or not path.parts:
        raise UnreadableError(whole_file(tr("ce fichier ZIP désigne un fichier hors de lui-même")))
    return str(path)
