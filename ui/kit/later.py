"""A part of a screen that is built when somebody first needs it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

Page = TypeVar("Page", bound=QWidget)


class Later(QWidget, Generic[Page]):
    """Keeps a place among tabs or pages; what stands there is built when it is shown or asked for.

    Args:
        make: Builds it.
    """

    def __init__(self, make: Callable[[], Page]) -> None:
        super().__init__()
        self._make = make
        self._page: Page | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def is_built(self) -> bool:
        """Whether it was asked for already."""
        return self._page is not None

    @property
    def page(self) -> Page:
        """What stands here, built now if need be."""
        if self._page is None:
            self._page = self._make()
            self._layout.addWidget(self._page)
        return self._page

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.is_built:
            self.page.show()
