"""The budget beside what happened: planned, actual, engaged, and the year as foreseen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.budget.actuals import Key, actuals_by_month, actuals_of_year
from cantine_desktop.finance.budget.flows import engaged_by_nature
from cantine_desktop.finance.budget.model import Budget, BudgetLine, Outlook
from cantine_desktop.finance.budget.months import first_open, lacking, month_index, months_of
from cantine_desktop.finance.budget.planning import current
from cantine_desktop.finance.ledger.model import Account, FiscalYear, Section
from cantine_desktop.finance.statements.sums import year_before
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.money import Money

OUTLOOKS = {
    Outlook.REMAINING: mark("Réel + budget restant"),
    Outlook.PACE: mark("Au rythme des mois écoulés"),
    Outlook.TYPED: mark("Montant tapé"),
}
EXPLAINED = {
    Outlook.REMAINING: mark(
        "Ce qui est déjà compté, plus ce que le budget prévoit encore d’ici la fin de l’exercice,"
        " et jamais moins que ce qui est engagé ; ce qui manque à un mois pas encore clos est"
        " attendu."
    ),
    Outlook.PACE: mark(
        "Ce qui est déjà compté, plus la moyenne des mois clos (ou terminés, si aucun n’est clos)"
        " pour chaque mois qui reste."
    ),
    Outlook.TYPED: mark("Le montant que vous avez tapé, quoi que disent les comptes."),
}


@dataclass(frozen=True)
class FollowedLine:
    """A line of the budget and what became of it.

    Attributes:
        key: Key of the budget line; ``None`` for accounts that no line plans.
        nature: First digits of its accounts.
        activity: Code of its activity; empty for all.
        planned: The whole year.
        due: Planned up to the end of the present month.
        actual: Counted so far.
        engaged: Sure to come until the end of the year: planned flows of this nature.
        forecast: The year as foreseen.
        last_year: The whole year before.
        months: Cents planned by month.
        actual_months: Cents counted by month.
        numbers: Accounts that moved.
    """

    key: int | None
    nature: str
    label: str
    activity: str
    activity_title: str
    planned: Money
    due: Money
    actual: Money
    engaged: Money
    forecast: Money
    last_year: Money
    outlook: Outlook
    comment: str
    months: tuple[int, ...]
    actual_months: tuple[int, ...]
    numbers: tuple[str, ...]

    @property
    def is_income(self) -> bool:
        """Whether more is better."""
        return self.nature.startswith(("7", "87"))

    @property
    def gap(self) -> Money:
        """Forecast less budget."""
        return self.forecast - self.planned


class Followed(NamedTuple):
    """A whole budget followed.

    Attributes:
        version: Version shown; 0 while there is no budget.
        lines: Expenses, income, then in kind, by nature.
        month: Rank of the present month in the year, from 0; the number of months once over.
    """

    version: int
    adopted_on: date | None
    lines: tuple[FollowedLine, ...]
    month: int
    month_count: int

    def sums(self, beginning: str) -> tuple[Money, Money, Money, Money, Money, Money]:
        """Return planned, due, actual, engaged, forecast and last year of some natures."""
        return sums_of(line for line in self.lines if line.nature.startswith(beginning))


def sums_of(
    lines: Iterable[FollowedLine],
) -> tuple[Money, Money, Money, Money, Money, Money]:
    """Return planned, due, actual, engaged, forecast and last year of lines."""
    kept = list(lines)

    def add(name: str) -> Money:
        return Money(sum(getattr(line, name).cents for line in kept))

    return (
        add("planned"),
        add("due"),
        add("actual"),
        add("engaged"),
        add("forecast"),
        add("last_year"),
    )


def follow(
    session: Session, year: FiscalYear, today: date, budget: Budget | None = None
) -> Followed:
    """Return a budget beside what happened up to a day.

    Args:
        session: A session that reads.
        year: The fiscal year.
        today: The present civil day; entries dated later are not counted yet.
        budget: A version; ``None`` takes the last one.
    """
    budget = budget or current(session, year)
    lines = list(budget.lines) if budget else []
    activities = {row.id: (row.code, row.title) for row in session.scalars(select(Section))}
    pairs = [(line, activities.get(line.activity_id or 0, ("", ""))) for line in lines]
    places = [_Place(line.nature, activity[0]) for line, activity in pairs]
    end = year.end if today >= year.end else None
    actual = _gather(places, actuals_by_month(session, year, end or _after(today)))
    last = year_before(session, year)
    before = _gather(places, actuals_of_year(session, last)) if last else {}
    count = len(months_of(year))
    month = count if end else max(0, month_index(year, today))
    engaged = _engaged(places, engaged_by_nature(session, year, today))
    rows = [
        _followed(
            line,
            activity,
            actual.get(rank, {}),
            before.get(rank, {}),
            (first_open(year, month), month),
            engaged.get(rank, Money(0)),
        )
        for rank, (line, activity) in enumerate(pairs)
    ]
    titles = {row.number: row.title for row in session.scalars(select(Account))}
    named = dict(activities.values())
    rows += _unplanned(actual.get(None, {}), before.get(None, {}), titles, named, count)
    rows.sort(key=lambda row: (row.nature, row.activity))
    return Followed(
        budget.version if budget else 0,
        budget.adopted_on if budget else None,
        tuple(rows),
        month,
        count,
    )


class _Place(NamedTuple):
    nature: str
    activity: str

    def takes(self, key: Key) -> bool:
        number, activity = key
        return number.startswith(self.nature) and self.activity in {"", activity}


def _after(today: date) -> date:
    return date.fromordinal(today.toordinal() + 1)


def _gather(
    places: list[_Place], found: dict[Key, list[int]]
) -> dict[int | None, dict[Key, list[int]]]:
    """Give each account and activity to the one line that names it most closely."""
    gathered: dict[int | None, dict[Key, list[int]]] = {}
    for key, months in found.items():
        ranked = [
            (len(place.nature), bool(place.activity), rank)
            for rank, place in enumerate(places)
            if place.takes(key)
        ]
        best = max(ranked)[2] if ranked else None
        gathered.setdefault(best, {})[key] = months
    return gathered


def _engaged(places: list[_Place], found: dict[str, Money]) -> dict[int, Money]:
    """Give what is sure to come to the closest line; one for all activities goes first."""
    gathered: dict[int, Money] = {}
    for nature, amount in found.items():
        ranked = [
            (len(place.nature), not place.activity, place.activity == "STRUCTURE", -rank)
            for rank, place in enumerate(places)
            if nature.startswith(place.nature)
        ]
        if ranked:
            best = -max(ranked)[3]
            gathered[best] = gathered.get(best, Money(0)) + amount
    return gathered


def _followed(
    line: BudgetLine,
    activity: tuple[str, str],
    actual: dict[Key, list[int]],
    before: dict[Key, list[int]],
    span: tuple[int, int],
    sure: Money,
) -> FollowedLine:
    months = line.months
    counted = _add_months(actual.values(), len(months))
    return FollowedLine(
        key=line.id,
        nature=line.nature,
        label=line.label,
        activity=activity[0],
        activity_title=activity[1],
        planned=line.amount,
        due=Money(sum(months[: span[1] + 1])),
        actual=Money(sum(counted)),
        engaged=sure,
        forecast=_foreseen(line, counted, span, sure),
        last_year=Money(sum(sum(cents) for cents in before.values())),
        outlook=line.outlook,
        comment=line.comment,
        months=tuple(months),
        actual_months=tuple(counted),
        numbers=tuple(sorted({number for number, _ in actual})),
    )


def _foreseen(line: BudgetLine, counted: list[int], span: tuple[int, int], engaged: Money) -> Money:
    so_far, (opened, month) = sum(counted), span
    if line.outlook is Outlook.TYPED and line.expected is not None:
        return line.expected
    if month >= len(counted):
        return Money(so_far)
    if line.outlook is Outlook.PACE and opened > 0:
        pace = round(sum(counted[:opened]) / opened)
        here = lacking([pace] * len(counted), counted, span)
        return Money(so_far + here + pace * (len(counted) - month - 1))
    left = lacking(line.months, counted, span) + sum(line.months[month + 1 :])
    most = min if line.amount.cents < 0 else max
    return Money(so_far + most(left, engaged.cents))


def _unplanned(
    actual: dict[Key, list[int]],
    before: dict[Key, list[int]],
    titles: dict[str, str],
    named: dict[str, str],
    count: int,
) -> list[FollowedLine]:
    """Return the accounts that moved and that no line plans."""
    return [
        FollowedLine(
            key=None,
            nature=number,
            label=titles.get(number) or tr("Compte {number}").format(number=number),
            activity=activity,
            activity_title=named.get(activity, ""),
            planned=Money(0),
            due=Money(0),
            actual=Money(sum(actual.get((number, activity), ()))),
            engaged=Money(0),
            forecast=Money(sum(actual.get((number, activity), ()))),
            last_year=Money(sum(before.get((number, activity), ()))),
            outlook=Outlook.REMAINING,
            comment="",
            months=(0,) * count,
            actual_months=tuple(actual.get((number, activity), (0,) * count)),
            numbers=(number,),
        )
        for number, activity in sorted({*actual, *before})
    ]


def _add_months(rows: Iterable[list[int]], count: int) -> list[int]:
    sums = [0] * count
    for row in rows:
        sums = [a + b for a, b in zip(sums, row, strict=True)]
    return sums
