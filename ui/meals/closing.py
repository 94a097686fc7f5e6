"""The closing of a service: one sheet, by keyboard alone, a draft until Ctrl+Enter."""

from datetime import date, datetime
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import hour, long_day, mark, short_day, tr
from cantine_desktop.meals.closing import queries
from cantine_desktop.meals.closing.balance import Figures, figures
from cantine_desktop.meals.closing.drafting import blank_facts, draft_of, facts_of, save
from cantine_desktop.meals.closing.facts import ClosingFacts
from cantine_desktop.meals.closing.policy import policy
from cantine_desktop.meals.closing.sealing import close, correct
from cantine_desktop.meals.closing.sentence import sentence
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.meals.services.queries import current_service, title
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.field import take_typed
from ui.kit.fields import TextEdit
from ui.kit.notice import Notice
from ui.kit.scrolling import show_scrolling
from ui.kit.theme import scaled, set_role
from ui.meals.closing_sheet import ClosingSheet
from ui.meals.closing_waste import weigh
from ui.screen import Screen

SAVE_AFTER_MS = 700
"""Of quiet, before what is typed is kept."""


class ClosingScreen(Screen):
    """Who came, what they gave, what the till holds, what is left; then it is sealed."""

    key: ClassVar[str] = "closing"
    shows: ClassVar[frozenset[str]] = frozenset({
        "meal_service",
        "service_closing",
        "closing_tally",
        "closing_policy",
        "displayed_price",
    })
    help_text: ClassVar[str] = mark(
        "Tapez la feuille de pointage de haut en bas, Tab passe au champ suivant. Tout est gardé "
        "au fur et à mesure ; Ctrl+Entrée clôture : les recettes et la caisse s’écrivent alors "
        "d’elles-mêmes. Une erreur se corrige ensuite, rien ne s’efface."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._service = 0
        self._day: date = civil_date(desk.book.clock())
        self._closing = 0
        self._correcting = False
        self._facts = ClosingFacts()
        self._found: Figures = figures(self._facts)
        self._may_type = desk.may_write("meals")
        self._may_close = self._may_type and desk.may_write("finance")
        self._close = self._action(tr("Clôturer"), "Ctrl+Return", self._end)
        self._start_correction = self._action(tr("Corriger cette clôture…"), "", self._correct)
        self._action(tr("Service précédent"), "Ctrl+PgUp", partial(self._turn, 1))
        self._action(tr("Service suivant"), "Ctrl+PgDown", partial(self._turn, -1))
        self.services = QComboBox()
        self.services.setMinimumWidth(scaled(210))
        self.services.setAccessibleName(tr("Service à clôturer"))
        self.services.activated.connect(self._choose)
        self.sheet = ClosingSheet()
        self.sheet.changed.connect(self._typed)
        self.notice = Notice()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        set_role(self.sentence, "strong")
        self.reason = TextEdit(tr("Pourquoi cette correction"), longest=200)
        self.initials = TextEdit(tr("Visa"), longest=12)
        self.initials.setFixedWidth(scaled(72))
        self.sheet.following = (self.reason.line, self.initials.line)
        self.correct = QPushButton(tr("Corriger…"))
        self.correct.clicked.connect(self._correct)
        self._saving = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._saving.timeout.connect(self._save)
        self.first_stop = self.sheet.people.fields["diners"]
        self._lay_out()

    @override
    def filters(self) -> QWidget:
        return self.services

    @override
    def primary(self) -> QAction:
        return self._close

    @override
    def document(self) -> tuple[str, Period]:
        is_counted = self._closing and not self._is_open and self._found.counted is not None
        return ("cash-count" if is_counted else "tally-sheet"), Period(self._day, self._day + DAY)

    @override
    def place(self) -> object:
        return self._service or None

    @override
    def open_at(self, target: object) -> None:
        """Show a service, by its key; or the first of a period."""
        self._save_now()
        if isinstance(target, int):
            self._service, self._closing = target, 0
        elif isinstance(target, Period):
            with self.desk.book.read() as session:
                found = [s for s in queries.recent(session, self._now) if s.day in target]
            if found:
                self._service, self._closing = found[-1].id, 0
        self._correcting = False
        self.refresh()

    @override
    def refresh(self) -> None:
        """Read the service again, unless it is being typed."""
        if self._saving.isActive() or self._correcting:
            return
        with self.desk.book.read() as session:
            services = queries.recent(session, self._now)
            row = None if self._service else current_service(session, self._now)
            self._offer(services, row.key if row else 0)
            service = session.get(MealService, self._service) if self._service else None
            self._empty.setVisible(service is None)
            self._whole.setVisible(service is not None)
            if service is not None:
                self._read(session, service)

    @property
    def _now(self) -> datetime:
        return self.desk.book.clock()

    @property
    def _is_open(self) -> bool:
        return self._correcting or not self._sealed

    def _offer(self, services: list[MealService], at_hand: int) -> None:
        """Fill the list of services; the one shown first is the one at hand."""
        if not self._service and services:
            keys = [each.id for each in services]
            self._service = at_hand if at_hand in keys else keys[0]
        self.services.clear()
        for each in services:
            words = f"{short_day(each.day)} · {title(each)}"
            self.services.addItem(words if each.state.value == "planned" else f"✓ {words}", each.id)
        self.services.setCurrentIndex(self.services.findData(self._service))

    def _read(self, session: Session, service: MealService) -> None:
        row = queries.closing_of(session, service.id)
        facts = facts_of(session, row) if row else blank_facts(session, service)
        is_same = row is not None and row.id == self._closing and facts == self._facts
        self._closing, self._day = (row.id if row else 0), service.day
        self._sealed = row is not None and row.is_sealed
        self.title = tr("Clôture · {day}, {service}").format(
            day=long_day(service.day), service=title(service).lower()
        )
        if row is not None and row.is_sealed and row.closed_at is not None:
            text = tr("clôturé le {day} à {time} par {who} · recettes {reference}")
            self.subtitle = text.format(
                day=short_day(civil_date(row.closed_at)),
                time=hour(row.closed_at),
                who=row.closed_by,
                reference=row.reference,
            )
        elif row is not None and row.drafted_at is not None:
            self.subtitle = tr("brouillon enregistré {time}").format(time=hour(row.drafted_at))
        else:
            self.subtitle = ""
        self.sheet.money.sponsors.know(queries.payers(session))
        self.sheet.people.expect(queries.reserved(session, service.id))
        if not is_same:
            self._facts = facts
            self.sheet.present(facts, policy(session))
        self._show_state()
        self._say()

    def _show_state(self) -> None:
        self.sheet.lock(locked=not (self._is_open and self._may_type))
        self._close.setEnabled(self._is_open and self._may_close)
        self._close.setText(tr("Sceller la correction") if self._correcting else tr("Clôturer"))
        for each in (self.correct, self._start_correction):
            each.setVisible(self._sealed and not self._correcting and self._may_close)
        self._reason_box.setVisible(self._correcting)
        self._visa_box.setVisible(self._is_open and self._may_close)
        if self._is_open and self._may_type and not self._may_close:
            self.notice.tell(
                "info",
                tr(
                    "Votre profil note ce service, tout est gardé en brouillon. La clôture revient "
                    "à une personne qui tient la caisse."
                ),
            )

    def _say(self) -> None:
        self._found = figures(self._facts)
        self.sheet.say(self._facts, self._found)
        self.sentence.setText(sentence(self._found, self._facts.displayed_price))

    @Slot()
    def _typed(self) -> None:
        self.notice.clear()
        self._facts = _with(self._facts, self.sheet)
        self._say()
        if not self._correcting:
            self._saving.start()

    @Slot()
    def _save(self) -> None:
        """Keep what is typed as a draft."""
        if not self._service or self._sealed or not self._may_type:
            return
        self._saving.stop()
        try:
            with self.desk.book.action(tr("Brouillon de clôture"), undoable=False) as session:
                draft = draft_of(session, self._service, self._now)
                self._closing = save(session, draft.id, self._facts, self._now).id
        except UserError as error:
            self.notice.tell("bad", str(error))

    def _save_now(self) -> None:
        if self._saving.isActive():
            self._save()

    @Slot()
    def _end(self) -> None:
        """Close, or seal a correction; say what stands in the way and go there."""
        if not (self._is_open and self._may_close and self._service):
            return
        take_typed()
        self._facts = _with(self._facts, self.sheet)
        self._say()
        if self._found.faults:
            self._refuse()
            return
        if not self.initials.line.text().strip():
            self.notice.tell("warn", tr("Signez de vos initiales, puis Ctrl+Entrée."))
            self.initials.setFocus()
            return
        try:
            self._seal()
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._correcting = False
        self.refresh()
        self.desk.tell(tr("Service clôturé. {words}").format(words=self.sentence.text()))

    def _seal(self) -> None:
        self._saving.stop()
        who, now = self.initials.line.text().strip(), self._now
        label = tr("Clôture corrigée") if self._correcting else tr("Clôture de service")
        with self.desk.book.action(label, undoable=False) as session:
            if self._correcting:
                why = self.reason.line.text()
                correct(session, self._closing, self._facts, why, who, now)
            else:
                draft = draft_of(session, self._service, now)
                save(session, draft.id, self._facts, now)
                close(session, draft.id, who, now)
            weigh(session, self.desk, session.get_one(MealService, self._service))

    def _refuse(self) -> None:
        self.notice.tell("bad", "\n".join(self._found.problems))
        field = self.sheet.field_of(self._found.faults[0].where)
        field.setFocus()

    @Slot()
    def _correct(self) -> None:
        if self._sealed and self._may_close:
            self._correcting = True
            self._show_state()
            self.notice.tell(
                "info",
                tr(
                    "La clôture scellée reste lisible. Changez ce qui est faux, dites pourquoi, "
                    "puis Ctrl+Entrée : une autre prend sa place."
                ),
            )
            self.sheet.people.fields["diners"].setFocus()

    @Slot()
    def _choose(self) -> None:
        self.open_at(self.services.currentData())
        self.take_keyboard()

    def _turn(self, step: int) -> None:
        place = self.services.currentIndex() + step
        if 0 <= place < self.services.count():
            self.services.setCurrentIndex(place)
            self._choose()

    @Slot()
    def _go_calendar(self) -> None:
        self.desk.go("calendar")

    def _lay_out(self) -> None:
        self._sealed = False
        self._empty = EmptyState(
            tr("Aucun service n’a encore eu lieu : posez ceux de la saison dans le calendrier."),
            tr("Ouvrir le calendrier"),
            self._go_calendar,
            "fork-knife",
        )
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.notice)
        column.addWidget(self.sheet)
        column.addLayout(self._foot())
        column.addStretch(1)
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._empty)
        outer.addWidget(self._whole, 1)
        self._empty.hide()
        show_scrolling(self, page)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(scaled(12))
        foot.addWidget(self.sentence, 1)
        self._reason_box = _labelled(self.reason)
        self.reason.setFixedWidth(scaled(280))
        self._visa_box = _labelled(self.initials)
        for each in (self._reason_box, self._visa_box, self.correct):
            foot.addWidget(each)
        return foot


def _labelled(field: TextEdit) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(scaled(4))
    label = QLabel(field.name)
    label.setBuddy(field)
    row.addWidget(label)
    row.addWidget(field)
    return box


def _with(facts: ClosingFacts, sheet: ClosingSheet) -> ClosingFacts:
    """Return what is typed, with what the sheet does not ask."""
    return ClosingFacts(
        **sheet.told(), tolerated=facts.tolerated, displayed_price=facts.displayed_price
    )
