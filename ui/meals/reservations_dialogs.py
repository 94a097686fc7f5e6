"""What is asked beside the reservations: a list to paste, what was asked in writing."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPlainTextEdit, QPushButton, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.meals.reservations.diets import LONGEST, Asked, remember, requests
from cantine_desktop.meals.reservations.forgetting import forget_request
from cantine_desktop.meals.reservations.model import DIETS, Place
from cantine_desktop.meals.reservations.pasting import NameLine, read_list, write_list
from cantine_desktop.storage.scrubbing import scrub
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog, ask
from ui.kit.fields import TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role
from ui.meals.reservations_pane import PLACES

_WIDE = 560
_PATIENCE = 200
"""Milliseconds after the last letter before the list is read again."""
_USUAL = timedelta(days=180)
"""How long a request is proposed to be kept."""


class PasteDialog(Dialog):
    """A list of names, one a line; what each becomes is shown before anything is written."""

    def __init__(self, desk: Desk, parent: QWidget | None, service_id: int, title: str) -> None:
        super().__init__(
            parent,
            tr("Coller une liste de noms"),
            tr(
                "{title} : un nom par ligne. « odile c », « karim +2 », « +1 », « 2 sans gluten »."
            ).format(title=title),
        )
        self._desk, self._service = desk, service_id
        self._read: Sequence[NameLine] = ()
        self.setMinimumWidth(scaled(_WIDE))
        self.area = QPlainTextEdit()
        self.area.setAccessibleName(tr("Liste de noms"))
        self.area.setTabChangesFocus(True)
        self.area.setMinimumHeight(scaled(110))
        self.doing = QComboBox()
        self.doing.setAccessibleName(tr("Ce que font ceux qui ne le disent pas"))
        for place, words in PLACES.items():
            self.doing.addItem(tr("Sans lettre : {place}").format(place=tr(words)), place)
        self.preview = QListWidget()
        self.preview.setAccessibleName(tr("Ce que devient chaque ligne"))
        self.preview.setMinimumHeight(scaled(130))
        self.sum = QLabel()
        self.sum.setWordWrap(True)
        set_role(self.sum, "muted")
        for part in (self.area, self.doing, self.preview, self.sum):
            self.body.addWidget(part)
        self._act, _ = self.add_answers(tr("Inscrire"))
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self.read)
        self.area.textChanged.connect(self._timer.start)
        self.doing.activated.connect(self.read)
        self.area.setFocus()
        self.read()

    @Slot()
    def read(self) -> None:
        """Read the list again and show what it becomes."""
        place = Place(self.doing.currentData())
        try:
            with self._desk.book.read() as session:
                self._read = read_list(session, self._service, self.area.toPlainText(), place)
        except UserError as error:
            self._read = ()
            self.sum.setText(str(error))
        else:
            self.sum.setText(_summed(self._read))
        self.preview.clear()
        self.preview.addItems([_becomes(line) for line in self._read])
        self._act.setEnabled(any(_writes(line) for line in self._read))

    @override
    def accept(self) -> None:
        """Write the list as one step that may be undone."""
        self.read()
        now = self._desk.book.clock()
        if not any(_writes(line) for line in self._read):
            return
        try:
            with self._desk.book.action(tr("Liste de noms inscrite")) as session:
                made = write_list(session, self._service, self._read, now)
                count = len(made)
        except UserError as error:
            self.sum.setText(str(error))
            return
        self._desk.tell(trn("{n} inscription notée.", "{n} inscriptions notées.", count), undo=True)
        super().accept()


class RequestsDialog(Dialog):
    """What people asked in writing to be remembered about their meals, until a day they know."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Demandes écrites"),
            tr(
                "Ce qu’une personne a demandé par écrit, en mots de cuisine : « un plat sans "
                "fromage ». Jamais une maladie. Effacé à la date dite, et imprimé nulle part."
            ),
        )
        self._desk = desk
        self._asked: Sequence[Asked] = ()
        self.setMinimumWidth(scaled(_WIDE))
        self.notice = Notice()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Demandes écrites en vigueur"))
        self.list.setMinimumHeight(scaled(110))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._on_row)
        self.withdraw = QPushButton(tr("Retirer cette demande…"))
        self.withdraw.clicked.connect(self._withdraw)
        today = self._today
        self.name = TextEdit(tr("Qui"), required=True, longest=80)
        self.words = TextEdit(tr("Ce qu’on lui prépare"), required=True, longest=200)
        self.asked_on = DateEdit(tr("Demande écrite du"), today, last=today(), required=True)
        self.until = DateEdit(tr("Jusqu’au"), today, required=True)
        self.form = Form()
        self.form.setMinimumHeight(scaled(180))
        for key, field in (
            ("name", self.name),
            ("words", self.words),
            ("asked_on", self.asked_on),
            ("until", self.until),
        ):
            self.form.add(key, field.name, field)
        for part in (self.notice, self.list, self.withdraw, self.form):
            self.body.addWidget(part)
        self.add_answers(tr("Garder cette demande"), cancel=tr("Fermer"))
        self._clear()
        self._fill()
        self.name.setFocus()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def _clear(self) -> None:
        today = self._today()
        self.name.set_value(None)
        self.words.set_value(None)
        self.asked_on.set_value(today)
        self.until.set_value(today + min(_USUAL, timedelta(days=LONGEST)))

    def _fill(self) -> None:
        with self._desk.book.read() as session:
            self._asked = requests(session, self._today())
        self.list.clear()
        self.list.addItems([_request(each) for each in self._asked])
        self.list.setVisible(bool(self._asked))
        self._on_row(self.list.currentRow())

    @Slot(int)
    def _on_row(self, row: int) -> None:
        self.withdraw.setVisible(bool(self._asked))
        self.withdraw.setEnabled(row >= 0)

    @override
    def accept(self) -> None:
        """Keep what is typed and wait for another one, or say what is wrong."""
        if not self.form.check():
            return
        asked_on, until = self.asked_on.value, self.until.value
        assert until is not None
        name, words, now = self.name.value or "", self.words.value or "", self._desk.book.clock()
        try:
            with self._desk.book.action(tr("Demande écrite gardée")) as session:
                remember(session, name, words, until, now, asked_on=asked_on)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.notice.clear()
        self._clear()
        self._fill()
        self.name.setFocus()

    @Slot()
    def _withdraw(self) -> None:
        row = self.list.currentRow()
        text = tr("Elle est détruite pour de bon, dans l’historique aussi.")
        if row < 0 or not ask(
            self, tr("Retirer la demande ?"), text, tr("Retirer"), destructive=True
        ):
            return
        self.take_back(self._asked[row].key)

    def take_back(self, key: int) -> None:
        """Destroy a request, and its bytes off the window's thread."""
        book = self._desk.book
        with book.action(tr("Demande écrite retirée"), undoable=False) as session:
            forget_request(session, key, book.actor.name, book.clock())
        self._desk.jobs.run(partial(scrub, book.engine), _done, _failed)
        self._fill()


