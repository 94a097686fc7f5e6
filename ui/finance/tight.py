"""What a screen lets go where the window is short beside the size of its text."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.kit.theme import scaled

TIGHT = 700
"""Height of a window, in pixels at 100 %, under which there is no room for all."""


class Tight(QObject):
    """Hides parts that are said elsewhere while the window is short.

    Their actions stay in the Actions menu and in the palette; sentences say the figures.

    Args:
        screen: The screen.
        parts: What may go.
    """

    def __init__(self, screen: QWidget, parts: Sequence[QWidget]) -> None:
        super().__init__(screen)
        self._screen, self._parts = screen, list(parts)
        screen.installEventFilter(self)
        self.follow()

    def follow(self) -> None:
        """Show or hide the parts by the room there is now."""
        window = self._screen.window()
        is_tight = window is not self._screen and window.height() < scaled(TIGHT)
        for part in self._parts:
            part.setVisible(not is_tight)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Show, QEvent.Type.Resize, QEvent.Type.StyleChange}:
            self.follow()
        return False
