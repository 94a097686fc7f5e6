"""« Pour N convives », or « j’ai 3 kg de carottes »: a recipe at other quantities."""

from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.recipes.amounts import exact
from cantine_desktop.meals.recipes.model import Recipe
from cantine_desktop.meals.recipes.quantities import singular
from cantine_desktop.meals.recipes.scaling import canonical, scale
from cantine_desktop.meals.recipes.writing import MOST_PORTIONS, read_line
from ui.desk import Desk
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.flow import FlowLayout
from ui.kit.labels import wrapped
from ui.kit.theme import scaled


class ScaleBar(QWidget):
    """Asks for how many, or from how much of one ingredient.

    Signals:
        changed: Other quantities are wanted.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, desk: Desk, key: int) -> None:
        super().__init__(parent)
        self._desk, self._key = desk, key
        self._portions: Fraction | None = None
        self.many = NumberEdit(
            tr("Quantités pour tant de convives"),
            places=0,
            unit=tr("convives"),
            minimum=Decimal(1),
            maximum=Decimal(MOST_PORTIONS),
        )
        self.many.setMaximumWidth(scaled(150))
        self.stock = TextEdit(tr("Quantités selon ce qu’il y a d’un ingrédient"), longest=80)
        self.stock.line.setPlaceholderText(tr("3 kg de carottes"))
        self.stock.setMaximumWidth(scaled(210))
        self.sentence = wrapped(role="small")
        self.many.committed.connect(self._set_many)
        self.stock.committed.connect(self._set_stock)
        row = QWidget(self)
        flow = FlowLayout(scaled(8), row)
        for words, field in ((tr("Refaire pour"), self.many), (tr("ou j’ai"), self.stock)):
            label = QLabel(words, row)
            label.setBuddy(field)
            flow.addWidget(label)
            flow.addWidget(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(2))
        column.addWidget(row)
        column.addWidget(self.sentence)
        self.sentence.hide()

    @property
    def portions(self) -> Fraction | None:
        """For how many the quantities are wanted; ``None`` as the recipe is written."""
        return self._portions

    def present(self, session: Session, recipe: Recipe) -> Fraction | None:
        """Read again what an ingredient is enough for; return for how many."""
        if self.stock.value:
            self._portions = enough_for(session, recipe, self.stock.value)
        if self._portions is not None and self.stock.value:
            words = tr("De quoi faire {n} portions.").format(n=exact(self._portions, 1))
            self.sentence.setText(words)
        self.sentence.setVisible(bool(self.stock.value))
        return self._portions

    @Slot(object)
    def _set_many(self, many: Decimal | None) -> None:
        self._portions = None if many is None else Fraction(many)
        self.stock.set_value(None)
        self.changed.emit()

    @Slot(object)
    def _set_stock(self, words: str | None) -> None:
        self._portions = None
        self.many.set_value(None)
        if words:
            with self._desk.book.read() as session:
                try:
                    enough_for(session, session.get_one(Recipe, self._key), words)
                except UserError as error:
                    self.stock.set_value(None)
                    self.stock.line.setText(words)
                    self.stock.refuse(str(error))
        self.changed.emit()


def enough_for(session: Session, recipe: Recipe, words: str) -> Fraction:
    """Return how many portions « 3 kg de carottes », before peeling, are enough for.

    Raises:
        UserError: It is no quantity of one of its ingredients.
    """
    written = read_line(words)
    if written is None or written.quantity is None or not written.quantity:
        raise UserError(tr("Écrivez une quantité et un ingrédient : 3 kg de carottes."))
    wanted = singular(written.words)
    needs = scale(session, recipe.id, recipe.portions).needs
    named = [need for need in needs if singular(need.product.name) == wanted]
    likely = named or [need for need in needs if wanted and wanted in singular(need.product.name)]
    if len(likely) != 1:
        names = ", ".join(need.product.name for need in likely or needs)
        raise UserError(tr("Lequel de ces ingrédients : {names} ?").format(names=names))
    need = likely[0]
    amount = canonical(need.product, Fraction(written.quantity), written.unit)
    if amount is None or not need.gross:
        raise UserError(
            tr("« {name} » ne se convertit pas dans cette unité.").format(name=need.product.name)
        )
    return recipe.portions * amount / need.gross
