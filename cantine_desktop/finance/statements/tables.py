"""The result and the balance sheet: accounts gathered on the lines of their layout."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.numbering import Numbering
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.finance.statements.layout import Kind, Rubric, layout, place_of
from cantine_desktop.finance.statements.sums import (
    AccountSum,
    Position,
    position,
    year_before,
    year_sums,
)
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money

ZERO = Money(0)


class AccountValue(NamedTuple):
    """An account behind a line.

    Attributes:
        number: Empty for what no account holds, as the result of the year.
        values: One per column.
    """

    number: str
    title: str
    values: tuple[Money, ...]


@dataclass(frozen=True)
class StatementRow:
    """A line of a statement.

    Attributes:
        key: Key of its rubric; empty for heads.
        values: One per column of its statement.
        accounts: What stands behind it, by number, what a total takes off negative; empty
            for heads.
    """

    key: str
    title: str
    kind: Kind
    values: tuple[Money, ...]
    accounts: tuple[AccountValue, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands here in any column."""
        return not any(self.values)


@dataclass(frozen=True)
class Result:
    """A result: this year, the year before, and the budget.

    Attributes:
        rows: Columns are this year, the year before, the budget.
        has_previous: Whether there is a year before.
        has_budget: Whether a budget was handed over.
        commitments: Accounts of class 8 that no line shows.
    """

    rows: tuple[StatementRow, ...]
    has_previous: bool
    has_budget: bool
    commitments: tuple[AccountValue, ...] = ()

    def value(self, key: str, column: int = 0) -> Money:
        """Return a figure by the key of its line."""
        return next(row.values[column] for row in self.rows if row.key == key)


@dataclass(frozen=True)
class BalanceSheet:
    """What the canteen owns and owes.

    Attributes:
        assets: Columns are gross, depreciation, net, net of the year before.
        liabilities: Columns are this year and the year before.
    """

    assets: tuple[StatementRow, ...]
    liabilities: tuple[StatementRow, ...]
    has_previous: bool

    def value(self, key: str, column: int = 0) -> Money:
        """Return a figure by the key of its line, net for assets in column 0."""
        for row in self.assets:
            if row.key == key:
                return row.values[2 + column]
        return next(row.values[column] for row in self.liabilities if row.key == key)


@dataclass
class _Gathered:
    """Accounts by rubric, and their values by column."""

    columns: int
    rubrics: Sequence[Rubric]
    by_rubric: dict[str, dict[str, tuple[str, list[Money]]]] = field(
        default_factory=dict[str, dict[str, tuple[str, list[Money]]]]
    )

    def add(self, key: str, number: str, title: str, column: int, amount: Money) -> None:
        here = self.by_rubric.setdefault(key, {})
        _, values = here.setdefault(number, (title, [ZERO] * self.columns))
        values[column] += amount

    def keys_of(self, groups: Sequence[str]) -> list[str]:
        """Return the keys of the rubrics of some groups, in order."""
        return [one.key for group in groups for one in self.rubrics if one.group == group]

    def accounts(self, key: str) -> tuple[AccountValue, ...]:
        here = self.by_rubric.get(key, {})
        return tuple(
            AccountValue(number, title, tuple(values))
            for number, (title, values) in sorted(here.items())
        )


def result(
    session: Session,
    year: FiscalYear,
    *,
    before: date | None = None,
    previous_before: date | None = None,
    planned: Mapping[str, Money] | None = None,
) -> Result:
    """Return the result of a year in the layout of associations, in kind below.

    Args:
        session: A session that reads.
        year: The year.
        before: Only days before this one; ``None`` for the whole year.
        previous_before: The same for the year before.
        planned: Budget by beginning of accounts, positive as the statement shows it.
    """
    gathered = _Gathered(3, layout().result)
    _gather_result(gathered, 0, year_sums(session, year, before), year.numbering)
    last = year_before(session, year)
    if last is not None:
        _gather_result(gathered, 1, year_sums(session, last, previous_before), last.numbering)
    for nature, amount in (planned or {}).items():
        place = place_of(nature, year.numbering, is_debit=nature[0] == "6")
        gathered.add(place.key, nature, "", 2, amount)
    return Result(
        _rows(gathered),
        last is not None,
        planned is not None,
        gathered.accounts(""),
    )


