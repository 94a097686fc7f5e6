"""Workshops and private events, from the first call to the paid invoice (S07)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.events import course, hosting
from cantine_desktop.meals.events.board import EventRow, PaperRow, board
from cantine_desktop.meals.events.keeping import OVER, remove_event
from cantine_desktop.meals.events.model import EventKind, EventState, PaperKind, PrivateEvent
from cantine_desktop.meals.events.paper_words import paper_state
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.dialogs import ask, ask_text
from ui.kit.empty import EmptyState
from ui.kit.flow import FlowLayout
from ui.kit.notice import Notice
from ui.kit.scrolling import show_scrolling
from ui.kit.theme import scaled, set_role
from ui.meals.workshops_board import EventBoard
from ui.meals.workshops_deeds import CallOffDialog, issue_paper, send_reminder, show_paper
from ui.meals.workshops_form import EventDialog
from ui.meals.workshops_list import EventList, PaperList
from ui.meals.workshops_next import (
    DEEDS,
    Deed,
    allowed,
    first_deed,
    to_credit,
    to_remind,
)
from ui.meals.workshops_words import about, sentence_of
from ui.screen import Screen

INVOICES = frozenset({PaperKind.INVOICE, PaperKind.DEPOSIT})
RECENT = timedelta(days=60)
"""How long what is paid stays on the board."""


class WorkshopsScreen(Screen):
    """A board or a list of events, the papers of the current one, and what comes next."""

    key: ClassVar[str] = "workshops"
    shows: ClassVar[frozenset[str]] = frozenset({
        "private_event", "event_line", "event_cost", "event_paper", "event_reminder",
        "meal_service", "entry", "line", "lettering", "lettered_line", "finance_policy",
    })  # fmt: skip
    help_text: ClassVar[str] = mark(
        "Les flèches vont d’un événement à l’autre, Entrée l’ouvre, Ctrl+Entrée fait l’étape "
        "suivante : devis, accord, acompte, facture, relance. Ce qui attend trop porte un signe."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: list[EventRow] = []
        self._has_room = True
        self._today = civil_date(desk.book.clock())
        self.view = QComboBox()
        self.view.setAccessibleName(tr("Présentation"))
        self.view.addItem(tr("Tableau"), "board")
        self.view.addItem(tr("Liste complète"), "list")
        self.view.currentIndexChanged.connect(self._show_view)
        self.notice = Notice(self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        set_role(self.sentence, "h2")
        self.pages = QStackedWidget(self)
        self.board = EventBoard(self.pages)
        self.list = EventList(self.pages)
        self.empty = self._make_empty()
        self.about = QLabel(self)
        self.about.setWordWrap(True)
        self.papers = PaperList(self._paper_words, self)
        self._make_actions()
        self._lay_out()
        for part in (self.board, self.list):
            part.chosen.connect(self._show_current)
            part.opened.connect(self._open)
        self.papers.opened.connect(self._show_paper)

    def _make_empty(self) -> EmptyState:
        may = self.desk.may_write("meals")
        words = tr(
            "Un groupe veut privatiser la salle, une entreprise demande un atelier ? Notez la "
            "demande : le devis, l’acompte et la facture en sortent."
        )
        return EmptyState(words, tr("Nouvelle demande…") if may else "", self._add, "fork-knife")

    def _make_actions(self) -> None:
        may = self.desk.may_write("meals")
        self.new = self._action(tr("Nouvelle demande…"), "Ctrl+N", self._add, enabled=may)
        self.next = self._action(tr("Étape suivante"), "Ctrl+Return", self._do_next)
        doing: dict[Deed, Callable[[], object]] = {
            Deed.OPEN: self._open,
            Deed.QUOTE: partial(self._issue, PaperKind.QUOTE),
            Deed.ACCEPT: self._accept,
            Deed.HOST: self._host,
            Deed.DEPOSIT: partial(self._issue, PaperKind.DEPOSIT),
            Deed.INVOICE: partial(self._issue, PaperKind.INVOICE),
            Deed.REMIND: self._remind,
            Deed.PAPER: self._show_paper,
            Deed.CREDIT: self._credit,
            Deed.DECLINE: self._decline,
            Deed.CALL_OFF: self._call_off,
            Deed.TAKE_UP: self._take_up,
            Deed.SERVICE: self._go_to_service,
            Deed.ACCOUNTS: self._go_to_accounts,
            Deed.REMOVE: self._remove,
        }
        self.deeds = {
            deed: self._action(tr(words.words), words.keys, doing[deed])
            for deed, words in DEEDS.items()
        }

    def _lay_out(self) -> None:
        self.bar = QWidget(self)
        flow = FlowLayout(scaled(8), self.bar)
        self.first = QPushButton(self.bar)
        set_role(self.first, "primary")
        self.first.clicked.connect(self.next.trigger)
        flow.addWidget(self.first)
        self.buttons: dict[Deed, QPushButton] = {}
        for deed, action in self.deeds.items():
            button = QPushButton(action.text(), self.bar)
            button.clicked.connect(action.trigger)
            flow.addWidget(button)
            self.buttons[deed] = button
        for each in (self.board, self.list, self.empty):
            self.pages.addWidget(each)
        self.papers.setMaximumHeight(scaled(132))
        self.papers.setMinimumHeight(scaled(72))
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.notice)
        column.addWidget(self.sentence)
        column.addWidget(self.pages, 1)
        for widget in (self.about, self.bar, self.papers):
            column.addWidget(widget)
        show_scrolling(self, page)

    @override
    def primary(self) -> QAction:
        return self.new

    @override
    def filters(self) -> QWidget:
        return self.view

    @override
    def document(self) -> tuple[str, Period]:
        return "events", Period.year(self._today)

    @override
    def open_at(self, target: object) -> None:
        """Show an event by its key."""
        if isinstance(target, int):
            if self._row(target) is None:
                self.refresh()
            row = self._row(target)
            if row is not None and row not in self._on_board():
                self.view.setCurrentIndex(self.view.findData("list"))
            self._shown.go_to(target)

    @override
    def place(self) -> object:
        return self._shown.current

    @override
    @Slot()
    def take_keyboard(self) -> None:
        if self.pages.currentWidget() is self.board:
            self.board.take_keyboard()
        elif self.pages.currentWidget() is self.list:
            self.list.table.setFocus()
        elif self.empty.button is not None:
            self.empty.button.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_room = EventBoard.fits(event.size().width())
        if has_room != self._has_room:
            self._has_room = has_room
            self.view.setVisible(has_room)
            self._show_view()

    @override
    def refresh(self) -> None:
        """Read the events again."""
        self._today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            self._rows = board(session, self._today, reads_accounts=self.desk.may_read("finance"))
        self.board.show_events(self._on_board())
        self.list.show_events(self._rows)
        self.sentence.setText(sentence_of(self._rows))
        self._show_view()

    def _on_board(self) -> list[EventRow]:
        return [
            row
            for row in self._rows
            if row.state not in OVER
            and (row.state is not EventState.PAID or row.day >= self._today - RECENT)
        ]

    @property
    def _shown(self) -> EventBoard | EventList:
        wants_board = self.view.currentData() == "board"
        return self.board if wants_board and self._has_room else self.list

    def _row(self, key: int | None) -> EventRow | None:
        return next((row for row in self._rows if row.key == key), None)

    def _current(self) -> EventRow | None:
        return self._row(self._shown.current)

    @Slot()
    def _show_view(self) -> None:
        kept = self.list.current if self._shown is self.board else self.board.current
        before, page = self.pages.currentWidget(), self._shown if self._rows else self.empty
        self.pages.setCurrentWidget(page)
        if self.isVisible() and before is self.empty is not page:
            self.take_keyboard()
        if self._shown.current is None and kept is not None:
            self._shown.go_to(kept)
        self._show_current()

    @Slot()
    def _show_current(self, _key: object = None) -> None:
        row = self._current()
        self.about.setVisible(row is not None)
        self.papers.setVisible(row is not None)
        self.bar.setVisible(row is not None)
        can, first = allowed(row, self.desk), None
        if row is not None:
            self.about.setText(about(row))
            self.papers.show_papers(row.papers)
            first = first_deed(row)
        first = first if first in can else None
        self.next.setEnabled(first is not None)
        self.first.setVisible(first is not None)
        if first is not None:
            self.first.setText(self.deeds[first].text())
        for deed, action in self.deeds.items():
            action.setEnabled(deed in can)
            self.buttons[deed].setVisible(deed in can and deed is not first)

    def _paper_words(self, paper: PaperRow) -> str:
        return paper_state(paper, self._today)

    @Slot()
    def _do_next(self) -> None:
        row = self._current()
        first = first_deed(row) if row is not None else None
        if first is not None and self.deeds[first].isEnabled():
            self.deeds[first].trigger()

    @Slot()
    def _add(self) -> None:
        dialog = EventDialog(self.desk, self.window(), None)
        if dialog.exec() and dialog.key is not None:
            self.open_at(dialog.key)

    @Slot()
    def _open(self) -> None:
        if (row := self._current()) is not None:
            EventDialog(self.desk, self.window(), row.key).exec()

    def _issue(self, kind: PaperKind, _checked: object = None) -> None:
        if (row := self._current()) is not None:
            issue_paper(self.desk, self.window(), kind, row.key)

    @Slot()
    def _credit(self) -> None:
        row = self._current()
        if row is None or (paper := to_credit(row)) is None:
            return
        chosen = self.papers.current
        if chosen is not None and chosen.kind in INVOICES and not chosen.is_taken_back:
            paper = chosen
        issue_paper(self.desk, self.window(), PaperKind.CREDIT_NOTE, row.key, paper.key)

    @Slot()
    def _accept(self) -> None:
        row = self._current()
        if row is None:
            return
        with self.desk.book.action(tr("Devis accepté")) as session:
            course.accept(session, session.get_one(PrivateEvent, row.key), self._today)
        self.desk.tell(tr("« {title} » est accepté.").format(title=row.title), undo=True)
        if row.kind is not EventKind.CATERING and row.day >= self._today:
            self._host_event(row)

    @Slot()
    def _host(self) -> None:
        if (row := self._current()) is not None:
            self._host_event(row)

    def _host_event(self, row: EventRow) -> None:
        now = self.desk.book.clock()

        def put(session: Session) -> None:
            hosting.host(session, session.get_one(PrivateEvent, row.key), now)

        self._do(tr("Événement au calendrier"), put)

    @Slot()
    def _remind(self) -> None:
        row = self._current()
        if row is not None and (paper := to_remind(row)) is not None:
            send_reminder(self.desk, self.window(), paper.key)

    @Slot()
    def _show_paper(self, _key: object = None) -> None:
        if (paper := self.papers.current) is not None:
            show_paper(self.desk, self.window(), paper.key)

    @Slot()
    def _decline(self) -> None:
        row = self._current()
        if row is None:
            return
        words = tr("Pourquoi n’a-t-il pas de suite ? Prix, date, réponse jamais venue…")
        reason = ask_text(self.window(), tr("Sans suite"), words, tr("Noter"))
        if reason is not None:
            key = row.key
            self._do(
                tr("Demande sans suite"),
                lambda session: course.decline(session, session.get_one(PrivateEvent, key), reason),
            )

    @Slot()
    def _call_off(self) -> None:
        if (row := self._current()) is not None:
            CallOffDialog(self.desk, self.window(), row.key).exec()

    @Slot()
    def _take_up(self) -> None:
        if (row := self._current()) is not None:
            key = row.key
            self._do(
                tr("Événement repris"),
                lambda session: course.take_up(session, session.get_one(PrivateEvent, key)),
            )

    @Slot()
    def _remove(self) -> None:
        row = self._current()
        if row is None or not ask(
            self.window(), tr("Retirer cette demande ?"), row.title, tr("Retirer"), destructive=True
        ):
            return
        key = row.key
        self._do(
            tr("Demande retirée"),
            lambda session: remove_event(session, session.get_one(PrivateEvent, key)),
        )

    @Slot()
    def _go_to_service(self) -> None:
        if (row := self._current()) is not None:
            self.desk.go("service", row.service_id)

    @Slot()
    def _go_to_accounts(self) -> None:
        if (row := self._current()) is not None:
            self.desk.go("accounts", ("party", row.party_id))

    def _do(self, label: str, act: Callable[[Session], object]) -> None:
        """Do something that may be refused, in one step of undo, and say so."""
        try:
            with self.desk.book.action(label) as session:
                act(session)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.notice.clear()
        self.desk.tell(tr("{what}.").format(what=label), undo=True)
