"""Something spent without a piece, and the ways out: join, ask, declare lost."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from cantine_desktop.finance.pieces.listing import PieceRow
from cantine_desktop.finance.pieces.queries import MissingRow
from cantine_desktop.i18n import long_day, money, short_day, tr
from ui.finance.buttons import button
from ui.finance.fact_fields import short_box
from ui.kit.flow import FlowLayout
from ui.kit.labels import wrapped
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role


class MissingPane(QFrame):
    """The detail of something spent.

    Signals:
        file_wanted: A file is to be chosen and joined.
        joined: A piece that is there already is to be joined (its key, ``int``).
        asked: The mail that asks for it is to be copied.
        lost: It is to be declared lost.
        taken_back: It is waited for again.
        entry_wanted: Its entry is to be shown.
    """

    file_wanted = Signal()
    joined = Signal(int)
    asked = Signal()
    lost = Signal()
    taken_back = Signal()
    entry_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: MissingRow | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        set_role(self, "page")
        self.title_line = wrapped(role="h2")
        self.facts = wrapped(role="muted")
        self.error = Notice()
        self.hint = QLabel(tr("Déposez ici la facture ou la photo du ticket, ou :"))
        self.hint.setWordWrap(True)
        self.choose = button(tr("Joindre un fichier…"), "primary")
        self.there = short_box()
        self.there.setAccessibleName(tr("Pièce déjà déposée"))
        self.join = button(tr("Joindre cette pièce"))
        self.ask = button(tr("Copier la demande"))
        self.ask.setToolTip(tr("Un message au fournisseur, prêt à coller"))
        self.lose = button(tr("Déclarer perdue…"))
        self.show_entry = button(tr("Montrer l’écriture"))
        self._connect()
        self._lay_out()

    def present(self, row: MissingRow, waiting: Sequence[PieceRow], *, writable: bool) -> None:
        """Show something spent, and the pieces that wait for theirs."""
        self._row = row
        self.title_line.setText(f"{row.party or row.label} · {money(row.amount)}")
        self.facts.setText(_told(row))
        self.error.clear()
        self.there.clear()
        same = [each for each in waiting if each.total is not None and each.total == row.amount]
        for each in [*same, *(other for other in waiting if other not in same)]:
            self.there.addItem(_named(each), each.key)
        has_some = bool(waiting) and writable
        self.there.setVisible(has_some)
        self.join.setVisible(has_some)
        for each_button in (self.choose, self.ask, self.lose, self.hint):
            each_button.setVisible(writable)
        self.lose.setText(tr("Attendre de nouveau") if row.lost_reason else tr("Déclarer perdue…"))
        self.show_entry.setVisible(row.entry_id is not None)

    def complain(self, sentence: str) -> None:
        """Say why something could not be done."""
        self.error.tell("bad", sentence)

    def _connect(self) -> None:
        self.choose.clicked.connect(self.file_wanted)
        self.join.clicked.connect(self._on_join)
        self.ask.clicked.connect(self.asked)
        self.lose.clicked.connect(self._on_lose)
        self.show_entry.clicked.connect(self._on_entry)

    @Slot()
    def _on_join(self) -> None:
        key = self.there.currentData()
        if key is not None:
            self.joined.emit(key)

    @Slot()
    def _on_lose(self) -> None:
        if self._row is not None and self._row.lost_reason:
            self.taken_back.emit()
        else:
            self.lost.emit()

    @Slot()
    def _on_entry(self) -> None:
        if self._row is not None and self._row.entry_id is not None:
            self.entry_wanted.emit(self._row.entry_id)

    def _lay_out(self) -> None:
        ways = QWidget()
        flow = FlowLayout(scaled(8), ways)
        for each in (self.choose, self.ask, self.lose, self.show_entry):
            flow.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(10))
        for widget in (self.title_line, self.facts, self.error, self.hint, ways, self.there):
            column.addWidget(widget)
        column.addWidget(self.join, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)


def _named(row: PieceRow) -> str:
    amount = f", {money(row.total)}" if row.total is not None else ""
    return f"{row.number} · {row.supplier or row.name}{amount}"


def _told(row: MissingRow) -> str:
    lines = [f"{row.label}, {long_day(row.day)}"]
    if row.reference:
        lines.append(tr("Référence : {reference}").format(reference=row.reference))
    if row.entry_id is None:
        lines.append(tr("Ligne de banque qui n’a pas encore son écriture."))
    if row.asked_on is not None:
        lines.append(tr("Pièce demandée le {day}.").format(day=short_day(row.asked_on)))
    if row.lost_reason:
        lines.append(tr("Déclarée perdue : {reason}").format(reason=row.lost_reason))
    return "\n".join(lines)
