"""What a rule looks at: one person, the hours, the rules that hold on each day."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from cantine_desktop.canteen.holidays import public_holiday
from cantine_desktop.staff.law.articles import caution
from cantine_desktop.staff.law.counters import week_terms
from cantine_desktop.staff.law.nouns import Alert, Context, Regime, Severity, Terms, Worker
from cantine_desktop.staff.law.rules import Limit, Profile, limits
from cantine_desktop.staff.law.stints import monday_of
from cantine_desktop.staff.law.timeline import Timeline, WorkDay
from cantine_desktop.values.period import DAY, Period

_ALSACE_MOSELLE = {"57", "67", "68"}
WEEK = 7 * DAY


@dataclass
class Case:
    """One person judged over some days, with what came before and after.

    Attributes:
        worker: Whose hours they are.
        line: The hours, history included.
        profile: The rules that apply.
        context: What else must be known.
        span: The days that alerts are wanted for.
    """

    worker: Worker
    line: Timeline
    profile: Profile
    context: Context
    span: Period
    _by_day: dict[date, Mapping[str, Limit]] = field(
        default_factory=dict[date, Mapping[str, Limit]]
    )

    def limits(self, day: date) -> Mapping[str, Limit]:
        """Return the limits that hold on a day, by rule."""
        found = self._by_day.get(day)
        if found is None:
            found = limits(self.profile, self.worker.regime_on(day), self.worker.terms_on(day))
            self._by_day[day] = found
        return found

    def limit(self, rule: str, day: date) -> Limit | None:
        """Return one limit on a day; ``None`` when the rule does not concern the person."""
        return self.limits(day).get(rule)

    def week_limit(self, rule: str, monday: date) -> Limit | None:
        """Return the limit of a civil week, which is that of its Monday.

        In the week of a birthday or of a new contract, when Sunday has another one, what is
        forbidden is to be justified only: part of the week is under each.
        """
        first = self.limit(rule, monday)
        if first is None or first.severity is not Severity.FORBIDDEN:
            return first
        last = self.limit(rule, monday + 6 * DAY)
        if last is not None and last.value == first.value:
            return first
        return replace(first, severity=Severity.TO_JUSTIFY)

    def regime(self, day: date) -> Regime:
        """Return the regime on a day."""
        return self.worker.regime_on(day)

    def week_terms(self, monday: date) -> Terms | None:
        """Return the contract of a civil week: the last one that holds in it."""
        return week_terms(self.worker, monday)

    @cached_property
    def work_days(self) -> list[WorkDay]:
        """Days worked of the span, in order."""
        return [work for work in self.line.days if work.day in self.span]

    @cached_property
    def mondays(self) -> list[date]:
        """Civil weeks that the span meets, by their Monday, in order."""
        found = [monday_of(self.span.first)]
        while found[-1] + WEEK < self.span.end:
            found.append(found[-1] + WEEK)
        return found

    @cached_property
    def weeks(self) -> dict[date, int]:
        """Effective minutes by civil week, known before or counted, by Monday."""
        return {**dict(self.context.minutes_before), **self.line.weeks}

    def holiday(self, day: date) -> str:
        """Return the name of the public holiday a day is; empty for the others.

        Good Friday is one in Alsace and Moselle only where a protestant temple or a mixed
        church stands.

        Source: CT-FERIES.
        """
        name = public_holiday(self.context.department, day)
        is_friday = self.is_local and name and day.weekday() == 4 and day.month in {3, 4}
        return "" if is_friday and not self.context.keeps_good_friday else name

    @property
    def is_local(self) -> bool:
        """The canteen stands where the local law of Alsace and Moselle holds."""
        return self.context.department in _ALSACE_MOSELLE

    def alert(
        self,
        limit: Limit,
        days: Iterable[date],
        measured: Fraction | int,
        sentence: str,
        remedy: str = "",
    ) -> Alert:
        """Make an alert of a limit gone past."""
        return Alert(
            limit.rule,
            limit.severity,
            self.worker.key,
            tuple(days),
            measured,
            limit.value if limit.unit == "share" else limit.whole,
            limit.article,
            limit.set_by,
            sentence,
            remedy,
            caution(limit.source),
        )


Predicate = Callable[[Case], Iterator[Alert]]
"""One rule: what it has to say of a case."""


def days_of_week(monday: date) -> tuple[date, ...]:
    """Return the seven days of a civil week."""
    return tuple(monday + DAY * place for place in range(7))
