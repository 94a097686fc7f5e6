"""A line at the door that is not one thing: two dates in a box, or something else in its place."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.packing import as_meant, exact
from cantine_desktop.supply.deliveries.drafting import add_line, opened
from cantine_desktop.supply.deliveries.judging import outcome_of
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine, LineOutcome
from cantine_desktop.supply.deliveries.value import stored

_OF_ITS_OWN = frozenset({
    *("id", "delivery_id", "sealed_at", "rank", "lot_code", "use_by", "best_before"),
    *("ordered", "noted", "received", "weight", "noted_weight", "refused", "value"),
})
ZERO = Decimal(0)


def split(session: Session, delivery_id: int, line_id: int, units: Decimal) -> DeliveryLine:
    """Set apart units of a line that bear another lot or another date: a line under it.

    Both answer the same line of the order: what was ordered, noted and weighed is shared out,
    so that together they say what the line said.

    Args:
        session: The session of an action.
        delivery_id: A reception that is not closed.
        line_id: The line.
        units: Order units of the other lot, above zero, fewer than came.

    Raises:
        UserError: It is closed, nobody said how many came, or nothing would be left of the line.
    """
    delivery = opened(session, delivery_id)
    line = _line(delivery, line_id)
    came = line.received
    if came is None:
        came = line.noted if line.noted is not None else line.ordered
    if came is None:
        raise UserError(tr("Dites d’abord combien il en est arrivé, tous lots compris."))
    units = as_meant(units, came)
    if not ZERO < units < came:
        raise UserError(tr("L’autre lot en a moins que la ligne entière, et plus que zéro."))
    if line.refused:
        raise UserError(tr("Effacez d’abord ce qui est refusé, puis notez-le pour chaque lot."))
    other = DeliveryLine(**_common(line), rank=line.rank + 1)
    other.received, line.received = units, came - units
    share = exact(units) / exact(came)
    for key in ("ordered", "noted"):
        whole = getattr(line, key)
        if whole is not None:
            kept = min(whole, line.received) if came >= whole else whole - units
            setattr(line, key, kept)
            setattr(other, key, whole - kept)
    for key in ("weight", "noted_weight"):
        whole = getattr(line, key)
        if whole is not None:
            setattr(other, key, stored(Fraction(whole) * share))
            setattr(line, key, whole - getattr(other, key))
    _insert(delivery, line, other)
    for each in (line, other):
        each.outcome = outcome_of(each)
    session.flush()
    return other


def join(session: Session, delivery_id: int, line_id: int) -> None:
    """Put a line that was set apart back with the one above it.

    Raises:
        UserError: It is closed, or the line above is of another thing.
    """
    delivery = opened(session, delivery_id)
    line = _line(delivery, line_id)
    first = part_above(delivery, line)
    if first is None:
        raise UserError(tr("Cette ligne n’a pas été partagée : il n’y a rien à réunir."))
    for key in ("ordered", "noted", "received", "weight", "noted_weight"):
        told = [value for each in (first, line) if (value := getattr(each, key)) is not None]
        setattr(first, key, sum(told, ZERO) if told else None)
    first.refused += line.refused
    delivery.lines = [each for each in delivery.lines if each.id != line_id]
    first.outcome = outcome_of(first)
    session.flush()


def part_above(delivery: Delivery, line: DeliveryLine) -> DeliveryLine | None:
    """Return the line right above when both are lots of one thing; ``None`` otherwise."""
    place = next(index for index, each in enumerate(delivery.lines) if each.id == line.id)
    if not place:
        return None
    above = delivery.lines[place - 1]
    same = ("order_line_id", "article_id", "product_id", "name", "content")
    is_part = all(getattr(above, key) == getattr(line, key) for key in same)
    return above if is_part and line.outcome is not LineOutcome.SUBSTITUTED else None


def substitute(session: Session, delivery_id: int, line_id: int, article_id: int) -> DeliveryLine:
    """Say that another article came in the place of a line, in its own pack.

    The line that was ordered is missing; what came answers the same line of the order.

    Raises:
        UserError: It is closed.
    """
    delivery = opened(session, delivery_id)
    missing = next(line for line in delivery.lines if line.id == line_id)
    missing.received, missing.outcome = Decimal(0), LineOutcome.MISSING
    missing.reason = missing.reason or tr("remplacé")
    line = add_line(session, delivery_id, article_id=article_id)
    line.outcome, line.order_line_id = LineOutcome.SUBSTITUTED, missing.order_line_id
    session.flush()
    return line


def _line(delivery: Delivery, line_id: int) -> DeliveryLine:
    return next(each for each in delivery.lines if each.id == line_id)


def _common(line: DeliveryLine) -> dict[str, Any]:
    """Return what two lots of one line share."""
    return {
        column.key: getattr(line, column.key)
        for column in inspect(DeliveryLine).column_attrs
        if column.key not in _OF_ITS_OWN
    }


def _insert(delivery: Delivery, line: DeliveryLine, other: DeliveryLine) -> None:
    """Write a line right under another; those below go down by one."""
    for each in delivery.lines:
        if each.rank > line.rank:
            each.rank += 1
    place = delivery.lines.index(line)
    delivery.lines.insert(place + 1, other)
