"""A dish beside its menu: its allergens to confirm, its season, its cost, its carbon."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import ALLERGENS, Allergen
from cantine_desktop.i18n import money, number, tr
from cantine_desktop.meals.menus.allergens import STATES
from cantine_desktop.meals.menus.gifts import gifts_of_dish
from cantine_desktop.meals.menus.queries import DishRow, out_of_season
from cantine_desktop.meals.recipes.costing import beyond_food, cost_of
from cantine_desktop.meals.recipes.facts import facts_of
from cantine_desktop.values.text import NBSP
from ui.kit.labels import heading, wrapped
from ui.kit.theme import scaled

_COLUMNS = 2
_LONGEST = 4


class DishPane(QWidget):
    """The dish of the current cell.

    Signals:
        confirmed: Somebody looked: dish, allergens, initials.
        gifts_asked: What was given for the menu is to be told.
    """

    confirmed = Signal(int, object, str)
    gifts_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._dish: DishRow | None = None
        self.name = heading("")
        self.name.setWordWrap(True)
        self.state = wrapped()
        self.facts = wrapped(role="muted")
        self.boxes: dict[Allergen, QCheckBox] = {}
        boxes = QGridLayout()
        boxes.setHorizontalSpacing(scaled(12))
        boxes.setVerticalSpacing(scaled(2))
        for rank, (each, words) in enumerate(ALLERGENS.items()):
            box = QCheckBox(tr(words.name), self)
            box.setToolTip(tr(words.whole))
            self.boxes[each] = box
            boxes.addWidget(box, rank // _COLUMNS, rank % _COLUMNS)
        self.initials = QLineEdit(self)
        self.initials.setMaxLength(_LONGEST)
        self.initials.setAccessibleName(tr("Initiales de qui a regardé"))
        self.initials.setPlaceholderText(tr("visa"))
        self.initials.setMaximumWidth(scaled(80))
        self.button = QPushButton(tr("Confirmer les allergènes"), self)
        self.button.clicked.connect(self._confirm)
        self.initials.returnPressed.connect(self._confirm)
        row = QHBoxLayout()
        row.addWidget(self.initials)
        row.addWidget(self.button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        for label in (self.name, self.state):
            column.addWidget(label)
        column.addLayout(boxes)
        column.addLayout(row)
        column.addWidget(self.facts)
        self.given = QPushButton(tr("Produits donnés…"), self)
        self.given.clicked.connect(self.gifts_asked)
        column.addWidget(self.given, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()

    def show_dish(
        self, session: Session, dish: DishRow | None, today: date, *, writable: bool
    ) -> None:
        """Show a dish, or that there is none in the cell."""
        self._dish = dish
        for part in (*self.boxes.values(), self.initials, self.button, self.given):
            part.setVisible(dish is not None)
            part.setEnabled(writable)
        if dish is None:
            self.name.setText(tr("Aucun plat ici"))
            self.state.setText(tr("Tapez son nom dans la case : les recettes se proposent."))
            self.facts.clear()
            return
        self.name.setText(dish.name)
        self.state.setText(_state_words(dish))
        for each, box in self.boxes.items():
            box.setChecked(each in dish.held)
        self.facts.setText(_facts_words(session, dish, today))

    @Slot()
    def _confirm(self) -> None:
        if self._dish is not None:
            held = frozenset(each for each, box in self.boxes.items() if box.isChecked())
            self.confirmed.emit(self._dish.key, held, self.initials.text())


def _state_words(dish: DishRow) -> str:
    words = tr(STATES[dish.state])
    if dish.allergens.unknown:
        words += f"{NBSP}: " + ", ".join(dish.allergens.unknown)
    if dish.confirmed_by and dish.state.value == "confirmed":
        words += f" ({dish.confirmed_by})"
    return words


def _facts_words(session: Session, dish: DishRow, today: date) -> str:
    """Return what is known of a dish, a line each: diet, season, cost, carbon."""
    if dish.recipe_id is None:
        return tr("Sans fiche technique : ni coût ni quantités, et les allergènes sont à dire.")
    facts = facts_of(session, dish.recipe_id)
    cost = cost_of(session, dish.recipe_id, 1, gifts_of_dish(session, dish.key))
    late = out_of_season(session, dish, today.month)
    diet = tr("Végétarien") if dish.is_vegetarian else tr("Avec viande ou poisson")
    lines = [
        tr("Végétalien") if dish.is_vegan else diet,
        tr("Hors saison : {names}").format(names=", ".join(late)) if late else tr("De saison"),
        tr("Denrées : {amount} la portion").format(amount=money(cost.valued_per_portion)),
    ]
    if cost.bought_cents != cost.valued_cents:
        lines.append(
            tr("Dons compris ; payé : {amount} la portion").format(
                amount=money(cost.bought_per_portion)
            )
        )
    if cost.unpriced:
        lines.append(tr("Sans prix : {names}").format(names=", ".join(cost.unpriced)))
    rest = beyond_food(session, today)
    if rest is not None:
        lines.append(tr("Équipe et lieu : {amount} par repas, en plus").format(amount=money(rest)))
    grams = Decimal(facts.carbon_grams.numerator) / facts.carbon_grams.denominator
    missing = tr(", sans {names}").format(names=", ".join(facts.carbon_missing))
    lines.append(
        tr("CO₂ : {kilograms} kg la portion").format(kilograms=number(grams / 1000, 2))
        + (missing if facts.carbon_missing else "")
    )
    return "\n".join(lines)
