"""Looking at a record of food point by point: what is missing, what is out of bounds.

What is written is judged, whether the plan asks for it or not; what is not written counts
only where the plan in force asks for it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.faults import Fault, Severity
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.plan.in_force import point_of, rule_of
from cantine_desktop.hygiene.plan.rules import Measured, Rule, bounds_of, evaluate, minutes
from cantine_desktop.hygiene.registers.register import Judgement
from cantine_desktop.i18n import tr

ORDER = (Verdict.BREACH, Verdict.NOT_DONE, Verdict.TOLERATED, Verdict.CONFORM)
"""What a row means when its points disagree: the first of these that one of them has."""

HARM = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)

UNPLANNED = Severity.MAJOR
"""How grave a breach is of a point that the plan in force does not have."""


class Crossed(NamedTuple):
    """The bound a measure crossed, in figures.

    Attributes:
        measured: What was measured, in ``unit``.
        limit: The bound, in ``unit``.
        unit: Unit of both.
        words: What these figures do not say.
    """

    measured: Decimal | None = None
    limit: Decimal | None = None
    unit: str = ""
    words: str = ""


class Finding(NamedTuple):
    """What one point says of a record."""

    verdict: Verdict
    fault: Fault | None = None


@dataclass
class Review:
    """A record looked at.

    Attributes:
        session: Where the plan is read.
        day: Day whose plan judges.
        subject: What the record is about, as a breach names it.
        found: What each point said so far.
    """

    session: Session
    day: date
    subject: str
    found: list[Finding] = field(default_factory=list[Finding])

    def asks(self, code: str) -> bool:
        """Tell whether the plan in force has a point."""
        return point_of(self.session, code, self.day) is not None

    def rule(self, code: str) -> Rule:
        """Return the rule of a point on the day of the record."""
        return rule_of(self.session, code, self.day)

    def require(self, *values: Any) -> None:
        """Call the record not done when one of the values is missing."""
        if any(value in {None, ""} for value in values):
            self.lacks()

    def count(self, *values: Decimal | int | None) -> None:
        """Call the record not done when a count or a weight is under nought: a slip of the pen."""
        if any(value is not None and value < 0 for value in values):
            self.lacks()

    def lacks(self) -> None:
        """Call the record not done."""
        self.found.append(Finding(Verdict.NOT_DONE))

    def measure(
        self,
        code: str,
        measured: Measured,
        words: str = "",
        rule: Rule | None = None,
        *,
        figures: bool = True,
    ) -> Verdict:
        """Judge a measure by the rule of a point.

        Args:
            code: The point.
            measured: What was measured, complete or not.
            words: What a breach says besides its figures.
            rule: Instead of the one of the point.
            figures: A breach tells the measure and its limit; its words say it all otherwise.
        """
        rule = rule or self.rule(code)
        verdict = evaluate(rule, measured)
        crossed = Crossed()
        if verdict is Verdict.BREACH and figures:
            crossed = _crossed(rule, measured)
        told = " ".join(part for part in (crossed.words, words) if part)
        self._add(code, verdict, crossed._replace(words=told))
        return verdict

    def check(self, code: str, words: str, *, answer: bool | None) -> None:
        """Judge a box ticked conform or not; empty, it counts where the plan asks for it.

        Args:
            code: The point.
            words: What a breach says.
            answer: Conform or not; ``None`` when nobody ticked it.
        """
        if answer is None:
            if self.asks(code):
                self.lacks()
            return
        self._add(code, Verdict.CONFORM if answer else Verdict.BREACH, Crossed(words=words))

    def judgement(self) -> Judgement:
        """Return what the record means: its worst point, told with the words of the others."""
        verdict = next(
            (worst for worst in ORDER if any(each.verdict is worst for each in self.found)),
            Verdict.CONFORM,
        )
        if verdict is not Verdict.BREACH:
            return Judgement(verdict)
        faults = sorted(
            (each.fault for each in self.found if each.fault is not None),
            key=lambda fault: HARM.index(fault.severity),
        )
        words = dict.fromkeys(fault.words for fault in faults if fault.words)
        return Judgement(verdict, replace(faults[0], words=" ".join(words)))

    def _add(self, code: str, verdict: Verdict, crossed: Crossed) -> None:
        fault = self._fault(code, crossed) if verdict is Verdict.BREACH else None
        self.found.append(Finding(verdict, fault))

    def _fault(self, code: str, crossed: Crossed) -> Fault:
        point = point_of(self.session, code, self.day)
        return Fault(
            day=self.day,
            subject=self.subject,
            point=code,
            measured=crossed.measured,
            limit=crossed.limit,
            unit=crossed.unit,
            words=crossed.words,
            severity=UNPLANNED if point is None else point.severity,
        )


def _crossed(rule: Rule, measured: Measured) -> Crossed:
    """Return the bound that a breach crossed, the gravest first."""
    tellers: tuple[Callable[[Rule, Measured], Crossed | None], ...] = (
        _crossed_curve,
        _crossed_band,
        _crossed_bound,
        _crossed_hold,
    )
    told = (teller(rule, measured) for teller in tellers)
    return next(
        (each for each in told if each is not None), Crossed(measured.value, unit=rule.unit)
    )


def _crossed_curve(rule: Rule, measured: Measured) -> Crossed | None:
    start, end, last = measured.start, measured.end, measured.end_value
    if start is None or end is None:
        return None
    first = measured.start_value
    if rule.start_max is not None and first is not None and first > rule.start_max:
        return Crossed(first, rule.start_max, "°C", tr("Sorti du froid avant la remise en T°."))
    if rule.end_max is not None and last is not None and last > rule.end_max:
        return Crossed(last, rule.end_max, "°C")
    if rule.end_min is not None and last is not None and last < rule.end_min:
        return Crossed(last, rule.end_min, "°C")
    counted = min(start, measured.counted_from or start)
    return Crossed(minutes(counted, end).quantize(Decimal(1)), rule.minutes_max, "min")


def _crossed_band(rule: Rule, measured: Measured) -> Crossed | None:
    if not rule.bands or measured.value is None:
        return None
    band = next((band for band in rule.bands if measured.value <= band.most), None)
    if band is None:
        return Crossed(measured.value, rule.bands[-1].most, "°C")
    return Crossed(
        measured.minutes_out, band.minutes_out_max, "min", tr("Trop longtemps hors du froid.")
    )


def _crossed_bound(rule: Rule, measured: Measured) -> Crossed | None:
    bounds, value = bounds_of(rule, measured), measured.value
    if bounds is None or value is None:
        return None
    if bounds.most is not None and value > bounds.most:
        return Crossed(value, bounds.most, rule.unit)
    if bounds.least is not None and value < bounds.least:
        return Crossed(value, bounds.least, rule.unit)
    return None


def _crossed_hold(rule: Rule, measured: Measured) -> Crossed | None:
    asked = measured.given_minutes if rule.hold_minutes_from else rule.hold_minutes
    if asked is None or measured.held_minutes is None:
        return None
    return Crossed(measured.held_minutes, asked, "min", tr("Pas assez longtemps à cœur."))
