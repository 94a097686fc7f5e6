"""The ways from the inspection file to a suspicion of food poisoning and to keeping."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.kit.theme import scaled
from ui.sections import entry_of

WAYS = ("outbreak", "retention")


class Ways(QWidget):
    """One button a screen that has no tab of its own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        self.buttons: dict[str, QPushButton] = {}
        for key in WAYS:
            button = self.buttons[key] = QPushButton(f"{tr(entry_of(key).title)}…")
            button.clicked.connect(partial(self._go, key))
            row.addWidget(button)

    def _go(self, key: str, _checked: object = None) -> None:
        self._desk.go(key)
