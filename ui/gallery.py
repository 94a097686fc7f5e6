"""Every part of the kit with its states, in one window: ``python -m ui.gallery``.

For those who build screens. ``--grab DIRECTORY`` writes each page as a picture, light and
dark, at 100, 150 and 200 %. The sample texts are not translated; the kit's own are.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.i18n import LANGUAGES, Language, language, use_language
from ui.kit import theme
from ui.kit.theme import Scheme, scaled, set_role
from ui.kit.wheel import WheelGuard
from ui.specimens import PAGES

_SCHEMES: tuple[Scheme, ...] = ("light", "dark", "system")
_GRABBED_SCALES = (100, 150, 200)


class Gallery(QMainWindow):
    """The list of pages, the page, and the switches of the look."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self.setWindowTitle("Cantine Desktop · composants")
        self.pages = QListWidget()
        self.pages.setAccessibleName("Pages")
        self.pages.addItems(list(PAGES))
        self.pages.currentRowChanged.connect(self.rebuild)
        self.scheme = _combo("Couleurs", _SCHEMES, self._restyle)
        self.scale = _combo("Taille du texte", [f"{n} %" for n in theme.SCALES], self._restyle)
        self.language = _combo("Langue", list(LANGUAGES.values()), self._speak)
        side = QFrame()
        set_role(side, "sunk")
        column = QVBoxLayout(side)
        column.addWidget(self.pages, 1)
        for combo in (self.scheme, self.scale, self.language):
            label = QLabel(combo.accessibleName())
            set_role(label, "small")
            column.addWidget(label)
            column.addWidget(combo)
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(side)
        row.addLayout(self._holder, 1)
        self.setCentralWidget(body)
        self._side = side
        self.pages.setCurrentRow(0)

    @Slot()
    def rebuild(self) -> None:
        """Build the current page again."""
        while (item := self._holder.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        self._side.setFixedWidth(scaled(216))
        title, make = list(PAGES.items())[max(self.pages.currentRow(), 0)]
        self._holder.addWidget(_page(title, make))

    @Slot()
    def _restyle(self) -> None:
        scheme = _SCHEMES[self.scheme.currentIndex()]
        theme.apply(self._application, scheme, theme.SCALES[self.scale.currentIndex()])
        self.rebuild()

    @Slot()
    def _speak(self) -> None:
        use_language(list(LANGUAGES)[self.language.currentIndex()])
        self.rebuild()


def _page(title: str, make: Callable[[], QWidget]) -> QWidget:
    page = QWidget()
    set_role(page, "page")
    column = QVBoxLayout(page)
    column.setContentsMargins(scaled(28), scaled(20), scaled(28), scaled(20))
    column.setSpacing(scaled(16))
    heading = QLabel(title)
    set_role(heading, "h1")
    column.addWidget(heading)
    column.addWidget(make(), 1)
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(page)
    return area


def _combo(
    name: str, labels: list[str] | tuple[str, ...], changed: Callable[[], None]
) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.addItems(list(labels))
    combo.activated.connect(partial(_drop_argument, changed))
    return combo


def _drop_argument(call: Callable[[], None], _place: int) -> None:
    call()


def grab(gallery: Gallery, application: QApplication, folder: Path) -> int:
    """Write every page as a picture, in both schemes and three scales; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    gallery.show()
    for scheme in _SCHEMES[:2]:
        for scale in _GRABBED_SCALES:
            theme.apply(application, scheme, scale)
            for place, title in enumerate(PAGES):
                gallery.pages.setCurrentRow(place)
                gallery.rebuild()
                for _ in range(4):
                    application.processEvents()
                name = f"{scheme}-{scale}-{place + 1:02}-{title.split(',')[0].lower()}.png"
                gallery.grab().save(str(folder / name.replace(" ", "-")))
                written += 1
    return written


def main() -> int:
    """Open the gallery, or write its pictures."""
    parser = argparse.ArgumentParser(prog="python -m ui.gallery", description=__doc__)
    parser.add_argument("--grab", type=Path, metavar="DIRECTORY", help="write pictures and leave")
    parser.add_argument("--language", choices=list(LANGUAGES), default=language())
    options = parser.parse_args()
    use_language(cast("Language", options.language))
    application = QApplication(sys.argv[:1])
    theme.apply(application, "light", 100)
    WheelGuard(application)
    gallery = Gallery(application)
    gallery.resize(1366, 768)
    if options.grab:
        sys.stdout.write(f"{grab(gallery, application, options.grab)} pictures\n")
        return 0
    gallery.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
