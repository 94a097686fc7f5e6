"""Lists of supply for other programs: each a file of its own, and all of them in one workbook."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.exchange.registry import Export
from cantine_desktop.exchange.writers import MakeTable, Table, Value, csv_export
from cantine_desktop.finance.pack.tabs import Cell, Form, Heading, Tab
from cantine_desktop.finance.pack.workbook import write_workbook
from cantine_desktop.i18n import mark, tr
from cantine_desktop.supply.articles.listing import article_rows
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.deliveries.queries import lines_of
from cantine_desktop.supply.deliveries.value import cost, kept_quantity, kept_units
from cantine_desktop.supply.orders.model import PurchaseOrder
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.lots import rows_of
from cantine_desktop.supply.stock.model import Lot, Place, StockCount, StockMove
from cantine_desktop.supply.stock.quantities import stored
from cantine_desktop.supply.stock.valuing import worths
from cantine_desktop.supply.stock.worth_report import later_prices, losses, worth_rows
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

PRECISE = Decimal("0.0001")


def suppliers_table(session: Session, _period: Period, _now: datetime) -> Table:
    """Return every supplier, shop and giver, those put away too."""
    headings = ("nom", "genre", "siret", "courriel", "téléphone", "adresse", "minimum",
                "franco", "livraison", "local", "archivé")  # fmt: skip
    found = sorted(session.scalars(select(Supplier)), key=lambda each: fold(each.name))
    rows: Iterator[list[Value]] = (
        [
            each.name, each.kind.value, each.siret, each.email, each.phone, each.address,
            each.minimum, each.free_from, each.fee, each.is_local, not each.is_active,
        ]
        for each in found
    )  # fmt: skip
    return Table(headings, rows)


def articles_table(session: Session, _period: Period, now: datetime) -> Table:
    """Return every article with its price today and what a kilogram, litre or piece costs."""
    headings = ("fournisseur", "code", "article", "produit", "conditionnement", "prix affiché",
                "depuis", "prix réel HT", "TVA", "labels")  # fmt: skip
    names = dict(session.execute(select(Supplier.id, Supplier.name)).all())
    rates = dict(session.execute(select(Article.id, Article.vat)).all())
    rows: list[list[Value]] = []
    for row in article_rows(session, civil_date(now)):
        real = row.real_cents
        exact = None if real is None else Decimal(real.numerator) / real.denominator / 100
        rows.append([
            names[row.supplier_id], row.code, row.name, row.product, row.unit, row.price,
            row.valid_from, None if exact is None else exact.quantize(PRECISE),
            rates.get(row.key), row.labels,
        ])  # fmt: skip
    return Table(headings, rows)


def orders_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return the lines of the orders to be delivered in a period."""
    headings = ("numéro", "fournisseur", "livraison", "état", "article", "code", "unité",
                "quantité", "prix HT")  # fmt: skip
    query = (
        select(PurchaseOrder, Supplier.name)
        .join(Supplier, PurchaseOrder.supplier_id == Supplier.id)
        .where(PurchaseOrder.delivery_day >= period.first, PurchaseOrder.delivery_day < period.end)
        .options(selectinload(PurchaseOrder.lines))
        .order_by(PurchaseOrder.delivery_day, PurchaseOrder.id)
    )
    rows: Iterator[list[Value]] = (
        [
            order.number, name, order.delivery_day, order.state.value, line.name, line.code,
            line.unit_name, _parts(line.units), line.price,
        ]
        for order, name in session.execute(query)
        for line in order.lines
    )  # fmt: skip
    return Table(headings, rows)


def receptions_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return the lines of the closed receptions of a period as they stand, gifts too."""
    headings = ("numéro", "jour", "fournisseur", "genre", "bon", "ligne", "unité", "commandé",
                "sur le bon", "reçu", "refusé", "gardé", "quantité gardée", "lot", "DLC", "DDM",
                "température", "montant HT", "valeur du don", "motif")  # fmt: skip
    names = dict(session.execute(select(Supplier.id, Supplier.name)).all())
    products = {each.id: each for each in session.scalars(select(Product))}
    rows: Iterator[list[Value]] = (
        [
            delivery.number, delivery.day, names[delivery.supplier_id], delivery.coming.value,
            delivery.note_number, line.name, line.unit_name, *map(_parts, (
                line.ordered, line.noted, line.received, line.refused, kept_units(line),
            )), kept_quantity(line), line.lot_code,
            line.use_by, line.best_before, line.celsius,
            cost(line, products.get(line.product_id or 0)), line.value, line.reason,
        ]
        for delivery, line in lines_of(session, period)
    )  # fmt: skip
    return Table(headings, rows)


def lots_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return the lots that came in a period, and what is left of them."""
    headings = ("lot", "produit", "reçu le", "DLC", "DDM", "fournisseur", "emplacement", "reste",
                "don", "congelé", "mis de côté")  # fmt: skip
    query = (
        select(Lot)
        .where(Lot.received_on >= period.first, Lot.received_on < period.end)
        .options(selectinload(Lot.events))
        .order_by(Lot.received_on, Lot.id)
    )
    rows: Iterator[list[Value]] = (
        [
            row.code, row.product, row.received_on, row.use_by, row.best_before, row.supplier,
            row.place, row.left, row.is_gift, row.is_frozen, row.is_blocked,
        ]
        for row in rows_of(session, session.scalars(query).all())
    )  # fmt: skip
    return Table(headings, rows)


