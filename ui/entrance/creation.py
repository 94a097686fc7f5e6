"""What a new canteen needs: a name, its days, its cold units, a place for its file."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import tr, weekday
from ui.kit.fields import NumberEdit
from ui.kit.theme import scaled, set_role
from ui.places import SUFFIX, book_file
from ui.requests import CreateBook

_USUAL_DAYS = "2345"


class CreationForm(QFrame):
    """Asks for a new canteen; everything can be changed later.

    Attributes:
        name: Field of the canteen's name.

    Signals:
        asked: The canteen is to be made (``CreateBook``).
        cancelled: The person goes back.
    """

    asked = Signal(object)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self.name = QLineEdit()
        self.department = QLineEdit()
        self.days = [QCheckBox(_weekday_name(day)) for day in range(1, 8)]
        self.fridges = _count(tr("Frigos et chambres froides"), 2)
        self.freezers = _count(tr("Congélateurs"), 1)
        self.place = QLineEdit(str(book_file("")))
        self._place_typed = False
        self._problem = QLabel()
        self._grid = QGridLayout(self)
        self._fill()

    def request(self) -> CreateBook | None:
        """Return what was filled in; nothing, and a sentence, when the name is missing."""
        name = self.name.text().strip()
        if not name:
            self._problem.setText(
                tr("Donnez un nom à la cantine : il est imprimé sur chaque feuille.")
            )
            self._problem.show()
            self.name.setFocus()
            return None
        place = self.place.text().strip() or str(book_file(name))
        return CreateBook(
            location=place if place.endswith(SUFFIX) else place + SUFFIX,
            name=name,
            department=self.department.text().strip().upper(),
            open_weekdays="".join(
                str(day) for day, box in enumerate(self.days, 1) if box.isChecked()
            ),
            fridges=int(self.fridges.value or 0),
            freezers=int(self.freezers.value or 0),
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter in any field make the canteen, and Escape go back, as in a dialog."""
        in_field = not isinstance(self.focusWidget(), QPushButton)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and in_field:
            self._make()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        self._grid.setContentsMargins(scaled(20), scaled(20), scaled(20), scaled(16))
        self._grid.setHorizontalSpacing(scaled(12))
        self._grid.setVerticalSpacing(scaled(12))
        self.department.setMaximumWidth(scaled(90))
        self.department.setMaxLength(3)
        self.department.setPlaceholderText("67")
        for day, box in enumerate(self.days, 1):
            box.setChecked(str(day) in _USUAL_DAYS)
        self._add(tr("Nom de la cantine"), self.name)
        self._add(tr("Département"), self.department)
        self._add(tr("Jours d’ouverture"), *self.days)
        self._add(tr("Frigos et chambres froides"), self.fridges)
        self._add(tr("Congélateurs"), self.freezers)
        browse = QPushButton(tr("Choisir…"))
        browse.setAccessibleName(tr("Choisir la place du fichier"))
        browse.clicked.connect(self._browse)
        self._add(tr("Fichier de la cantine"), self.place, browse)
        set_role(self._problem, "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._grid.addWidget(self._problem, self._grid.rowCount(), 0, 1, 2)
        self._grid.addLayout(self._buttons(), self._grid.rowCount(), 0, 1, 2)
        self.name.textEdited.connect(self._follow_name)
        self.place.textEdited.connect(self._keep_place)

    def _add(self, text: str, first: QWidget, *others: QWidget) -> None:
        line = self._grid.rowCount()
        label = QLabel(text)
        label.setWordWrap(True)
        label.setBuddy(first)
        if len(others) < 2:
            first.setAccessibleName(text)
        row = QHBoxLayout()
        row.setSpacing(scaled(4 if len(others) > 1 else 8))
        for widget in (first, *others):
            row.addWidget(widget)
        if not isinstance(first, QLineEdit) or first is self.department:
            row.addStretch()
        self._grid.addWidget(label, line, 0)
        self._grid.addLayout(row, line, 1)

    def _buttons(self) -> QHBoxLayout:
        make = QPushButton(tr("Créer la cantine"))
        set_role(make, "primary")
        make.setDefault(True)
        make.clicked.connect(self._make)
        back = QPushButton(tr("Retour"))
        back.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(back)
        row.addWidget(make)
        return row

    def _make(self) -> None:
        if (request := self.request()) is not None:
            self.asked.emit(request)

    def _follow_name(self, name: str) -> None:
        if not self._place_typed:
            self.place.setText(str(book_file(name.strip())))

    def _keep_place(self) -> None:
        self._place_typed = True

    def _browse(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, tr("Fichier de la cantine"), self.place.text(), f"Cantine (*{SUFFIX})"
        )
        if chosen:
            self._place_typed = True
            self.place.setText(chosen)


def _count(name: str, value: int) -> NumberEdit:
    field = NumberEdit(name, places=0, minimum=Decimal(0), maximum=Decimal(20))
    field.set_value(Decimal(value))
    field.setMaximumWidth(scaled(90))
    return field


def _weekday_name(day: int) -> str:

    return weekday(date(2024, 1, day))