def balance_sheet(
    session: Session, year: FiscalYear, *, before: date | None = None
) -> BalanceSheet:
    """Return the balance sheet at the end of a year, or before a day of it.

    Args:
        session: A session that reads.
        year: The year.
        before: First day that does not count any more; ``None`` for the end of the year.
    """
    assets, owed = _Gathered(4, layout().assets), _Gathered(2, layout().liabilities)
    here = position(session, year, before)
    _gather_position(assets, owed, 0, here, year.numbering)
    last = year_before(session, year)
    if last is not None:
        _gather_position(assets, owed, 1, position(session, last), last.numbering)
    return BalanceSheet(_rows(assets), _rows(owed), last is not None)


def shown(number: str, net: Money) -> Money:
    """Return a balance as the result shows it: income positive, expenses positive."""
    return -net if number.startswith(("7", "87")) else net


def _gather_result(
    gathered: _Gathered, column: int, sums: Iterable[AccountSum], numbering: Numbering
) -> None:
    for number, title, net in sums:
        place = place_of(number, numbering, is_debit=net.cents > 0)
        gathered.add(place.key, number, title, column, shown(number, net))


def _gather_position(
    assets: _Gathered, owed: _Gathered, column: int, here: Position, numbering: Numbering
) -> None:
    for number, title, net in here.accounts:
        place = place_of(number, numbering, is_debit=net.cents > 0)
        if place.table == "liabilities":
            owed.add(place.key, number, title, column, -net)
        elif column:
            assets.add(place.key, number, title, 3, net)
        else:
            assets.add(place.key, number, title, 1 if place.is_wear else 0, net)
            assets.add(place.key, number, title, 2, net)
    if here.carried:
        words = tr("Résultats antérieurs, sans écriture d’à-nouveaux")
        owed.add("pending-result", "", words, column, here.carried)
    owed.add("year-result", "", tr("Produits moins charges"), column, here.result)


def _rows(gathered: _Gathered) -> tuple[StatementRow, ...]:
    rubrics = gathered.rubrics
    leaves = {one.key: _sum(gathered.accounts(one.key), gathered.columns) for one in rubrics}
    groups: dict[str, tuple[Money, ...]] = {}
    for rubric in rubrics:
        if rubric.group:
            groups[rubric.group] = _plus(
                groups.get(rubric.group, (ZERO,) * gathered.columns), leaves[rubric.key]
            )
    rows: list[StatementRow] = []
    inside = ""
    for rubric in rubrics:
        if rubric.kind is Kind.LEAF:
            inside = rubric.key
        rows.append(_row(rubric, inside, gathered, groups))
    return tuple(rows)


def _row(
    rubric: Rubric, inside: str, gathered: _Gathered, groups: Mapping[str, tuple[Money, ...]]
) -> StatementRow:
    nothing = (ZERO,) * gathered.columns
    if rubric.kind is Kind.HEAD:
        return StatementRow("", rubric.title, rubric.kind, nothing)
    if rubric.kind is Kind.TOTAL:
        values = nothing
        for group in rubric.plus:
            values = _plus(values, groups.get(group, nothing))
        for group in rubric.minus:
            taken = tuple(-value for value in groups.get(group, nothing))
            values = _plus(values, taken)
        behind = _behind_total(rubric, gathered)
        return StatementRow(rubric.key, rubric.title, rubric.kind, values, behind)
    behind = gathered.accounts(inside)
    if rubric.kind is Kind.OF_WHICH:
        behind = tuple(one for one in behind if one.number.startswith(rubric.accounts))
    key = rubric.key or f"{inside}:{rubric.accounts[0]}"
    return StatementRow(key, rubric.title, rubric.kind, _sum(behind, gathered.columns), behind)


def _behind_total(rubric: Rubric, gathered: _Gathered) -> tuple[AccountValue, ...]:
    """Return the accounts a total adds, then those it takes off, negative."""
    found: list[AccountValue] = []
    for groups, sign in ((rubric.plus, 1), (rubric.minus, -1)):
        for key in gathered.keys_of(groups):
            found += [
                one._replace(values=tuple(Money(sign * value.cents) for value in one.values))
                for one in gathered.accounts(key)
            ]
    return tuple(found)


def _sum(accounts: Sequence[AccountValue], columns: int) -> tuple[Money, ...]:
    return tuple(
        Money(sum(one.values[column].cents for one in accounts)) for column in range(columns)
    )


def _plus(one: Sequence[Money], other: Sequence[Money]) -> tuple[Money, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))
