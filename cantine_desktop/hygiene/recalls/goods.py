"""The food that sheets of hygiene name: received, used, sorted by date, labelled.

A delivery that is closed writes both a lot of the stock and a line of the goods received: they
are the same food. What was typed by hand, on a sheet or on a label, is the same food when it
bears the same lot number and nothing speaks against. What no lot of the stock stands for is
held beside the notices like a lot.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.choices import Decision, Sorting
from cantine_desktop.hygiene.food.goods import GOODS
from cantine_desktop.hygiene.food.model import DatedProduct, ReceivedGoods
from cantine_desktop.hygiene.food.use_by import USE_BY
from cantine_desktop.hygiene.labels.model import LabelledFood
from cantine_desktop.hygiene.labels.uses import USES, TracedUse
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.i18n import mark, tr
from cantine_desktop.supply.recalls.matching import (
    LONG_LOT,
    Candidate,
    candidates,
    squeeze,
    telling_words,
)
from cantine_desktop.supply.stock.following import DRY_LASTS, SEEN_AFTER
from cantine_desktop.values.text import fold

LABELS = mark("Étiquettes")


@dataclass(frozen=True)
class Line:
    """A line of a sheet, or a label, that names food.

    Attributes:
        register: Key of its sheet; empty for a label.
        sheet: French title of the sheet, translated.
        until: Its date; ``None`` without one.
        quantity: As written.
        is_kept: Something of it may be there: it was neither used up, given nor thrown away.
    """

    register: str
    key: int
    day: date
    sheet: str
    product: str
    lot: str
    supplier: str
    until: date | None
    quantity: str
    is_kept: bool


@dataclass(frozen=True)
class Food:
    """Lines that speak of the same food, the oldest first.

    Attributes:
        code: Its lot number, as first written; empty without one.
    """

    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        """The line that tells most: that of the goods received, or else the oldest."""
        return next((each for each in self.lines if each.register == GOODS.key), self.lines[0])

    @property
    def code(self) -> str:
        """Its lot number, as written."""
        return self.first.lot

    @property
    def until(self) -> date | None:
        """The latest date written on it."""
        return max((each.until for each in self.lines if each.until), default=None)

    @cached_property
    def candidate(self) -> Candidate:
        """The food as it is held beside a notice; its key is that of nothing."""
        return Candidate(
            lot_id=0,
            code=self.code,
            names=tuple(dict.fromkeys(each.product for each in self.lines)),
            seller=next(filter(None, (each.supplier for each in self.lines)), ""),
            bar_code="",
            received_on=self.lines[0].day,
            until=self.first.until or self.until,
        )

    def may_be_there(self, day: date) -> bool:
        """Tell whether some may be left on a day: what is long past its date was eaten."""
        if not any(each.is_kept for each in self.lines):
            return False
        last = self.lines[0].day + DRY_LASTS if self.until is None else self.until + SEEN_AFTER
        return day <= last


def food_apart(session: Session) -> list[Food]:
    """Return the food the sheets name and no lot of the stock stands for.

    Refused goods are left out: they never came in.
    """
    stock: dict[str, list[Candidate]] = defaultdict(list)
    for lot in candidates(session):
        stock[squeeze(lot.code)].append(lot)
    return _gathered(
        line
        for line in _lines(session)
        if not any(is_same(line, lot) for lot in stock.get(squeeze(line.lot), ()))
    )


def lines_of(session: Session, lots: Collection[int]) -> dict[int, list[Line]]:
    """Return the lines that speak of lots of the stock, by their keys, the oldest first."""
    found: dict[int, list[Line]] = {key: [] for key in lots}
    stock: dict[str, list[Candidate]] = defaultdict(list)
    for lot in candidates(session, lots):
        stock[squeeze(lot.code)].append(lot)
    for line in sorted(_lines(session), key=_by_day) if stock else ():
        for lot in stock.get(squeeze(line.lot), ()):
            if is_same(line, lot):
                found[lot.lot_id].append(line)
    return found


def is_same(line: Line, lot: Candidate) -> bool:
    """Tell whether a line speaks of a lot of the stock, whose number it bears.

    The line that a delivery wrote has its day and its name. Elsewhere a short number, that
    another maker may use as well, needs one more clue: a word of the name, or the supplier.
    """
    number = squeeze(line.lot)
    if not number or number != squeeze(lot.code):
        return False
    is_written_with_it = line.day == lot.received_on and line.product in lot.names
    if is_written_with_it or len(number) >= LONG_LOT:
        return True
    words = frozenset(telling_words(line.product))
    same_supplier = bool(line.supplier) and fold(line.supplier) == fold(lot.seller)
    return same_supplier or bool(words & frozenset[str]().union(*lot.words))


def _gathered(lines: Iterable[Line]) -> list[Food]:
    found: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
    for line in lines:
        found[_same_food(line)].append(line)
    return [Food(tuple(sorted(each, key=_by_day))) for each in found.values()]


def _same_food(line: Line) -> tuple[Any, ...]:
    """Return what lines of the same food have in common."""
    told = Candidate(0, line.lot, (), "", "", line.day, None).lot_key
    if len(told) >= LONG_LOT:
        return (told,)
    if told:
        return told, fold(line.supplier), fold(line.product)
    return squeeze(line.lot), fold(line.supplier), fold(line.product), line.day


def _by_day(line: Line) -> tuple[date, str, int]:
    return line.day, line.register, line.key


def _lines(session: Session) -> Iterator[Line]:
    yield from _received(session)
    yield from _used(session)
    yield from _sorted(session)
    yield from _labelled(session)


def _received(session: Session) -> Iterator[Line]:
    row = ReceivedGoods
    query = select(
        *(row.id, row.day, row.product, row.lot, row.supplier),
        *(row.use_by, row.best_before, row.quantity, row.decision),
    )
    for key, day, name, lot, seller, dlc, ddm, quantity, decision in _current(session, query, row):
        if decision is not Decision.REFUSED:
            yield _line(GOODS, key, day, name, lot, seller, dlc or ddm, quantity, kept=True)


def _used(session: Session) -> Iterator[Line]:
    row = TracedUse
    query = select(row.id, row.day, row.product, row.lot, row.supplier)
    for key, day, name, lot, seller in _current(session, query, row):
        yield _line(USES, key, day, name, lot, seller, None, "", kept=False)


def _sorted(session: Session) -> Iterator[Line]:
    row = DatedProduct
    query = select(row.id, row.day, row.product, row.lot, row.until, row.quantity, row.decision)
    for key, day, name, lot, until, quantity, decision in _current(session, query, row):
        kept = decision not in {Sorting.GIVE, Sorting.DISCARD}
        yield _line(USE_BY, key, day, name, lot, "", until, quantity, kept=kept)


def _labelled(session: Session) -> Iterator[Line]:
    row, title = LabelledFood, tr(LABELS)
    query = select(row.id, row.begun_on, row.name, row.lot, row.use_by, row.gone_on)
    for key, day, name, lot, until, gone in session.execute(query):
        yield Line("", key, day, title, name, lot, "", until, "", gone is None)


def _current(session: Session, query: Select[*tuple[Any, ...]], model: Any) -> Sequence[Any]:
    """Return the rows of the records that no other corrects, that are not void, and name food."""
    corrected = select(model.corrects_id).where(model.corrects_id.is_not(None))
    return session.execute(
        query.where(
            func.length(model.product) > 0, model.is_void.is_(False), model.id.not_in(corrected)
        )
    ).all()


def _line(  # noqa: PLR0913, PLR0917  -- the columns of a line
    register: Register,
    key: int,
    day: date,
    product: str,
    lot: str,
    supplier: str,
    until: date | None,
    quantity: str,
    *,
    kept: bool,
) -> Line:
    title = tr(register.title)
    return Line(register.key, key, day, title, product, lot, supplier, until, quantity, kept)
