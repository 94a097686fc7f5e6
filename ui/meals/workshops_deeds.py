"""What is done with an event: its papers issued, reminders sent, calling it off."""

import io
from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QPushButton, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, mark, money, tr
from cantine_desktop.meals.events import course, issuing
from cantine_desktop.meals.events.issuing import Issue
from cantine_desktop.meals.events.model import EventPaper, EventReminder, PaperKind, PrivateEvent
from cantine_desktop.meals.events.reminding import LEVELS, remind, sent_for, usual_words
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.field import take_typed
from ui.kit.fields import DateEdit, MoneyEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.theme import scaled
from ui.meals.workshops_size import fit
from ui.printing import PreviewDialog

_TITLES = {
    PaperKind.QUOTE: mark("Émettre le devis"),
    PaperKind.DEPOSIT: mark("Émettre la facture d’acompte"),
    PaperKind.INVOICE: mark("Émettre la facture"),
    PaperKind.CREDIT_NOTE: mark("Émettre un avoir"),
}
_LEADS = {
    PaperKind.QUOTE: mark("Il reçoit le numéro suivant. Un devis changé se remplace par un autre."),
    PaperKind.DEPOSIT: mark(
        "Elle reçoit le numéro suivant, entre dans les comptes et ne change plus."
    ),
    PaperKind.INVOICE: mark(
        "Elle reçoit le numéro suivant, entre dans les comptes et ne change plus : seul un avoir "
        "la corrige."
    ),
    PaperKind.CREDIT_NOTE: mark(
        "L’avoir reprend toute la facture. Si elle est payée, la somme est à rembourser."
    ),
}


