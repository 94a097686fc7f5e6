"""Patterns that locks forbid are marked so, and restrictions may be lifted again."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from cantine_desktop.staff.choosing.model import Leg, Lock, Pattern, Person, Problem


def with_locks(problem: Problem, locks: Collection[Lock]) -> Problem:
    """Bar each pattern that does otherwise than a lock decides; the lock's name says why.

    Raises:
        ValueError: A lock of somebody who is not there, or on a day of no leg.
    """
    by_person: dict[str, list[Lock]] = {person.name: [] for person in problem.people}
    for lock in locks:
        if lock.person not in by_person:
            raise ValueError(f"nobody is called {lock.person}")
        by_person[lock.person].append(lock)
    people = tuple(_locked(person, by_person[person.name]) for person in problem.people)
    return replace(problem, people=people)


def _locked(person: Person, locks: list[Lock]) -> Person:
    if not locks:
        return person
    if lost := [k for k in locks if not any(k.day in leg.days for leg in person.legs)]:
        raise ValueError(f"no leg of {person.name} holds day {lost[0].day}")
    legs = (_relisted(leg, _bars([k for k in locks if k.day in leg.days])) for leg in person.legs)
    return replace(person, legs=tuple(legs))


def _bars(locks: list[Lock]) -> Callable[[Pattern], Pattern]:
    def barred(pattern: Pattern) -> Pattern:
        names = tuple(name_of(lock) for lock in locks if pattern.on(lock.day) != lock.duties)
        return replace(pattern, barred=pattern.barred + names) if names else pattern

    return barred


def _relisted(leg: Leg, change: Callable[[Pattern], Pattern]) -> Leg:
    return replace(leg, patterns=tuple(map(change, leg.patterns)))


def name_of(lock: Lock) -> str:
    """Return the name a lock bars patterns by."""
    duties = "+".join(sorted(lock.duties)) or "-"
    return lock.name or f"{lock.person}/{lock.day}/{duties}"


def lifted(problem: Problem, names: Collection[str]) -> Problem:
    """Let patterns be chosen again that only the named restrictions forbid."""
    lifting = frozenset(names)

    def freed(pattern: Pattern) -> Pattern:
        if lifting.isdisjoint(pattern.barred):
            return pattern
        return replace(pattern, barred=tuple(n for n in pattern.barred if n not in lifting))

    return changed(problem, freed)


def changed(problem: Problem, change: Callable[[Pattern], Pattern]) -> Problem:
    """Put each pattern of a problem through a change."""
    people = (
        replace(person, legs=tuple(_relisted(leg, change) for leg in person.legs))
        for person in problem.people
    )
    return replace(problem, people=tuple(people))


def smallest(some: Iterable[frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the sets of restrictions that hold no other one, the shortest first."""
    kept: list[frozenset[str]] = []
    for names in sorted(set(some), key=lambda each: (len(each), sorted(each))):
        if not any(other <= names for other in kept):
            kept.append(names)
    return tuple(tuple(sorted(names)) for names in kept)
