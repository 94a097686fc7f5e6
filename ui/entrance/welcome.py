"""The welcome: four ways to have a book, and why the last one did not open."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.errors import CorruptBookError, LockedError, UserError
from cantine_desktop.i18n import LANGUAGES, tr
from cantine_desktop.settings import TEXT_SCALES, Settings
from ui import requests
from ui.entrance.creation import CreationForm
from ui.entrance.looks import Looks
from ui.kit.icons import icon
from ui.kit.theme import scaled, set_role
from ui.places import SUFFIX, books_folder
from ui.requests import OpenBook, Opening, RestoreBook


class WelcomePage(QScrollArea):
    """What is shown while no book is open.

    Attributes:
        first: What has the keyboard first.

    Signals:
        asked: A book is wanted (``ui.requests.Request``).
        opening: A file is to be chosen and opened.
    """

    asked = Signal(object)
    opening = Signal()

    def __init__(self, settings: Settings, looks: Looks) -> None:
        super().__init__()
        self._settings = settings
        self._looks = looks
        self._problem: tuple[UserError, Opening] | None = None
        self._creating = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        looks.language_changed.connect(self._build)
        self._build()

    def explain(self, error: UserError, request: Opening) -> None:
        """Show why a book did not open, with the ways out that fit."""
        self._problem = error, request
        self._build()

    def start_creation(self) -> None:
        """Show what a new canteen needs."""
        self._creating = True
        self._build()

    def _build(self) -> None:
        page = QWidget()
        set_role(page, "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(scaled(28), scaled(20), scaled(28), scaled(28))
        column.setSpacing(scaled(16))
        column.addLayout(self._reading_choices())
        column.addStretch(1)
        middle = QVBoxLayout()
        middle.setSpacing(scaled(16))
        for widget in self._middle():
            widget.setMaximumWidth(scaled(680))
            middle.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch()
        row.addLayout(middle, 4)
        row.addStretch()
        column.addLayout(row)
        column.addStretch(2)
        self.setWidget(page)
        self.first.setFocus()

    def _middle(self) -> list[QWidget]:
        title = QLabel(tr("Bienvenue"))
        set_role(title, "h1")
        if self._creating:
            form = CreationForm()
            form.asked.connect(self.asked)
            form.cancelled.connect(self._stop_creation)
            self.first: QWidget = form.name
            title.setText(tr("Créer ma cantine"))
            return [title, form]
        about = QLabel(
            tr(
                "Le bureau d’une cantine de quartier : relevés, services, achats, caisse, équipe. "
                "Tout reste sur cet ordinateur."
            )
        )
        about.setWordWrap(True)
        set_role(about, "muted")
        choices = self._choices()
        self.first = choices[0]
        return [title, about, *self._explanation(), *choices]

    def _choices(self) -> list[QWidget]:
        demo = _choice(
            "bowl-food",
            tr("Découvrir la cantine de démonstration"),
            tr("Une année inventée, pour tout essayer sans rien risquer"),
        )
        create = _choice(
            "plus", tr("Créer ma cantine"), tr("Son nom, ses jours d’ouverture, ses frigos")
        )
        opened = _choice(
            "folder-open", tr("Ouvrir un fichier"), tr("Une cantine déjà sur cet ordinateur")
        )
        restore = _choice(
            "clock-counter-clockwise",
            tr("Restaurer une sauvegarde"),
            tr("Depuis une clé, un autre disque ou le dossier des sauvegardes"),
        )
        demo.clicked.connect(partial(self.asked.emit, requests.OpenDemo()))
        create.clicked.connect(self.start_creation)
        opened.clicked.connect(self.opening)
        restore.clicked.connect(self._choose_backup)
        return [demo, create, opened, restore]

    def _explanation(self) -> list[QWidget]:
        if self._problem is None:
            return []
        error, request = self._problem
        box = QFrame()
        set_role(box, "problem")
        text = QLabel(str(error))
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(box)
        column.addWidget(text)
        row = QHBoxLayout()
        for label, way_out in _ways_out(error, request):
            button = QPushButton(label)
            if isinstance(way_out, RestoreBook):
                button.clicked.connect(partial(self._offer, way_out))
            else:
                button.clicked.connect(partial(self.asked.emit, way_out))
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        return [box]

    def _reading_choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        language = QComboBox()
        for key, name in LANGUAGES.items():
            language.addItem(name, key)
        language.setCurrentIndex(list(LANGUAGES).index(self._settings.language))
        language.activated.connect(self._choose_language)
        size = QComboBox()
        for percent in TEXT_SCALES:
            size.addItem(f"{percent}\u00a0%", percent)
        size.setCurrentIndex(TEXT_SCALES.index(self._settings.text_scale))
        size.activated.connect(self._choose_size)
        for text, box in ((tr("Langue"), language), (tr("Taille du texte"), size)):
            label = QLabel(text)
            label.setBuddy(box)
            box.setAccessibleName(text)
            row.addWidget(label)
            row.addWidget(box)
        return row

    def _choose_language(self, index: int) -> None:
        self._settings.language = list(LANGUAGES)[index]
        self._looks.apply()

    def _choose_size(self, index: int) -> None:
        self._settings.text_scale = TEXT_SCALES[index]
        self._looks.apply()
        self._build()

    def _stop_creation(self) -> None:
        self._creating = False
        self._build()

    def _choose_backup(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, tr("Restaurer une sauvegarde"), str(books_folder()), f"Cantine (*{SUFFIX})"
        )
        if chosen:
            backup = Path(chosen)
            stem = backup.stem.partition("_")[0]
            self._offer(RestoreBook(backup, books_folder() / f"{stem}{SUFFIX}"))

    def _offer(self, wanted: RestoreBook) -> None:
        """Show what a backup holds, and what it would replace, before anything is done."""
        from ui.entrance.restoring import confirm  # noqa: PLC0415  -- brings the core

        if confirm(self, wanted):
            self.asked.emit(wanted)


def _ways_out(error: UserError, request: Opening) -> list[tuple[str, Opening]]:
    """Return buttons that fit a problem."""
    ways: list[tuple[str, Opening]] = []
    if isinstance(request, OpenBook):
        if isinstance(error, CorruptBookError) and error.backup is not None:
            way = RestoreBook(error.backup, Path(request.location))
            ways.append((tr("Restaurer la dernière bonne sauvegarde"), way))
        if isinstance(error, LockedError) and error.may_take_over:
            ways.append((tr("Ouvrir quand même"), OpenBook(request.location, take_over=True)))
        ways.append((tr("Réessayer"), request))
    return ways


def _choice(drawing: str, title: str, detail: str) -> QPushButton:
    button = QPushButton()
    set_role(button, "choice")
    button.setAccessibleName(title)
    button.setAccessibleDescription(detail)
    mark = QLabel()
    mark.setPixmap(icon(drawing, "primary").pixmap(QSize(scaled(28), scaled(28))))
    first, second = QLabel(title), QLabel(detail)
    set_role(first, "h2")
    set_role(second, "muted")
    for label in (mark, first, second):
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    second.setWordWrap(True)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(first)
    words.addWidget(second)
    row = QHBoxLayout(button)
    row.setContentsMargins(scaled(16), scaled(10), scaled(16), scaled(10))
    row.setSpacing(scaled(14))
    row.addWidget(mark)
    row.addLayout(words, 1)
    button.setMinimumHeight(scaled(64))
    return button
