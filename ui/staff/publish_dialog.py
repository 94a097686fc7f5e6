"""Publishing a week: what the rules say of it, what changed, who agreed, what to tell them."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.rosters.board import Board
from cantine_desktop.staff.rosters.planning import Spot
from cantine_desktop.staff.rosters.publishing import DayChange, change_words, pending, publish
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import TextEdit
from ui.kit.labels import wrapped
from ui.kit.notice import Notice
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled
from ui.staff.member_forms import perform


class PublishDialog(Dialog):
    """Asks before a week is sealed as the team sees it.

    Attributes:
        changes: Days that differ from the last publication.
        agreed: A box for each change whose notice is short, ticked when the person agreed.
        reason: Why it changes.
    """

    def __init__(self, desk: Desk, board: Board, parent: QWidget) -> None:
        title = tr("Publier la semaine du {day}").format(day=short_day(board.days[0]))
        super().__init__(parent.window(), title)
        self._desk, self._monday = desk, board.days[0]
        self.notice = Notice()
        self.agreed: dict[Spot, QCheckBox] = {}
        self.reason = TextEdit(tr("Pourquoi ce changement"))
        with desk.book.read() as session:
            self.changes = pending(session, self._monday, desk.book.clock())
        self.body.addWidget(self.notice)
        self.body.addWidget(wrapped(_before(board)))
        self._warn(board)
        if self.changes:
            self._list_changes()
        act, _cancel = self.add_answers(tr("Publier"))
        act.clicked.disconnect()
        act.clicked.connect(self._publish)
        self.resize(scaled(580), self.height())
        self.fit()

    def _warn(self, board: Board) -> None:
        forbidden = sum(each.severity is Severity.FORBIDDEN for each in board.alerts)
        if forbidden:
            told = trn(
                "{n} interdit est encore là : il sera publié tel quel.",
                "{n} interdits sont encore là : ils seront publiés tels quels.",
                forbidden,
            )
            self.notice.tell("bad", told)

    def _list_changes(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        for change in self.changes:
            column.addWidget(wrapped(f"{change.name} : {change_words(change)}", "strong"))
            if change.alert is None:
                continue
            column.addWidget(wrapped(change.alert.sentence, "small"))
            box = QCheckBox(tr("Accord écrit de {name}").format(name=change.name))
            self.agreed[change.spot] = box
            column.addWidget(box)
        column.addStretch(1)
        self.body.addWidget(scrolling(page, sideways=False), 1)
        self.body.addWidget(wrapped(tr("Pourquoi ce changement")))
        self.body.addWidget(self.reason)
        copy = QPushButton(tr("Copier les messages aux personnes"))
        copy.clicked.connect(self._copy)
        self.body.addWidget(copy)

    @Slot()
    def _copy(self) -> None:
        lines = [_message(change) for change in self.changes]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._desk.tell(trn("{n} message copié.", "{n} messages copiés.", len(lines)))

    @Slot()
    def _publish(self) -> None:
        now = self._desk.book.clock()
        consents = {spot: box.isChecked() for spot, box in self.agreed.items()}
        reason = self.reason.line.text()

        def write(session: Session) -> None:
            publish(session, self._monday, now, reason, consents)

        why = perform(self._desk, tr("Planning publié"), write)
        if why:
            self.notice.tell("bad", why)
            return
        self.accept()
        self._desk.tell(tr("Planning publié : imprimez-le, ou envoyez l’agenda de chacun."))


def _before(board: Board) -> str:
    if not board.revision:
        return tr(
            "La semaine est scellée telle que l’équipe la voit. Ensuite, chaque changement est "
            "noté avec son délai et l’accord de la personne."
        )
    return trn(
        "{n} jour change depuis la dernière version.",
        "{n} jours changent depuis la dernière version.",
        board.changed,
    )


def _message(change: DayChange) -> str:
    return tr("{name}, changement d’horaire : {what}.").format(
        name=change.name, what=change_words(change)
    )
