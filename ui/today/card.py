"""A card of the day: lines of an icon, a sentence and at most one button."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.kit import icons
from ui.kit.theme import scaled, set_role


class Card(QFrame):
    """A titled list of lines: an icon, a sentence, at most one button."""

    def __init__(self, title: str) -> None:
        super().__init__()
        set_role(self, "card")
        self.setAccessibleName(title)
        heading = QLabel(title)
        set_role(heading, "h2")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(scaled(8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        layout.setSpacing(scaled(8))
        layout.addWidget(heading)
        layout.addLayout(self._lines)
        layout.addStretch(1)

    def clear(self) -> None:
        """Take every line away."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def add(
        self,
        drawing: str,
        sentence: str,
        button: str = "",
        run: Callable[[], object] | None = None,
        *,
        colour: str = "muted",
    ) -> None:
        """Add a line."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        sign = QLabel()
        sign.setPixmap(icons.icon(drawing, colour).pixmap(scaled(20), scaled(20)))
        row.addWidget(sign)
        words = _words(sentence)
        row.addWidget(words, 1)
        if run is not None:
            made = QPushButton(button)
            made.setAccessibleName(f"{button} — {sentence}")
            made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            made.clicked.connect(partial(_run, run))
            row.addWidget(made)
        self._lines.addWidget(line)

    def note(self, sentence: str) -> None:
        """Add a quiet remark."""
        remark = _words(sentence)
        set_role(remark, "small")
        self._lines.addWidget(remark)


def _words(sentence: str) -> QLabel:
    label = QLabel(sentence)
    label.setWordWrap(True)
    return label


def _run(run: Callable[[], object], *_checked: object) -> None:
    """Run what a button stands for, without the button's own state."""
    run()
