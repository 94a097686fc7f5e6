"""How many hours and which days a week may have, by the limits of the law themselves."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.law.rules import Limit, Profile, limits
from cantine_desktop.staff.proposing.facts import Someone

OVER = 240
"""Minutes above a full-time contract that a week may reach."""
WITHOUT_CONTRACT = 35 * 60


class Bounds:
    """The limits of a week of somebody.

    Args:
        profile: The rules that apply.
        who: Whose.
        days: The civil week.
    """

    def __init__(self, profile: Profile, who: Someone, days: Sequence[date]) -> None:
        self._who = who
        self._days = days
        self.by_day = [_limits(profile, who, day) for day in days]

    def least_rest(self, day: int) -> int:
        """Return the minutes of rest due between a day and the next one; 0 for none."""
        limit = self.by_day[day].get("DAILY_REST")
        return limit.whole if limit is not None and _forbids(limit) else 0

    def most_minutes(self) -> int:
        """Return the minutes that a proposed week never exceeds, as the law and prudence say."""
        last = self.by_day[-1]
        contract = self._who.worker.terms_on(self._days[-1])
        known = [x.whole for name in ("WEEKLY_MAX",) if (x := last.get(name)) and _forbids(x)]
        if self._who.contract is None:
            return min([*known, WITHOUT_CONTRACT])
        agreed = contract.weekly_minutes if contract else self._who.contract
        if contract is not None and contract.is_part_time and not contract.follows_programme:
            share = last.get("COMPLEMENTARY")
            most = agreed + int((share.value if share else Fraction(1, 10)) * agreed)
            cap = last.get("COMPLEMENTARY_35")
            return min([*known, most, cap.whole - 1 if cap else most])
        return min([*known, max(agreed, self._who.contract) + OVER])

    def may_work(self, mask: int) -> bool:
        """Tell whether some days may be worked, as far as the days alone tell it."""
        last = self.by_day[0]
        most = last.get("DAYS_PER_WEEK")
        if most is not None and _forbids(most) and mask.bit_count() > most.whole:
            return False
        rest = last.get("REST_DAYS")
        if rest is None or not _forbids(rest) or not rest.consecutive or not mask:
            return True
        if not (mask & 1 and mask & 64):
            return True
        both = 0b11
        return any(not mask & (both << at) for at in range(6))


def _limits(profile: Profile, who: Someone, day: date) -> Mapping[str, Limit]:
    return limits(profile, who.worker.regime_on(day), who.worker.terms_on(day))


def _forbids(limit: Limit | None) -> bool:
    return limit is not None and limit.severity is Severity.FORBIDDEN
