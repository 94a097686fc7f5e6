"""Files dropped on a line of the bank: they become pieces, joined to that line."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Slot

from cantine_desktop.finance.matching.queries import BankRow
from cantine_desktop.finance.pieces.queries import MissingRow
from ui.finance.voucher_intake import VoucherIntake
from ui.kit.files import SelectiveDrop
from ui.kit.notice import Notice
from ui.kit.table import LazyTable
from ui.screen import Screen

SUFFIXES = "pdf jpg jpeg png heic heif webp tif tiff eml msg"
"""Ends of the names of proofs; statements (``csv ofx xml zip``…) go on to the window."""


class BankDrop(QObject):
    """Takes proofs let go on a line; beside the lines, they are kept as pieces that wait.

    Attributes:
        intake: Reads the files.
        drop: What watches the screen.
    """

    def __init__(
        self,
        screen: Screen,
        table: LazyTable[int],
        find: Callable[[int], BankRow | None],
        notice: Notice,
    ) -> None:
        """Watch the screen of the bank.

        Args:
            screen: Where files may be dropped.
            table: The lines, by key.
            find: Returns a line by its key.
            notice: Where refusals are said.
        """
        super().__init__(screen)
        self._screen = screen
        self._table = table
        self._find = find
        self._line: BankRow | None = None
        self._may = screen.desk.may_write("finance")
        self.intake = VoucherIntake(screen.desk, notice, screen)
        self.drop = SelectiveDrop(screen, [(SUFFIXES, self.take)])
        self.drop.aimed.connect(self._aim)

    @Slot(QPoint)
    def _aim(self, place: QPoint) -> None:
        """Find the line that files are let go on, and make it current."""
        viewport = self._table.view.viewport()
        index = self._table.view.indexAt(viewport.mapFrom(self._screen, place))
        self._line = None
        if index.isValid():
            key = self._table.model.keys[index.row()]
            self._table.go_to(key)
            self._line = self._find(key)

    def take(self, files: list[Path]) -> None:
        """Keep files as pieces, joined to the line they were let go on."""
        line, self._line = self._line, None
        if self._may and files:
            self.intake.take(files, None if line is None else _spent(line))


def _spent(line: BankRow) -> MissingRow:
    """Return a line as what a piece proves: its entry once it is matched, itself before."""
    return MissingRow(
        line.day,
        line.label,
        "",
        None,
        -line.amount,
        line.reference,
        entry_id=line.entry_id,
        bank_line_id=None if line.entry_id is not None else line.id,
    )
