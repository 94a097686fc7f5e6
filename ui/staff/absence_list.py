"""The absences of the weeks around, added, changed and taken back."""

from collections.abc import Sequence
from datetime import date, time
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.staff.hours.queries import PersonWeek, absence_lines
from cantine_desktop.staff.rosters.absences import (
    DAY_LONG,
    AbsenceFacts,
    add_absence,
    change_absence,
    facts_of,
    remove_absence,
)
from cantine_desktop.staff.rosters.model import ABSENCES, Absence, AbsenceCode
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.fields import TextEdit
from ui.kit.fields_dialog import Asked
from ui.kit.hour_field import HourEdit
from ui.staff.member_forms import DeedDialog, labelled, perform, typed
from ui.staff.short_list import ShortList

_ANSWERS = (
    (True, mark("Accordée")),
    (None, mark("Demandée")),
    (False, mark("Refusée")),
)


class AbsenceList(QWidget):
    """The absences that meet a period, and what may be done with them."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self._people: list[tuple[int, str]] = []
        self._person: int | None = None
        self._first = civil_date(desk.book.clock())
        self.part = ShortList(self, tr("Absences de la semaine"), tr("Personne n’est en absence."))
        self.part.button(tr("Nouvelle absence…"), self.add)
        self.part.button(tr("Changer…"), self.change, about_line=True)
        self.part.button(tr("Retirer"), self.remove, about_line=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.part)
        column.addStretch(1)

    def show_week(self, session: Session, week: Period, people: list[PersonWeek]) -> None:
        """Show the absences of a week; a new one begins on its first day."""
        self._people = [(each.key, each.name) for each in people]
        self._first = week.first
        self.part.show_lines(absence_lines(session, week), may=self.desk.may_write("staff"))

    def about(self, person: int | None, day: date) -> None:
        """Say whom and which day a new absence is about at first."""
        self._person, self._first = person, day

    @Slot()
    def add(self) -> None:
        """Ask for a new absence."""
        if self._people:
            self._ask(None, AbsenceFacts(AbsenceCode.PAID_LEAVE, self._first, self._first + DAY))

    @Slot()
    def change(self) -> None:
        """Ask for other values of the current absence."""
        line = self.part.current
        if line is None:
            return
        with self.desk.book.read() as session:
            absence = session.get(Absence, line.key)
            facts = None if absence is None else facts_of(absence)
        if facts is not None:
            self._ask(line.key, facts)

    @Slot()
    def remove(self) -> None:
        """Take the current absence back."""
        line = self.part.current
        if line is None:
            return
        label = tr("Absence retirée")
        why = perform(self.desk, label, partial(remove_absence, absence_id=line.key))
        self.desk.tell(why or f"{label}.", undo=not why)

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    def _ask(self, key: int | None, facts: AbsenceFacts) -> None:
        who = _box(tr("Qui"), self._people, self._person)
        codes = [(each, f"{code}  {tr(title)}") for each, (code, title) in ABSENCES.items()]
        code = _box(tr("Nature"), codes, facts.code)
        first, last = DateEdit(tr("Du"), self._today), DateEdit(tr("Au"), self._today)
        first.set_value(facts.first)
        last.set_value(facts.end - DAY)
        start, finish = HourEdit(tr("De (une partie du jour)")), HourEdit(tr("À"))
        if (facts.start, facts.finish) != (0, DAY_LONG):
            start.set_value(_time(facts.start))
            finish.set_value(_time(facts.finish))
        answer = _box(tr("Accord"), [(value, tr(words)) for value, words in _ANSWERS], None)
        answer.setCurrentIndex([value for value, _words in _ANSWERS].index(facts.is_granted))
        note = TextEdit(tr("Note (rien sur la santé)"), longest=80)
        note.set_value(facts.note)

        def keep(session: Session) -> object:
            if first.value is None or last.value is None:
                raise UserError(tr("Dites le premier et le dernier jour."))
            wanted = AbsenceFacts(
                AbsenceCode(code.currentData()),
                first.value,
                last.value + DAY,
                _minutes(start.value, 0),
                _minutes(finish.value, DAY_LONG),
                _ANSWERS[answer.currentIndex()][0],
                typed(note),
            )
            if key is not None:
                return change_absence(session, key, wanted)
            return add_absence(session, int(who.currentData()), wanted)

        fields: list[Asked] = [] if key is not None else [(tr("Qui"), who)]
        fields += [(tr("Nature"), code), *labelled(first, last, start, finish)]
        fields += [(tr("Accord"), answer), *labelled(note)]
        title = tr("Absence changée") if key is not None else tr("Absence notée")
        DeedDialog(self.desk, self, title, fields, keep).exec()


def _box(name: str, choices: Sequence[tuple[object, str]], current: object) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    for value, words in choices:
        combo.addItem(words, value)
    place = combo.findData(current)
    combo.setCurrentIndex(max(place, 0))
    return combo


def _minutes(value: time | None, otherwise: int) -> int:
    return otherwise if value is None else value.hour * 60 + value.minute


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
