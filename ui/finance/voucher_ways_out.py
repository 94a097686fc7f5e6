"""What is done about something spent without a piece: joined, asked for, declared lost."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.pieces import absences
from cantine_desktop.finance.pieces.queries import MissingRow
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.finance import voucher_deeds as deeds
from ui.finance.voucher_missing import MissingPane
from ui.kit.dialogs import ask_text

Write = Callable[[str, Callable[[Session], object], str], None]
"""Writes as one undo step: its label, what it does, what to tell afterwards."""


class WaysOut(QObject):
    """Answers the buttons of the pane of what is missing."""

    def __init__(
        self, desk: Desk, pane: MissingPane, spent: Callable[[], MissingRow | None], write: Write
    ) -> None:
        """Listen to a pane.

        Args:
            desk: The working context.
            pane: Where the buttons stand.
            spent: Returns what is chosen.
            write: Writes one undo step.
        """
        super().__init__(pane)
        self._desk, self._pane, self._spent, self._write = desk, pane, spent, write
        pane.joined.connect(self._join)
        pane.asked.connect(self._ask)
        pane.lost.connect(self._lose)
        pane.taken_back.connect(self._take_back)

    @Slot(int)
    def _join(self, piece_id: int) -> None:
        if (row := self._spent()) is not None:
            self._write(tr("Pièce liée"), partial(deeds.join, piece_id, row), tr("Pièce liée."))

    @Slot()
    def _ask(self) -> None:
        row = self._spent()
        if row is None:
            return
        with self._desk.book.read() as session:
            QGuiApplication.clipboard().setText(absences.request_letter(session, row))
        today = civil_date(self._desk.book.clock())
        done = tr("Demande copiée : collez-la dans un message.")
        self._write(tr("Pièce demandée"), partial(deeds.note_asked, row, today), done)

    @Slot()
    def _lose(self) -> None:
        row = self._spent()
        if row is None:
            return
        text = tr("Dites pourquoi, et ce qui atteste la dépense à la place.")
        title = tr("Déclarer la pièce perdue")
        reason = ask_text(self._pane, title, text, tr("Déclarer perdue"))
        if reason is not None:
            day, by = civil_date(self._desk.book.clock()), self._desk.book.actor.name
            write = partial(deeds.declare_lost, row, reason, by, day)
            self._write(tr("Pièce déclarée perdue"), write, tr("Déclarée perdue."))
            self._pane.choose.setFocus()  # Enter again would take it back

    @Slot()
    def _take_back(self) -> None:
        if (row := self._spent()) is not None:
            label = tr("Pièce attendue")
            self._write(label, partial(deeds.take_back, row), f"{label}.")
