"""The payments and the promised results of a grant, line under line."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.finance.grants.keeping import Payment, Promise
from cantine_desktop.i18n import tr
from ui.kit.fields import DateEdit, MoneyEdit, TextEdit
from ui.kit.theme import scaled, set_role


class _Lines(QWidget):
    """Lines of fields under their titles; a button adds one."""

    def __init__(self, titles: Sequence[str], button: str) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(scaled(8))
        self._grid.setVerticalSpacing(scaled(4))
        for place, title in enumerate(titles):
            label = QLabel(title)
            set_role(label, "small")
            self._grid.addWidget(label, 0, place)
        self._add = QPushButton(button)
        self._add.clicked.connect(self.add_line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addWidget(self._add)

    @Slot()
    def add_line(self) -> None:
        """Add an empty line."""
        raise NotImplementedError

    def _place(self, widgets: Sequence[QWidget]) -> None:
        row = self._grid.rowCount()
        for place, widget in enumerate(widgets):
            self._grid.addWidget(widget, row, place)


class PaymentsEdit(_Lines):
    """When payments are expected, and came."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(
            (tr("Attendu le"), tr("Montant"), tr("Reçu le")), tr("Ajouter un versement")
        )
        self._today = today
        self._lines: list[tuple[DateEdit, MoneyEdit, DateEdit]] = []

    def present(self, payments: Sequence[Payment]) -> None:
        """Show the payments of a grant."""
        for payment in payments:
            self.add_line()
            expected, amount, received = self._lines[-1]
            expected.set_value(payment.expected_on)
            amount.set_value(payment.amount)
            received.set_value(payment.received_on)

    @override
    @Slot()
    def add_line(self) -> None:
        """Add an empty payment."""
        n = len(self._lines) + 1
        line = (
            DateEdit(tr("Versement {n}, attendu le").format(n=n), self._today),
            MoneyEdit(tr("Versement {n}, montant").format(n=n)),
            DateEdit(tr("Versement {n}, reçu le").format(n=n), self._today),
        )
        self._lines.append(line)
        self._place(line)

    def payments(self) -> tuple[Payment, ...]:
        """Return the lines that have a day and an amount."""
        return tuple(
            Payment(expected.value, amount.value, received.value)
            for expected, amount, received in self._lines
            if expected.value is not None and amount.value is not None
        )


class PromisesEdit(_Lines):
    """What was promised, and reached."""

    def __init__(self) -> None:
        super().__init__(
            (tr("Indicateur"), tr("Promis"), tr("Atteint")), tr("Ajouter un indicateur")
        )
        self._lines: list[tuple[TextEdit, TextEdit, TextEdit]] = []

    def present(self, promises: Sequence[Promise]) -> None:
        """Show the promises of a grant."""
        for promise in promises:
            self.add_line()
            for field, text in zip(self._lines[-1], promise, strict=True):
                field.set_value(text or None)

    @override
    @Slot()
    def add_line(self) -> None:
        """Add an empty promise."""
        n = len(self._lines) + 1
        line = (
            TextEdit(tr("Indicateur {n}").format(n=n)),
            TextEdit(tr("Indicateur {n}, promis").format(n=n)),
            TextEdit(tr("Indicateur {n}, atteint").format(n=n)),
        )
        self._lines.append(line)
        self._place(line)

    def promises(self) -> tuple[Promise, ...]:
        """Return the lines that have a name."""
        return tuple(
            Promise(label.value, promised.value or "", reached.value or "")
            for label, promised, reached in self._lines
            if label.value
        )
