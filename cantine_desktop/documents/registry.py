"""The documents that can be printed, ours and those of plug-ins."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.metadata import entry_points
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.values.period import Period

ENTRY_POINTS = "cantine_desktop.documents"
"""Group under which a third-party package names its documents."""

Write = Callable[[Session, Period, datetime, IO[bytes]], None]
"""Write a document for a period as PDF: session, period, the present instant, target."""


class Cadence(StrEnum):
    """The period a document is made for when nobody says otherwise."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Document:
    """A printable document.

    Attributes:
        key: Name of the document for programs: ``"temperatures-week"``.
        title: French title, marked for translation; ``tr`` it when shown.
        write: Writes the PDF.
        code: Number in the catalogue of documents: ``"D01"``.
        cadence: Period it covers by default.
        area: What its data belong to, for rights.
        sheet: Letter that starts its sheet ids (``"T"`` for ``T-2026-47``); empty for none.
        screen: Key of the screen where a filled sheet is typed back.
    """

    key: str
    title: str
    write: Write
    code: str = ""
    cadence: Cadence = Cadence.WEEK
    area: str = "system"
    sheet: str = ""
    screen: str = ""


def with_plugins(ours: Iterable[Document]) -> dict[str, Document]:
    """Return our documents and the plug-ins', by key; a plug-in may replace ours."""
    theirs = (point.load() for point in entry_points(group=ENTRY_POINTS))
    return {document.key: document for document in (*ours, *theirs)}
