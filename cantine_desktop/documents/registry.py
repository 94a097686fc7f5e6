"""The documents that can be printed, ours and those of plug-ins."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.metadata import EntryPoint
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop import plugins
from cantine_desktop.i18n import tr
from cantine_desktop.plugins import Plugins
from cantine_desktop.storage.book import Book
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
        sheet: Letter that starts its sheet ids (``"T"`` for ``T-2026-S47``); empty for none.
        screen: Key of the screen where a filled sheet is typed back.
        prepare: Makes, once, what the document needs in the book; called outside any session.
        replaces: Whether a plug-in means to take the place of a document of the same key.
        form: French words around the title, marked: ``"{title}, à remplir"``; empty for none.
    """

    key: str
    title: str
    write: Write
    code: str = ""
    cadence: Cadence = Cadence.WEEK
    area: str = "system"
    sheet: str = ""
    screen: str = ""
    prepare: Callable[[Book], None] | None = None
    replaces: bool = False
    form: str = ""

    @property
    def name(self) -> str:
        """The title in the language in use, with the words around it."""
        title = tr(self.title)
        return tr(self.form).format(title=title) if self.form else title


def gather(
    ours: Iterable[Document], points: Iterable[EntryPoint] | None = None
) -> Plugins[Document]:
    """Return our documents and the plug-ins', and why a plug-in's is missing.

    Args:
        ours: What the application prints itself.
        points: Entry points to use instead of the installed ones.
    """
    return plugins.gather(ENTRY_POINTS, Document, ours, points)
