"""What the stock is worth: recomputed from its moves, by weighted average (CUMP) or FIFO.

Nothing that is worked out is stored. What goes out is worth what the moves before it say, kept
exact; cents are cut once, so that what is left, what went out and what varied always make up
what came in.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.supply.articles.packing import rounded
from cantine_desktop.supply.stock.model import MoveKind, StockMove
from cantine_desktop.supply.stock.queries import followed
from cantine_desktop.values.money import Money

NOTHING = Fraction(0)
NO_MONEY = Money(0)


class Method(StrEnum):
    """How what goes out is valued."""

    AVERAGE = "cump"
    FIFO = "fifo"


class Step(NamedTuple):
    """A move as valuing reads it; see ``StockMove``."""

    key: int
    product_id: int
    kind: MoveKind
    at: datetime
    quantity: Decimal
    lot_id: int | None
    value: Money | None
    reverses_id: int | None


class Layer:
    """What is left of something that came in at a cost."""

    def __init__(self, lot_id: int | None, quantity: Fraction, cents: Fraction) -> None:
        self.lot_id, self.quantity, self.cents = lot_id, quantity, cents

    def out(self, quantity: Fraction) -> Fraction:
        """Take a part of it; return its exact cents."""
        share = self.cents * quantity / self.quantity
        self.quantity -= quantity
        self.cents -= share
        return share


@dataclass
class Worth:
    """What a product is worth after its moves.

    Attributes:
        quantity: What is left, in its canonical unit.
        value: What that is worth.
        outs: What each move out was worth, above zero, by the key of the move.
        variance: What later prices added to food used up in a closed period.
        came: Everything that came in, or was added to it.
    """

    quantity: Fraction = NOTHING
    value: Money = NO_MONEY
    outs: dict[int, Money] = field(default_factory=dict[int, Money])
    variance: Money = NO_MONEY
    came: Money = NO_MONEY


class _Shelf:
    """The moves of a product followed one by one."""

    def __init__(self, method: Method) -> None:
        self.method = method
        self.layers: list[Layer] = []
        self.unit = NOTHING
        self.lots: dict[int | None, Fraction] = defaultdict(Fraction)
        self.entered: dict[int | None, Fraction] = defaultdict(Fraction)
        self.gone = NOTHING
        self.told = 0
        self.worth = Worth()

    @property
    def quantity(self) -> Fraction:
        return sum((layer.quantity for layer in self.layers), NOTHING)

    def take(self, step: Step) -> None:
        quantity = Fraction(step.quantity)
        if quantity > 0:
            self._come(step, quantity)
        elif quantity < 0:
            self._leave(step, -quantity)
        elif step.value is not None:
            self._revalue(step, step.value)
        self.lots[step.lot_id] += quantity

    def _come(self, step: Step, quantity: Fraction) -> None:
        if step.value is None:
            cents = Fraction(rounded(self.unit * quantity).cents)
        else:
            cents = Fraction(step.value.cents)
        self.worth.came += Money(int(cents))
        self.entered[step.lot_id] += quantity
        self.unit = cents / quantity if step.value is not None else self.unit
        self.layers.append(Layer(step.lot_id, quantity, cents))
        if self.method is Method.AVERAGE:
            self._mix()

    def _mix(self) -> None:
        whole = sum((layer.cents for layer in self.layers), NOTHING)
        self.layers = [Layer(None, self.quantity, whole)]
        self.unit = whole / self.layers[0].quantity

    def _leave(self, step: Step, quantity: Fraction) -> None:
        cents = NOTHING
        while quantity and self.layers:
            layer = self.layers[0]
            part = min(quantity, layer.quantity)
            cents += layer.out(part)
            quantity -= part
            if not layer.quantity:
                self.layers.pop(0)
        self.worth.outs[step.key] = self._cut(cents)

    def _cut(self, cents: Fraction) -> Money:
        """Return exact cents as money, so that all that was cut adds up to a cent."""
        self.gone += cents
        cut = Money(rounded(self.gone).cents - self.told)
        self.told += cut.cents
        return cut

    def _revalue(self, step: Step, value: Money) -> None:
        """Add to what is left, in the part it is of what came in; the rest varied."""
        self.worth.came += value
        cents = Fraction(value.cents)
        held = [each for each in self.layers if step.lot_id is None or self._holds(each, step)]
        there = sum((each.quantity for each in held), NOTHING)
        kept = cents if there else NOTHING
        if step.lot_id is not None and there:
            entered = self.entered[step.lot_id]
            kept = cents * self.lots[step.lot_id] / entered if entered else NOTHING
        worth = sum((each.cents for each in held), NOTHING)
        kept = max(kept, -worth)
        for each in held:
            each.cents += kept * each.quantity / there
        if held and there:
            self.unit = sum((each.cents for each in held), NOTHING) / there
        self.worth.variance += self._cut(cents - kept)

    def _holds(self, layer: Layer, step: Step) -> bool:
        return self.method is Method.AVERAGE or layer.lot_id == step.lot_id

    def ended(self) -> Worth:
        self.worth.quantity = self.quantity
        self.worth.value = Money(self.worth.came.cents - self.told)
        return self.worth


def worth_of(steps: Iterable[Step], method: Method) -> Worth:
    """Return what a product is worth after its moves.

    A move that was taken back, and what took it back, count for nothing; written at another
    instant, once its day was closed, what takes it back is a move like any other.

    Args:
        steps: Moves of one product, in any order.
        method: How what goes out is valued.
    """
    # What comes in is there for all that goes out or is valued anew at the same instant: a
    # reception put right later brings its food at the instant of the first one.
    ordered = sorted(steps, key=lambda step: (step.at, step.quantity <= 0, step.key))
    when = {step.key: step.at for step in ordered}
    backs = {
        step.key: step.reverses_id
        for step in ordered
        if step.reverses_id is not None and when.get(step.reverses_id, step.at) == step.at
    }
    void = {*backs, *backs.values()}
    shelf = _Shelf(method)
    for step in ordered:
        if step.key not in void:
            shelf.take(step)
    return shelf.ended()


def worths(
    session: Session,
    until: datetime | None = None,
    method: Method = Method.AVERAGE,
    products: Iterable[int] | None = None,
) -> dict[int, Worth]:
    """Return what each product is worth after its moves.

    Args:
        session: Where to read.
        until: Instant, its moves included; ``None``: every move.
        method: How what goes out is valued.
        products: Those alone; ``None``: every product that moved.
    """
    wanted = None if products is None else list(products)
    return {
        product: worth_of(steps, method)
        for product, steps in _steps(session, until, wanted).items()
    }


def value_at(
    session: Session,
    instant: datetime,
    method: Method = Method.AVERAGE,
    *,
    every: bool = False,
) -> dict[int, tuple[Fraction, Money]]:
    """Return how much there is of each product at an instant, and what that is worth.

    Products nobody follows were eaten as they came: they are no stock, unless ``every`` says.
    """
    products = None if every else list(followed(session))
    found = worths(session, instant, method, products)
    return {key: (worth.quantity, worth.value) for key, worth in found.items() if worth.quantity}


class Split(NamedTuple):
    """Where a change of value went.

    Attributes:
        stock: To what is left; ``used``, to each move out, by its key.
        variance: To food used up in a closed period.
    """

    stock: Money
    used: dict[int, Money]
    variance: Money


def split_of(session: Session, move_id: int, method: Method = Method.AVERAGE) -> Split:
    """Return where the value of a revaluation went, to the cent: with it, less without it."""
    move = session.get_one(StockMove, move_id)
    steps = _steps(session, None, [move.product_id])[move.product_id]
    after = worth_of(steps, method)
    before = worth_of([step for step in steps if step.key != move_id], method)
    used = {
        key: value - before.outs[key]
        for key, value in after.outs.items()
        if value != before.outs[key]
    }
    return Split(after.value - before.value, used, after.variance - before.variance)


def _steps(
    session: Session, until: datetime | None, products: Sequence[int] | None
) -> dict[int, list[Step]]:
    query = select(
        StockMove.id,
        StockMove.product_id,
        StockMove.kind,
        StockMove.at,
        StockMove.quantity,
        StockMove.lot_id,
        StockMove.value,
        StockMove.reverses_id,
    )
    if until is not None:
        query = query.where(StockMove.at <= until)
    if products is not None:
        query = query.where(StockMove.product_id.in_(products))
    found: dict[int, list[Step]] = defaultdict(list)
    for row in session.execute(query):
        step = Step(*row)
        found[step.product_id].append(step)
    return dict(found)
