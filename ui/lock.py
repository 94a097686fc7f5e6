"""The lock: choosing a profile and giving its password; locking after a while."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.people import profiles
from cantine_desktop.people.model import ProfileKey
from ui.desk import Desk
from ui.kit.theme import scaled, set_role

_GESTURES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleWatch(QObject):
    """Tells when nobody touched the window for a while.

    Signals:
        idle: The delay is over.
    """

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)

    def wait(self, minutes: int) -> None:
        """Set the delay; 0 is never."""
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        self._timer.stop()
        self._timer.setInterval(minutes * 60_000)
        if minutes:
            application.installEventFilter(self)
            self._timer.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._timer.isActive() and event.type() in _GESTURES:
            self._timer.start()
        return False


class LockScreen(QWidget):
    """Asks who is at work.

    Signals:
        entered: Somebody signed in.
        left: Somebody wants another book.
    """

    entered = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chosen: ProfileKey | None = None
        self._buttons: dict[ProfileKey, QPushButton] = {}
        self.password = _secret(tr("Mot de passe"))
        self.key = QLineEdit()
        self._new = _secret(tr("Nouveau mot de passe de la direction"))
        self._problem = QLabel()
        self._open = QPushButton(tr("Ouvrir"))
        self._ask = QFrame()
        self._recovery = QFrame()
        self._lay_out()

    def choose(self, key: ProfileKey) -> None:
        """Sign in as a profile, or ask for its password."""
        self._chosen = key
        self._buttons[key].setChecked(True)
        with self._desk.book.read() as session:
            protected = profiles.has_password(session, key)
        self._recovery.hide()
        self._ask.setVisible(protected)
        if protected:
            self.password.clear()
            self.password.setFocus()
        else:
            self._sign_in()

    def recover(self) -> None:
        """Ask for the recovery key."""
        self._ask.hide()
        self._recovery.show()
        self.key.setFocus()

    def _sign_in(self) -> None:
        if self._chosen is None:
            return
        try:
            profiles.sign_in(self._desk.book, self._chosen, self.password.text())
        except UserError as error:
            self._explain(error, self.password)
        else:
            self._desk.settings.last_profile = str(self._chosen)
            self.password.clear()
            self.entered.emit()

    def _use_key(self) -> None:
        try:
            new_key = profiles.recover(self._desk.book, self.key.text(), self._new.text())
        except UserError as error:
            self._explain(error, self.key)
            return
        self._desk.settings.last_profile = str(ProfileKey.DIRECTION)
        self.entered.emit()
        self._desk.tell(
            tr("Nouvelle clé de secours, à recopier sur papier : {key}").format(key=new_key)
        )

    def _explain(self, error: UserError, field: QLineEdit) -> None:
        self._problem.setText(str(error))
        self._problem.show()
        field.setFocus()
        field.selectAll()

    def _lay_out(self) -> None:
        title = QLabel(tr("Qui travaille ?"))
        set_role(title, "h1")
        set_role(self._problem, "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        middle = QVBoxLayout()
        middle.setSpacing(scaled(12))
        middle.addWidget(title)
        middle.addLayout(self._choices())
        self._fill_ask()
        self._fill_recovery()
        for widget in (self._ask, self._recovery, self._problem):
            middle.addWidget(widget)
        middle.addLayout(self._foot())
        row = QHBoxLayout()
        row.addStretch()
        row.addLayout(middle)
        row.addStretch()
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)

    def _choices(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(scaled(8))
        with self._desk.book.read() as session:
            names = {
                each.key: profiles.display_name(each) for each in profiles.active_profiles(session)
            }
        for key, name in names.items():
            button = QPushButton(name)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setMinimumWidth(scaled(360))
            button.setMinimumHeight(scaled(40))
            button.clicked.connect(partial(self.choose, key))
            self._buttons[key] = button
            column.addWidget(button)
        return column

    def _fill_ask(self) -> None:
        set_role(self._open, "primary")
        self._open.clicked.connect(self._sign_in)
        self.password.returnPressed.connect(self._sign_in)
        row = QHBoxLayout(self._ask)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.password, 1)
        row.addWidget(self._open)
        self._ask.hide()

    def _fill_recovery(self) -> None:
        self.key.setPlaceholderText(tr("Clé de secours"))
        self.key.setAccessibleName(tr("Clé de secours"))
        use = QPushButton(tr("Changer le mot de passe et entrer"))
        set_role(use, "primary")
        use.clicked.connect(self._use_key)
        self._new.returnPressed.connect(self._use_key)
        column = QVBoxLayout(self._recovery)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.key, self._new, use):
            column.addWidget(widget)
        self._recovery.hide()

    def _foot(self) -> QHBoxLayout:
        lost = QPushButton(tr("Mot de passe oublié"))
        other = QPushButton(tr("Ouvrir une autre cantine"))
        for button in (lost, other):
            set_role(button, "link")
        lost.clicked.connect(self.recover)
        other.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addWidget(lost)
        row.addStretch()
        row.addWidget(other)
        return row


def _secret(text: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(text)
    field.setAccessibleName(text)
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
    return field
