"""What each thing costs, in points, and by which name: so that a choice can be told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cantine_desktop.i18n import mark
from cantine_desktop.staff.proposing.facts import EVENING, Facts, Someone
from cantine_desktop.staff.proposing.options import OFF, SPLIT, Option


class Component(StrEnum):
    """Why a week costs points."""

    HOURS_UNDER = "hours-under"
    HOURS_OVER = "hours-over"
    WISHED = "wished"
    AVOIDED = "avoided"
    SPLIT = "split"
    SUNDAYS = "sundays"
    EVENINGS = "evenings"
    LONG_WEEK = "long-week"


COMPONENTS: dict[Component, str] = {
    Component.HOURS_UNDER: mark("Heures sous le contrat"),
    Component.HOURS_OVER: mark("Heures au-dessus du contrat"),
    Component.WISHED: mark("Souhaits suivis"),
    Component.AVOIDED: mark("Heures à éviter"),
    Component.SPLIT: mark("Journées coupées"),
    Component.SUNDAYS: mark("Dimanches, plus que les autres sur un an"),
    Component.EVENINGS: mark("Soirées, plus que les autres sur un an"),
    Component.LONG_WEEK: mark("Plus de cinq jours travaillés"),
}


@dataclass(frozen=True)
class Weights:
    """Points: they only say what matters more. Few and coarse, so that a proof is soon found.

    Attributes:
        missing_head: A head under the target; ``extra_head``, one over it.
        under: An hour under the contract; ``over``, above it.
        wish: A step of a wish, of which there are one to five.
        split: A day cut in two.
        sunday: A Sunday for somebody, per Sunday a year above whoever has fewest; ``evening``
            alike, per four evenings.
        sixth_day: Each day worked beyond five.
    """

    missing_head: int = 12
    extra_head: int = 3
    under: int = 1
    over: int = 2
    wish: int = 2
    split: int = 3
    sunday: int = 1
    evening: int = 1
    sixth_day: int = 3


USUAL = Weights()
MOST_FAIRNESS = 11
"""Points that fairness may weigh at most: less than a head that is missing."""


class Costs:
    """Prices days and weeks of people.

    Args:
        facts: The week.
        weights: What matters.
    """

    def __init__(self, facts: Facts, weights: Weights = USUAL) -> None:
        self._weights = weights
        self._sundays = _above_least({x.key: x.sundays for x in facts.people})
        self._evenings = _above_least({x.key: x.evenings for x in facts.people})

    def of_day(self, who: Someone, option: Option) -> dict[Component, int]:
        """Return what a day costs somebody, by component; nothing for a day off."""
        if option.duty == OFF:
            return {}
        found: dict[Component, int] = {}
        for wish in who.wishes:
            if wish.weekday not in {None, option.shifts[0].day.weekday()}:
                continue
            if any(x.start < wish.finish and wish.start < x.finish for x in option.shifts):
                part = Component.WISHED if wish.is_wanted else Component.AVOIDED
                sign = -1 if wish.is_wanted else 1
                found[part] = found.get(part, 0) + sign * self._weights.wish * wish.weight
        if option.gap > SPLIT:
            found[Component.SPLIT] = self._weights.split
        if option.shifts[0].day.weekday() == 6 and self._sundays[who.key]:
            more = self._weights.sunday * self._sundays[who.key]
            found[Component.SUNDAYS] = min(MOST_FAIRNESS, more)
        if option.shifts[-1].finish > EVENING and self._evenings[who.key]:
            more = self._weights.evening * self._evenings[who.key] // 4
            found[Component.EVENINGS] = min(MOST_FAIRNESS, more)
        return found

    def of_week(self, who: Someone, minutes: int, days: int) -> dict[Component, int]:
        """Return what a week costs somebody as a whole, by component.

        Args:
            who: Whose week.
            minutes: Effective.
            days: Worked.
        """
        found: dict[Component, int] = {}
        if who.contract is not None:
            under = max(0, who.contract - minutes)
            over = max(0, minutes - who.contract)
            if under:
                found[Component.HOURS_UNDER] = (under * self._weights.under + 30) // 60
            if over:
                found[Component.HOURS_OVER] = (over * self._weights.over + 30) // 60
        if days > 5:
            found[Component.LONG_WEEK] = self._weights.sixth_day * (days - 5)
        return found


def _above_least(paces: dict[int, int | None]) -> dict[int, int]:
    known = [pace for pace in paces.values() if pace is not None]
    least = min(known, default=0)
    middle = sorted(known)[len(known) // 2] if known else 0
    return {key: (middle if pace is None else pace) - least for key, pace in paces.items()}


def total(parts: Sequence[dict[Component, int]]) -> dict[Component, int]:
    """Add components up."""
    found: dict[Component, int] = {}
    for each in parts:
        for name, points in each.items():
            found[name] = found.get(name, 0) + points
    return found
