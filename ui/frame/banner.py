"""One line above everything, when there is something everybody must know."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from cantine_desktop.i18n import mark, tr
from ui.kit.theme import scaled, set_role

DEMO = mark("DÉMO — rien n’est réel")
CREATE = mark("Créer ma cantine")


class Banner(QFrame):
    """A sentence and one button, hidden while there is nothing to say.

    Signals:
        clicked: The button was pressed.
    """

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "banner")
        self._text, self._action = "", ""
        self._label = QLabel()
        self._button = QPushButton()
        set_role(self._label, "strong")
        set_role(self._button, "link")
        self._button.clicked.connect(self.clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(28), scaled(2), scaled(28), scaled(2))
        row.addStretch()
        row.addWidget(self._label)
        row.addWidget(self._button)
        row.addStretch()
        self.hide()

    def say(self, text: str, action: str) -> None:
        """Show a sentence and a button, both marked; an empty sentence hides the banner."""
        self._text, self._action = text, action
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the language in use."""
        self._label.setText(tr(self._text) if self._text else "")
        self._button.setText(tr(self._action) if self._action else "")
        self._button.setVisible(bool(self._action))
        self.setVisible(bool(self._text))
