"""Short forms of the calendar: a service, why it is cancelled, days that close."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, mark, tr, trn
from cantine_desktop.meals.reservations.moving_up import change_service
from cantine_desktop.meals.services import closures, planning
from cantine_desktop.meals.services.facts import Scope, ServiceFacts
from cantine_desktop.meals.services.model import KINDS, MealKind, ServiceState
from cantine_desktop.meals.services.queries import ServiceRow, service_row, services_of
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import DateEdit, NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.hour_field import HourEdit
from ui.kit.notice import Notice
from ui.kit.scrolling import fit_dialog, scrolling
from ui.kit.theme import scaled

HOURS = {
    MealKind.LUNCH: (time(9, 30), time(12, 15)),
    MealKind.DINNER: (time(17, 0), time(19, 30)),
    MealKind.BRUNCH: (time(9, 0), time(11, 30)),
    MealKind.EVENT: (time(17, 0), time(19, 30)),
}
"""Hours proposed for a kind of service, before anybody said others."""

_SCOPES = (
    (Scope.ONE, mark("Ce service seulement")),
    (Scope.FOLLOWING, mark("Celui-ci et les suivants de la série")),
    (Scope.ALL, mark("Tous ceux de la série, à partir d’aujourd’hui")),
)


class ServiceDialog(Dialog):
    """A service, new or known; what is changed may be said of its series too.

    Args:
        desk: The working context.
        parent: The window.
        day: The day of a new one.
        key: The service to change, or ``None``.
    """

    def __init__(
        self, desk: Desk, parent: QWidget | None, day: date, key: int | None = None
    ) -> None:
        title = tr("Nouveau service") if key is None else tr("Modifier le service")
        super().__init__(parent, title)
        self._desk, self._key = desk, key
        self.made: int | None = key
        self._row: ServiceRow | None = None
        with desk.book.read() as session:
            self._row = service_row(session, key) if key is not None else None
            canteen = the_canteen(session)
            self._places = (canteen.seats, canteen.kitchen_places) if canteen else (35, 10)
        self.notice = Notice()
        self.form = Form()
        self._make_fields()
        self.scopes = self._scope_buttons()
        inside, area = self._lay_out()
        self._present(day)
        act, _cancel = self.add_answers(tr("Ajouter le service") if key is None else tr("Garder"))
        fit_dialog(self, area, inside, _WIDE)
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        self.kind.activated.connect(self._propose_hours)
        self.kind.setFocus()

    def _lay_out(self) -> tuple[QWidget, QScrollArea]:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        for button in self.scopes.buttons():
            column.addWidget(button)
        column.addWidget(self.form)
        area = scrolling(inside, sideways=False)
        self.body.addWidget(self.notice)
        self.body.addWidget(area, 1)
        return inside, area

    def _make_fields(self) -> None:
        self.kind = QComboBox()
        for kind, words in KINDS.items():
            self.kind.addItem(tr(words), kind)
        self.day = DateEdit(tr("Jour"), self._today, required=True)
        self.cook = HourEdit(tr("Arrivée en cuisine"), required=True)
        self.meal = HourEdit(tr("Début du repas"), required=True)
        self.seats = _count(tr("Places à table"), required=True)
        self.kitchen = _count(tr("Places en cuisine"), required=True)
        self.name = TextEdit(tr("Nom"), longest=80)
        self.name.line.setPlaceholderText(tr("Facultatif : Repas de Noël…"))
        self.expected = _count(tr("Convives attendus"))
        self.note = TextEdit(tr("Note pour l’équipe"), longest=200)
        self.form.add("kind", tr("Type"), self.kind)
        for key, field in (
            ("day", self.day),
            ("cook", self.cook),
            ("meal", self.meal),
            ("seats", self.seats),
            ("kitchen", self.kitchen),
            ("name", self.name),
            ("expected", self.expected),
            ("note", self.note),
        ):
            self.form.add(key, field.name, field)

    def _scope_buttons(self) -> QButtonGroup:
        group = QButtonGroup(self)
        if self._row is None or self._row.pattern_id is None:
            return group
        for place, (scope, words) in enumerate(_SCOPES):
            button = QRadioButton(tr(words))
            button.setChecked(scope is Scope.ONE)
            group.addButton(button, place)
        return group

    def _present(self, day: date) -> None:
        row = self._row
        self.day.set_value(row.day if row else day)
        if row is None:
            self._propose_hours()
            seats, kitchen = self._places
        else:
            self.kind.setCurrentIndex(list(KINDS).index(row.kind))
            self.cook.set_value(row.cook_at)
            self.meal.set_value(row.meal_at)
            seats, kitchen = row.seats, row.kitchen_places
            self.name.set_value(row.name or None)
            self.expected.set_value(None if row.expected is None else Decimal(row.expected))
            self.note.set_value(row.note or None)
        self.seats.set_value(Decimal(seats))
        self.kitchen.set_value(Decimal(kitchen))

    @Slot()
    def _propose_hours(self) -> None:
        if self._row is None:
            cook, meal = HOURS[self.kind.currentData()]
            self.cook.set_value(cook)
            self.meal.set_value(meal)

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    @property
    def scope(self) -> Scope:
        """How far the change goes."""
        place = self.scopes.checkedId()
        return _SCOPES[place][0] if place >= 0 else Scope.ONE

    def facts(self) -> ServiceFacts:
        """Return what is typed."""
        day, cook, meal = self.day.value, self.cook.value, self.meal.value
        assert day is not None
        assert cook is not None
        assert meal is not None
        expected = self.expected.value
        return ServiceFacts(
            kind=MealKind(self.kind.currentData()),
            cook_at=cook,
            meal_at=meal,
            seats=int(self.seats.value or 0),
            kitchen_places=int(self.kitchen.value or 0),
            name=self.name.value or "",
            day=day,
            expected=None if expected is None else int(expected),
            mode=self._row.mode if self._row else None,
            note=self.note.value or "",
        )

    @Slot()
    def keep(self) -> None:
        """Write what is typed, or say what is wrong."""
        if not self.form.check():
            return
        facts, now = self.facts(), self._desk.book.clock()

        moved: list[str] = []

        def write(session: Session) -> int:
            if self._key is None:
                return planning.add_service(session, facts, now).id
            changed = change_service(session, self._key, facts, self.scope, now)
            moved.append(changed.moved)
            return changed.service.id

        label = tr("Service ajouté") if self._key is None else tr("Service modifié")
        try:
            with self._desk.book.action(label) as session:
                self.made = write(session)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(_told(label, facts.day, "".join(moved)), undo=True)
        self.accept()


class CancelDialog(Dialog):
    """Why a service is cancelled; who is announced must be told."""

    def __init__(self, desk: Desk, parent: QWidget | None, row: ServiceRow, announced: int) -> None:
        told = tr("« {title} », {day}. Il reste dans le calendrier, barré, avec son motif.")
        super().__init__(
            parent,
            tr("Annuler ce service ?"),
            told.format(title=row.title, day=long_day(row.day)),
        )
        self._desk, self._row = desk, row
        self.setMinimumWidth(scaled(_WIDE))
        self.notice = Notice()
        self.body.addWidget(self.notice)
        if announced:
            words = trn(
                "{n} personne inscrite à prévenir.",
                "{n} personnes inscrites à prévenir.",
                announced,
            )
            self.notice.tell("warn", words)
        self.form = Form()
        self.reason = TextEdit(tr("Motif"), required=True, longest=120)
        self.reason.line.setPlaceholderText(tr("Panne de gaz, équipe malade…"))
        self.form.add("reason", tr("Motif"), self.reason)
        self.body.addWidget(self.form)
        self.closes = QCheckBox(tr("La cantine reste fermée toute la journée"))
        self.closes.setToolTip(tr("Les relevés d’hygiène n’y sont plus attendus."))
        self.body.addWidget(self.closes)
        act, _give_up = self.add_answers(tr("Annuler le service"), cancel=tr("Le garder"))
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        self.reason.line.setFocus()

    @Slot()
    def keep(self) -> None:
        """Cancel the service; the last one of its day may close the day too."""
        if not self.form.check():
            return
        reason, now = self.reason.value or "", self._desk.book.clock()
        try:
            with self._desk.book.action(tr("Service annulé")) as session:
                if self.closes.isChecked():
                    closures.close_days(session, [self._row.day], reason, now)
                else:
                    planning.cancel(session, self._row.key, reason, now)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("Service annulé : {reason}.").format(reason=reason), undo=True)
        self.accept()


class ClosureDialog(Dialog):
    """Days on which the canteen stays closed, and why."""

    def __init__(self, desk: Desk, parent: QWidget | None, day: date) -> None:
        super().__init__(
            parent,
            tr("Fermer la cantine"),
            tr(
                "Les services de ces jours sont annulés avec ce motif, et les relevés d’hygiène "
                "n’y sont plus attendus. Rouvrir un jour rend ses services."
            ),
        )
        self._desk = desk
        self.setMinimumWidth(scaled(_WIDE))
        self.notice = Notice()
        self.form = Form()
        self.first = DateEdit(tr("Du"), self._today, required=True)
        self.last = DateEdit(tr("Au (compris)"), self._today, required=True)
        self.reason = TextEdit(tr("Motif"), longest=120)
        self.reason.line.setPlaceholderText(tr("Congés de Noël, travaux…"))
        self.first.set_value(day)
        self.last.set_value(day)
        for key, field in (("first", self.first), ("last", self.last), ("reason", self.reason)):
            self.form.add(key, field.name, field)
        self.form.committed.connect(self._count)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        act, _give_up = self.add_answers(tr("Fermer ces jours"))
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        self._count()
        self.last.line.setFocus()
        self.last.line.selectAll()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def period(self) -> Period | None:
        """Return the days that are typed, or ``None`` while they make no period."""
        first, last = self.first.value, self.last.value
        if first is None or last is None or last < first or (last - first).days > _LONGEST:
            return None
        return Period.through(first, last)

    @Slot()
    def _count(self) -> None:
        period = self.period()
        if period is None:
            self.notice.tell("warn", tr("Le dernier jour vient après le premier, dans l’année."))
            return
        with self._desk.book.read() as session:
            rows = services_of(session, period)
        planned = sum(row.state is ServiceState.PLANNED for row in rows)
        days = trn("{n} jour", "{n} jours", len(period.days))
        gone = trn("{n} service annulé", "{n} services annulés", planned)
        self.notice.tell("info", f"{days}, {gone}.")

    @Slot()
    def keep(self) -> None:
        """Close the days."""
        period = self.period() if self.form.check() else None
        if period is None:
            return
        reason, now = self.reason.value or "", self._desk.book.clock()
        try:
            with self._desk.book.action(tr("Jours de fermeture")) as session:
                gone = closures.close_days(session, period.days, reason, now)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        told = trn("Fermé ; {n} service annulé.", "Fermé ; {n} services annulés.", len(gone))
        self._desk.tell(told, undo=True)
        self.accept()


_LONGEST = 366
_WIDE = 540
"""Pixels at 100 %: labels stand beside their fields."""


def _told(label: str, day: date, moved: str) -> str:
    """Say what was done, and who found a place by it."""
    said = f"{label} : {long_day(day)}."
    if moved:
        said += " " + tr("{names} quitte la liste d’attente.").format(names=moved)
    return said


def _count(name: str, *, required: bool = False) -> NumberEdit:
    return NumberEdit(name, places=0, minimum=Decimal(0), maximum=Decimal(2000), required=required)


def attempt(desk: Desk, label: str, write: Callable[[Session], object]) -> bool:
    """Write as one step that may be undone; tell what was done, or why it was refused."""
    try:
        with desk.book.action(label) as session:
            write(session)
    except UserError as error:
        desk.tell(str(error))
        return False
    desk.tell(f"{label}.", undo=True)
    return True
