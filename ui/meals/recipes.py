"""Recipes: the list, found and filtered, and the technical sheet of one beside it."""

import io
from fractions import Fraction
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import mark, money, tr, trn
from cantine_desktop.meals.recipes.costing import beyond_food
from cantine_desktop.meals.recipes.listing import SheetRow, Show, chosen, sheet_rows
from cantine_desktop.meals.recipes.model import COURSES, Course, Recipe
from cantine_desktop.meals.recipes.starter import load_starter_recipes
from cantine_desktop.meals.recipes.writing import SheetFacts, add_recipe, archive, duplicate
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.table import Column, Row
from ui.list_screen import ListScreen, Sorting
from ui.meals.recipes_pane import RecipePane
from ui.meals.recipes_paste import PasteDialog
from ui.meals.service_forms import attempt
from ui.meals.workshops_deeds import show_pdf

SHOWS = {
    Show.ALL: mark("Toutes"),
    Show.SEASON: mark("De saison ce mois-ci"),
    Show.VEGETARIAN: mark("Végétariennes"),
    Show.UNKNOWN: mark("Allergènes inconnus"),
    Show.ARCHIVED: mark("Archivées"),
}
PORTIONS = 30


class RecipesScreen(ListScreen[SheetRow, RecipePane]):
    """The recipes of the canteen."""

    key: ClassVar[str] = "recipes"
    shows: ClassVar[frozenset[str]] = frozenset({
        "recipe",
        "ingredient",
        "recipe_step",
        "product",
        "given_product",
    })
    help_text: ClassVar[str] = mark(
        "Tapez un ingrédient par ligne, avec sa quantité prête à l’emploi : les allergènes, la "
        "saison, le CO₂ et le coût suivent. « Refaire pour » donne les quantités à sortir."
    )

    parts: ClassVar[tuple[int, int]] = (3, 5)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._beyond: Money | None = None
        may = desk.may_write("meals")
        self.new = self._action(tr("Nouvelle recette"), "Ctrl+N", self._add, enabled=may)
        self.printed = self._action(tr("Imprimer la fiche"), "", self._print)
        self.copied = self._action(tr("Dupliquer"), "Ctrl+Shift+D", self._copy, enabled=may)
        self.pasted = self._action(tr("Coller une liste…"), "", self._paste, enabled=may)
        self.put_away = self._action(tr("Archiver"), "", self._archive, enabled=may)
        self.starter = self._action(
            tr("Ajouter les recettes de départ"), "", self._load_starter, enabled=may
        )
        self._action(tr("Monter l’ingrédient"), "Ctrl+Shift+Up", partial(self._move, "move_up"))
        self._action(
            tr("Descendre l’ingrédient"), "Ctrl+Shift+Down", partial(self._move, "move_down")
        )
        self._action(tr("Voir les produits"), "", partial(desk.go, "products"))
        empty = EmptyState(
            tr("Aucune recette : commencez par celles écrites pour les cantines, ou la vôtre."),
            tr("Prendre les recettes de départ"),
            self.starter.trigger,
            icon="fork-knife",
        )
        self._lay_out(
            tr("Recettes"), _columns(), empty, tr("Choisissez une recette, ou ajoutez-en une.")
        )
        self._main, self._bar = self.new, self._make_bar(*self._boxes())

    def _boxes(self) -> tuple[QComboBox, QComboBox]:
        self.course = QComboBox(self)
        self.course.setAccessibleName(tr("Sorte de plat"))
        self.course.addItem(tr("Tous les plats"), None)
        for course, words in COURSES.items():
            self.course.addItem(tr(words), course)
        self.show_only = QComboBox(self)
        self.show_only.setAccessibleName(tr("Quelles recettes"))
        for show, words in SHOWS.items():
            self.show_only.addItem(tr(words), show)
        for box in (self.course, self.show_only):
            box.activated.connect(self._refilter)
        return self.course, self.show_only

    @override
    def document(self) -> tuple[str, Period]:
        return "technical-sheets", Period.year(civil_date(self.desk.book.clock()))

    @override
    def _widen(self) -> None:
        self.course.setCurrentIndex(0)
        self.show_only.setCurrentIndex(0)

    @override
    def _read(self) -> list[SheetRow]:
        with self.desk.book.read() as session:
            rows = sheet_rows(session)
            self._beyond = beyond_food(session, civil_date(self.desk.book.clock()))
        self.subtitle = trn("{n} recette", "{n} recettes", sum(not row.is_archived for row in rows))
        return rows

    @override
    def _kept(self) -> list[SheetRow]:
        told = self.course.currentData()
        course = Course(told) if told else None
        show = Show(self.show_only.currentData())
        month = civil_date(self.desk.book.clock()).month
        return chosen(self.rows.values(), self.list.words, course, show, month)

    @override
    def _sorting(self) -> Sorting[SheetRow]:
        courses = list(Course)
        return {
            "course": lambda row: courses.index(row.course),
            "cost": lambda row: row.cost.cents if row.cost else -1,
        }

    @override
    def _row(self, record: SheetRow) -> Row:
        course = tr(COURSES[record.course])
        if not record.is_sound:
            return Row((record.name, course, "", tr("se contient")), "bad")
        notes = [tr("végé")] if record.is_vegetarian else []
        if record.unknown:
            notes.insert(0, tr("? allergènes"))
        cost = money(record.cost) if record.cost is not None else ""
        texts = (record.name, course, cost, ", ".join(notes))
        return Row(texts, "muted" if record.is_archived else "")

    @Slot()
    def _refilter(self) -> None:
        self.table.refresh()

    @override
    def _pane(self, key: int) -> RecipePane:
        pane = RecipePane(self.desk, key, self._beyond)
        row = self.rows.get(key)
        self.put_away.setText(
            tr("Remettre dans la liste") if row and row.is_archived else tr("Archiver")
        )
        for action in (self.printed, self.copied, self.pasted, self.put_away):
            pane.add_button(action)
        return pane

    # -- deeds

    @Slot()
    def _add(self) -> None:
        def write(session: Session) -> int:
            name, rank = tr("Nouvelle recette"), 2
            while session.scalar(select(Recipe.id).where(Recipe.name == name)) is not None:
                name, rank = tr("Nouvelle recette {n}").format(n=rank), rank + 1
            return add_recipe(session, SheetFacts(name, Course.MAIN, PORTIONS)).id

        with self.desk.book.action(tr("Recette ajoutée")) as session:
            key = write(session)
        self.open_at(key)
        if self.pane is not None:
            self.pane.name_it()

    @Slot()
    def _copy(self) -> None:
        key = self.table.current_key
        if key is None:
            return
        with self.desk.book.action(tr("Recette dupliquée")) as session:
            made = duplicate(session, key).id
        self.open_at(made)
        self.desk.tell(tr("Recette dupliquée."), undo=True)

    @Slot()
    def _archive(self) -> None:
        key = self.table.current_key
        if key is None:
            return
        archived = not self.rows[key].is_archived

        def write(session: Session) -> None:
            archive(session, key, archived=archived)

        words = tr("Recette archivée") if archived else tr("Recette remise dans la liste")
        attempt(self.desk, words, write)

    @Slot()
    def _paste(self) -> None:
        pane = self.pane
        if pane is not None:
            PasteDialog(self.desk, self, pane.key, pane.lines.add_lines).open()

    @Slot()
    def _print(self) -> None:
        pane = self.pane
        if pane is None:
            return
        key, portions = pane.key, pane.scale.portions
        title = self.rows[key].name
        show_pdf(self.desk, self.window(), title, partial(_write_sheet, key, portions))

    def _move(self, name: str, *_checked: object) -> None:
        pane = self.pane
        if pane is not None:
            getattr(pane.lines, name)()

    @Slot()
    def _load_starter(self) -> None:
        def work() -> int:
            with self.desk.book.action(tr("Recettes de départ")) as session:
                load_starter_recipes(session)
                return session.scalar(select(func.count(Recipe.id))) or 0

        self.desk.jobs.run(work, self._on_loaded, _fail, tr("Ajout des recettes de départ"))

    def _on_loaded(self, count: int) -> None:
        self.desk.tell(trn("{n} recette.", "{n} recettes.", count), undo=True)


def _write_sheet(key: int, portions: Fraction | None, desk: Desk) -> bytes:
    # Brings ReportLab, which no other gesture of the screen needs.
    from cantine_desktop.meals.recipes.technical_sheet import write_sheet  # noqa: PLC0415

    target = io.BytesIO()
    with desk.book.read() as session:
        write_sheet(session, key, portions, desk.book.clock(), target)
    return target.getvalue()


def _fail(error: BaseException) -> None:
    raise error


def _columns() -> list[Column]:
    return [
        Column(tr("Recette"), 178, key="name"),
        Column(tr("Plat"), 76, key="course"),
        Column(tr("Portion"), 70, "right", key="cost"),
        Column(tr("À savoir"), 50),
    ]
