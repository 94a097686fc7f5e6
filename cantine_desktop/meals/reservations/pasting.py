"""A list of names pasted: one a line, each read as on the phone, shown before it is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.reservations import seating
from cantine_desktop.meals.reservations.diets import add_diets, take_diets
from cantine_desktop.meals.reservations.model import Diet, Place, Reservation
from cantine_desktop.meals.reservations.quick import Typed, parse
from cantine_desktop.meals.reservations.typing_back import twin
from cantine_desktop.values.text import fold

MOST = 300
"""Lines taken at once; more is not a list of a service."""

_BULLET = re.compile(r"^(?:[-–—•*·]|\d{1,3}[.)°])\s*")


@dataclass(frozen=True)
class NameLine:
    """A line of the list, and what becomes of it.

    Attributes:
        number: Its number in the list, from 1.
        text: As it was pasted.
        typed: Who is reserved; ``None`` for nobody.
        diets: Diets counted beside, tied to nobody.
        problem: Why it cannot be read, or empty.
        is_known: The name is already there: nothing is written.
        waits: There is no place left: it joins the waiting list.
    """

    number: int
    text: str
    typed: Typed | None
    diets: tuple[tuple[Diet, int], ...] = ()
    problem: str = ""
    is_known: bool = False
    waits: bool = False


def read_list(
    session: Session, service_id: int, text: str, place: Place = Place.EAT
) -> list[NameLine]:
    """Read a pasted list and tell what each line becomes; empty lines are left out.

    Args:
        session: Where to read.
        service_id: The service.
        text: The list; bullets and numbers before names are left out.
        place: What those do whose line says neither ``c`` nor ``r``.

    Raises:
        UserError: The list is longer than a service may be.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line]
    if len(lines) > MOST:
        raise UserError(tr("Cette liste a plus de {most} lignes.").format(most=MOST))
    counts = seating.counts(session, service_id)
    eaters, cooks = counts.eaters, counts.cooks
    read: list[NameLine] = []
    seen: set[str] = set()
    for number, line in lines:
        found = _read(session, service_id, number, line, place, seen)
        if found.typed is not None and not found.is_known:
            held = seating.Counts(eaters, cooks, 0, counts.seats, counts.kitchen_places)
            waits = not held.has_room(found.typed.place, found.typed.people)
            found = NameLine(number, line, found.typed, found.diets, waits=waits)
            if not waits and found.typed is not None:
                is_cook = found.typed.place is Place.COOK
                cooks += found.typed.people if is_cook else 0
                eaters += 0 if is_cook else found.typed.people
        read.append(found)
    return read


def _read(
    session: Session, service_id: int, number: int, line: str, place: Place, seen: set[str]
) -> NameLine:
    words = _BULLET.sub("", line.replace("\t", " "))
    rest, asked = take_diets(words)
    diets = tuple(asked.items())
    if not rest and diets:
        return NameLine(number, line, None, diets)
    try:
        typed = _parse(rest, place)
    except UserError as error:
        return NameLine(number, line, None, diets, problem=str(error))
    known = bool(typed.name) and (
        fold(typed.name) in seen or twin(session, service_id, typed.name) is not None
    )
    if typed.name:
        seen.add(fold(typed.name))
    return NameLine(number, line, typed, () if known else diets, is_known=known)


def _parse(text: str, place: Place) -> Typed:
    """Read a line as on the phone; one that says no place has the one of the list."""
    typed = parse(text)
    if typed.place is Place.EAT and place is Place.COOK and not _SAYS_EAT.search(text):
        return Typed(typed.name, place, typed.people, typed.contact)
    return typed


_SAYS_EAT = re.compile(r"(?<!\S)(?:r|repas)(?!\S)", re.IGNORECASE)


def write_list(
    session: Session, service_id: int, lines: Sequence[NameLine], now: datetime
) -> list[Reservation]:
    """Write what a list becomes; lines with a problem and names already there are left out.

    Raises:
        UserError: The service takes no reservation any more.
    """
    made: list[Reservation] = []
    for line in lines:
        add_diets(session, service_id, dict(line.diets))
        if line.typed is None or line.is_known:
            continue
        each = line.typed
        made.append(
            seating.reserve(
                session,
                service_id,
                each.name,
                each.place,
                each.people,
                now,
                contact=each.contact,
            )
        )
    return made
