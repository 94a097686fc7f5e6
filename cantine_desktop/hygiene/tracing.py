"""Finding a product again: by its lot, its name, its supplier, its dish, its day.

Upstream it is where the product came from; downstream, which dishes and services it
went into. Everything is read from the registers as they are: a register whose
columns are called ``lot``, ``product``, ``supplier`` or ``dish`` takes part by itself.

Source: R178.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.catalogue import REGISTERS
from cantine_desktop.hygiene.food.tracing import dishes_with
from cantine_desktop.hygiene.labels.model import LabelledFood
from cantine_desktop.hygiene.registers.queries import spellings
from cantine_desktop.hygiene.registers.register import Kind, Register
from cantine_desktop.i18n import mark, tr
from cantine_desktop.storage import search
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.typed_day import NotADay, read_day

LABELS = mark("Étiquettes")

_NAMED = ("product", "dish", "name", "subject")
"""Columns that say what a row is about, the first one that is filled."""

_BESIDE = ("lot", "supplier", "delivery_note", "dish")
"""Columns that tell where it comes from and where it went."""


class Trace(NamedTuple):
    """A record that speaks of a product.

    Attributes:
        register: Key of its register; empty for a label.
        key: Key of the record.
        day: Civil day it belongs to.
        sheet: French title of its sheet, translated.
        what: The product or the dish.
        lot: Its lot, if it is said.
        beside: Supplier, delivery note, dish.
    """

    register: str
    key: int
    day: date
    sheet: str
    what: str
    lot: str
    beside: str


class LotTrace(NamedTuple):
    """The way of a lot, as far as the registers know it.

    Attributes:
        lot: As it was asked.
        rows: Rows that name the lot itself, the oldest first: received, used, labelled.
        dishes: Dishes it went into, with their days.
        after: Rows of those dishes on those days and the three that follow: cooked, cooled,
            served, sampled.
    """

    lot: str
    rows: tuple[Trace, ...]
    dishes: tuple[tuple[date, str], ...]
    after: tuple[Trace, ...]


def find_traces(session: Session, words: str, today: date, limit: int = 200) -> list[Trace]:
    """Return the records that speak of what is typed, the latest first.

    Args:
        session: Where to read.
        words: A lot, a product, a supplier, a dish, or a day: « 12/10 », « hier ».
        today: The day that relative words start from.
        limit: How many at most.
    """
    if not words.strip():
        return []
    try:
        day = read_day(words, today)
    except NotADay:
        return _by_words(session, words, limit)
    # A lot may look like a day: both are shown.
    found = {(trace.register, trace.key): trace for trace in _by_words(session, words, limit)}
    for trace in on_day(session, day):
        found.setdefault((trace.register, trace.key), trace)
    return sorted(found.values(), key=_latest_first)[:limit]


def on_day(session: Session, day: date) -> list[Trace]:
    """Return what the registers say of a day, register by register."""
    period = Period(day, day + DAY)
    found = [
        trace
        for register in _tracing()
        for trace in _rows(session, register, *_within(register.model, period))
    ]
    foods = select(LabelledFood).where(LabelledFood.begun_on == day).order_by(LabelledFood.id)
    return found + [_label(food) for food in session.scalars(foods)]


def trace_lot(session: Session, lot: str) -> LotTrace:
    """Return the way of a lot: where it came from, which dishes it went into, what became of them.

    The lot is compared without regard to case or outer spaces.
    """
    rows: list[Trace] = []
    dishes: set[tuple[date, str]] = dishes_with(session, lot)
    for register in _tracing("lot"):
        model = register.model
        same = model.lot.in_(spellings(session, model.lot, lot))
        found = list(_records(session, register, same))
        rows += [_trace(register, record) for record in found]
        dishes |= {(r.day, r.dish) for r in found if getattr(r, "dish", "")}
    written = spellings(session, LabelledFood.lot, lot)
    for food in session.scalars(select(LabelledFood).where(LabelledFood.lot.in_(written))):
        rows.append(_label(food))
        dishes.add((food.begun_on, food.name))
    rows.sort(key=lambda trace: trace.day)
    known = {(trace.register, trace.key) for trace in rows}
    after = [t for t in _of_dishes(session, dishes) if (t.register, t.key) not in known]
    return LotTrace(lot.strip(), tuple(rows), tuple(sorted(dishes)), tuple(after))


def _of_dishes(session: Session, dishes: Iterable[tuple[date, str]]) -> list[Trace]:
    found: dict[tuple[str, int], Trace] = {}
    for day, dish in dishes:
        period = Period(day, day + 4 * DAY)
        for register in _tracing("dish"):
            model = register.model
            same = model.dish.in_(spellings(session, model.dish, dish))
            for trace in _rows(session, register, same, *_within(model, period)):
                found.setdefault((trace.register, trace.key), trace)
    return sorted(found.values(), key=lambda trace: (trace.day, trace.sheet))


def _by_words(session: Session, words: str, limit: int) -> list[Trace]:
    keys: dict[str, list[int]] = {}
    for hit in search.find(session, words, 4 * limit):
        keys.setdefault(hit.table, []).append(hit.key)
    found = [
        trace
        for register in _tracing()
        if (wanted := keys.get(register.model.__tablename__))
        for trace in _rows(session, register, register.model.id.in_(wanted))
    ]
    if wanted := keys.get(LabelledFood.__tablename__):
        foods = select(LabelledFood).where(LabelledFood.id.in_(wanted))
        found += [_label(food) for food in session.scalars(foods)]
    return sorted(found, key=_latest_first)[:limit]


def _tracing(column: str = "") -> list[Register]:
    """Return the registers that name a product or a dish, or that have a column."""
    keys = {column} if column else {"lot", "product", "dish"}
    return [each for each in REGISTERS if keys & {one.key for one in each.columns}]


def _within(model: Any, period: Period) -> tuple[ColumnElement[bool], ...]:
    return model.day >= period.first, model.day < period.end


def _records(session: Session, register: Register, *where: ColumnElement[bool]) -> Sequence[Any]:
    """Return the current records: not those corrected by another, nor void."""
    model = register.model
    corrected = select(model.corrects_id).where(model.corrects_id.is_not(None))
    query = select(model).where(*where, model.is_void.is_(False), model.id.not_in(corrected))
    return list(session.scalars(query.order_by(model.day, model.id)))


def _rows(session: Session, register: Register, *where: ColumnElement[bool]) -> list[Trace]:
    return [_trace(register, record) for record in _records(session, register, *where)]


def _trace(register: Register, record: Any) -> Trace:
    typed = {column.key for column in register.columns if column.kind is Kind.TEXT}
    what = next((text for key in _NAMED if (text := str(getattr(record, key, "") or ""))), "")
    beside = [str(getattr(record, key, "") or "") for key in _BESIDE[1:] if key in typed]
    return Trace(
        register.key,
        record.id,
        record.day,
        tr(register.title),
        what,
        str(getattr(record, "lot", "") or ""),
        " · ".join(text for text in beside if text and text != what),
    )


def _label(food: LabelledFood) -> Trace:
    return Trace("", food.id, food.begun_on, tr(LABELS), food.name, food.lot, food.initials)


def _latest_first(trace: Trace) -> tuple[int, str, int]:
    return -trace.day.toordinal(), trace.sheet, trace.key
