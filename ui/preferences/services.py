"""Settings of the services: the usual ones of the week, public holidays, places."""

from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QPushButton
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.canteen.school import school_zone
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.services import planning, series
from cantine_desktop.meals.services.model import ServicePattern
from cantine_desktop.meals.services.queries import patterns, policy
from cantine_desktop.meals.services.words import (
    WEEKDAYS,
    pattern_title,
    rhythm_words,
    span_words,
)
from cantine_desktop.values.period import DAY
from ui.desk import Desk
from ui.kit.dialogs import ask
from ui.kit.labels import wrapped
from ui.kit.notice import Notice
from ui.kit.theme import scaled
from ui.preferences.page import Card, PreferencePage, note
from ui.preferences.pattern_form import PatternDialog

_KEY = Qt.ItemDataRole.UserRole


class ServicesPage(PreferencePage):
    """The usual services of the week, and the days on which there are none."""

    shows: ClassVar[frozenset[str]] = frozenset({
        "service_pattern", "service_policy", "canteen", "meal_service",
    })  # fmt: skip

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        self._may = desk.may_write("meals")
        self.body.addWidget(self._usual_card())
        self.body.addWidget(self._days_card())
        self.refresh()

    def _usual_card(self) -> Card:
        self.notice = Notice()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Services habituels"))
        self.list.setMinimumHeight(scaled(150))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._follow)
        self.list.itemActivated.connect(self._change)
        self.nothing = wrapped(
            tr(
                "Aucun service habituel encore. Ajoutez « Déjeuner, mardi à vendredi » et la "
                "saison se remplit."
            ),
            "muted",
        )
        self.add = QPushButton(tr("Ajouter…"))
        self.change = QPushButton(tr("Changer…"))
        self.end = QPushButton(tr("Arrêter…"))
        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.end.clicked.connect(self._end)
        self.add.setEnabled(self._may)
        card = Card(tr("Services habituels"))
        told = tr(
            "Ils remplissent le calendrier un an à l’avance, hors fermetures. Un service du "
            "calendrier se déplace ou s’annule sans rien changer ici."
        )
        card.add_wide(note(told))
        card.add_wide(self.notice)
        card.add_wide(self.nothing)
        card.add_wide(self.list)
        card.add(tr("Service choisi"), self.change, self.end)
        card.add(tr("Un autre"), self.add)
        return card

    def _days_card(self) -> Card:
        self.holidays = QCheckBox(tr("Pas de service les jours fériés"))
        self.holidays.clicked.connect(self._keep_holidays)
        self.holidays.setEnabled(self._may)
        self.zone = wrapped(role="muted")
        self.places = wrapped()
        card = Card(tr("Jours sans service et places"))
        card.add_wide(self.holidays)
        card.add_wide(self.zone)
        card.add_wide(self.places)
        self.canteen = QPushButton(tr("Page Cantine…"))
        self.canteen.clicked.connect(self._go_canteen)
        self.calendar = QPushButton(tr("Calendrier…"))
        self.calendar.clicked.connect(self._go_calendar)
        card.add(tr("Département et places"), self.canteen)
        card.add(tr("Fermetures"), self.calendar)
        return card

    # -- reading

    @override
    def refresh(self) -> None:
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            rows = patterns(session)
            current = [row for row in rows if row.last is None or row.last >= today]
            over = [row for row in rows if row not in current]
            place = max(self.list.currentRow(), 0)
            self.list.clear()
            for row in [*current, *over]:
                item = QListWidgetItem(_words(row, today))
                item.setData(_KEY, row.id)
                self.list.addItem(item)
            self.holidays.setChecked(policy(session).skips_public_holidays)
            canteen = the_canteen(session)
            self._say_canteen(canteen)
            self._warn(current, canteen.open_weekdays if canteen else "1234567")
        self.list.setCurrentRow(min(place, self.list.count() - 1))
        self.list.setVisible(self.list.count() > 0)
        self.nothing.setVisible(self.list.count() == 0)
        self._follow()

    def _say_canteen(self, canteen: Canteen | None) -> None:
        department = canteen.department if canteen else ""
        zone = school_zone(department)
        if department and zone:
            told = tr("Département {number} : vacances scolaires de la zone {zone}.")
            self.zone.setText(told.format(number=department, zone=zone))
        elif department:
            told = tr("Département {number} : ses vacances scolaires ne sont pas connues ici.")
            self.zone.setText(told.format(number=department))
        else:
            self.zone.setText(tr("Dites le département pour ses jours fériés et ses vacances."))
        if canteen is not None:
            words = tr("Un nouveau service a {seats} places à table, dont {kitchen} en cuisine.")
            self.places.setText(words.format(seats=canteen.seats, kitchen=canteen.kitchen_places))

    def _warn(self, current: list[ServicePattern], open_weekdays: str) -> None:
        """Say which weekdays are served each week but are no days of service for hygiene."""
        served = {day for row in current if row.nth_of_month is None for day in row.weekdays}
        outside = sorted(served - set(open_weekdays))
        if not outside:
            self.notice.clear()
            return
        days = ", ".join(tr(WEEKDAYS[int(day) - 1]) for day in outside)
        told = tr(
            "Un service a lieu hors des jours d’ouverture : {when}. Les relevés d’hygiène n’y "
            "sont pas attendus."
        )
        self.notice.tell(
            "warn",
            told.format(when=days),
            tr("En faire des jours d’ouverture"),
            self._open_weekdays,
        )

    @Slot()
    def _follow(self) -> None:
        chosen = self.list.currentRow() >= 0
        self.change.setEnabled(self._may and chosen)
        self.end.setEnabled(self._may and chosen)

    # -- writing

    @property
    def key(self) -> int | None:
        """The usual service that is chosen."""
        place = self.list.currentRow()
        return int(self.list.item(place).data(_KEY)) if place >= 0 else None

    @Slot()
    def _add(self) -> None:
        PatternDialog(self.desk, self.window()).exec()

    @Slot()
    def _change(self) -> None:
        if self.key is not None and self.change.isEnabled():
            PatternDialog(self.desk, self.window(), self.key).exec()

    @Slot()
    def _end(self) -> None:
        key = self.key
        if key is None:
            return
        text = tr(
            "Ses services à venir s’en vont du calendrier. Ceux où quelque chose est noté sont "
            "annulés avec un motif, sans rien perdre. Le passé reste."
        )
        if not ask(self, tr("Arrêter ce service habituel ?"), text, tr("L’arrêter")):
            return
        today, now = civil_date(self.desk.book.clock()), self.desk.book.clock()
        with self.desk.book.action(tr("Service habituel arrêté")) as session:
            series.end_pattern(session, key, today - DAY, now)
        self.desk.tell(tr("Service habituel arrêté."), undo=True)

    @Slot()
    def _keep_holidays(self) -> None:
        skips, now = self.holidays.isChecked(), self.desk.book.clock()
        try:
            with self.desk.book.action(tr("Services et jours fériés")) as session:
                planning.skip_public_holidays(session, now, skips=skips)
        except UserError as error:
            self.refresh()
            self.desk.tell(str(error))

    @Slot()
    def _open_weekdays(self) -> None:
        def add(session: Session) -> None:
            canteen = session.scalars(select(Canteen)).first()
            if canteen is not None:
                served = {
                    day
                    for row in patterns(session)
                    if row.nth_of_month is None
                    for day in row.weekdays
                }
                canteen.open_weekdays = "".join(sorted(served | set(canteen.open_weekdays)))

        if not self.desk.may_write("canteen"):
            return
        with self.desk.book.action(tr("Jours d’ouverture")) as session:
            add(session)

    @Slot()
    def _go_canteen(self) -> None:
        self.desk.go("preferences", "canteen")

    @Slot()
    def _go_calendar(self) -> None:
        self.desk.go("calendar", None)


def _words(row: ServicePattern, today: date) -> str:
    first = f"{pattern_title(row)} · {rhythm_words(row)}"
    second = tr("cuisine {cook}, repas {meal} · {seats} places, {kitchen} en cuisine").format(
        cook=f"{row.cook_at:%H:%M}",
        meal=f"{row.meal_at:%H:%M}",
        seats=row.seats,
        kitchen=row.kitchen_places,
    )
    span = span_words(row, today)
    return f"{first}\n{second}" + (f" · {span}" if span else "")
