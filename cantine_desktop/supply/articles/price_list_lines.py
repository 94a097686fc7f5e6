"""A line of a price list, and the article of the book it speaks of."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.exchange.cells import Cell, CellError, decimal_with
from cantine_desktop.exchange.formulas import unshield
from cantine_desktop.exchange.problems import Problem
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.keeping import MOST_PRICE
from cantine_desktop.supply.articles.model import Article, ContentUnit, Pack, PriceBasis
from cantine_desktop.supply.articles.packing import basis_units
from cantine_desktop.supply.articles.price_list_columns import Columns
from cantine_desktop.supply.articles.price_list_packs import PacksRead, read_packs
from cantine_desktop.supply.articles.price_list_table import ListRow
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.text import fold

PLACES = 4
"""Decimals of a quoted price, as it is stored."""

_BASES = {
    PriceBasis.KILOGRAM: "kg kgs kilo kgm",
    PriceBasis.LITRE: "l lt litre ltr",
    PriceBasis.PIECE: "piece pce pc p u unite h87",
    PriceBasis.ORDER_UNIT: "colis col carton caisse sac xpk lot pack plateau cagette"
    " cageot seau bidon",
}
_BASIS = {word: basis for basis, words in _BASES.items() for word in words.split()}
_PRICED = re.compile(
    r"(?P<price>[^/]*?)\s*€?\s*(?:ht)?\s*(?:/|\ble\b|\bla\b|\bl[’'])\s*(?P<basis>.+)"
)
_NUMBER = decimal_with(PLACES)


@dataclass(frozen=True)
class ListLine:
    """What a line of a price list says.

    Attributes:
        price: Euros for one of ``basis``, taxes left out; ``None`` when it cannot be read.
        packs: Its packing; ``None`` when it says none or is not understood (``pack_doubt``).
        vat: Rate of VAT, of one.
        problems: What cannot be read of it.
        headings: Of its columns, by what they say.
    """

    line: int
    headings: dict[str, str]
    code: str = ""
    name: str = ""
    product: str = ""
    supplier: str = ""
    price: Decimal | None = None
    basis: PriceBasis | None = None
    packs: PacksRead | None = None
    pack_doubt: str = ""
    vat: Decimal | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> object:
        """What makes it the same article as another line."""
        return fold(self.code) or (fold(self.name), self.packs)

    def problem(self, key: str, text: str) -> Problem:
        """Return a problem located in one of its cells."""
        return Problem(self.line, self.headings.get(key, ""), text)


class _Cells:
    """The cells of a row by what they say, its problems gathered on the way."""

    def __init__(self, row: ListRow, columns: Columns, headings: dict[str, str]) -> None:
        self.row, self.columns, self.headings = row, columns, headings
        self.problems: list[Problem] = []

    def cell(self, key: str) -> Cell:
        """Return a cell, empty where the row is short; a formula is a problem."""
        place = self.columns.get(key, -1)
        if not 0 <= place < len(self.row.cells):
            return Cell("")
        cell = self.row.cells[place]
        text = cell.text
        if text.startswith('="') and text.endswith('"') and len(text) > 2:
            text = text[2:-1]
        if text.startswith("="):
            self.tell(key, tr("une formule ne peut pas être lue ; remplacez-la par sa valeur"))
            return Cell("")
        return Cell(unshield(text), cell.is_plain)

    def tell(self, key: str, text: str) -> None:
        """Note a problem of a cell."""
        self.problems.append(Problem(self.row.line, self.headings.get(key, ""), text))


def read_line(row: ListRow, columns: Columns, headings: dict[str, str]) -> ListLine | None:
    """Return what a row says; ``None`` for a title between articles."""
    cells = _Cells(row, columns, headings)
    code, name, product, supplier = (
        cells.cell(key).text for key in ("code", "name", "product", "supplier")
    )
    written = cells.cell("price")
    filled = sum(bool(cell.text) for cell in row.cells)
    if not (code or name) or (filled == 1 and not written.text and not cells.problems):
        return None
    price, basis = _price(cells, written)
    packs, doubt = _packs(cells)
    return ListLine(
        row.line,
        headings,
        code=code[:60],
        name=name[:200],
        product=product,
        supplier=supplier,
        price=price,
        basis=basis,
        packs=packs,
        pack_doubt=doubt,
        vat=_vat(cells),
        problems=tuple(cells.problems),
    )


def _price(cells: _Cells, written: Cell) -> tuple[Decimal | None, PriceBasis | None]:
    parts = _PRICED.fullmatch(written.text.lower())
    number = Cell(parts["price"] if parts else written.text, written.is_plain)
    number = Cell(re.sub(r"(?i)\s*(€|eur|euros?)?\s*(ht)?$", "", number.text), number.is_plain)
    basis = _basis(
        cells, parts["basis"] if parts else cells.cell("basis").text, "price" if parts else "basis"
    )
    if not number.text:
        if not any(each.column == cells.headings.get("price") for each in cells.problems):
            cells.tell("price", tr("cette cellule doit être remplie"))
        return None, basis
    try:
        price = _NUMBER(number)
    except CellError as error:
        cells.tell("price", str(error))
        return None, basis
    if not 0 < price <= MOST_PRICE:
        cells.tell("price", tr("ce prix n’est pas plausible : vérifiez la virgule"))
        return None, basis
    return price, basis


def _basis(cells: _Cells, text: str, column: str) -> PriceBasis | None:
    word = fold(text).strip(" .€/").removeprefix("le ").removeprefix("la ").removeprefix("€/")
    if not word:
        return None
    basis = _BASIS.get(word) or _BASIS.get(word.removesuffix("s"))
    if basis is None:
        unknown = tr("« {text} » n’est pas prévu ; choix possibles : {choices}")
        choices = tr("kg, litre, pièce, colis")
        cells.tell(column, unknown.format(text=text[:40], choices=choices))
    return basis


def _packs(cells: _Cells) -> tuple[PacksRead | None, str]:
    text = cells.cell("pack").text
    if not text:
        return None, ""
    try:
        return read_packs(text), ""
    except CellError as error:
        return None, str(error)


def _vat(cells: _Cells) -> Decimal | None:
    cell = cells.cell("vat")
    if not cell.text:
        return None
    try:
        rate = decimal_with(PLACES)(Cell(cell.text.removesuffix("%").strip(), is_plain=True))
    except CellError as error:
        cells.tell("vat", str(error))
        return None
    percent = rate if "%" in cell.text or rate >= 1 else rate * 100
    if percent not in {Decimal(0), Decimal("2.1"), Decimal("5.5"), Decimal(10), Decimal(20)}:
        cells.tell("vat", tr("ce taux de TVA n’existe pas ; 5,5, 10 ou 20"))
        return None
    return percent / 100


class Known:
    """The articles of a supplier and the products, as a price list may name them."""

    def __init__(self, articles: Sequence[Article], products: Iterable[Product]) -> None:
        self.codes: dict[str, list[Article]] = defaultdict(list)
        self.bare: dict[str, list[Article]] = defaultdict(list)
        self.names: dict[str, list[Article]] = defaultdict(list)
        for article in articles:
            if article.code:
                self.codes[fold(article.code)].append(article)
                self.bare[fold(article.code).lstrip("0")].append(article)
            self.names[fold(article.name)].append(article)
        self.products = {each.id: each for each in products}
        self.by_name = {fold(each.name): each.id for each in self.products.values()}

    def article(self, line: ListLine) -> tuple[Article | None, str]:
        """Return the article a line speaks of, or why it cannot be told."""
        code = fold(line.code)
        found = self.codes.get(code) or self.bare.get(code.lstrip("0")) if code else None
        if not found:
            found = self.names.get(fold(line.name)) if line.name else None
            if found and code:
                found = [each for each in found if not each.code]
        if not found:
            return None, ""
        if len(found) > 1:
            return None, tr("plusieurs articles de ce fournisseur portent ce code ou ce nom")
        return found[0], ""

    def product(self, line: ListLine) -> int | None:
        """Return the product that a line names."""
        return self.by_name.get(fold(line.product)) if line.product else None

    def lacks(
        self, line: ListLine, article: Article | None, product_id: int | None
    ) -> list[Problem]:
        """Return what a line lacks to be written: a packing, or a weight for its price."""
        if article is None and line.packs is None:
            text = line.pack_doubt or tr("cette cellule doit être remplie")
            return [line.problem("pack", text)]
        key = article.product_id if article else product_id
        product = self.products[key] if key is not None else None
        if product is None:
            return []
        packs, unit = _told(line.packs, article)
        priced = article.prices[-1].basis if article and article.prices else None
        basis = line.basis or priced or PriceBasis.ORDER_UNIT
        if _units(packs, unit, product, basis) is None:
            text = tr("le prix ne peut pas se rapporter au colis : dites ce que pèse une pièce")
            return [line.problem("price", text)]
        return []


def _told(
    told: PacksRead | None, article: Article | None
) -> tuple[tuple[tuple[str, Decimal], ...], ContentUnit]:
    if told is not None:
        return told.packs, told.unit
    if article is None:
        return (), ContentUnit.GRAM
    return tuple((pack.name, pack.count) for pack in article.packs), article.content_unit


def _units(
    packs: tuple[tuple[str, Decimal], ...], unit: ContentUnit, product: Product, basis: PriceBasis
) -> object:
    """Return how many units of the price an order unit is, of an article never written."""
    trial = Article(supplier_id=0, product_id=product.id, name="", content_unit=unit)
    trial.packs = [
        Pack(rank=rank, name=name, count=count) for rank, (name, count) in enumerate(packs)
    ]
    return basis_units(trial, product, basis)


def known_of(session: Session, supplier_id: int) -> Known:
    """Return what a price list of a supplier may speak of, read in two queries."""
    articles = session.scalars(
        select(Article)
        .where(Article.supplier_id == supplier_id, Article.is_active)
        .options(selectinload(Article.prices), selectinload(Article.packs))
    )
    products = session.scalars(select(Product).where(Product.is_active))
    return Known(list(articles), products)
