"""Leaving the counter: a code or a password, with keys large enough for a finger."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.people import profiles, way_out
from cantine_desktop.people.model import ProfileKey
from cantine_desktop.storage.rights import Actor
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role


class LeaveDialog(Dialog):
    """Asks for the secret that gives the rest of the application back.

    Attributes:
        actor: Who holds the book now; ``None`` while nobody was let through.
        profile: Whose password it was, or ``None`` for the code.
    """

    def __init__(self, desk: Desk, parent: QWidget | None, before: Actor) -> None:
        super().__init__(
            parent,
            tr("Quitter le comptoir"),
            tr("Ce qui est noté est gardé. Le reste de l’application s’ouvre à l’équipe."),
        )
        self._desk, self._before = desk, before
        self.actor: Actor | None = None
        self.profile: ProfileKey | None = None
        with desk.book.read() as session:
            keys = way_out.ways_out(session)
            names = {
                each.key: profiles.display_name(each) for each in profiles.active_profiles(session)
            }
        self.profiles = QComboBox(self)
        self.profiles.setAccessibleName(tr("Profil"))
        for key in keys:
            self.profiles.addItem(names[key], key)
        self.profiles.setVisible(bool(keys))
        self.secret = _secret(self, tr("Mot de passe") if keys else tr("Code de sortie"))
        self.notice = Notice()
        for widget in (self.notice, self.profiles, self.secret):
            self.body.addWidget(widget)
        self.body.addLayout(_keys(self, self.secret))
        act, _cancel = self.add_answers(tr("Quitter le comptoir"), cancel=tr("Y rester"))
        act.clicked.disconnect()
        act.clicked.connect(self._try)
        self.secret.setFocus()

    @Slot()
    def _try(self) -> None:
        key = self.profiles.currentData()
        self.profile = ProfileKey(key) if key is not None else None
        try:
            self.actor = way_out.leave_counter(
                self._desk.book, self._before, self.profile, self.secret.text()
            )
        except UserError as error:
            self.notice.tell("bad", str(error))
            self.secret.clear()
            self.secret.setFocus()
            return
        self.accept()


class CodeDialog(Dialog):
    """Asks for the code that will leave the counter, each time it is entered.

    Args:
        desk: Of the open book.
        parent: The window.
        has_code: One was chosen before: nothing typed keeps it.
    """

    def __init__(self, desk: Desk, parent: QWidget | None, *, has_code: bool) -> None:
        words = tr(
            "Au comptoir, seuls les arrivées et les inscriptions sont à l’écran. Ce code, à "
            "garder dans l’équipe, en fait sortir. Éteindre l’ordinateur ne perd rien, et en fait "
            "sortir aussi."
        )
        if has_code:
            words += " " + tr("Un code est déjà choisi : laissez vide pour le garder.")
        super().__init__(parent, tr("Le code de sortie du comptoir"), words)
        self._desk, self._has_code = desk, has_code
        self.secret = _secret(self, tr("Code de sortie, 4 chiffres ou plus"))
        self.again = _secret(self, tr("Le même code, encore une fois"))
        self.notice = Notice()
        for widget in (self.notice, self.secret, self.again):
            self.body.addWidget(widget)
        act, _cancel = self.add_answers(tr("Ouvrir le comptoir"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        self.secret.setFocus()

    @Slot()
    def _keep(self) -> None:
        if self._has_code and not self.secret.text() and not self.again.text():
            self.accept()
            return
        if self.secret.text() != self.again.text():
            self.notice.tell("bad", tr("Les deux codes diffèrent : tapez-les encore."))
            self.again.setFocus()
            return
        try:
            way_out.set_code(self._desk.book, self.secret.text())
        except UserError as error:
            self.notice.tell("bad", str(error))
            self.secret.setFocus()
            return
        self.accept()


def _secret(parent: QWidget, name: str) -> QLineEdit:
    field = QLineEdit(parent)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    field.setMinimumHeight(scaled(48))
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
    return field


def _keys(parent: QWidget, field: QLineEdit) -> QGridLayout:
    """Return ten digits and an eraser for who has no keyboard."""
    grid = QGridLayout()
    grid.setSpacing(scaled(6))
    for place, digit in enumerate("123456789"):
        grid.addWidget(_key(parent, digit, partial(_type, field, digit)), place // 3, place % 3)
    grid.addWidget(_key(parent, "0", partial(_type, field, "0")), 3, 1)
    erase = _key(parent, "⌫", partial(_erase, field))
    erase.setAccessibleName(tr("Effacer"))
    grid.addWidget(erase, 3, 2)
    return grid


def _key(parent: QWidget, words: str, press: partial[None]) -> QPushButton:
    button = QPushButton(words, parent)
    set_role(button, "large")
    button.setAutoDefault(False)
    button.clicked.connect(press)
    return button


def _type(field: QLineEdit, digit: str, *_checked: object) -> None:
    field.insert(digit)


def _erase(field: QLineEdit, *_checked: object) -> None:
    field.backspace()
