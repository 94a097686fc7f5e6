"""What stands where there is nothing yet, or not yet."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.kit.notice import IconLabel
from ui.kit.theme import scaled, set_role


class EmptyState(QWidget):
    """One sentence and one button, in the middle.

    Attributes:
        button: The button; none for a sentence alone.
    """

    def __init__(
        self,
        sentence: str,
        button: str = "",
        on_click: Callable[[], object] | None = None,
        icon: str = "",
    ) -> None:
        super().__init__()
        self._on_click = on_click
        layout = QVBoxLayout(self)
        layout.setContentsMargins(scaled(28), scaled(28), scaled(28), scaled(28))
        layout.setSpacing(scaled(12))
        layout.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        if icon:
            layout.addWidget(IconLabel(icon, "muted", 40), 0, centre)
        self._label = QLabel(sentence)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._label, "muted")
        layout.addWidget(self._label)
        self.button: QPushButton | None = None
        if button:
            self.button = QPushButton(button)
            self.button.clicked.connect(self._click)
            layout.addWidget(self.button, 0, centre)
        layout.addStretch(1)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._label.text()

    def say(self, sentence: str) -> None:
        """Change the sentence."""
        self._label.setText(sentence)

    @Slot()
    def _click(self) -> None:
        if self._on_click is not None:
            self._on_click()