def _done(_scrubbed: bool) -> None:  # noqa: FBT001  -- what the job returns
    """Take an answer that changes nothing: what could not be done now is at the next opening."""


def _failed(error: BaseException) -> None:
    raise error


def _writes(line: NameLine) -> bool:
    return bool(line.diets) or (line.typed is not None and not line.is_known)


def _becomes(line: NameLine) -> str:
    """Say what a pasted line becomes."""
    head = tr("Ligne {n}, « {text} »").format(n=line.number, text=line.text)
    if line.problem:
        return f"✗ {head}{_COLON}{line.problem}"
    parts: list[str] = []
    if line.typed is not None:
        who = line.typed.name or tr("place sans nom")
        many = f" ({line.typed.people})" if line.typed.people > 1 else ""
        parts += [f"{who}{many}", tr(PLACES[line.typed.place])]
    if line.is_known:
        return f"= {' · '.join(parts)} · {tr('déjà inscrit·e')}"
    if line.waits:
        parts.append(tr("en attente"))
    parts += [f"{count} {tr(DIETS[diet])}" for diet, count in line.diets]
    return f"✓ {' · '.join(parts)}"


def _summed(lines: Sequence[NameLine]) -> str:
    if not lines:
        return tr("Rien n’est écrit avant « Inscrire ».")
    counted: list[tuple[Callable[[int], str], int]] = [
        (_new, sum(line.typed is not None and not line.is_known for line in lines)),
        (_waiting, sum(line.waits for line in lines)),
        (_known, sum(line.is_known for line in lines)),
        (_wrong, sum(bool(line.problem) for line in lines)),
    ]
    return f"{', '.join(say(count) for say, count in counted if count)}."


def _new(count: int) -> str:
    return trn("{n} inscription", "{n} inscriptions", count)


def _waiting(count: int) -> str:
    return trn("dont {n} en attente", "dont {n} en attente", count)


def _known(count: int) -> str:
    return trn("{n} déjà là, laissée", "{n} déjà là, laissées", count)


def _wrong(count: int) -> str:
    return trn("{n} ligne illisible, laissée", "{n} lignes illisibles, laissées", count)


def _request(each: Asked) -> str:
    return tr("{name} · {words} · demande écrite du {asked}, jusqu’au {until}").format(
        name=each.name,
        words=each.words,
        asked=short_day(each.asked_on),
        until=short_day(each.until),
    )


_COLON = "\u00a0: "
