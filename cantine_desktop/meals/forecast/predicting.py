"""How many diners to expect at a service, with two intervals and the reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.forecast import wording
from cantine_desktop.meals.forecast.history import (
    Announced,
    Held,
    Slot,
    announced_for,
    held_before,
    slots_of,
)
from cantine_desktop.meals.forecast.walking import (
    COLD,
    Interval,
    Walk,
    ahead,
    rounded,
    walked,
)
from cantine_desktop.meals.services.queries import ServiceRow, service_row


@dataclass(frozen=True)
class Forecast:
    """Diners to expect at a service, cooks among them; the team is not.

    Attributes:
        expected: The number to cook for, if one is needed.
        low50: With ``high50``, holds one service out of two.
        low80: With ``high80``, holds four services out of five.
        why: Where it comes from, in whole sentences.
        n: Services closed that it was learned from.
        is_measured: The intervals come from its own past errors; otherwise they only span
            what is possible.
    """

    expected: int
    low50: int
    high50: int
    low80: int
    high80: int
    why: tuple[str, ...]
    n: int
    is_measured: bool


def forecast(session: Session, service_id: int, now: datetime) -> Forecast:
    """Return how many diners to expect at a service.

    Args:
        session: A session of the book.
        service_id: A service, to come or past; a past one is forecast from what was known.
        now: The present instant.

    Raises:
        UserError: The service is not there any more.
    """
    row = service_row(session, service_id)
    if row is None:
        raise UserError(tr("Ce service n’existe plus."))
    return forecast_of(session, [row], now)[service_id]


def forecast_of(
    session: Session, services: Sequence[ServiceRow], now: datetime
) -> dict[int, Forecast]:
    """Return how many diners to expect at services, by their keys.

    Args:
        session: A session of the book.
        services: Services of the calendar.
        now: The present instant.
    """
    if not services:
        return {}
    today = civil_date(now)
    slots = slots_of(session, services)
    past = held_before(session, max(today, *(slot.day for slot in slots)))
    told = announced_for(session, [*(held.slot for held in past[-_SEEN:]), *slots])
    said = {row.key: row.expected for row in services}
    walks: dict[tuple[int, date], Walk] = {}
    found: dict[int, Forecast] = {}
    for slot in slots:
        lead, until = ahead(slot, today), min(today, slot.day)
        if (lead, until) not in walks:
            walks[lead, until] = _walk(past, told, lead, until)
        announced = told.get(slot.key, [])
        found[slot.key] = _forecast(walks[lead, until], slot, announced, said[slot.key])
    return found


_SEEN = 120
"""Past services whose reservations are looked at."""


def _walk(
    past: Sequence[Held], told: Mapping[int, list[Announced]], lead: int, until: date
) -> Walk:
    known = [held for held in past if held.slot.day < until]
    walk, _steps = walked(known, told, lead, keeps=False)
    return walk


def _forecast(walk: Walk, slot: Slot, announced: Sequence[Announced], said: int | None) -> Forecast:
    guess = walk.learner.guess(slot, announced, walk.lead)
    people = sum(each.people for each in announced)
    if walk.learned < COLD or guess.n == 0:
        return _cold(walk, slot, people, said)
    middle = max(guess.expected, people * (1 - walk.learner.absence))
    half, most = walk.interval(middle, 0.5), walk.interval(middle, 0.8)
    is_measured = half is not None and most is not None
    expected = rounded(middle)
    least = min(people, expected)
    wide = Interval(least, max(slot.seats, expected))
    half = half or Interval((least + expected) // 2, (expected + wide.high + 1) // 2)
    most = most or wide
    most = Interval(min(most.low, half.low), max(most.high, half.high))
    why = wording.reasons(slot, guess, people, walk.learner.absence, said)
    why += wording.certainty(walk.errors if is_measured else 0)
    return Forecast(expected, *half, *most, why, walk.learned, is_measured)


def _cold(walk: Walk, slot: Slot, announced: int, said: int | None) -> Forecast:
    """Return what is possible, before there is a past to learn from."""
    guess = walk.learner.guess(slot, [], 0)
    if said is not None:
        expected = said
    elif guess.n:
        expected = rounded(guess.level)
    else:
        expected = slot.seats
    expected = max(expected, announced)
    high = max(slot.seats, expected)
    why = wording.cold(slot, walk.learned, announced, said, guess.level if guess.n else None)
    return Forecast(
        expected,
        (announced + expected) // 2,
        (expected + high + 1) // 2,
        announced,
        high,
        why,
        walk.learned,
        is_measured=False,
    )
