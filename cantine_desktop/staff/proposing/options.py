"""What somebody may do on each day of a week: posts alone or joined, with the breaks that are due.

What may not be is kept with its reason: « why not » is answered from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, pairwise

from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.words import SKILLS
from cantine_desktop.staff.law.judging import judge
from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.law.rules import limits
from cantine_desktop.staff.law.stints import Stint, clock_minute
from cantine_desktop.staff.law.wording import day as day_words
from cantine_desktop.staff.proposing.facts import Away, Facts, Planned, Someone
from cantine_desktop.staff.rosters.demand import (
    DemandLine,
    LineKind,
    guarded,
    may_count,
    serves,
    shares,
)
from cantine_desktop.staff.rosters.model import Post
from cantine_desktop.values.period import DAY, Period

RESERVED = frozenset({Post.LEAD, Post.OPENING, Post.CLOSING})
"""Posts that only an employee of age takes."""
STRETCHES = ((0, 60), (60, 60))
"""Minutes that somebody may come before a post, and stay after it: contracts ask for more."""
LONGEST_GAP = 150
"""Minutes between two posts of a day beyond which they are not joined."""
SPLIT = 60
"""Minutes beyond which the time between two posts is a day cut in two."""
PAUSES = (0, 20, 30, 45, 60)
"""Minutes of break that are tried, shortest first."""
LONGEST_DAY = 630
"""Minutes beyond which a post is not made longer."""
SHORTEST_HELP = 120
"""Minutes below which a shortened post is not offered."""
BREAKS = frozenset({"BREAK", "BREAK_MINOR"})
"""Rules of breaks: kept where they only advise, too."""
OFF = ""
"""The duty of a day off."""


@dataclass(frozen=True)
class Option:
    """What somebody may do on a day.

    Attributes:
        duty: Name inside the search; empty for a day off.
        shifts: None for a day off.
        minutes: Effective.
        since: Start in minutes since 1970, ``until`` the end; 0 for a day off.
        covers: Keys of the lines that it serves from end to end.
    """

    duty: str
    shifts: tuple[Planned, ...] = ()
    minutes: int = 0
    since: int = 0
    until: int = 0
    covers: frozenset[str] = frozenset()
    gap: int = 0


@dataclass
class DayOptions:
    """The choices of a day of somebody.

    Attributes:
        offered: The day off first, unless the day is locked.
        refused: By duty that is not offered, why, in words.
        lifts: Names of what would have to be lifted for a duty, by duty: a wish of nobody’s law.
    """

    day: date
    offered: list[Option] = field(default_factory=list[Option])
    refused: dict[str, str] = field(default_factory=dict[str, str])
    lifts: dict[str, str] = field(default_factory=dict[str, str])


class Offers:
    """Lists what people may do on the days of a week.

    Args:
        facts: The week.
        lifted: Names of restrictions that no longer hold: somebody’s availability, a lock.
    """

    def __init__(self, facts: Facts, lifted: frozenset[str] = frozenset()) -> None:
        self._facts = facts
        self._lifted = lifted
        self._lines = {day: [x for x in facts.demand if x.day == day] for day in facts.week.days}
        self._known: dict[tuple[object, ...], tuple[Planned, ...] | str] = {}
        self.cuts = {day: _cuts(lines) for day, lines in self._lines.items()}

    def week(self, who: Someone) -> list[DayOptions]:
        """Return the choices of each day of the week, in order."""
        return [self._day(who, day) for day in self._facts.week.days]

    def _day(self, who: Someone, day: date) -> DayOptions:
        found = DayOptions(day)
        locked = tuple(each for each in who.locked if each.day == day)
        name = lock_name(who, day)
        if locked and name not in self._lifted:
            found.offered = [self._option(who, locked)]
            return found
        found.offered = [Option(OFF)]
        for parts in self._duties(who, day, found):
            key = duty_of(parts)
            if (why := self._blocked(who, day, parts)) is not None:
                found.refused[key], found.lifts[key] = why
                continue
            ready = self._with_breaks(who, day, parts)
            if isinstance(ready, str):
                found.refused[key] = ready
                continue
            option = self._option(who, ready)
            if why_not := self._too_near(who, day, option):
                found.refused[key] = why_not
            else:
                found.offered.append(option)
        return found

    def _duties(self, who: Someone, day: date, found: DayOptions) -> Iterator[tuple[Planned, ...]]:
        """Yield the posts that somebody could hold alone or one after the other."""
        singles: dict[str, Planned] = {}
        longer: dict[str, Planned] = {}
        for line in self._lines[day]:
            if line.kind is not LineKind.POST or line.post is None:
                continue
            part = self._part(who, line, found)
            if part is not None:
                singles.setdefault(duty_of((part,)), part)
                longer |= self._longer(who, line, part)
        own = sorted(singles.values(), key=lambda each: (each.start, each.finish, each.post))
        yield from ((each,) for each in own)
        yield from ((each,) for key, each in longer.items() if key not in singles)
        for first, second in combinations(own, 2):
            if 0 <= second.start - first.finish <= LONGEST_GAP:
                yield first, second

    def _part(self, who: Someone, line: DemandLine, found: DayOptions) -> Planned | None:
        assert line.post is not None
        start, finish = line.start, line.finish
        held = who.skills(line.day)
        counts = may_count(who.worker, line.day)
        post = Planned(who.key, line.day, start, finish, line.post)
        key = duty_of((post,))
        if not counts and line.post in RESERVED:
            found.refused[key] = tr("Ce poste revient à une personne salariée et majeure.")
            return None
        if line.skill is not None and line.target == 1 and line.skill not in held:
            found.refused[key] = tr("Il faut la compétence « {skill} ».").format(
                skill=tr(SKILLS[line.skill])
            )
            return None
        blocks = guarded(self._lines[line.day])
        if not counts:
            start, finish = _clipped(start, finish, blocks)
            if finish - start < min(SHORTEST_HELP, line.finish - line.start):
                found.refused[key] = tr("Personne de salarié et majeur n’est là à ces heures.")
                return None
        return post._replace(start=start, finish=finish)

    def _longer(self, who: Someone, line: DemandLine, part: Planned) -> dict[str, Planned]:
        """Return a post begun earlier or ended later, by name: never alone for who may not be."""
        blocks = guarded(self._lines[line.day])
        found: dict[str, Planned] = {}
        for before, after in STRETCHES:
            start, finish = max(0, part.start - before), part.finish + after
            if not may_count(who.worker, line.day):
                start, finish = _clipped(start, finish, blocks)
            if finish - start > max(LONGEST_DAY, part.finish - part.start):
                continue
            made = part._replace(start=start, finish=finish)
            found[duty_of((made,))] = made
        return found

    def _blocked(self, who: Someone, day: date, parts: Sequence[Planned]) -> tuple[str, str] | None:
        """Return why the hours are not possible, and the name of what would have to be lifted."""
        said = {"name": who.name, "day": day_words(day)}
        is_free = busy_name(who, day) in self._lifted
        for start, finish in ((each.start, each.finish) for each in parts):
            for each in _on(who.away, day):
                if not (each.start < finish and start < each.finish):
                    continue
                if each.is_absence:
                    words = tr("{name}, {day} : {why}.").format(**said, why=tr(each.note))
                    return words, ""
                if not is_free and not _is_freed(who, day, start, finish):
                    words = tr("{name} n’est pas disponible {day} à ces heures.").format(**said)
                    return words, busy_name(who, day)
            can = _on(who.can, day)
            fits = any(each.start <= start and finish <= each.finish for each in can)
            if can and not fits and not is_free:
                words = tr("{name} n’a pas dit pouvoir venir {day} à ces heures.").format(**said)
                return words, busy_name(who, day)
        return None

    def _with_breaks(
        self, who: Someone, day: date, parts: tuple[Planned, ...]
    ) -> tuple[Planned, ...] | str:
        """Return posts with the shortest break that makes the day lawful, or what is unlawful."""
        terms = who.worker.terms_on(day)
        hours = tuple(each.hours for each in parts)
        regime = who.worker.regime_on(day)
        key = (who.key, hours, terms, regime, day if regime.is_minor else None)
        known = self._known.get(key)
        if known is None:
            known = self._judged(who, day, parts)
            self._known[key] = known
        if isinstance(known, str):
            return known
        return tuple(each._replace(day=day) for each in known)

    def _judged(
        self, who: Someone, day: date, parts: tuple[Planned, ...]
    ) -> tuple[Planned, ...] | str:
        longest = max(range(len(parts)), key=lambda rank: parts[rank].finish - parts[rank].start)
        span = Period(day, day + DAY)
        due = limits(self._facts.profile, who.worker.regime_on(day), who.worker.terms_on(day))
        least = due["BREAK"].whole if "BREAK" in due else 0
        found: tuple[Planned, ...] | str | None = None
        for pause in sorted({*PAUSES, least}):
            tried = list(parts)
            tried[longest] = parts[longest]._replace(pause=pause)
            alerts = judge(
                who.worker, [x.stint for x in tried], self._facts.profile, who.context, span
            )
            wrong = next((x.sentence for x in alerts if x.severity is Severity.FORBIDDEN), None)
            if wrong is None and not any(x.rule in BREAKS for x in alerts):
                return tuple(tried)
            if wrong is None and not isinstance(found, tuple):
                found = tuple(tried)
            elif found is None:
                found = wrong
        assert found is not None
        return found

    def _too_near(self, who: Someone, day: date, option: Option) -> str:
        """Return what the rest with the hours of the weeks beside breaks; empty for nothing."""
        week = self._facts.week
        if day not in {week.first, week.last}:
            return ""
        stints: list[Stint] = [each.stint for each in option.shifts]
        if day == week.first:
            stints = [*(x for x in who.before if x.day == day - DAY), *stints]
        if day == week.last:
            stints += [x for x in who.after if x.day == day + DAY]
        if len(stints) == len(option.shifts):
            return ""
        span = Period(day, day + DAY)
        alerts = judge(who.worker, stints, self._facts.profile, who.context, span)
        return next(
            (
                x.sentence
                for x in alerts
                if x.severity is Severity.FORBIDDEN and x.rule == "DAILY_REST"
            ),
            "",
        )

    def _option(self, who: Someone, shifts: tuple[Planned, ...]) -> Option:
        ordered = sorted(shifts, key=lambda each: each.start)
        stints = [each.stint for each in ordered]
        gaps = [b.start - a.finish for a, b in pairwise(ordered)]
        return Option(
            duty_of(ordered),
            tuple(ordered),
            sum(each.effective for each in stints),
            min(each.since for each in stints),
            max(each.until for each in stints),
            frozenset(self.covered(who, ordered)),
            max(gaps, default=0),
        )

    def kept(self, who: Someone, shifts: Sequence[Planned]) -> Option:
        """Return hours as they stand in the book, as a choice."""
        return self._option(who, tuple(shifts))

    def covered(self, who: Someone, shifts: Sequence[Planned]) -> Iterator[str]:
        """Yield the keys of the lines, and of their parts, that shifts of a day serve whole."""
        if not shifts:
            return
        day = shifts[0].day
        held = who.skills(day)
        for line in self._lines[day]:
            windows = [x for x in shifts if serves(line, x.post, held)]
            for key, start, finish in pieces(line, self.cuts[day]):
                if line.kind is LineKind.POST:
                    is_held = any(shares(line, (x.start, x.finish)) for x in windows)
                else:
                    is_held = _is_inside(windows, start, finish)
                if is_held:
                    yield key


def pieces(line: DemandLine, cuts: Sequence[int]) -> list[tuple[str, int, int]]:
    """Return a line as the search counts it: presence all along is counted stretch by stretch."""
    if line.kind is not LineKind.TRAINED:
        return [(line.key, line.start, line.finish)]
    inside = [line.start, *(at for at in cuts if line.start < at < line.finish), line.finish]
    return [(f"{line.key}/{start}", start, finish) for start, finish in pairwise(inside)]


def _clipped(start: int, finish: int, blocks: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the longest part of some hours that one of the stretches holds."""
    parts = [(max(start, first), min(finish, last)) for first, last in blocks]
    return max(parts, key=lambda each: each[1] - each[0], default=(start, start))