def moves_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return the moves of a period; what went out at what it was worth."""
    headings = ("instant", "saisi le", "genre", "produit", "lot", "quantité", "valeur", "étape",
                "motif", "par", "annule")  # fmt: skip
    start, end = _instant(period.first), _instant(period.end)
    query = (
        select(StockMove, Product.name, Lot.code)
        .join(Product, StockMove.product_id == Product.id)
        .outerjoin(Lot, StockMove.lot_id == Lot.id)
        .where(StockMove.at >= start, StockMove.at < end)
        .order_by(StockMove.at, StockMove.id)
    )
    found = session.execute(query).all()
    keys = {move.product_id for move, _name, _code in found}
    outs = {} if not keys else worths(session, products=keys)
    rows: list[list[Value]] = []
    for move, name, code in found:
        out = outs[move.product_id].outs.get(move.id)
        value = -out if out is not None else move.value
        rows.append([
            move.at, move.recorded_at, move.kind.value, name, code, move.quantity, value,
            None if move.stage is None else move.stage.value, move.reason, move.by,
            move.reverses_id,
        ])  # fmt: skip
    return Table(headings, rows)


def counts_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return the lines of the counts of a period: written, made, expected."""
    headings = ("compté le", "emplacement", "par", "produit", "écrit", "quantité", "recompté",
                "attendu", "raison")  # fmt: skip
    places = dict(session.execute(select(Place.id, Place.name)).all())
    names = dict(session.execute(select(Product.id, Product.name)).all())
    query = (
        select(StockCount)
        .where(
            StockCount.counted_at >= _instant(period.first),
            StockCount.counted_at < _instant(period.end),
        )
        .options(selectinload(StockCount.lines))
        .order_by(StockCount.counted_at, StockCount.id)
    )
    rows: Iterator[list[Value]] = (
        [
            count.counted_at, places.get(count.place_id or 0, ""), count.initials,
            names[line.product_id], line.typed, line.quantity, line.second, line.expected,
            line.reason,
        ]
        for count in session.scalars(query)
        for line in count.lines
    )  # fmt: skip
    return Table(headings, rows)


def worth_table(session: Session, period: Period, now: datetime) -> Table:
    """Return what is followed on the shelves at the end of a period, by both methods."""
    headings = ("jour", "produit", "quantité", "CUMP", "FIFO", "prix connu")
    day = min(period.last, civil_date(now))
    rows: Iterator[list[Value]] = (
        [day, row.product, stored(row.quantity), row.average, row.fifo, row.has_price]
        for row in worth_rows(session, day)
    )
    return Table(headings, rows)


def later_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return prices that came after the food, and where they went."""
    headings = ("jour", "produit", "pourquoi", "en plus", "reste", "consommé", "mois clos")
    rows: Iterator[list[Value]] = (
        [row.day, row.product, row.reason, row.value, row.stock, row.used, row.variance]
        for row in later_prices(session, period)
    )
    return Table(headings, rows)


def losses_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return what was lost in a period by stage."""
    headings = ("étape", "produit", "quantité", "valeur")
    rows: Iterator[list[Value]] = (
        ["" if row.stage is None else row.stage.value, row.product, row.quantity, row.value]
        for row in losses(session, period)
    )
    return Table(headings, rows)


LISTS: tuple[tuple[str, str, MakeTable], ...] = (
    ("suppliers", mark("Fournisseurs"), suppliers_table),
    ("articles", mark("Articles et prix"), articles_table),
    ("orders", mark("Commandes"), orders_table),
    ("receptions", mark("Réceptions et dons"), receptions_table),
    ("lots", mark("Lots"), lots_table),
    ("stock-moves", mark("Mouvements de stock"), moves_table),
    ("stock-counts", mark("Inventaires"), counts_table),
    ("stock-worth", mark("Valeur du stock"), worth_table),
    ("later-prices", mark("Prix arrivés après les denrées"), later_table),
    ("stock-losses", mark("Pertes par étape"), losses_table),
)
"""Key, title and maker of each list; quantities are in grams, millilitres or pieces."""


def write_lists(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write every list as a tab of one workbook."""
    tabs = [_tab(key, tr(title), make(session, period, now)) for key, title, make in LISTS]
    write_workbook(target, tabs, tr("Achats et stock"))


def _tab(key: str, title: str, table: Table) -> Tab:
    rows = [[_cell(value) for value in row] for row in table.rows]
    columns = list(zip(*rows, strict=True)) or [()] * len(table.headings)
    headings = [
        Heading(words, _form(column)) for words, column in zip(table.headings, columns, strict=True)
    ]
    return Tab(key, title, headings, rows, tr("Rien dans cette période."))


def _cell(value: Value) -> Cell:
    if isinstance(value, bool):
        return tr("oui") if value else tr("non")
    if isinstance(value, datetime):
        return f"{value.astimezone(PARIS):%d/%m/%Y %H:%M}"
    return value


def _form(column: Sequence[Cell]) -> Form:
    kinds = {type(cell) for cell in column if cell is not None}
    if kinds == {date}:
        return Form.DAY
    if kinds and all(issubclass(kind, Decimal | int) for kind in kinds):
        return Form.QUANTITY
    return Form.AMOUNT if kinds == {Money} else Form.TEXT


def _parts(units: Decimal | None) -> Decimal | None:
    """Return order units without the millionths that say nothing."""
    whole = None if units is None else units.to_integral_value()
    return whole if units == whole else units


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def _exports() -> Iterator[Export]:
    for key, title, make in LISTS:
        yield csv_export(f"supply-{key}", title, make, "supply")
    yield Export(
        "supply-workbook", mark("Achats et stock (classeur)"), ".xlsx", write_lists, "supply"
    )


EXPORTS: tuple[Export, ...] = tuple(_exports())
