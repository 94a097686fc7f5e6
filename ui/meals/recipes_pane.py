"""A technical sheet beside the list: its ingredients, its gestures, what is known of it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.recipes.model import COURSES, Course, Ingredient, Recipe, RecipeStep
from cantine_desktop.meals.recipes.writing import (
    MOST_PORTIONS,
    IngredientFacts,
    StepFacts,
    change_recipe,
    facts_of,
)
from cantine_desktop.supply.products.keeping import trimmed
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import NBSP
from ui.desk import Desk
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.flow import FlowLayout
from ui.kit.form import Form, watch_text
from ui.kit.labels import heading, wrapped
from ui.kit.theme import scaled, set_role
from ui.list_screen import RecordPane
from ui.meals.recipes_facts import Fact, FactsView, facts_lines
from ui.meals.recipes_lines import LinesEdit
from ui.meals.recipes_scale import ScaleBar

WORKSHOPS = ("Légumes", "Cuisson", "Dessert", "Froid", "Chaud", "Salle")
"""Workshops known before any recipe names one."""
_STEP = re.compile(r"\s*(?P<workshop>[^:]{1,30}?)\s*:\s*(?P<words>.+)")


class RecipePane(RecordPane):
    """A recipe, changed as it is typed; every change may be taken back.

    Args:
        desk: The working context.
        key: The recipe.
        beyond: What a meal costs besides its food, if known.
    """

    def __init__(self, desk: Desk, key: int, beyond: Money | None) -> None:
        super().__init__(desk, key)
        self._beyond = beyond
        self._may = desk.may_write("meals")
        self.name = TextEdit(tr("Nom de la recette"), required=True, longest=120)
        self.course = QComboBox(self)
        self.course.setAccessibleName(tr("Sorte de plat"))
        for course, words in COURSES.items():
            self.course.addItem(tr(words), course)
        self.portions = NumberEdit(
            tr("Portions"),
            places=0,
            minimum=Decimal(1),
            maximum=Decimal(MOST_PORTIONS),
            required=True,
        )
        self.scale = ScaleBar(self, desk, key)
        self.lines = LinesEdit(self, self._keep_lines)
        self.facts = FactsView(self)
        self.steps = QPlainTextEdit(self)
        self.steps.setAccessibleName(tr("Étapes, une par ligne"))
        self.steps.setMinimumHeight(scaled(150))
        self.state = wrapped(role="error")
        self.buttons = FlowLayout(scaled(8))
        self._workshops: frozenset[str] = frozenset()
        self._told_steps = ""
        self.more = Form(self)
        self._make_more()
        self._lay_out()
        self._connect()
        self.refresh()

    def add_button(self, action: QAction) -> QPushButton:
        """Put a deed of the screen above the sheet."""
        button = QPushButton(action.text(), self)
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.trigger)
        self.buttons.addWidget(button)
        return button

    def name_it(self) -> None:
        """Put the keyboard on the name, selected."""
        self.name.line.setFocus()
        self.name.line.selectAll()

    @override
    def refresh(self) -> None:
        """Read the recipe again; what is being typed stays."""
        with self.desk.book.read() as session:
            recipe = session.get(Recipe, self.key)
            if recipe is None:
                return
            self._present(recipe)
            self._workshops = _workshops(session)
            try:
                portions = self.scale.present(session, recipe)
                facts = facts_lines(
                    session, self.key, civil_date(self.desk.book.clock()), self._beyond
                )
                self.state.clear()
            except UserError as error:
                portions, facts = None, list[Fact]()
                self.state.setText(str(error))
            self.state.setVisible(bool(self.state.text()))
            self.lines.present(session, recipe, portions, writable=self._may)
            self.facts.present(facts)

    def _present(self, recipe: Recipe) -> None:
        self.name.set_value(recipe.name)
        self.course.setCurrentIndex(self.course.findData(recipe.course))
        self.portions.set_value(Decimal(recipe.portions))
        self._number("minutes").set_value(_decimal(recipe.minutes))
        self._number("keeps_days").set_value(Decimal(recipe.keeps_days))
        whole = recipe.yields_grams
        self._number("yields_grams").set_value(
            None if whole is None else trimmed(whole / Decimal(1000))
        )
        hot = self.more.field("is_hot")
        assert isinstance(hot, QCheckBox)
        hot.blockSignals(True)
        hot.setChecked(recipe.is_hot)
        hot.blockSignals(False)
        notes = self.more.field("notes")
        assert isinstance(notes, QPlainTextEdit)
        if not notes.hasFocus() and notes.toPlainText() != recipe.notes:
            notes.setPlainText(recipe.notes)
        told = steps_text([StepFacts(each.words, each.workshop) for each in recipe.steps])
        if told != self._told_steps and not self.steps.hasFocus():
            self.steps.setPlainText(told)
        self._told_steps = told

    def _number(self, key: str) -> NumberEdit:
        field = self.more.field(key)
        assert isinstance(field, NumberEdit)
        return field

    # -- keeping

    def _change(self, **values: Any) -> None:
        """Change some values of the recipe.

        Raises:
            UserError: They are refused.
        """
        with self.desk.book.action(tr("Recette changée")) as session:
            recipe = session.get_one(Recipe, self.key)
            change_recipe(session, self.key, replace(facts_of(recipe), **values))

    def _try(self, **values: Any) -> str:
        try:
            self._change(**values)
        except UserError as error:
            return str(error)
        return ""

    def _keep_lines(self, lines: tuple[IngredientFacts, ...]) -> None:
        self._change(ingredients=lines)

    @Slot(object)
    def _rename(self, name: str | None) -> None:
        if name and (why := self._try(name=name)):
            self.name.refuse(why)

    @Slot(int)
    def _set_course(self, place: int) -> None:
        self._try(course=Course(self.course.itemData(place)))

    @Slot(object)
    def _set_portions(self, many: Decimal | None) -> None:
        if many is not None and (why := self._try(portions=int(many))):
            self.portions.refuse(why)

    @Slot(str, object)
    def _set_more(self, key: str, value: object) -> None:
        if key == "yields_grams" and isinstance(value, Decimal):
            value *= 1000
        elif isinstance(value, Decimal):
            value = int(value)
        elif key == "keeps_days":
            value = value or 0
        self._try(**{key: value})

    def _keep_steps(self, text: str) -> None:
        steps = read_steps(text, self._workshops)
        if steps_text(steps) != self._told_steps:
            self._try(steps=steps)

    # -- laying out

    def _make_more(self) -> None:
        more = self.more.more()
        self.opened = more
        self.more.add("minutes", tr("Durée"), _count(tr("Durée"), "min", 3000))
        kilos = NumberEdit(
            tr("Poids une fois cuit"),
            places=3,
            unit="kg",
            minimum=Decimal("0.001"),
            maximum=Decimal(10_000),
        )
        self.more.add(
            "yields_grams",
            tr("Poids une fois cuit"),
            kilos,
            tr("De toutes les portions ; il sert quand la recette entre dans une autre."),
        )
        self.more.add("keeps_days", tr("Se garde au froid"), _count(tr("Jours"), tr("jours"), 60))
        self.more.add("is_hot", tr("Servi chaud"), QCheckBox())
        notes = QPlainTextEdit()
        notes.setMaximumHeight(scaled(80))
        self.more.add("notes", tr("Conseils"), notes)
        self.more.setEnabled(self._may)

    def _lay_out(self) -> None:
        head = QGridLayout()
        head.setHorizontalSpacing(scaled(10))
        head.setVerticalSpacing(scaled(2))
        for column, (words, widget, stretch) in enumerate((
            (tr("Nom"), self.name, 5),
            (tr("Sorte de plat"), self.course, 2),
            (tr("Portions"), self.portions, 1),
        )):
            label = QLabel(words, self)
            set_role(label, "small")
            label.setBuddy(widget)
            head.addWidget(label, 0, column)
            head.addWidget(widget, 1, column, Qt.AlignmentFlag.AlignTop)
            head.setColumnStretch(column, stretch)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, scaled(8), 0)
        page.setSpacing(scaled(10))
        page.addLayout(self.buttons)
        page.addLayout(head)
        page.addWidget(self.scale)
        page.addWidget(self.state)
        page.addWidget(self.lines)
        page.addWidget(self.facts)
        page.addWidget(heading(tr("Étapes")))
        page.addWidget(self.steps)
        note = wrapped(
            tr("Une étape par ligne, son atelier devant : « Cuisson : rôtir… »."), "small"
        )
        page.addWidget(note)
        page.addWidget(self.more)
        page.addStretch()

    def _connect(self) -> None:
        self.name.committed.connect(self._rename)
        self.course.activated.connect(self._set_course)
        self.portions.committed.connect(self._set_portions)
        self.scale.changed.connect(self.refresh)
        self.more.committed.connect(self._set_more)
        watch_text(self.steps, self._keep_steps)
        for widget in (self.name, self.course, self.portions):
            widget.setEnabled(self._may)
        self.steps.setReadOnly(not self._may)


def steps_text(steps: Sequence[StepFacts]) -> str:
    """Return gestures a line each, their workshop before them."""
    return "\n".join(
        f"{step.workshop}{NBSP}: {step.words}" if step.workshop else step.words for step in steps
    )


def read_steps(text: str, workshops: frozenset[str]) -> tuple[StepFacts, ...]:
    """Read gestures a line each; only words known as a workshop are taken for one."""
    found: list[StepFacts] = []
    for line in filter(None, (" ".join(each.split()) for each in text.splitlines())):
        read = _STEP.fullmatch(line)
        if read is not None and read["workshop"] in workshops:
            found.append(StepFacts(read["words"], read["workshop"]))
        else:
            found.append(StepFacts(line))
    return tuple(found)


def _workshops(session: Session) -> frozenset[str]:
    used = set(session.scalars(select(Ingredient.workshop).distinct()))
    used |= set(session.scalars(select(RecipeStep.workshop).distinct()))
    return frozenset({*WORKSHOPS, *filter(None, used)})


def _count(name: str, unit: str, most: int) -> NumberEdit:
    return NumberEdit(name, places=0, unit=unit, minimum=Decimal(0), maximum=Decimal(most))


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
