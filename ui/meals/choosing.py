"""« Que cuisiner ? »: recipes ranked for a service, the chosen one put on its menu."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, money, tr, trn
from cantine_desktop.meals.choosing.ranking import Idea, ideas
from cantine_desktop.meals.forecast.predicting import forecast_of
from cantine_desktop.meals.menus.planning import DishFacts, add_dish
from cantine_desktop.meals.menus.queries import portions_of
from cantine_desktop.meals.recipes.model import COURSES, Course
from cantine_desktop.meals.reservations.seating import counts_of
from cantine_desktop.meals.services.model import ServiceState
from cantine_desktop.meals.services.queries import ServiceRow, service_row
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import NumberEdit
from ui.kit.form import Form
from ui.kit.labels import wrapped
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled

USUAL = 25
"""Portions when nothing says how many come."""

SHOWN = 60
"""Ideas beyond these are no help."""

MOST = Decimal(500)


class ChoosingDialog(Dialog):
    """The best ideas first; Enter puts the current one on the menu."""

    def __init__(
        self, desk: Desk, service: int, parent: QWidget, course: Course = Course.MAIN
    ) -> None:
        super().__init__(parent, tr("Que cuisiner ?"))
        self.desk, self.service = desk, service
        self._ideas: dict[int, Idea] = {}
        with desk.book.read() as session:
            self._day = long_day(_row(session, service).day)
            portions, cooks = _people(desk, session, service)
        self.told = wrapped(role="small")
        self.form = Form()
        self.course = QComboBox()
        for each, words in COURSES.items():
            self.course.addItem(tr(words), each)
        self.course.setCurrentIndex(self.course.findData(course))
        self.portions = NumberEdit(tr("Convives"), places=0, minimum=Decimal(1), maximum=MOST)
        self.portions.set_value(Decimal(portions))
        self.cooks = NumberEdit(tr("En cuisine"), places=0, minimum=Decimal(0), maximum=MOST)
        self.cooks.set_value(Decimal(cooks) if cooks else None)
        self.form.add("course", tr("Plat"), self.course)
        self.form.add("portions", tr("Convives"), self.portions)
        self.form.add("cooks", tr("En cuisine"), self.cooks)
        self.table: LazyTable[int] = LazyTable(
            tr("Idées"), _columns(), self._load, self._find, parent=self
        )
        self.table.setMinimumHeight(scaled(150))
        self.why = wrapped()
        for part in (self.told, self.form, self.table, self.why):
            self.body.addWidget(part)
        self.setMinimumWidth(scaled(760))
        self.act, _ = self.add_answers(tr("Mettre au menu"), cancel=tr("Fermer"))
        self.act.clicked.disconnect()
        self.act.clicked.connect(self.keep)
        self.table.current_changed.connect(self._on_current)
        self.table.activated.connect(self.keep)
        self.course.activated.connect(self.refresh)
        for field in (self.portions, self.cooks):
            field.committed.connect(self.refresh)
        self.refresh()
        self.table.setFocus()

    @property
    def current(self) -> Idea | None:
        """The idea of the current row."""
        key = self.table.current_key
        return None if key is None else self._ideas.get(key)

    @Slot()
    def refresh(self) -> None:
        """Rank the recipes again."""
        portions = self.portions.value
        if portions is None:
            return
        cooks = self.cooks.value
        with self.desk.book.read() as session:
            found = ideas(
                session,
                self.service,
                int(portions),
                cooks=None if cooks is None else int(cooks),
                course=Course(self.course.currentData()),
            )
        self._ideas = {idea.recipe_id: idea for idea in found[:SHOWN]}
        self.told.setText(
            tr("Pour le {day}, d’après les lots qui finissent, les dons, la saison et les régimes "
               "du jour.").format(day=self._day)
        )  # fmt: skip
        self.table.refresh()
        if found:
            self.table.go_to(found[0].recipe_id)
        self._on_current()

    @Slot()
    def keep(self) -> None:
        """Put the current idea on the menu."""
        idea = self.current
        if idea is None:
            return
        try:
            with self.desk.book.action(tr("Menu changé")) as session:
                add_dish(session, self.service, DishFacts(idea.course, idea.name, idea.recipe_id))
        except UserError as error:
            self.why.setText(str(error))
            return
        self.desk.tell(tr("« {dish} » est au menu.").format(dish=idea.name), undo=True)
        self.accept()

    @Slot()
    def _on_current(self) -> None:
        idea = self.current
        self.act.setEnabled(idea is not None and self.desk.may_write("meals"))
        if idea is None:
            self.why.setText(tr("Aucune recette pour ce plat : ajoutez-en une dans Recettes."))
            return
        said = [_sentence(", ".join([*idea.reasons, *idea.warnings]))]
        if idea.lacking:
            said.append(tr("À acheter : {names}.").format(names=", ".join(idea.lacking)))
        self.why.setText(" ".join(filter(None, said)))

    def _find(self, _column: str, _down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        return list(self._ideas)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_texts(self._ideas[key]) for key in keys]


def _people(desk: Desk, session: Session, service: int) -> tuple[int, int]:
    """Return for how many a service cooks, and how many said they would cook."""
    row, now = _row(session, service), desk.book.clock()
    seen = None
    if row.state is ServiceState.PLANNED and row.day >= civil_date(now):
        seen = forecast_of(session, [row], now)[row.key].expected
    return portions_of(session, row, seen) or USUAL, counts_of(session, [service])[service].cooks


def _row(session: Session, service: int) -> ServiceRow:
    found = service_row(session, service)
    assert found is not None
    return found


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _columns() -> list[Column]:
    return [
        Column(tr("Recette"), 220),
        Column(tr("Pourquoi"), 260),
        Column(tr("À acheter"), 110),
        Column(tr("La part"), 90, "right"),
    ]


def _texts(idea: Idea) -> Row:
    lacks = trn("{n} produit", "{n} produits", len(idea.lacking)) if idea.lacking else tr("rien")
    cost = "" if idea.cost is None else money(idea.cost)
    why = ", ".join(idea.reasons) or ", ".join(idea.warnings)
    return Row((idea.name, why, lacks, cost), "muted" if idea.warnings else "")