class IssueDialog(Dialog):
    """Asks for what a paper still needs, shows it, and issues it.

    Attributes:
        issued: Key of the paper, once it is issued.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None,
        kind: PaperKind,
        event: int,
        paper: int | None = None,
    ) -> None:
        super().__init__(parent, tr(_TITLES[kind]), tr(_LEADS[kind]))
        self._desk, self._kind, self._event, self._paper = desk, kind, event, paper
        self.issued: int | None = None
        self.notice = Notice()
        self.form = Form()
        self.day = DateEdit(tr("Daté du"), self._today, last=self._today(), required=True)
        self.day.set_value(self._today())
        self.amount = MoneyEdit(tr("Acompte"), required=True)
        self.reason = TextEdit(tr("Raison"), required=True, longest=160)
        if kind is PaperKind.DEPOSIT:
            self.form.add("amount", tr("Acompte"), self.amount)
            self.amount.set_value(self._usual_deposit())
        if kind is PaperKind.CREDIT_NOTE:
            self.form.add("reason", tr("Raison"), self.reason, tr("L’avoir la porte."))
        else:
            self.form.add("day", tr("Daté du"), self.day)
        self.sum = QLabel()
        self.sum.setWordWrap(True)
        self.look = QPushButton(tr("Voir avant (PDF)"))
        self.look.clicked.connect(self._look)
        for widget in (self.notice, self.form, self.sum):
            self.body.addWidget(widget)
        self.body.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        act, _cancel = self.add_answers(tr("Émettre"))
        act.clicked.disconnect()
        act.clicked.connect(self._issue)
        self.form.committed.connect(self._show_sum)
        self._show_sum()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def _usual_deposit(self) -> Money | None:
        with self._desk.book.read() as session:
            event = session.get_one(PrivateEvent, self._event)
            try:
                return Money(issuing.draft_deposit(session, event, self._today()).content.total)
            except UserError:
                return None

    def _draft(self, session: Session) -> Issue:
        event, day = session.get_one(PrivateEvent, self._event), self.day.value or self._today()
        if self._kind is PaperKind.QUOTE:
            return issuing.draft_quote(session, event, day)
        if self._kind is PaperKind.DEPOSIT:
            return issuing.draft_deposit(session, event, day, self.amount.value)
        if self._kind is PaperKind.INVOICE:
            return issuing.draft_invoice(session, event, day)
        paper = session.get_one(EventPaper, self._paper)
        return issuing.draft_credit(session, paper, self._today(), self.reason.value or "")

    @Slot()
    def _show_sum(self) -> None:
        try:
            with self._desk.book.read() as session:
                draft = self._draft(session)
        except UserError as error:
            waits = self._kind is PaperKind.CREDIT_NOTE and not self.reason.value
            self.sum.setText("" if waits else str(error))
            return
        words = tr("À payer : {due}").format(due=money(Money(draft.content.due)))
        if self._kind is PaperKind.QUOTE:
            words = tr("Total : {total}").format(total=money(Money(draft.content.total)))
        if draft.until is not None:
            until = long_day(draft.until)
            words += (
                tr(", valable jusqu’au {day}.")
                if self._kind is PaperKind.QUOTE
                else tr(", pour le {day}.")
            ).format(day=until)
        self.sum.setText(words)

    @Slot()
    def _look(self) -> None:
        take_typed()
        try:
            with self._desk.book.read() as session:
                draft = self._draft(session)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        name = tr(_TITLES[self._kind])
        show_pdf(self._desk, self, name, partial(_write_draft, draft))

    @Slot()
    def _issue(self) -> None:
        if not self.form.check():
            return
        book = self._desk.book
        try:
            with book.action(tr(_TITLES[self._kind]), undoable=False) as session:
                event = session.get_one(PrivateEvent, self._event)
                paper = issuing.issue(session, event, self._draft(session), book.clock())
                self.issued, number = paper.id, paper.number
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("{number} est émis.").format(number=number))
        self.accept()


class ReminderDialog(Dialog):
    """The words of a reminder, usual ones first; kept as sent today."""

    def __init__(self, desk: Desk, parent: QWidget | None, paper: int) -> None:
        with desk.book.read() as session:
            row = session.get_one(EventPaper, paper)
            level = min(len(sent_for(session, row)) + 1, 3)
            if row.kind is PaperKind.QUOTE:
                level = min(level, 2)
            today = civil_date(desk.book.clock())
            words = usual_words(session, row, level, today)
            title = f"{tr(LEVELS[level])} · {row.number}"
        super().__init__(
            parent, title, tr("Relisez la lettre : elle s’imprime ou se colle dans un courriel.")
        )
        self._desk, self._paper = desk, paper
        self.sent: int | None = None
        self.notice = Notice()
        self.words = QPlainTextEdit(words)
        self.words.setAccessibleName(tr("Texte de la relance"))
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(scaled(180))
        self.body.addWidget(self.notice)
        self.body.addWidget(self.words, 1)
        act, _cancel = self.add_answers(tr("Noter comme envoyée"))
        act.clicked.disconnect()
        act.clicked.connect(self._send)
        fit(self, 620, 440)
        self.words.setFocus()

    @Slot()
    def _send(self) -> None:
        book = self._desk.book
        try:
            with book.action(tr("Relance")) as session:
                paper = session.get_one(EventPaper, self._paper)
                reminder = remind(session, paper, book.clock(), self.words.toPlainText())
                self.sent = reminder.id
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("Relance notée."), undo=True)
        self.accept()


class CallOffDialog(Dialog):
    """Why an event is called off, and what becomes of its deposit."""

    def __init__(self, desk: Desk, parent: QWidget | None, event: int) -> None:
        super().__init__(
            parent,
            tr("Annuler cet événement ?"),
            tr("Son service quitte le calendrier ; chaque facture reçoit son avoir."),
        )
        self._desk, self._event = desk, event
        self.notice = Notice()
        self.form = Form()
        self.reason = TextEdit(tr("Raison"), required=True, longest=160)
        self.form.add("reason", tr("Raison"), self.reason)
        self.keeps = QCheckBox(tr("Garder l’acompte : il devient une recette"))
        with desk.book.read() as session:
            row = session.get_one(PrivateEvent, event)
            standing = issuing.standing_papers(session, row)
        if any(paper.kind is PaperKind.DEPOSIT for paper in standing):
            self.form.add("keeps", tr("Acompte"), self.keeps)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        act, _cancel = self.add_answers(
            tr("Annuler l’événement"), cancel=tr("Revenir"), destructive=True
        )
        act.clicked.disconnect()
        act.clicked.connect(self._call_off)
        self.reason.setFocus()

    @Slot()
    def _call_off(self) -> None:
        if not self.form.check():
            return
        book = self._desk.book
        try:
            with book.action(tr("Événement annulé"), undoable=False) as session:
                event = session.get_one(PrivateEvent, self._event)
                made = course.call_off(
                    session,
                    event,
                    self.reason.value or "",
                    book.clock(),
                    keeps_deposit=self.keeps.isChecked(),
                )
                numbers = ", ".join(paper.number for paper in made)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        words = tr("Événement annulé ; émis : {papers}.") if numbers else tr("Événement annulé.")
        self._desk.tell(words.format(papers=numbers))
        self.accept()


def issue_paper(
    desk: Desk, window: QWidget, kind: PaperKind, event: int, paper: int | None = None
) -> None:
    """Ask for what a paper needs, issue it, and show it ready to print."""
    dialog = IssueDialog(desk, window, kind, event, paper)
    if dialog.exec() and dialog.issued is not None:
        show_paper(desk, window, dialog.issued)


def send_reminder(desk: Desk, window: QWidget, paper: int) -> None:
    """Ask for the words of a reminder, keep it, and show its letter."""
    dialog = ReminderDialog(desk, window, paper)
    if dialog.exec() and dialog.sent is not None:
        show_letter(desk, window, dialog.sent)


def show_paper(desk: Desk, window: QWidget, key: int) -> None:
    """Show a paper that was issued, ready to print."""
    with desk.book.read() as session:
        title = session.get_one(EventPaper, key).number
    show_pdf(desk, window, title, partial(_write_paper, key))


def show_letter(desk: Desk, window: QWidget, key: int) -> None:
    """Show the letter of a reminder, ready to print."""
    with desk.book.read() as session:
        title = tr(LEVELS[session.get_one(EventReminder, key).level])
    show_pdf(desk, window, title, partial(_write_letter, key))


def show_pdf(desk: Desk, window: QWidget, title: str, write: Callable[[Desk], bytes]) -> None:
    """Write a PDF in the background, then show it."""
    desk.jobs.run(partial(write, desk), partial(_present, desk, window, title), _failed, title)


def _write_draft(draft: Issue, desk: Desk) -> bytes:
    # Brings ReportLab, which no other gesture of the screen needs.
    from cantine_desktop.meals.events.paper_sheet import write_draft  # noqa: PLC0415

    target = io.BytesIO()
    write_draft(draft, desk.book.clock(), target)
    return target.getvalue()


def _write_paper(key: int, desk: Desk) -> bytes:
    from cantine_desktop.meals.events.paper_sheet import write_paper  # noqa: PLC0415

    target = io.BytesIO()
    with desk.book.read() as session:
        write_paper(session, key, desk.book.clock(), target)
    return target.getvalue()


def _write_letter(key: int, desk: Desk) -> bytes:
    from cantine_desktop.meals.events.letter_sheet import write_reminder  # noqa: PLC0415

    target = io.BytesIO()
    with desk.book.read() as session:
        write_reminder(session, key, desk.book.clock(), target)
    return target.getvalue()


def _present(desk: Desk, window: QWidget, title: str, pdf: bytes) -> None:
    PreviewDialog(desk, pdf, title, window).open()


def _failed(error: BaseException) -> None:
    raise error
