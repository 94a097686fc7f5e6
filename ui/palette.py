"""Ctrl+K: one field that finds every screen, action, person, record and document."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6 import QtCore
from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget
from shiboken6 import isValid
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.finding import ASKED_BY_NAME, Offer, latest, search
from ui.kit import icons
from ui.kit.theme import scaled

LIMIT = 12
_WIDEST, _NARROWEST = 330, 104
"""Width of the field in pixels at 100 %."""
_LOUPE = 32
"""Pixels that Qt keeps for the drawing in the field, at every text scale."""

Source = Callable[[str], Sequence[Offer]]
"""Answers a query with what it knows; must be quick."""


class ResultList(Protocol):
    """What the field knows of the list that hangs under it."""

    def list(self, found: list[Offer], query: str) -> None:
        """Show what was found."""

    def current(self) -> Offer | None:
        """Return the chosen line."""

    def step(self, lines: int) -> None:
        """Move the choice."""

    def hang(self) -> None:
        """Show the list under the field."""

    def hide(self) -> None:
        """Put the list away."""

    def show(self) -> None:
        """Bring the list back."""

    def isVisible(self) -> bool:  # noqa: N802  -- Qt's name
        """Tell whether the list is shown."""
        raise NotImplementedError


class SearchField(QLineEdit):
    """The search field of the header; while it has the focus, its list hangs below it.

    Attributes:
        offers: Gives everything held in memory: screens, actions, documents, settings.
        sources: Asked at each keystroke: records of the book, sheet ids.
        recent: Keys of what was run, latest first.

    Signals:
        ran: Something was run: its key.
    """

    ran = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.offers: Callable[[], Sequence[Offer]] = list
        self.sources: list[Source] = []
        self.recent: list[str] = []
        self._known: Sequence[Offer] = ()
        self._return_to: QWidget | None = None
        self.results: ResultList | None = None
        self._loupe = self.addAction(
            icons.icon("magnifying-glass", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._loupe.triggered.connect(self.setFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._search)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language in use."""
        self._invite()
        self.setAccessibleName(tr("Rechercher ou agir"))
        self._loupe.setText(tr("Rechercher"))
        self.setToolTip(tr("Rechercher ou agir (Ctrl+K)"))
        self.use_width(scaled(_WIDEST))

    def use_width(self, width: int) -> None:
        """Take this many pixels, within what is too narrow to type in and needlessly wide."""
        self.setMinimumWidth(scaled(_NARROWEST))
        self.setMaximumWidth(max(scaled(_NARROWEST), min(width, scaled(_WIDEST))))

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(_WIDEST), super().sizeHint().height())

    @override
    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        super().resizeEvent(arg__1)
        self._invite()

    def _invite(self) -> None:
        """Say what the field is for in as many words as it has room for."""
        room = self.width() - 2 * scaled(12) - _LOUPE
        metrics = self.fontMetrics()
        sayings = (tr("Rechercher ou agir…  Ctrl+K"), tr("Rechercher ou agir…"))
        fits = (said for said in sayings if metrics.horizontalAdvance(said) <= room)
        self.setPlaceholderText(next(fits, "Ctrl+K"))

    def open_palette(self) -> None:
        """Take the focus and show what can be done."""
        self.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != QtCore.Qt.FocusReason.ActiveWindowFocusReason:
            self._open()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != QtCore.Qt.FocusReason.ActiveWindowFocusReason:
            self._close()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # The focus does not leave a window that waits behind another: without this, the
        # list would hang over the page that locks the book.
        self._close()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = QtCore.Qt.Key
        key = keys(event.key())
        steps = {keys.Key_Down: 1, keys.Key_Up: -1, keys.Key_PageDown: 6, keys.Key_PageUp: -6}
        if self.results is None or not self.results.isVisible():
            if key == keys.Key_Down:
                self._open()
                return
            super().keyPressEvent(event)
        elif key in steps:
            self.results.step(steps[key])
        elif key in {keys.Key_Return, keys.Key_Enter}:
            self.run(self.results.current())
        elif key == keys.Key_Escape:
            self.clear()
            self._leave()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.results is None:
            self.results = _make_list(self)
        self._known = self.offers()
        self._search(self.text())
        self.results.hang()

    def _close(self) -> None:
        if self.results is not None:
            self.results.hide()

    def _search(self, query: str) -> None:
        if self.results is None or not self.results.isVisible():
            if self.results is None or not self.hasFocus():
                return
            self.results.show()
        if not query.strip():
            self.results.list(latest(self._known, self.recent, LIMIT), "")
            return
        asked = [found for source in self.sources for found in source(query)]
        found = search(self._known, query, self.recent, LIMIT)
        named = [each for each in asked if each.weight == ASKED_BY_NAME]
        records = [each for each in asked if each.weight != ASKED_BY_NAME]
        room = max(LIMIT - len(asked), LIMIT // 2)
        self.results.list([*named, *found[:room], *records][:LIMIT], query)

    def run(self, found: Offer | None) -> None:
        """Do what a line offers, and give the keyboard back."""
        if found is None:
            return
        self.clear()
        self._leave()
        self.recent = [found.key, *(key for key in self.recent if key != found.key)][:30]
        self.ran.emit(found.key)
        found.run()

    def _leave(self) -> None:
        self._close()
        self.clearFocus()
        after = self._return_to
        if after is not None and isValid(after) and after.isVisible():
            after.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)
        else:
            self.focusNextChild()

    @Slot(QWidget, QWidget)
    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is self and old is not None:
            self._return_to = old


def _make_list(field: SearchField) -> ResultList:
    from ui.results import Results  # noqa: PLC0415  -- 12 ms that the first paint does not need

    return Results(field, field.run)
