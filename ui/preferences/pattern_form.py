"""A usual service, new or changed: its days, its hours, its places."""

from datetime import date, time
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr, weekday
from cantine_desktop.meals.reservations.seating import names_in_words, promote_all
from cantine_desktop.meals.services import planning, series
from cantine_desktop.meals.services.facts import PatternFacts
from cantine_desktop.meals.services.model import KINDS, MealKind, ServicePattern
from cantine_desktop.meals.services.rhythm import LAST, Rhythm
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import DateEdit, NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.hour_field import HourEdit
from ui.kit.notice import Notice
from ui.kit.scrolling import fit_dialog, scrolling
from ui.kit.theme import scaled

_MONDAY = date(2026, 1, 5)
_YEAR = 366
_EVERY = (
    ((1, None), mark("chaque semaine")),
    ((2, None), mark("une semaine sur deux")),
    ((3, None), mark("une semaine sur trois")),
    ((4, None), mark("une semaine sur quatre")),
    ((1, 1), mark("le premier du mois")),
    ((1, 2), mark("le deuxième du mois")),
    ((1, 3), mark("le troisième du mois")),
    ((1, 4), mark("le quatrième du mois")),
    ((1, LAST), mark("le dernier du mois")),
)
"""Weeks between two, or the rank in the month, and the words for them."""

_HOURS = {
    MealKind.LUNCH: (time(9, 30), time(12, 15)),
    MealKind.DINNER: (time(17, 0), time(19, 30)),
    MealKind.BRUNCH: (time(9, 0), time(11, 30)),
    MealKind.EVENT: (time(17, 0), time(19, 30)),
}


