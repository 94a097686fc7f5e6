"""A sheet typed back: each line is a name, a change, a blank that withdraws, or a diet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.reservations import seating
from cantine_desktop.meals.reservations.diets import (
    add_diets,
    read_diets,
    set_diets,
    take_diets,
)
from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.reservations.quick import parse
from cantine_desktop.values.text import fold


@dataclass(frozen=True)
class LineTyped:
    """What was typed on a line of the sheet.

    Attributes:
        service_id: The service of its column.
        place: Whether the line is of those who cook or who eat; ``None`` is the row of diets.
        key: The reservation that stands there, or ``None`` for a free line.
        text: What was typed; empty withdraws.
    """

    service_id: int
    place: Place | None
    key: int | None
    text: str


@dataclass(frozen=True)
class Answer:
    """What became of a line.

    Attributes:
        key: The reservation that stands there now, or ``None``.
        refused: Why the text was not taken; empty when it was.
        told: What the person should know all the same; may be empty.
    """

    key: int | None
    refused: str = ""
    told: str = ""


def type_lines(session: Session, lines: Sequence[LineTyped], now: datetime) -> list[Answer]:
    """Write lines of a sheet, one after the other; a refused one stops none of the others.

    A name already there is not doubled; written among the cooks when it was among those who
    eat, it cooks from then on. « 2 sans gluten » goes to the diets counted, tied to nobody.
    """
    return [_attempt(session, line, now) for line in lines]


def twin(session: Session, service_id: int, name: str) -> Reservation | None:
    """Return the reservation of a name for a service, whatever its accents and case, if any."""
    query = select(Reservation).where(
        Reservation.service_id == service_id,
        Reservation.state != ReservationState.WITHDRAWN,
        Reservation.forgotten_at.is_(None),
    )
    wanted = fold(name)
    rows = session.scalars(query.order_by(Reservation.rank))
    return next((row for row in rows if fold(row.name) == wanted), None)


def _attempt(session: Session, line: LineTyped, now: datetime) -> Answer:
    try:
        return _write(session, line, now)
    except UserError as error:
        return Answer(line.key, refused=str(error))


def _write(session: Session, line: LineTyped, now: datetime) -> Answer:
    if line.place is None:
        set_diets(session, line.service_id, read_diets(line.text))
        return Answer(None)
    if not line.text.strip():
        return _clear(session, line)
    rest, asked = take_diets(line.text)
    answer = _name(session, line, line.place, rest, now) if rest else Answer(line.key)
    add_diets(session, line.service_id, asked)
    if asked and not answer.told:
        return Answer(answer.key, told=tr("Compté dans les régimes du jour, sans nom."))
    return answer


def _clear(session: Session, line: LineTyped) -> Answer:
    if line.key is None:
        return Answer(None)
    return Answer(None, told=_moved(seating.withdraw(session, line.key)))


def _name(session: Session, line: LineTyped, place: Place, text: str, now: datetime) -> Answer:
    typed = parse(text, place)
    other = twin(session, line.service_id, typed.name) if typed.name else None
    if other is not None and other.id != line.key:
        return _double(session, line, other, place)
    if line.key is not None:
        moved = seating.change(
            session,
            line.key,
            name=typed.name,
            place=place,
            people=typed.people,
            contact=typed.contact or None,
        )
        return Answer(line.key, told=_moved(moved))
    row = seating.reserve(
        session,
        line.service_id,
        typed.name,
        place,
        typed.people,
        now,
        contact=typed.contact,
    )
    is_waiting = row.state is ReservationState.WAITING
    return Answer(row.id, told=tr("C’est plein : en liste d’attente.") if is_waiting else "")


def _double(session: Session, line: LineTyped, other: Reservation, place: Place) -> Answer:
    """Take a name already there: who eats may cook; nothing else is written."""
    name = other.name
    if line.key is None and other.place is Place.EAT and place is Place.COOK:
        seating.change(session, other.id, name=name, place=place, people=other.people)
        return Answer(other.id, told=tr("{name} passe du repas à la cuisine.").format(name=name))
    told = tr("{name} était déjà inscrit·e : rien n’est doublé.").format(name=name)
    return Answer(line.key, told=told)


def _moved(rows: Sequence[Reservation]) -> str:
    if not rows:
        return ""
    names = seating.names_in_words(rows)
    return tr("{names} quitte la liste d’attente.").format(names=names)
