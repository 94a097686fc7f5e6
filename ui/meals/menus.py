"""Menus of the week: typed in a table, their allergens confirmed, then posted."""

from datetime import timedelta
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.meals.menus.allergens import confirm
from cantine_desktop.meals.menus.planning import copy_week, say_course
from cantine_desktop.meals.menus.queries import week_of_menus
from cantine_desktop.meals.recipes.model import Course, Recipe
from cantine_desktop.meals.recipes.starter import load_starter_recipes
from cantine_desktop.meals.services.queries import service_row
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.buttons import arrow
from ui.kit.empty import EmptyState
from ui.kit.scrolling import show_scrolling
from ui.kit.theme import scaled, set_role
from ui.meals.dish_pane import DishPane
from ui.meals.gifts_form import GiftsDialog
from ui.meals.menus_grid import MenusGrid
from ui.meals.service_forms import attempt
from ui.screen import Screen

WEEK = timedelta(weeks=1)
_SIDE_BY_SIDE = 760
"""Width, in pixels at 100 %, under which the dish goes under the table."""
PAPERS = (
    ("menu-week", mark("Menu de la semaine"), "week"),
    ("menu-day", mark("Menu du jour et allergènes"), "day"),
    ("production", mark("Fiche de production"), "day"),
)


class MenusScreen(Screen):
    """A week of menus; the dish of the current cell is beside, with its allergens."""

    key: ClassVar[str] = "menus"
    shows: ClassVar[frozenset[str]] = frozenset({
        "meal_service",
        "menu",
        "dish",
        "recipe",
        "ingredient",
        "product",
    })
    help_text: ClassVar[str] = mark(
        "Une ligne par service, une colonne par plat : tapez un nom, les recettes se proposent. "
        "Deux plats se séparent par une barre. Rien ne s’affiche avant que quelqu’un ait "
        "confirmé les allergènes de chaque plat : ✓ confirmé, ○ à confirmer, ▲ changé depuis, "
        "? ingrédient inconnu."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._monday = Period.week(civil_date(desk.book.clock())).first
        self._wanted: int | None = None
        may = desk.may_write("meals")
        self.copy = self._action(tr("Copier la semaine d’avant"), "", self._copy, enabled=may)
        self.choose = self._action(tr("Que cuisiner ?"), "Ctrl+I", self._choose, enabled=may)
        self.load = self._action(
            tr("Ajouter les recettes de départ"), "", self._load_recipes, enabled=may
        )
        self._action(tr("Voir les recettes"), "", partial(desk.go, "recipes"))
        self._action(tr("Voir les produits"), "", partial(desk.go, "products"))
        self.bar = self._make_bar()
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sides = QSplitter(Qt.Orientation.Horizontal, self)
        self.grid = MenusGrid(self.sides, self._say)
        self.pane = DishPane(self.sides)
        self.pane.confirmed.connect(self._confirm)
        self.pane.gifts_asked.connect(self._give)
        self.grid.moved.connect(self._show_dish)
        self.empty = EmptyState(
            tr("Aucun service cette semaine : posez-les d’abord dans le calendrier."),
            tr("Ouvrir le calendrier"),
            partial(desk.go, "calendar"),
        )
        self._lay_out()
        self.first_stop = self.grid

    def _lay_out(self) -> None:
        self.sides.setStretchFactor(0, 3)
        self.sides.setStretchFactor(1, 1)
        self.sides.setChildrenCollapsible(False)
        self.sides.setHandleWidth(scaled(16))
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(10))
        column.addWidget(self.bar)
        column.addWidget(self.sentence)
        column.addWidget(self.sides, 1)
        column.addWidget(self.empty, 1)
        show_scrolling(self, page)

    def _make_bar(self) -> QWidget:
        bar = QWidget(self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        self.week = QLabel(bar)
        set_role(self.week, "strong")
        before = self._arrow(bar, "caret-left", tr("Avant (Alt+Page haut)"), -1)
        after = self._arrow(bar, "caret-right", tr("Après (Alt+Page bas)"), 1)
        self._action(tr("Semaine d’avant"), "Alt+PgUp", partial(self._step, -1))
        self._action(tr("Semaine d’après"), "Alt+PgDown", partial(self._step, 1))
        self.papers = QPushButton(tr("Imprimer"), bar)
        choices = QMenu(self.papers)
        for key, words, cadence in PAPERS:
            choices.addAction(tr(words)).triggered.connect(partial(self._print, key, cadence))
        self.papers.setMenu(choices)
        for widget in (before, self.week, after):
            row.addWidget(widget)
        row.addStretch()
        ideas = QPushButton(self.choose.text(), bar)
        ideas.setEnabled(self.choose.isEnabled())
        ideas.clicked.connect(self.choose.trigger)
        row.addWidget(ideas)
        for key, words in (("recipes", tr("Recettes")), ("products", tr("Produits"))):
            button = QPushButton(words, bar)
            button.clicked.connect(partial(self._open, key))
            row.addWidget(button)
        row.addWidget(self.papers)
        return bar

    def _arrow(self, bar: QWidget, drawing: str, name: str, by: int) -> QToolButton:
        button = arrow(drawing, name, bar)
        button.clicked.connect(partial(self._step, by))
        return button

    @override
    def primary(self) -> QAction:
        return self.copy

    @override
    def document(self) -> tuple[str, Period]:
        return "menu-week", Period.week(self._monday)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < scaled(_SIDE_BY_SIDE)
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.sides.orientation() is not wanted:
            self.sides.setOrientation(wanted)

    @override
    def open_at(self, target: object) -> None:
        if isinstance(target, Period):
            self._monday = Period.week(target.first).first
        elif isinstance(target, int):
            with self.desk.book.read() as session:
                row = service_row(session, target)
            if row is not None:
                self._monday, self._wanted = Period.week(row.day).first, target
        self.refresh()

    @override
    def place(self) -> object:
        return Period.week(self._monday)

    @override
    def refresh(self) -> None:
        week = Period.week(self._monday)
        words = in_words(week)
        self.week.setText(words[:1].upper() + words[1:])
        with self.desk.book.read() as session:
            menus = week_of_menus(session, week)
            recipes = select(Recipe.name).where(~Recipe.is_archived).order_by(Recipe.name)
            self.grid.names = list(session.scalars(recipes))
        waiting = sum(not menu.is_confirmed for menu in menus)
        self.sentence.setText(
            trn(
                "{n} menu n’est pas encore prêt à afficher.",
                "{n} menus ne sont pas encore prêts à afficher.",
                waiting,
            )
            if waiting
            else tr("Tous les menus de la semaine sont prêts à afficher.")
        )
        self.grid.show_menus(menus, writable=self.desk.may_write("meals"))
        if self._wanted is not None:
            self.grid.go_to(self._wanted)
            self._wanted = None
        self.load.setVisible(not self.grid.names)
        for part in (self.sentence, self.sides):
            part.setVisible(bool(menus))
        self.empty.setVisible(not menus)
        self._show_dish()

    @Slot()
    def _show_dish(self) -> None:
        dishes = self.grid.dishes
        with self.desk.book.read() as session:
            self.pane.show_dish(
                session,
                dishes[0] if dishes else None,
                civil_date(self.desk.book.clock()),
                writable=self.desk.may_write("meals"),
            )

    def _say(self, service: int, course: Course, names: list[str]) -> bool:
        def write(session: Session) -> object:
            return say_course(session, service, course, names)

        return attempt(self.desk, tr("Menu changé"), write)

    @Slot(int, object, str)
    def _confirm(self, dish: int, held: frozenset[Allergen], initials: str) -> None:
        now = self.desk.book.clock()

        def write(session: Session) -> object:
            return confirm(session, dish, held, initials, now)

        attempt(self.desk, tr("Allergènes confirmés"), write)

    @Slot()
    def _give(self) -> None:
        menu = self.grid.menu
        if menu is not None:
            GiftsDialog(self.desk, self.window(), menu.service.key).exec()

    def _step(self, by: int, *_checked: object) -> None:
        self._monday += by * WEEK
        self.refresh()

    @Slot()
    def _choose(self) -> None:
        menu = self.grid.menu
        if menu is None:
            self.desk.tell(tr("Choisissez d’abord un service dans le tableau."))
            return
        from ui.meals.choosing import ChoosingDialog  # noqa: PLC0415  -- brings the forecast

        ChoosingDialog(self.desk, menu.service.key, self, self.grid.course).exec()

    @Slot()
    def _copy(self) -> None:
        week, made = Period.week(self._monday), 0
        before = Period.week(self._monday - WEEK)
        with self.desk.book.action(tr("Menus copiés")) as session:
            made = copy_week(session, before, week)
        words = trn("{n} menu copié.", "{n} menus copiés.", made)
        self.desk.tell(words, undo=bool(made))

    @Slot()
    def _load_recipes(self) -> None:
        def work() -> int:
            with self.desk.book.action(tr("Recettes de départ")) as session:
                load_starter_recipes(session)
                return session.scalar(select(func.count(Recipe.id))) or 0

        self.desk.jobs.run(
            work, self._on_loaded, self._on_failed, tr("Ajout des recettes de départ")
        )

    def _on_loaded(self, count: int) -> None:
        self.desk.tell(trn("{n} recette.", "{n} recettes.", count), undo=True)

    def _on_failed(self, error: BaseException) -> None:
        raise error

    def _open(self, key: str, *_checked: object) -> None:
        self.desk.go(key)

    def _print(self, key: str, cadence: str, *_checked: object) -> None:
        menu = self.grid.menu
        period = Period.week(self._monday)
        if cadence == "day" and menu is not None:
            period = Period(menu.service.day, menu.service.day + DAY)
        self.desk.print_out(key, period)
