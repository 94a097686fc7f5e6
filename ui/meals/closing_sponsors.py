"""Meals that somebody else pays for, payer after payer, and those the canteen offers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from cantine_desktop.i18n import tr
from cantine_desktop.meals.closing.facts import Sponsored
from ui.kit.fields import MoneyEdit, TextEdit
from ui.kit.theme import scaled
from ui.meals.closing_fields import CountEdit, beside


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.count = CountEdit(tr("Repas pris en charge"), 44)
        self.payer = TextEdit(tr("Payés par"), longest=80)
        self.payer.line.setPlaceholderText(tr("association, entreprise…"))
        self.amount = MoneyEdit(tr("Montant à leur demander"))
        self.amount.line.setPlaceholderText(tr("à facturer"))
        self.amount.setFixedWidth(scaled(104))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(6))
        row.addWidget(beside(tr("Pris en charge"), self.count))
        row.addWidget(self.payer, 1)
        row.addWidget(self.amount)

    @property
    def told(self) -> Sponsored | None:
        count = self.count.value
        if not count:
            return None
        return Sponsored(self.payer.line.text().strip(), count, self.amount.value)

    def present(self, told: Sponsored | None) -> None:
        self.count.set_value(told.count if told else None)
        self.payer.set_value(told.payer if told else None)
        self.amount.set_value(told.amount if told else None)


class SponsorLines(QWidget):
    """A line for each payer; a button adds one.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[_Line] = []
        self._payers: tuple[str, ...] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(scaled(4))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(scaled(6))
        whole.addLayout(self._column, 1)
        self._add()
        top = Qt.AlignmentFlag.AlignTop
        self.more = QToolButton()
        self.more.setText("+")
        self.more.setAccessibleName(tr("Autre payeur"))
        self.more.setToolTip(tr("Autre payeur"))
        self.more.clicked.connect(self._more)
        self.offered = CountEdit(tr("Repas offerts par la cantine"), 44)
        self.offered.textEdited.connect(self.changed)
        whole.addWidget(self.more, 0, top)
        whole.addWidget(beside(tr("Offerts"), self.offered), 0, top)

    @property
    def told(self) -> tuple[Sponsored, ...]:
        """What is typed."""
        return tuple(told for line in self.lines if (told := line.told) is not None)

    def present(self, sponsored: Sequence[Sponsored], offered: int | None) -> None:
        """Show what a closing says."""
        while len(self.lines) < len(sponsored):
            self._add()
        for place, line in enumerate(self.lines):
            line.present(sponsored[place] if place < len(sponsored) else None)
            line.setVisible(place == 0 or place < len(sponsored))
        self.offered.set_value(offered)

    def stops(self) -> list[QWidget]:
        """Return where Tab stops, line after line."""
        fields = [f for each in self.lines for f in (each.count, each.payer.line, each.amount.line)]
        return [*fields, self.more, self.offered]

    def know(self, payers: Sequence[str]) -> None:
        """Offer the payers who are known already."""
        if tuple(payers) == self._payers:
            return
        self._payers = tuple(payers)
        for line in self.lines:
            self._complete(line)

    def _complete(self, line: _Line) -> None:
        completer = QCompleter(list(self._payers), line.payer.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line.payer.line.setCompleter(completer)

    @Slot()
    def _more(self) -> None:
        hidden = next((line for line in self.lines if line.isHidden()), None)
        line = hidden or self._add()
        line.show()
        line.count.setFocus()

    def _add(self) -> _Line:
        line = _Line()
        line.count.textEdited.connect(self.changed)
        line.payer.committed.connect(self.changed)
        line.amount.committed.connect(self.changed)
        self._column.addWidget(line)
        self.lines.append(line)
        self._complete(line)
        return line
