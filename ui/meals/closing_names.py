"""A list of names and what they gave, where the canteen chose so: one typed line each."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import money, tr
from cantine_desktop.meals.closing.facts import Named
from cantine_desktop.values.money import Money
from ui.kit.sentences import REFUSALS, read_number, refusal
from ui.kit.theme import scaled
from ui.meals.closing_fields import muted


class NamesEdit(QWidget):
    """Type « Odile 12,50 » then Enter; Delete on a line takes it out.

    Signals:
        changed: A line was added or taken out.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.names: tuple[Named, ...] = ()
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Nom et montant"))
        self.line.setPlaceholderText(tr("Odile 12,50 puis Entrée ; un montant seul n’a pas de nom"))
        self.line.returnPressed.connect(self._add)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Contributions notées ; Suppr en retire une"))
        self.list.setFixedHeight(scaled(110))
        self.list.installEventFilter(self)
        self.hint = muted(tr("Les noms s’effacent d’eux-mêmes après le délai choisi."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        for widget in (self.line, self.list, self.hint):
            column.addWidget(widget)

    def present(self, names: Sequence[Named]) -> None:
        """Show a list."""
        self.names = tuple(names)
        self._fill()

    @Slot()
    def _add(self) -> None:
        words = self.line.text().split()
        if not words:
            return
        try:
            amount = Money.from_decimal(read_number(words[-1].rstrip("€"), 2))
            if amount.cents < 0:
                raise UserError(tr("Un montant positif est attendu."))
        except REFUSALS as error:
            self.hint.setText(refusal(error).sentence)
            return
        self.names = (*self.names, Named(" ".join(words[:-1]), amount))
        self.line.clear()
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        self.list.clear()
        for each in self.names:
            self.list.addItem(f"{each.name or tr('sans nom')} · {money(each.amount)}")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Delete
            and (place := self.list.currentRow()) >= 0
        ):
            self.names = self.names[:place] + self.names[place + 1 :]
            self._fill()
            self.changed.emit()
            return True
        return super().eventFilter(watched, event)