class PatternDialog(Dialog):
    """Says that a service comes back, or changes how, from a day on.

    Args:
        desk: The working context.
        parent: The window.
        key: The usual service to change, or ``None`` for a new one.
    """

    def __init__(self, desk: Desk, parent: QWidget | None, key: int | None = None) -> None:
        title = tr("Nouveau service habituel") if key is None else tr("Changer le service habituel")
        super().__init__(parent, title)
        self._desk, self._key = desk, key
        self.notice = Notice()
        self.form = Form()
        self._make_fields()
        self._add_rows()
        area = scrolling(self.form, sideways=False)
        self.body.addWidget(self.notice)
        self.body.addWidget(area, 1)
        self._present()
        act, _cancel = self.add_answers(tr("Ajouter") if key is None else tr("Garder"))
        fit_dialog(self, area, self.form, 580)
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        self.kind.activated.connect(self._propose_hours)

    def _make_fields(self) -> None:
        self.kind = QComboBox()
        for kind, words in KINDS.items():
            self.kind.addItem(tr(words), kind)
        self.days_row = QWidget()
        row = QGridLayout(self.days_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(6))
        self.days: list[QCheckBox] = []
        for number in range(7):
            box = QCheckBox(weekday(date.fromordinal(_MONDAY.toordinal() + number)), self.days_row)
            self.days.append(box)
            row.addWidget(box, number // 4, number % 4)
        self.every = QComboBox()
        for value, words in _EVERY:
            self.every.addItem(tr(words), value)
        self.cook = HourEdit(tr("Arrivée en cuisine"), required=True)
        self.meal = HourEdit(tr("Début du repas"), required=True)
        self.seats = _count(tr("Places à table"))
        self.kitchen = _count(tr("Places en cuisine"))
        self.first = DateEdit(tr("À partir du"), self._today, required=True)
        self.last = DateEdit(tr("Jusqu’au"), self._today)
        self.last.line.setPlaceholderText(tr("sans fin"))
        self.name = TextEdit(tr("Nom"), longest=80)
        self.name.line.setPlaceholderText(tr("Facultatif : Soupe du soir…"))
        self.school = QCheckBox(tr("Aussi pendant les vacances scolaires"))

    def _add_rows(self) -> None:
        first_help = (
            tr("Ce qui précède ce jour reste comme c’était.") if self._key is not None else ""
        )
        for key, label, widget, words in (
            ("kind", tr("Type"), self.kind, ""),
            ("days", tr("Jours"), self.days_row, ""),
            ("every", tr("Revient"), self.every, ""),
            ("cook", self.cook.name, self.cook, ""),
            ("meal", self.meal.name, self.meal, ""),
            ("seats", self.seats.name, self.seats, ""),
            ("kitchen", self.kitchen.name, self.kitchen, ""),
            ("first", self.first.name, self.first, first_help),
            ("last", self.last.name, self.last, ""),
            ("name", self.name.name, self.name, ""),
            ("school", tr("Vacances"), self.school, ""),
        ):
            self.form.add(key, label, widget, words)

    def _present(self) -> None:
        with self._desk.book.read() as session:
            pattern = session.get(ServicePattern, self._key) if self._key is not None else None
            canteen = the_canteen(session)
            if pattern is not None:
                self._present_pattern(pattern)
                return
            seats, kitchen = (canteen.seats, canteen.kitchen_places) if canteen else (35, 10)
            weekdays = canteen.open_weekdays if canteen else "2345"
        self.seats.set_value(Decimal(seats))
        self.kitchen.set_value(Decimal(kitchen))
        self.first.set_value(self._today())
        self.school.setChecked(True)
        self._tick(weekdays)
        self._propose_hours()

    def _present_pattern(self, pattern: ServicePattern) -> None:
        self.kind.setCurrentIndex(list(KINDS).index(pattern.kind))
        self._tick(pattern.weekdays)
        known: list[tuple[int, int | None]] = [value for value, _words in _EVERY]
        value = (pattern.every_weeks, pattern.nth_of_month)
        if value not in known:
            self.every.addItem(tr("une semaine sur {n}").format(n=pattern.every_weeks), value)
            known.append(value)
        self.every.setCurrentIndex(known.index(value))
        self.cook.set_value(pattern.cook_at)
        self.meal.set_value(pattern.meal_at)
        self.seats.set_value(Decimal(pattern.seats))
        self.kitchen.set_value(Decimal(pattern.kitchen_places))
        self.first.set_value(max(pattern.first, self._today()))
        self.last.set_value(pattern.last)
        self.name.set_value(pattern.name or None)
        self.school.setChecked(pattern.in_school_holidays)

    def _tick(self, weekdays: str) -> None:
        for number, box in enumerate(self.days, 1):
            box.setChecked(str(number) in weekdays)

    @Slot()
    def _propose_hours(self) -> None:
        if self._key is None:
            cook, meal = _HOURS[self.kind.currentData()]
            self.cook.set_value(cook)
            self.meal.set_value(meal)

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def facts(self) -> PatternFacts:
        """Return what is typed."""
        cook, meal, first = self.cook.value, self.meal.value, self.first.value
        assert cook is not None
        assert meal is not None
        assert first is not None
        weeks, rank = self.every.currentData()
        weekdays = "".join(str(n) for n, box in enumerate(self.days, 1) if box.isChecked())
        return PatternFacts(
            kind=MealKind(self.kind.currentData()),
            cook_at=cook,
            meal_at=meal,
            seats=int(self.seats.value or 0),
            kitchen_places=int(self.kitchen.value or 0),
            name=self.name.value or "",
            rhythm=Rhythm(weekdays, first, self.last.value, weeks, rank),
            in_school_holidays=self.school.isChecked(),
        )

    @Slot()
    def keep(self) -> None:
        """Write what is typed and make its services, or say what is wrong."""
        if not self.form.check():
            return
        facts = self.facts()
        label = (
            tr("Service habituel ajouté") if self._key is None else tr("Service habituel changé")
        )
        try:
            with self._desk.book.action(label) as session:
                self._write(session, facts)
                moved = names_in_words(promote_all(session))
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        said = tr("{names} quitte la liste d’attente.").format(names=moved) if moved else ""
        self._desk.tell(f"{label}. {said}".rstrip(), undo=True)
        self.accept()

    def _write(self, session: Session, facts: PatternFacts) -> None:
        now = self._desk.book.clock()
        if self._key is None:
            planning.add_pattern(session, facts, now)
        else:
            series.change_pattern(session, self._key, facts, now)
        until = date.fromordinal(max(self._today(), facts.rhythm.first).toordinal() + _YEAR)
        planning.fill(session, until, now)


def _count(name: str) -> NumberEdit:
    return NumberEdit(name, places=0, minimum=Decimal(0), maximum=Decimal(2000), required=True)
