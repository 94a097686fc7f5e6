"""The ingredients of a recipe, typed in a grid: a product or a base, a quantity, a yield."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import number, tr
from cantine_desktop.meals.recipes.amounts import exact
from cantine_desktop.meals.recipes.model import Ingredient, Recipe, Unit
from cantine_desktop.meals.recipes.quantities import (
    nearest,
    quantity_words,
    read_quantity,
    scaled_words,
    singular,
)
from cantine_desktop.meals.recipes.scaling import canonical, share_of, words_of, yield_of
from cantine_desktop.meals.recipes.writing import THOUSANDTH, IngredientFacts, facts_of, read_line
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.text import NBSP
from ui.kit.grid import Cell, Edit, EntryGrid, GridModel, Head, State
from ui.kit.sentences import REFUSALS, read_number, refusal
from ui.kit.theme import scaled

NAME, NET, YIELD, GROSS, WORKSHOP, SCALED = range(6)
MOST_ROWS = 12
"""Rows shown without scrolling inside the grid."""
ROW = 30


class Known(NamedTuple):
    """What may go into a recipe, by its name without plurals."""

    products: Mapping[str, int]
    parts: Mapping[str, int]
    names: Sequence[str]
    workshops: Sequence[str]


class LinesEdit(QWidget):
    """The grid of ingredients; what is typed is kept line by line.

    Args:
        parent: What holds it.
        keep: Keeps all the lines; lets a refusal through.
    """

    def __init__(
        self, parent: QWidget, keep: Callable[[tuple[IngredientFacts, ...]], object]
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._lines: tuple[IngredientFacts, ...] = ()
        self._cells: list[list[Cell]] = []
        self._known = Known({}, {}, (), ())
        self._writable = True
        self.model = GridModel(self._cell, self._write, self._write_many, self)
        self.model.grows = True
        self.grid = EntryGrid(
            self.model,
            tr("Ingrédients"),
            enter_moves="across",
            fills_down=False,
            row_height=ROW,
            parent=self,
        )
        self.grid.view.fill_width()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)

    def present(
        self, session: Session, recipe: Recipe, portions: Fraction | None, *, writable: bool
    ) -> None:
        """Show the lines of a recipe, and its quantities for other portions when asked."""
        self._writable = writable
        self._known = known_of(session, recipe)
        self._lines = facts_of(recipe).ingredients
        factor = None if portions is None else portions / recipe.portions
        self._cells = [_cells(session, recipe, rank, factor) for rank in range(len(self._lines))]
        rows = [Head(str(rank + 1)) for rank in range(len(self._lines))]
        if writable:
            rows.append(Head("+", tip=tr("Nouvelle ligne")))
        columns = self._columns(recipe.portions, portions)
        if columns == list(self.model.columns):
            self.model.show_rows(rows)
        else:
            self.model.show(rows, columns)
        self._size(len(rows))

    @Slot()
    def move_up(self) -> None:
        """Put the current line before the one above."""
        self._move(-1)

    @Slot()
    def move_down(self) -> None:
        """Put the current line after the one below."""
        self._move(1)

    def add_lines(self, lines: Sequence[IngredientFacts]) -> None:
        """Add lines below those there are, as one action."""
        self._keep((*self._lines, *lines))

    def _move(self, by: int) -> None:
        row, column = self.grid.view.currentIndex().row(), self.grid.view.currentIndex().column()
        other = row + by
        if not (0 <= row < len(self._lines) and 0 <= other < len(self._lines)):
            return
        lines = list(self._lines)
        lines[row], lines[other] = lines[other], lines[row]
        self._keep(tuple(lines))
        self.grid.view.stand(other, column)

    def _size(self, rows: int) -> None:
        high = scaled(ROW) * min(rows, MOST_ROWS) + scaled(36)
        self.grid.view.setMinimumHeight(high)
        self.grid.view.setMaximumHeight(high)

    def _columns(self, usual: int, portions: Fraction | None) -> list[Head]:
        heads = [
            Head(tr("Ingrédient"), width=190, align="left", words=self._names),
            Head(tr("Net pour {n}").format(n=usual), width=92),
            Head(tr("Rendement"), width=84),
            Head(tr("Brut"), width=80),
            Head(tr("Atelier"), width=84, align="left", words=self._workshops),
        ]
        if portions is not None:
            many = exact(portions, 1)
            heads.append(
                Head(
                    tr("Brut pour {n}").format(n=many),
                    width=92,
                    tip=tr("Avant épluchage, pour {n} convives").format(n=many),
                )
            )
        return heads

    def _names(self) -> Sequence[str]:
        return self._known.names

    def _workshops(self) -> Sequence[str]:
        return self._known.workshops

    def _cell(self, row: int, column: int) -> Cell:
        if row >= len(self._cells):
            tip = tr("Tapez un ingrédient, ou une ligne entière : 1,5 kg de carottes.")
            return Cell("", State.SPARE, tip, editable=column != SCALED)
        cell = self._cells[row][column]
        return cell if self._writable else cell._replace(editable=False)

    def _write(self, row: int, column: int, text: str) -> str | None:
        return self._write_many([Edit(row, column, text)])[0]

    def _write_many(self, edits: Sequence[Edit]) -> Sequence[str | None]:
        lines = dict(enumerate(self._lines))
        answers: list[str | None] = []
        for edit in edits:
            try:
                lines[edit.row] = self._typed(lines.get(edit.row), edit.column, edit.text)
                answers.append(None)
            except REFUSALS as error:
                answers.append(refusal(error).sentence)
        kept = tuple(line for _row, line in sorted(lines.items()) if _is_named(line))
        if kept != self._lines:
            self._keep(kept)
        return answers

    def _typed(self, line: IngredientFacts | None, column: int, text: str) -> IngredientFacts:
        if column == NAME:
            return self._named(line or IngredientFacts(), text)
        if line is None:
            raise UserError(tr("Dites d’abord l’ingrédient, dans la première colonne."))
        if column == WORKSHOP:
            return replace(line, workshop=text)
        if column == YIELD:
            return replace(line, net_yield=_share(text))
        quantity, unit = read_quantity(text)
        if column == GROSS and quantity is not None:
            quantity = (quantity * self._yield_in(line)).quantize(THOUSANDTH)
        return replace(line, quantity=quantity, unit=unit)

    def _yield_in(self, line: IngredientFacts) -> Decimal:
        shown = self._cells[self._lines.index(line)][YIELD].text if line in self._lines else ""
        return _share(shown) or Decimal(1)

    def _named(self, line: IngredientFacts, text: str) -> IngredientFacts:
        written = read_line(text)
        if written is None:
            return IngredientFacts()
        if written.quantity is not None:
            line = replace(line, quantity=written.quantity, unit=written.unit)
        return tied(line, written.words, self._known)


def tied(line: IngredientFacts, words: str, known: Known) -> IngredientFacts:
    """Return a line tied to the product or the base of a name; else it keeps the words."""
    name = singular(words)
    product = known.products.get(name)
    part = None if product is not None else known.parts.get(name)
    loose = "" if product is not None or part is not None else words
    return replace(line, product_id=product, part_id=part, words=loose)


def known_of(session: Session, recipe: Recipe | None) -> Known:
    """Return what may go into a recipe: products, other recipes, workshops in use."""
    products = list(
        session.scalars(select(Product).where(Product.is_active).order_by(Product.name))
    )
    query = select(Recipe).where(~Recipe.is_archived).order_by(Recipe.name)
    parts = [each for each in session.scalars(query) if each is not recipe]
    workshops = {
        line.workshop for each in (*parts, recipe) if each for line in each.steps if line.workshop
    }
    return Known(
        {singular(each.name): each.id for each in products},
        {singular(each.name): each.id for each in parts},
        [*(each.name for each in products), *(each.name for each in parts)],
        sorted(workshops),
    )


def _cells(session: Session, recipe: Recipe, rank: int, factor: Fraction | None) -> list[Cell]:
    line = recipe.ingredients[rank]
    product = session.get(Product, line.product_id) if line.product_id is not None else None
    part = session.get(Recipe, line.part_id) if line.part_id is not None else None
    told = yield_of(line, product)
    gross = None if line.quantity is None else line.quantity * told.denominator / told.numerator
    note = _doubt(session, recipe, rank)
    tone = State.TOLERATED if note else State.PLAIN
    name = part.name if part is not None else words_of(line, product)
    usual = tr("Rendement habituel du produit, ou le vôtre pour cette recette : 85 %.")
    cells = [
        Cell(name, tone, note),
        Cell(quantity_words(line.quantity, line.unit) or tr("à l’œil"), tone, note),
        Cell("" if part is not None else _percent(told), tip=usual, editable=part is None),
        Cell(_grossly(gross, line.quantity, line.unit), tip=tr("Avant épluchage.")),
        Cell(line.workshop),
    ]
    if factor is not None:
        cells.append(Cell(scaled_words(gross, line.unit, factor), editable=False))
    return cells


def _grossly(gross: Decimal | None, net: Decimal | None, unit: Unit) -> str:
    if gross is None or net is None:
        return ""
    return quantity_words(net, unit) if gross == net else scaled_words(gross, unit, Fraction(1))


def _doubt(session: Session, recipe: Recipe, rank: int) -> str:
    """Return what the engine cannot do with a line; empty when all is well."""
    line = recipe.ingredients[rank]
    if line.part_id is not None:
        part = session.get_one(Recipe, line.part_id)
        lost = line.quantity is not None and share_of(part, Fraction(1), line.unit) is None
        words = tr("Le poids de cette base une fois cuite est inconnu : écrivez des portions.")
        return words if lost else ""
    if line.product_id is None:
        return _likely(session, line.words)
    return _doubt_of(session.get_one(Product, line.product_id), line)


def _doubt_of(product: Product, line: Ingredient) -> str:
    if not product.is_active:
        return tr("Ce produit est archivé.")
    if line.quantity is not None and canonical(product, Fraction(1), line.unit) is None:
        return tr("Cette unité ne se convertit pas : donnez le poids d’une pièce dans Produits.")
    return tr("Personne n’a regardé ses allergènes.") if product.allergens is None else ""


def _likely(session: Session, words: str) -> str:
    names = [each.name for each in session.scalars(select(Product).where(Product.is_active))]
    likely = nearest(words, dict.fromkeys(names))
    if not likely:
        return tr("Produit inconnu, ses allergènes aussi : ajoutez-le aux produits.")
    return tr("Produit inconnu, ses allergènes aussi. Vouliez-vous dire : {names} ?").format(
        names=", ".join(likely)
    )


def _percent(share: Fraction) -> str:
    value = Decimal(share.numerator) / share.denominator * 100
    return f"{number(value.quantize(Decimal(1)))}{NBSP}%"


def _share(text: str) -> Decimal | None:
    """Read « 85 % »; nothing takes the product’s own.

    Raises:
        UserError: It is no part of a whole.
    """
    plain = text.replace("%", "").replace(NBSP, " ").strip()
    if not plain:
        return None
    value = read_number(plain, 1) / 100
    if not 0 < value <= 1:
        raise UserError(tr("Le rendement après épluchage va de 1 % à 100 %."))
    return value


def _is_named(line: IngredientFacts) -> bool:
    return line.product_id is not None or line.part_id is not None or bool(line.words)
