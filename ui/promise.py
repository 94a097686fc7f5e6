"""The screen of what is not built yet: one sentence that says what will be there."""

from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.kit.icons import icon
from ui.kit.theme import scaled, set_role
from ui.promises import PROMISES
from ui.screen import Screen
from ui.sections import entry_of, section_of


class PromiseScreen(Screen):
    """A screen to come."""

    key: ClassVar[str] = ""

    def __init__(self, desk: Desk, key: str) -> None:
        super().__init__(desk)
        self.title = tr(entry_of(key).title)
        card = QFrame()
        set_role(card, "card")
        card.setMaximumWidth(scaled(640))
        drawing = QLabel()
        drawing.setPixmap(icon(section_of(key).icon, "muted").pixmap(QSize(scaled(40), scaled(40))))
        promise = QLabel(tr(PROMISES[key]))
        promise.setWordWrap(True)
        set_role(promise, "h2")
        later = QLabel(tr("Cet écran arrive avec une prochaine version."))
        set_role(later, "muted")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(scaled(28), scaled(24), scaled(28), scaled(24))
        inside.setSpacing(scaled(12))
        for label in (drawing, promise, later):
            inside.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        column.addStretch()
