"""The lawful weeks of one person, each with what it costs and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from cantine_desktop.staff.law.judging import is_legal
from cantine_desktop.staff.law.rules import Profile, limits
from cantine_desktop.staff.law.stints import Stint, clock_minute, local
from cantine_desktop.staff.proposing.asking import Candidate, Demand, Question
from cantine_desktop.staff.rosters.coverage import Span
from cantine_desktop.staff.rosters.model import Post
from cantine_desktop.staff.rosters.typed_hours import ShiftFacts
from cantine_desktop.values.period import DAY, Period

BESIDE, WANTED, UNWANTED, SUNDAY, SPLIT, SIXTH = 2, -6, 9, 3, 8, 12
"""Points: each half-hour beside the contract, each step of a wish, a Sunday for each one worked
in the year, a day in two parts, a sixth day."""
MOST_TRIED, MOST_LOOKED, MOST_KEPT = 9000, 900, 220
"""Weeks of a person that are made, that are judged, and that are kept."""
BEFORE, AFTER = (0, 60), (0, 60, 120)
"""Minutes that a shift may begin before its post, or end after it."""
_HELD_BY_EMPLOYEES = frozenset({Post.LEAD, Post.OPENING, Post.CLOSING})

Day = tuple[ShiftFacts, ...]


@dataclass(frozen=True)
class WeekOption:
    """A lawful week of somebody.

    Attributes:
        days: Shifts by day, days off left out.
        fills: Ranks of the demands it answers.
        parts: Points by reason.
    """

    days: Mapping[date, Day]
    fills: tuple[int, ...]
    parts: Mapping[str, int]

    @property
    def cost(self) -> int:
        """All its points."""
        return sum(self.parts.values())


def options_of(question: Question, candidate: Candidate) -> list[WeekOption]:
    """Return the lawful weeks of somebody that cost least, the cheapest first.

    Those are days that answer demands, a little longer where the contract asks; each whole week
    is judged by the law with what came before and what comes after.
    """
    by_day = {day: _days(question, candidate, day) for day in question.week.days}
    picked = sorted(_weeks(question, candidate, by_day), key=_cost)
    found: list[WeekOption] = []
    for option in picked[:MOST_LOOKED]:
        if _holds(question, candidate, option):
            found.append(option)
            if len(found) == MOST_KEPT:
                break
    return found or [option for option in [_fixed(candidate)] if option is not None]


def _cost(option: WeekOption) -> tuple[int, int]:
    return option.cost, -len(option.fills)


def _fixed(candidate: Candidate) -> WeekOption | None:
    """Return the week of what is kept, for whom nothing lawful was found."""
    return WeekOption({day: own for day, own in candidate.kept.items() if own}, (), {})


def _days(question: Question, candidate: Candidate, day: date) -> list[tuple[Day, tuple[int, ...]]]:
    """Return what somebody may work on a day, with the demands it answers; off comes first."""
    if day in candidate.kept:
        own = candidate.kept[day]
        return [(own, _answered(question, day, own))]
    found: dict[Day, tuple[int, ...]] = {(): ()}
    if candidate.mate.worker.terms_on(day) is None:
        return list(found.items())
    ranks = [
        rank
        for rank, demand in enumerate(question.demands)
        if demand.day == day and _may_take(candidate, demand)
    ]
    for rank in ranks:
        for shift in _stretched(question.profile, candidate, question.demands[rank]):
            if not _is_closed(candidate, day, shift):
                found[shift,] = _answered(question, day, (shift,))
    for one in ranks:
        for other in ranks:
            joined = _joined(question, candidate, question.demands[one], question.demands[other])
            if joined is not None and not _is_closed(candidate, day, joined):
                found[joined,] = _answered(question, day, (joined,))
    return list(found.items())


def _may_take(candidate: Candidate, demand: Demand) -> bool:
    if demand.skill is not None and demand.skill not in candidate.skills[demand.day]:
        return False
    return candidate.counts or demand.post not in _HELD_BY_EMPLOYEES


def _stretched(profile: Profile, candidate: Candidate, demand: Demand) -> Iterator[ShiftFacts]:
    since, until = demand.span
    for before, after in product(BEFORE, AFTER):
        made = _shift(profile, candidate, demand, (since - before, until + after))
        if made is not None:
            yield made


def _joined(
    question: Question, candidate: Candidate, one: Demand, other: Demand
) -> ShiftFacts | None:
    """Return the shift that holds two posts of the same kind one after the other."""
    if one.post is not other.post or one.span[1] > other.span[0]:
        return None
    return _shift(question.profile, candidate, one, (one.span[0], other.span[1]))


def _shift(profile: Profile, candidate: Candidate, demand: Demand, span: Span) -> ShiftFacts | None:
    worker = candidate.mate.worker
    known = limits(profile, worker.regime_on(demand.day), worker.terms_on(demand.day))
    length = span[1] - span[0]
    rest = known.get("BREAK_MINOR") or known.get("BREAK")
    pause = max(30, rest.whole) if rest is not None and length >= min(rest.after, 360) else 0
    longest = known.get("DAILY_MAX")
    if span[0] < 0 or length > 14 * 60 or (longest and length - pause > longest.whole):
        return None
    return ShiftFacts(span[0], span[1], demand.post, pause)


def _is_closed(candidate: Candidate, day: date, shift: ShiftFacts) -> bool:
    return any(
        shift.start < until and since < shift.finish
        for since, until in candidate.closed.get(day, ())
    )


def _answered(question: Question, day: date, own: Day) -> tuple[int, ...]:
    """Return the demands that shifts answer: the same post, held for half of its time at least."""
    return tuple(
        rank
        for rank, demand in enumerate(question.demands)
        if demand.day == day
        and any(
            each.post is demand.post
            and 2 * (min(each.finish, demand.span[1]) - max(each.start, demand.span[0]))
            >= demand.span[1] - demand.span[0]
            for each in own
        )
    )


def _weeks(
    question: Question,
    candidate: Candidate,
    by_day: Mapping[date, Sequence[tuple[Day, tuple[int, ...]]]],
) -> Iterator[WeekOption]:
    """Yield weeks: every choice of days, the shifts of a day cut to a few where there are many."""
    days = list(question.week.days)
    many = sum(len(by_day[day]) > 1 for day in days)
    most = max(2, int(MOST_TRIED ** (1 / many))) if many else 1
    for picked in product(*(_few(by_day[day], most) for day in days)):
        own = {day: shifts for day, (shifts, _ranks) in zip(days, picked, strict=True) if shifts}
        fills = tuple(rank for _shifts, ranks in picked for rank in ranks)
        yield WeekOption(own, fills, _parts(candidate, own))


def _few(
    found: Sequence[tuple[Day, tuple[int, ...]]], most: int
) -> Sequence[tuple[Day, tuple[int, ...]]]:
    """Return some ways to spend a day: off, then one for each kind of answer, then others."""
    if len(found) <= most:
        return found
    rest = sorted(found[1:], key=_worth)
    first = {ranks: (own, ranks) for own, ranks in reversed(rest)}
    ordered = [*first.values(), *(each for each in rest if first[each[1]] is not each)]
    return [found[0], *ordered[: most - 1]]


def _worth(option: tuple[Day, tuple[int, ...]]) -> tuple[int, int]:
    return -len(option[1]), sum(each.minutes for each in option[0])


def _parts(candidate: Candidate, own: Mapping[date, Day]) -> dict[str, int]:
    minutes = sum(each.minutes for shifts in own.values() for each in shifts)
    terms = next(iter(candidate.mate.worker.terms), None)
    for day in own:
        terms = candidate.mate.worker.terms_on(day) or terms
    agreed = terms.weekly_minutes if terms is not None else minutes
    parts = {
        "hours": BESIDE * (abs(minutes - agreed) // 30),
        "wishes": sum(_wished(candidate, day, each) for day, v in own.items() for each in v),
        "sundays": SUNDAY * candidate.sundays * any(day.weekday() == 6 for day in own),
        "splits": SPLIT * sum(len(shifts) > 1 for shifts in own.values()),
        "days": SIXTH * max(0, len(own) - 5),
    }
    return {name: points for name, points in parts.items() if points}


def _wished(candidate: Candidate, day: date, shift: ShiftFacts) -> int:
    return sum(
        (WANTED if wish.is_wanted else UNWANTED) * wish.weight
        for wish in candidate.wishes
        if wish.weekday in {None, day.weekday()}
        and shift.start < wish.finish
        and wish.start < shift.finish
    )


def _holds(question: Question, candidate: Candidate, option: WeekOption) -> bool:
    stints = [*candidate.history, *stints_of(option.days)]
    span = Period(question.week.first, question.week.end + DAY)
    return is_legal(candidate.mate.worker, stints, question.profile, candidate.context, span)


def stints_of(days: Mapping[date, Day]) -> list[Stint]:
    """Return shifts as the rules see them."""
    found: list[Stint] = []
    for day, shifts in days.items():
        for each in shifts:
            later, finish = divmod(each.finish, 1440)
            found.append(
                Stint(
                    local(clock_minute(day, each.start)),
                    local(clock_minute(day + later * DAY, finish)),
                    each.pause,
                    kind=each.kind,
                    belongs_to=day,
                )
            )
    return found
