"""The temperatures to judge again after a probe was found wrong."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.hygiene.suspects import Suspect, WrongCheck, suspects_of
from cantine_desktop.hygiene.suspects_sheet import found_words, what_to_do
from cantine_desktop.i18n import celsius, short_day, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role


class SuspectsPane(QWidget):
    """Which temperatures a wrong instrument may have given, and what to do about them.

    Attributes:
        check: The check that found it wrong.

    Signals:
        left: The person is done with it.
    """

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.check: WrongCheck | None = None
        self._found: list[Suspect] = []
        self.title = QLabel()
        self.title.setWordWrap(True)
        set_role(self.title, "h2")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.back = QPushButton(tr("Revenir aux appareils"))
        self.back.clicked.connect(self.left)
        self.print = QPushButton(tr("Imprimer la liste"))
        self.print.clicked.connect(self._print)
        columns = [
            Column(tr("Jour"), 100),
            Column(tr("Quand"), 80),
            Column(tr("Fiche"), 250),
            Column(tr("Sujet"), 330),
            Column(tr("Température"), 110, "right"),
            Column(tr("Instrument"), 120),
        ]
        self.table: LazyTable[int] = LazyTable(
            tr("Températures à revoir"),
            columns,
            self._load,
            self._find,
            empty=EmptyState(tr("Aucune température n’a été notée entre ces deux contrôles.")),
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addWidget(self.print)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        layout.addWidget(self.title)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)

    def present(self, check: WrongCheck) -> None:
        """Show the temperatures of a check."""
        self.check = check
        self.refresh()

    def refresh(self) -> None:
        """Read the temperatures again."""
        if self.check is None:
            return
        with self._desk.book.read() as session:
            self._found = suspects_of(session, self.check)
        count = trn("{n} température à revoir", "{n} températures à revoir", len(self._found))
        self.title.setText(f"{self.check.instrument} — {count}")
        self.words.setText(f"{found_words(self.check)} {what_to_do(self.check)}")
        self.table.refresh()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _find(self, _column: str, _down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        return range(len(self._found))

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_texts(self._found[key]) for key in keys]

    @Slot()
    def _print(self) -> None:
        if self.check is not None:
            self._desk.print_out("suspect-temperatures", Period.month(self.check.found_on))


def _texts(suspect: Suspect) -> Row:
    subject = f"{suspect.subject} ({suspect.what})" if suspect.what else suspect.subject
    named = tr("cet instrument") if suspect.is_named else tr("non noté")
    cells = (
        short_day(suspect.day),
        suspect.when,
        suspect.title,
        subject,
        celsius(suspect.celsius),
        named,
    )
    return Row(cells)
