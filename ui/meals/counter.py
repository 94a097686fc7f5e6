"""The counter: at the door of the canteen, large buttons for who arrives; it shows no money.

Everything goes into the draft of the service's closing as it is tapped, so that nothing is lost
and the director finds it there.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import hour, long_day, tr
from cantine_desktop.meals.closing.arrivals import (
    Arrived,
    Who,
    arrived,
    contribute,
    note_arrival,
    room_in_words,
    take_away,
    tap,
    walk_in,
)
from cantine_desktop.meals.reservations.model import Reservation, ReservationState
from cantine_desktop.meals.reservations.quick import parse
from cantine_desktop.meals.reservations.seating import reservations_of
from cantine_desktop.meals.services.queries import ServiceRow
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.kit.notice import Notice
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled, set_role
from ui.meals.counter_list import Awaited, AwaitedList, awaited_words
from ui.meals.counter_taps import Gifts, People

_MOST_BACK = 50
"""Taps that may be taken back, one by one."""

Deed = Callable[[Session], object]


class CounterPage(QWidget):
    """What a volunteer holds during a service, alone in the window.

    Args:
        desk: Of the book, in the hands of the counter.
        service: The service at hand.

    Signals:
        left: Somebody wants the rest of the application back.
    """

    left = Signal()

    def __init__(self, desk: Desk, service: ServiceRow) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._back: list[tuple[str, Deed]] = []
        self.setAccessibleName(tr("Comptoir"))
        self.room = QLabel(self)
        self.notice = Notice()
        self.people = People(self)
        self.gifts = Gifts(self)
        self.awaited = AwaitedList(self)
        self.undo = QPushButton(tr("Reprendre le dernier geste"), self)
        self.leave = QPushButton(tr("Quitter le comptoir…"), self)
        self.first_stop = self.awaited.line
        self._lay_out()
        self.people.tapped.connect(self._tap)
        self.gifts.given.connect(self._give)
        self.awaited.came.connect(self._came)
        self.awaited.absent.connect(self._absent)
        self.awaited.typed.connect(self._typed)
        self.awaited.veiled.connect(self.notice.clear)
        self.undo.clicked.connect(self._undo)
        self.leave.clicked.connect(self.left)
        desk.changed.connect(self._refresh)
        self._refresh()

    @Slot(object)
    @Slot()
    def _refresh(self, _tables: object = None) -> None:
        with self._desk.book.read() as session:
            found = arrived(session, self._service.key)
            rows = [_awaited(row) for row in reservations_of(session, self._service.key)]
        self._show(found, rows)

    def _show(self, found: Arrived, rows: list[Awaited]) -> None:
        self.room.setText(room_in_words(found))
        self.people.show_counts(found.counts)
        self.gifts.show_given(found)
        self.awaited.show_rows(rows)
        self.undo.setEnabled(bool(self._back))

    def _do(self, told: str, deed: Deed, back: Deed | None) -> None:
        """Write a tap at once, and keep how to take it back."""
        self.awaited.touch()
        try:
            with self._desk.book.action(tr("Comptoir"), undoable=False) as session:
                deed(session)
        except UserError as error:
            self.notice.tell("warn", str(error))
            return
        if back is not None:
            self._back = [*self._back, (told, back)][-_MOST_BACK:]
        self.notice.tell("ok", told)
        self._refresh()

    @Slot(object, int)
    def _tap(self, who: Who, n: int) -> None:
        now = self._desk.book.clock()
        words = tr("Noté : un de plus") if n > 0 else tr("Noté : un de moins")
        key = self._service.key
        self._do(
            words,
            lambda session: tap(session, key, who, n, now),
            lambda session: tap(session, key, who, -n, now),
        )

    @Slot(object)
    def _give(self, amount: Money) -> None:
        key, now = self._service.key, self._desk.book.clock()
        self._do(
            tr("Contribution notée"),  # never the amount: the next person reads it
            lambda session: contribute(session, key, amount, 1, now),
            lambda session: contribute(session, key, amount, -1, now),
        )

    @Slot(int)
    def _came(self, reservation: int) -> None:
        self._note(reservation, ReservationState.CAME)

    @Slot(int)
    def _absent(self, reservation: int) -> None:
        self._note(reservation, ReservationState.NO_SHOW)

    def _note(self, reservation: int, state: ReservationState) -> None:
        """Note what became of somebody; the same again takes it back."""
        now = self._desk.book.clock()
        with self._desk.book.read() as session:
            row = session.get_one(Reservation, reservation)
            before, name = row.state, row.name or tr("Place sans nom")
        wanted = ReservationState.SEATED if before is state else state
        words = {
            ReservationState.CAME: tr("{who} : venu"),
            ReservationState.NO_SHOW: tr("{who} : pas venu"),
            ReservationState.SEATED: tr("{who} : de nouveau attendu"),
        }[wanted]
        self._do(
            words.format(who=name),
            lambda session: note_arrival(session, reservation, wanted, now),
            lambda session: note_arrival(session, reservation, before, now),
        )

    @Slot(str)
    def _typed(self, text: str) -> None:
        """Tick the one awaited person of that name, or note somebody who arrives."""
        known = self.awaited.only_match(text)
        if known:
            self._note(known, ReservationState.CAME)
            return
        try:
            typed = parse(text)
        except UserError as error:
            self.notice.tell("warn", str(error))
            return
        now, key = self._desk.book.clock(), self._service.key
        made: list[int] = []

        def arrive(session: Session) -> None:
            made.append(walk_in(session, key, typed, now, is_here=True).id)

        self._do(
            tr("{who} : noté").format(who=typed.name or tr("Place sans nom")),
            arrive,
            lambda session: take_away(session, made[0], now),
        )

    @Slot()
    def _undo(self) -> None:
        if self._back:
            told, back = self._back.pop()
            self._do(tr("Repris : {what}").format(what=told), back, None)

    def _lay_out(self) -> None:
        row = self._service
        title = QLabel(
            tr("{service} du {day}, {time}").format(
                service=row.title, day=long_day(row.day), time=hour(row.meal)
            ),
            self,
        )
        set_role(title, "h2")
        set_role(self.room, "strong")
        head = QHBoxLayout()
        words = QVBoxLayout()
        for label in (title, self.room):
            label.setWordWrap(True)
            words.addWidget(label)
        head.addLayout(words, 1)
        for button in (self.undo, self.leave):
            set_role(button, "large")
            head.addWidget(button)
        taps = QWidget(self)
        left = QVBoxLayout(taps)
        left.setContentsMargins(0, 0, scaled(8), 0)
        left.setSpacing(scaled(12))
        left.addWidget(self.people, 2)
        left.addWidget(self.gifts, 1)
        sides = QHBoxLayout()
        sides.setSpacing(scaled(8))
        sides.addWidget(scrolling(taps, sideways=False), 3)
        sides.addWidget(self.awaited, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(20), scaled(16), scaled(20), scaled(16))
        column.setSpacing(scaled(12))
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addLayout(sides, 1)


def _awaited(row: Reservation) -> Awaited:
    words = awaited_words(row.name, row.place, row.people, row.state)
    awaited = row.state in {ReservationState.SEATED, ReservationState.WAITING}
    return Awaited(row.id, row.name, words, awaited)
