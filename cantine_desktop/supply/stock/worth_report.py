"""What the shelves are worth by both methods, where later prices went, and what was lost."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.supply.articles.packing import rounded
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.stock.known_price import known_price
from cantine_desktop.supply.stock.model import LossStage, MoveKind, StockMove
from cantine_desktop.supply.stock.valuing import Method, split_of, value_at, worths
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import fold


@dataclass(frozen=True)
class WorthRow:
    """A product on the shelves.

    Attributes:
        quantity: In its canonical unit.
        average: Worth by weighted average (CUMP); ``fifo``, first in first out.
        has_price: Whether anybody knows a price of it; it is worth nothing otherwise.
    """

    product_id: int
    product: str
    dimension: Dimension
    quantity: Fraction
    average: Money
    fifo: Money
    has_price: bool


@dataclass(frozen=True)
class LaterPrice:
    """A price that came after the food, and where it went.

    Attributes:
        value: What it added, below zero when it took off.
        stock: Of that, what went to what was left; ``used``, to meals and losses since;
            ``variance``, to food used up in a period that is closed.
    """

    day: date
    product: str
    reason: str
    value: Money
    stock: Money
    used: Money
    variance: Money


@dataclass(frozen=True)
class LossRow:
    """What was lost of a product at a stage.

    Attributes:
        value: What it was worth, by weighted average.
    """

    stage: LossStage | None
    product: str
    dimension: Dimension
    quantity: Decimal
    value: Money


def worth_rows(session: Session, day: date) -> list[WorthRow]:
    """Return what is followed on the shelves at the end of a day, by name."""
    end = datetime.combine(day + DAY, time(), PARIS)
    average = value_at(session, end, Method.AVERAGE)
    fifo = value_at(session, end, Method.FIFO)
    products = _products(session, set(average))
    rows = [
        WorthRow(
            product_id=key,
            product=products[key].name,
            dimension=products[key].dimension,
            quantity=quantity,
            average=value,
            fifo=fifo[key][1] if key in fifo else value,
            has_price=bool(value) or known_price(session, key, day) is not None,
        )
        for key, (quantity, value) in average.items()
    ]
    return sorted(rows, key=_by_product)


def later_prices(session: Session, period: Period) -> list[LaterPrice]:
    """Return what invoices changed of the value of food in a period, the oldest first."""
    moves = [
        move
        for move in session.scalars(
            select(StockMove)
            .where(StockMove.kind == MoveKind.REVALUED, StockMove.value.is_not(None))
            .order_by(StockMove.recorded_at, StockMove.id)
        )
        if civil_date(move.recorded_at) in period
    ]
    names = _products(session, {move.product_id for move in moves})
    found: list[LaterPrice] = []
    for move in moves:
        split = split_of(session, move.id)
        used = Money(sum(value.cents for value in split.used.values()))
        value = move.value or Money(0)
        day = civil_date(move.recorded_at)
        name = names[move.product_id].name
        found.append(LaterPrice(day, name, move.reason, value, split.stock, used, split.variance))
    return found


def losses(session: Session, period: Period) -> list[LossRow]:
    """Return what was lost in a period by stage, then by product; what was taken back is not."""
    back = select(StockMove.reverses_id).where(StockMove.reverses_id.is_not(None))
    query = select(StockMove).where(
        StockMove.kind == MoveKind.LOST,
        StockMove.reverses_id.is_(None),
        StockMove.id.not_in(back),
    )
    moves = [move for move in session.scalars(query) if civil_date(move.at) in period]
    keys = {move.product_id for move in moves}
    worth = worths(session, products=keys) if keys else {}
    products = _products(session, keys)
    amounts: dict[tuple[LossStage | None, int], Decimal] = defaultdict(Decimal)
    values: dict[tuple[LossStage | None, int], int] = defaultdict(int)
    for move in moves:
        place = move.stage, move.product_id
        amounts[place] -= move.quantity
        values[place] += worth[move.product_id].outs.get(move.id, Money(0)).cents
    order: dict[LossStage | None, int] = {stage: rank for rank, stage in enumerate(LossStage)}
    rows = [
        _loss(stage, products[key], amount, Money(values[stage, key]))
        for (stage, key), amount in amounts.items()
    ]

    def place_of(row: LossRow) -> tuple[int, str]:
        return order.get(row.stage, len(order)), fold(row.product)

    return sorted(rows, key=place_of)


def unit_cost(row: WorthRow) -> Money | None:
    """Return what a kilogram, a litre or a piece is worth by weighted average."""
    if not row.quantity:
        return None
    size = 1 if row.dimension is Dimension.PIECE else 1000
    return rounded(Fraction(row.average.cents) * size / row.quantity)


def _loss(stage: LossStage | None, product: Product, amount: Decimal, value: Money) -> LossRow:
    return LossRow(stage, product.name, product.dimension, amount, value)


def _products(session: Session, keys: set[int]) -> dict[int, Product]:
    return {each.id: each for each in session.scalars(select(Product).where(Product.id.in_(keys)))}


def _by_product(row: WorthRow) -> str:
    return fold(row.product)
