"""Files that come and go: dropped on the window, opened, saved under a safe name."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.kit.colours import colours
from ui.kit.theme import font, scaled

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST = 120


def safe_name(text: str, suffix: str = "") -> str:
    """Return a file name that Windows, macOS and Linux all take.

    ``safe_name("Relevés : semaine 41/52", ".pdf") == "Relevés - semaine 41-52.pdf"``.
    """
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", text)).strip(" .")
    name = re.sub(r"\s?-(\s?-)*\s?(?=\s)", " -", name)[:_LONGEST].rstrip(" .")
    if not name or _DEVICES.match(name):
        name = f"_{name}"
    return name + suffix


class Folders:
    """Where files of each kind were last opened or saved.

    Args:
        remembered: Folders by purpose, from the settings; changed in place.
    """

    def __init__(self, remembered: dict[str, str]) -> None:
        self._remembered = remembered

    def of(self, purpose: str) -> Path:
        """Return the last folder for a purpose, or the person's own one."""
        folder = Path(self._remembered.get(purpose, ""))
        return folder if folder.is_absolute() and folder.is_dir() else Path.home()

    def remember(self, purpose: str, file: Path) -> None:
        """Remember the folder of a file."""
        self._remembered[purpose] = str(file.parent)


def ask_open(
    parent: QWidget, folders: Folders, purpose: str, title: str, kinds: Sequence[tuple[str, str]]
) -> Path | None:
    """Ask which file to open.

    Args:
        parent: The window that asks.
        folders: Remembers where, by ``purpose``.
        purpose: Such as ``"bank"`` or ``"pdf"``.
        title: Title of the dialogue.
        kinds: Names and patterns: ``(("Relevés", "*.ofx *.csv"),)``.
    """
    found, _ = QFileDialog.getOpenFileName(parent, title, str(folders.of(purpose)), _filters(kinds))
    return _kept(folders, purpose, found)


def ask_save(
    parent: QWidget,
    folders: Folders,
    purpose: str,
    name: str,
    kinds: Sequence[tuple[str, str]],
) -> Path | None:
    """Ask where to save, a safe name being proposed; the suffix of the first kind is added."""
    suffix = kinds[0][1].split()[0].removeprefix("*")
    proposed = folders.of(purpose) / safe_name(name.removesuffix(suffix), suffix)
    found, _ = QFileDialog.getSaveFileName(
        parent, tr("Enregistrer"), str(proposed), _filters(kinds)
    )
    if found and not Path(found).suffix:
        found += suffix
    return _kept(folders, purpose, found)


def _filters(kinds: Sequence[tuple[str, str]]) -> str:
    return ";;".join(f"{name} ({patterns})" for name, patterns in kinds)


def _kept(folders: Folders, purpose: str, found: str) -> Path | None:
    if not found:
        return None
    folders.remember(purpose, Path(found))
    return Path(found)


class DropTarget(QObject):
    """Lets files be dropped anywhere on a window, routed by their suffix.

    Signals:
        refused: None of the dropped files is of a known kind (their names, ``list[str]``).
    """

    refused = Signal(object)

    def __init__(
        self, window: QWidget, routes: Sequence[tuple[str, Callable[[list[Path]], object]]]
    ) -> None:
        """Watch a window.

        Args:
            window: Where files may be dropped.
            routes: Patterns of suffixes, ``"ofx csv"``, ``"*"`` for the rest, and what
                takes the files; the first that fits is used.
        """
        super().__init__(window)
        self._routes = [(frozenset(suffixes.split()), take) for suffixes, take in routes]
        self._window = window
        self._veil = _Veil(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent):
            return self._on_drag(event)
        if event.type() == QEvent.Type.DragLeave:
            self._veil.hide()
        return False

    def _on_drag(self, event: QDropEvent) -> bool:
        files = _local_files(event.mimeData())
        if not files:
            return False
        if event.type() == QEvent.Type.Drop:
            self._veil.hide()
            self.route(files)
        elif isinstance(event, QDragEnterEvent):
            self._veil.cover(self._window.size())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def route(self, files: Sequence[Path]) -> None:
        """Hand files to what takes their kind; say which ones nobody takes."""
        taken: dict[int, list[Path]] = {}
        strangers: list[str] = []
        for file in files:
            suffix = file.suffix.lower().removeprefix(".")
            place = self._place(suffix)
            if place is None:
                strangers.append(file.name)
            else:
                taken.setdefault(place, []).append(file)
        for place, together in taken.items():
            self._routes[place][1](together)
        if strangers:
            self.refused.emit(strangers)

    def _place(self, suffix: str) -> int | None:
        for place, (suffixes, _) in enumerate(self._routes):
            if suffix in suffixes or "*" in suffixes:
                return place
        return None


class SelectiveDrop(DropTarget):
    """Takes only files of the kinds it knows; any other drop goes on to the window.

    Signals:
        aimed: Where files were let go (``QPoint``, of the widget watched); before they are taken.
    """

    aimed = Signal(QPoint)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent):
            names = [url.fileName() for url in event.mimeData().urls()]
            kinds = [Path(name).suffix.lower().removeprefix(".") for name in names]
            if not kinds or any(self._place(kind) is None for kind in kinds):
                event.ignore()
                return event.type() != QEvent.Type.Drop
            if event.type() == QEvent.Type.Drop:
                self.aimed.emit(event.position().toPoint())
        return super().eventFilter(watched, event)


class _Veil(QWidget):
    """What shows, while a file hovers, that the window takes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, size: QSize) -> None:
        self.resize(size)
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        chosen = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(chosen.selection)
        ground.setAlphaF(0.9)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(QColor(chosen.primary), 2, Qt.PenStyle.DashLine))
        margin = scaled(16)
        box = self.rect().adjusted(margin, margin, -margin, -margin)
        painter.drawRoundedRect(box, scaled(10), scaled(10))
        painter.setFont(font(21, semibold=True))
        painter.setPen(QColor(chosen.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr("Déposez le fichier ici"))


def _local_files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