def _cuts(lines: Sequence[DemandLine]) -> list[int]:
    posts = [x for x in lines if x.kind is LineKind.POST]
    return sorted({at for line in posts for at in (line.start, line.finish)})


def _is_inside(shifts: Sequence[Planned], start: int, finish: int) -> bool:
    reached = start
    for each in shifts:
        if each.start <= reached < each.finish:
            reached = each.finish
    return reached >= finish


def _on(some: Sequence[Away], day: date) -> list[Away]:
    return [each for each in some if day in each.days and each.weekday in {None, day.weekday()}]


def _is_freed(who: Someone, day: date, start: int, finish: int) -> bool:
    """Tell whether somebody said, for once, that they can come after all."""
    return any(
        can.days.first != date.min and can.start <= start and finish <= can.finish
        for can in _on(who.can, day)
    )


def duty_of(shifts: Sequence[Planned]) -> str:
    """Return the name of hours inside the search."""
    return "+".join(f"{each.post}@{each.start}-{each.finish}" for each in shifts)


def lock_name(who: Someone, day: date) -> str:
    """Return the name of a locked day."""
    return f"lock/{who.key}/{day}"


def busy_name(who: Someone, day: date) -> str:
    """Return the name of somebody’s not being available on a day."""
    return f"busy/{who.key}/{day}"


def midnight(day: date) -> int:
    """Return the midnight that begins a day, in minutes since 1970."""
    return clock_minute(day, 0)
