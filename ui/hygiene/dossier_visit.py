"""Saying that an inspection took place."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog


class VisitDialog(Dialog):
    """The day of an inspection: the next file may begin there.

    Attributes:
        day: The civil day.

    Signals:
        noted: The day was given (``date``).
    """

    noted = Signal(object)

    def __init__(self, window: QWidget, today: Callable[[], date]) -> None:
        super().__init__(
            window,
            tr("Noter une inspection"),
            tr("Le prochain dossier pourra commencer ce jour-là : « Depuis l’inspection du… »."),
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.day = DateEdit(tr("Jour de l’inspection"), today, required=True)
        self.day.set_value(today())
        self.body.addWidget(self.day)
        self.add_answers(tr("Noter ce jour"))
        self.day.setFocus()

    @override
    def accept(self) -> None:
        """Give the day, unless there is none that can be read."""
        if not self.day.commit() or self.day.value is None:
            return
        self.noted.emit(self.day.value)
        super().accept()
