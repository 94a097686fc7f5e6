"""A suspicion of food poisoning: what to do, in order, and what was done."""

from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.outbreak import opening
from cantine_desktop.hygiene.outbreak.model import Callee, Outbreak
from cantine_desktop.hygiene.outbreak.words import CALLEES, KEEP_ALL, STEPS, Step
from cantine_desktop.i18n import hour, mark, short_day, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.outbreak_forms import (
    CloseDialog,
    ContactsCard,
    ReviseDialog,
    StepDialog,
    SuspectedForm,
    big_button,
)
from ui.hygiene.outbreak_steps import PRINT, Checklist, Done
from ui.hygiene.outbreak_today import today_of
from ui.kit.flow import FlowLayout
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role
from ui.screen import Screen

DOCUMENT = "outbreak-sheets"


class OutbreakScreen(Screen):
    """Opens a suspicion; then the checklist, the numbers and the four sheets."""

    key: ClassVar[str] = "outbreak"
    shows: ClassVar[frozenset[str]] = frozenset({
        "outbreak",
        "outbreak_call",
        "outbreak_measure",
        "crisis_contact",
    })
    help_text: ClassVar[str] = mark(
        "Deux malades ou plus après un même repas : ouvrez la suspicion, suivez la liste dans "
        "l’ordre. Les noms des malades restent sur le papier."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._current: int | None = None
        self._by = ""
        self._day = today_of(desk)
        self._may_write = desk.may_write("hygiene")
        self._print = QAction(tr("Imprimer les quatre feuilles"), self)
        self._print.triggered.connect(self._print_out)
        self.addAction(self._print)
        self.notice = Notice()
        self.form = SuspectedForm(desk)
        self.begin = big_button(tr("Ouvrir la suspicion et geler les enregistrements"), "primary")
        self.begin.setEnabled(self._may_write)
        self.begin.clicked.connect(self._suspect)
        self.opening_card = self._opening_card()
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        set_role(self.facts, "h2")
        self.revise = big_button(tr("Modifier…"))
        self.revise.clicked.connect(self._revise)
        self.other = big_button(tr("Autre mesure…"))
        self.other.clicked.connect(self._note_other)
        self.close_button = big_button(tr("Clore la suspicion…"))
        self.close_button.clicked.connect(self._close)
        self.checklist = Checklist()
        self.checklist.asked.connect(self._ask)
        self.following = self._following()
        self.contacts = ContactsCard()
        self.contacts.written.connect(self._write_contact)
        self._lay_out()

    @override
    def primary(self) -> QAction:
        return self._print

    @override
    def document(self) -> tuple[str, Period]:
        return DOCUMENT, Period.through(self._day, self._day)

    @override
    def open_at(self, target: object) -> None:
        """Show the suspicion that is open; a closed one is on its sheets."""
        self.refresh()

    @override
    def refresh(self) -> None:
        """Read the suspicion again."""
        with self.desk.book.read() as session:
            outbreak = opening.current(session)
            contacts = opening.contacts(session)
            facts = _facts(outbreak) if outbreak else ""
            done = _done(outbreak) if outbreak else {}
        self._current = outbreak.id if outbreak else None
        self._by = outbreak.opened_by if outbreak else ""
        self._day = civil_date(outbreak.opened_at) if outbreak else today_of(self.desk)
        self.subtitle = tr("en cours") if outbreak else tr("aucune en cours")
        self.facts.setText(facts)
        self.opening_card.setVisible(outbreak is None)
        self.following.setVisible(outbreak is not None)
        self.checklist.present(done, contacts, may_write=self._may_write)
        self.contacts.present(contacts, may_write=self._may_write)
        for button in (self.revise, self.other, self.close_button):
            button.setEnabled(self._may_write)

    @Slot()
    def _suspect(self) -> None:
        suspected = self.form.suspected()
        if suspected is None:
            return
        by = self.form.by.value or ""
        if self._act(tr("Suspicion de TIAC ouverte"), opening.suspect, suspected, by):
            self.desk.tell(tr("Les enregistrements de ces jours sont gelés."))
            self.checklist.rows["care"].button.setFocus()

    @Slot()
    def _revise(self) -> None:
        with self.desk.book.read() as session:
            outbreak = opening.current(session)
        if outbreak is None:
            return
        dialog = ReviseDialog(self, self.desk, outbreak)
        if dialog.exec() and (suspected := dialog.fields.suspected()) is not None:
            self._act(tr("Suspicion de TIAC modifiée"), opening.revise, outbreak.id, suspected)

    @Slot(object)
    def _ask(self, step: Step) -> None:
        if step.key == PRINT:
            self._print_out()
            if self._may_write:
                self._note(PRINT, self._by, "")
            return
        dialog = StepDialog(self, step, self._by)
        if not dialog.exec():
            return
        by, words = dialog.by.value or "", dialog.words.toPlainText()
        if dialog.is_call:
            self._call(dialog.chosen(), by, dialog.spoke_to.value or "", words)
        else:
            self._note(step.key, by, words)

    @Slot()
    def _note_other(self) -> None:
        dialog = StepDialog(self, None, self._by)
        if dialog.exec():
            self._note("", dialog.by.value or "", dialog.words.toPlainText())

    @Slot()
    def _close(self) -> None:
        dialog = CloseDialog(self, self._by)
        if dialog.exec():
            words = dialog.words.toPlainText()
            said = tr("Suspicion de TIAC close")
            self._act(said, opening.close, self._current, dialog.by.value or "", words)

    @Slot()
    def _print_out(self) -> None:
        self.desk.print_out(*self.document())

    @Slot(object, str, str, str)
    def _write_contact(self, callee: Callee, name: str, phone: str, note: str) -> None:
        with self.desk.book.read() as session:
            known = opening.contacts(session)[callee]
            if (known.name, known.phone) == (name, phone):
                return
        with self.desk.book.action(tr("Numéro d’urgence")) as session:
            opening.write_contact(session, callee, name, phone, note or known.note)

    def _call(self, callee: Callee, by: str, spoke_to: str, words: str) -> None:
        now = self.desk.book.clock()
        try:
            with self.desk.book.action(tr("Appel noté")) as session:
                made = opening.Call(callee, now, by, spoke_to, words)
                opening.call(session, self._current or 0, made)
        except UserError as error:
            self.notice.tell("bad", str(error))

    def _note(self, step: str, by: str, words: str) -> None:
        self._act(tr("Mesure notée"), opening.note_measure, self._current, step, by, words)

    def _act(self, label: str, verb: opening.Verb, *values: object) -> bool:
        """Do something now; say why if it cannot be."""
        self.notice.clear()
        try:
            with self.desk.book.action(label) as session:
                verb(session, *values, self.desk.book.clock())
        except UserError as error:
            self.notice.tell("bad", str(error))
            return False
        return True

    def _opening_card(self) -> QFrame:
        card = QFrame()
        set_role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(16))
        column.setSpacing(scaled(12))
        title = QLabel(tr("Deux personnes malades, ou plus, après le même repas ?"))
        set_role(title, "h2")
        words = QLabel(
            tr(
                "Ouvrir trop tôt ne coûte rien. Les relevés, les lots et les plats témoins de ces "
                "jours sont gelés aussitôt : personne ne peut plus les détruire."
            )
        )
        for label in (title, words):
            label.setWordWrap(True)
            column.addWidget(label)
        self.form.setMaximumWidth(scaled(720))
        column.addWidget(self.form)
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _following(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(12))
        keep = Notice()
        keep.tell("warn", tr(KEEP_ALL))
        column.addWidget(self.facts)
        column.addWidget(keep)
        column.addWidget(self.checklist)
        buttons = FlowLayout(scaled(8))
        for button in (self.other, self.revise, self.close_button):
            buttons.addWidget(button)
        column.addLayout(buttons)
        return whole

    def _lay_out(self) -> None:
        page = QWidget()
        set_role(page, "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, scaled(12), 0)
        column.setSpacing(scaled(16))
        for widget in (self.notice, self.opening_card, self.following, self.contacts):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.addWidget(scroll)
        scroll.setWidget(page)  # last: it measures the page, which is then dressed in its place


def _facts(outbreak: Outbreak) -> str:
    meals = in_words(Period(outbreak.first, outbreak.end))
    parts = [
        tr("Repas : {days}").format(days=meals),
        trn("{n} malade connu", "{n} malades connus", outbreak.ill),
    ]
    if outbreak.diners is not None:
        parts.append(trn("{n} convive", "{n} convives", outbreak.diners))
    return " · ".join(parts)


def _done(outbreak: Outbreak) -> dict[str, Done]:
    """Return what was done of each step: calls under the step that means them, and measures."""
    lines: dict[str, list[str]] = {}
    for step in STEPS:
        for call in outbreak.calls:
            if call.callee in step.calls:
                who = tr(CALLEES[call.callee])
                words = " · ".join(filter(None, (who, call.spoke_to, call.words)))
                lines.setdefault(step.key, []).append(_said(call.at, call.by, words))
    for measure in outbreak.measures:
        if measure.step:
            said = _said(measure.at, measure.by, measure.words)
            lines.setdefault(measure.step, []).append(said)
    return {key: Done(tuple(said)) for key, said in lines.items()}


def _said(at: datetime, by: str, words: str) -> str:
    said = tr("{day} à {time}, {by}").format(day=short_day(civil_date(at)), time=hour(at), by=by)
    return f"{said} — {words}" if words else said
