"""A purchases file as rows of text, whatever it was saved as."""

import codecs
import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from cantine_desktop.exchange.archives import read_zip
from cantine_desktop.exchange.decoding import decode_text
from cantine_desktop.exchange.problems import UnreadableError, whole_file
from cantine_desktop.i18n import tr
from cantine_desktop.supply.egalim.layout import LARGEST

DELIMITERS = (";", "\t", ",")
WORKBOOK = b"PK\x03\x04"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
"""What the first entry of an ODS says, never compressed."""


def read_rows(content: bytes) -> list[list[str]]:
    """Return the rows of a file, the heading first.

    Args:
        content: CSV in Unicode with ``,`` ``;`` or tabs, or a workbook (XLSX).

    Raises:
        UnreadableError: It is too large, damaged, neither, or in a form the platform refuses.
    """
    if len(content) > LARGEST:
        raise UnreadableError(whole_file(tr("La plateforme refuse plus de 10 Mo.")))
    if content.startswith(WORKBOOK):
        if OPEN_DOCUMENT in content[:100]:
            raise UnreadableError(
                whole_file(tr("La plateforme ne lit pas les ODS : enregistrez en XLSX ou en CSV."))
            )
        return _trimmed(_workbook(content))
    text = decode_text(content)
    if not _is_unicode(content):
        raise UnreadableError(
            whole_file(
                tr("La plateforme lirait mal les accents : enregistrez ce fichier en UTF-8.")
            )
        )
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableError(whole_file(tr("Ce fichier CSV est abîmé."))) from error


def _is_unicode(content: bytes) -> bool:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _workbook(content: bytes) -> list[list[str]]:
    read_zip(io.BytesIO(content))  # refuses what would swell out of measure
    from python_calamine import (  # noqa: PLC0415  -- only once a workbook is read
        CalamineError,
        CalamineWorkbook,
    )

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [[_text(value) for value in row] for row in sheet.to_python()]
    except CalamineError as error:
        raise UnreadableError(whole_file(tr("Ce classeur est abîmé."))) from error


def _trimmed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return rows without the empty columns a workbook ends with."""
    width = max((len(row) - _empty_end(row) for row in rows), default=0)
    return [[*row[:width], *[""] * (width - len(row))] for row in rows]


def _empty_end(row: Sequence[str]) -> int:
    return next((rank for rank, cell in enumerate(reversed(row)) if cell), len(row))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "OUI" if value else ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        exact = Decimal(str(value))
        whole = exact == exact.to_integral_value()
        return str(int(exact)) if whole else str(exact)
    return str(value)
