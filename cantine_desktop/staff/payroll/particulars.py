"""What an agreement or a placement gives besides hours, and what it says of those."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from cantine_desktop.i18n import mark, tr
from cantine_desktop.staff.contracts.engaging import LEAST_PART_TIME, holds_on, is_part_time
from cantine_desktop.staff.contracts.model import EMPLOYED, Contract, Status
from cantine_desktop.staff.hours.counters import MonthCount
from cantine_desktop.staff.law.rules import Branch
from cantine_desktop.staff.payroll.variable import Unit, Variable, in_hours
from cantine_desktop.values.period import DAY, Period

POINTS = 8
"""Points a month for a part-time contract below 24 h. Source: ECLAT."""

_REST_FULL = 24 * 60
"""Minutes to recover from which rest is taken in the civil month after. Source: ECLAT."""

_POINTS, _GRATIFIED = "part-time-points", "gratified"

APART = {
    _POINTS: mark("Indemnité mensuelle de temps partiel, en points"),
    _GRATIFIED: mark("Heures de stage à gratifier"),
}
"""What these variables are called."""

_NOTES: Mapping[tuple[Branch | None, str], str] = {
    (Branch.ECLAT, "split-days-2h"): mark(
        "prime de 5 points pour certaines coupures de plus de 2 h, ÉCLAT art. 5.3"
    ),
    (Branch.ECLAT, "night"): mark(
        "travail exceptionnel après 22 h : récupération majorée de 25 %, ÉCLAT art. 5.4.3"
    ),
    (None, "compulsory-rest"): mark(
        "ouverte dès 7 h acquises, à prendre dans les deux mois, art. D3121-18"
    ),
}


def with_note(variable: Variable, branch: Branch) -> Variable:
    """Return a variable with what the agreement or the Code says of it.

    Source: ECLAT, CT-TEMPS.
    """
    if branch is Branch.ECLAT and variable.key == "rest-left":
        is_full = (variable.minutes or 0) >= _REST_FULL
        note = tr("24 h atteintes : à prendre dans le mois civil qui suit, ÉCLAT art. 5.4.5")
        return variable._replace(note=note) if is_full else variable
    told = _NOTES.get((branch, variable.key)) or _NOTES.get((None, variable.key))
    return variable._replace(note=tr(told)) if told else variable


def paid_apart(
    contracts: Iterable[Contract], count: MonthCount, period: Period, branch: Branch
) -> Iterator[Variable]:
    """Yield what a contract gives by itself: points of a short part-time, a long placement.

    Source: ECLAT, CE-L124-6.
    """
    held = [
        each
        for each in contracts
        if each.first < period.end and (each.end or period.end) > period.first
    ]
    if branch is Branch.ECLAT and any(map(_is_short, held)):
        note = tr("contrat de moins de 24 h, ÉCLAT art. 5.9.3 ; condition citée de mémoire")
        yield Variable(
            _POINTS,
            tr(APART[_POINTS]),
            Unit.COUNT,
            Decimal(POINTS),
            note=note,
        )
    gratified = [each for each in held if _is_gratified(each)]
    if gratified:
        trace = tuple(
            (day.day, day.minutes)
            for day in count.days
            if any(holds_on(each, day.day) for each in gratified)
        )
        total = sum(minutes for _day, minutes in trace)
        yield Variable(
            _GRATIFIED,
            tr(APART[_GRATIFIED]),
            Unit.HOURS,
            in_hours(total),
            total,
            tuple(day for day, _minutes in trace),
            trace,
            tr("stage de plus de deux mois : chaque heure de présence est gratifiée"),
        )


def _is_short(contract: Contract) -> bool:
    minutes = contract.weekly_minutes or 0
    return contract.status in EMPLOYED and is_part_time(contract) and minutes < LEAST_PART_TIME


def _is_gratified(contract: Contract) -> bool:
    """Tell whether a placement lasts more than two months: each hour of presence is paid."""
    if contract.status is not Status.TRAINEE or contract.end is None:
        return False
    month = Period.month(Period.month(contract.first).end)
    two_months = Period.month(month.end)
    return contract.end > min(two_months.first + (contract.first.day - 1) * DAY, two_months.end)
