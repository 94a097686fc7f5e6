"""The paper of a sheet beside its grid: photos and scans joined, shown, taken off."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.registers.scans import attach_scan, detach_scan, scans_of
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.hygiene.scan_pane import SUFFIXES, ScanPane
from ui.kit.files import Folders, SelectiveDrop, ask_open


class PaperSide(QSplitter):
    """A grid, and at its right the paper it was typed from.

    Signals:
        counted: How many files are joined (``int``).
        shown: The paper is shown, or hidden (``bool``).
    """

    counted = Signal(int)
    shown = Signal(bool)

    def __init__(self, desk: Desk, screen: QWidget, grid: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._desk = desk
        self._grid = grid
        self._may_write = desk.may_write("hygiene")
        self._sheet: tuple[str, date] = ("", date.min)
        self.pane = ScanPane(desk)
        self.pane.hide()
        self.setChildrenCollapsible(False)
        self.addWidget(grid)
        self.addWidget(self.pane)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self._drop = SelectiveDrop(screen, ((SUFFIXES, self.attach),))
        self.pane.wanted.connect(self.choose)
        self.pane.unwanted.connect(self._detach)
        self.pane.closed.connect(self.toggle)

    def read(self, session: Session, key: str, day: date) -> None:
        """Read what is joined to the sheet of the week that holds a day."""
        self._sheet = key, day
        rows = scans_of(session, key, day)
        self.pane.show_scans(rows, may_write=self._may_write)
        self.counted.emit(len(rows))

    @Slot()
    def toggle(self) -> None:
        """Show the paper, or hide it."""
        self.show_paper(self.pane.isHidden())

    @Slot(bool)
    def show_paper(self, shown: bool) -> None:  # noqa: FBT001  -- a slot's argument
        """Show the paper, or hide it."""
        self.pane.setVisible(shown)
        if shown:
            self.pane.wake()
        else:
            self._grid.setFocus()
        self.shown.emit(shown)

    @Slot()
    def choose(self) -> None:
        """Ask which photo or PDF shows this sheet."""
        kinds = ((tr("Photos et PDF"), "*.pdf *.jpg *.jpeg *.png"),)
        folders = Folders(self._desk.settings.folders)
        title = tr("Joindre le papier de la fiche")
        found = ask_open(self.window(), folders, "scan", title, kinds)
        if found is not None:
            self.attach([found])

    def attach(self, files: Sequence[Path]) -> None:
        """Join files to the sheet, and show the last one beside it."""
        if not self._may_write:
            return
        key, day = self._sheet
        for file in files:
            try:
                with self._desk.book.action(tr("Papier joint à la fiche")) as session:
                    now = self._desk.book.clock()
                    attach_scan(session, key, day, file.read_bytes(), file.name, now)
            except (UserError, OSError) as error:
                self._desk.tell(str(error))
                return
        self.show_paper(True)
        self._desk.tell(tr("Papier joint à la fiche."), undo=True)

    @Slot(int)
    def _detach(self, scan_id: int) -> None:
        with self._desk.book.action(tr("Papier retiré de la fiche")) as session:
            detach_scan(session, scan_id)
        self._desk.tell(tr("Papier retiré de la fiche."), undo=True)
