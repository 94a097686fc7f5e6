"""A year of money, told as facts and as the bank shows them, before anything is written."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means
from cantine_desktop.office.demo_money import year
from cantine_desktop.office.demo_money.suppliers import (
    CARD_PURCHASES,
    SAME_SPENDING,
    SUPPLIERS,
    Supplier,
)
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

CARD_FEE = 175
"""What the card terminal keeps, in hundredths of a percent."""
VOUCHER_FEE = 300
_SATURDAY = 6


class Settled(NamedTuple):
    """What a bank line settles: an account and the proof of the line waiting there."""

    account: str
    piece_ref: str


class Shown(NamedTuple):
    """A line of the bank, and what it truly is.

    Attributes:
        settles: Lines that wait for it.
        account: Where it goes when nothing waits for it; empty when something does, or
            when nobody knows yet.
        party: Code of the supplier or customer it pays, or empty.
    """

    day: date
    amount: Money
    label: str
    settles: tuple[Settled, ...] = ()
    fee: Money = Money(0)
    account: str = ""
    activity: str = ""
    party: str = ""
    details: str = ""


@dataclass
class Invoice:
    """An invoice of a supplier."""

    supplier: Supplier
    day: date
    number: str
    amount: Money


class Deposit(NamedTuple):
    """Cash taken to the bank, or a slip of cheques.

    Attributes:
        pieces: Proofs of the takings whose cheques it holds.
    """

    day: date
    reference: str
    amount: Money
    pieces: tuple[str, ...] = ()


@dataclass
class Plan:
    """Everything that happens, in order of days within each list.

    Attributes:
        services: Key of the service of each of the takings, by rank.
    """

    takings: list[TakingsFacts] = field(default_factory=list[TakingsFacts])
    services: list[int] = field(default_factory=list[int])
    invoices: list[Invoice] = field(default_factory=list[Invoice])
    deposits: list[Deposit] = field(default_factory=list[Deposit])
    slips: list[Deposit] = field(default_factory=list[Deposit])
    shown: list[Shown] = field(default_factory=list[Shown])
    slipped: set[int] = field(default_factory=set[int])


def invoices_between(period: Period, spent: Mapping[tuple[str, date], int]) -> Iterator[Invoice]:
    """Yield the invoices of suppliers, alike for the same months.

    Args:
        period: From the first day of a month.
        spent: Cents spent besides, by account and first day of a month: invoices of the same
            spending come to the rest.
    """
    month = Period.month(period.first)
    while month.first < period.end:
        for rank, supplier in enumerate(SUPPLIERS):
            cents = _spending(supplier, month) - _besides(supplier, month, spent)
            yield from _invoices_of(supplier, rank, month, cents)
        month = Period.month(month.end)


def _spending(supplier: Supplier, month: Period) -> int:
    number = month.first.month
    if supplier.account != Role.FOOD:
        return supplier.spending.of(number)
    bought = Money(supplier.spending.of(number) - year.stock_change(number))
    shares = [each.share if each.account == Role.FOOD else 0 for each in SUPPLIERS]
    return bought.split(shares)[SUPPLIERS.index(supplier)].cents


def _besides(supplier: Supplier, month: Period, spent: Mapping[tuple[str, date], int]) -> int:
    accounts = SAME_SPENDING.get(supplier.code, ())
    journey = year.JOURNEY if month.first.month in year.JOURNEYS else 0
    claimed = journey if Role.TRAVEL in accounts else 0
    return claimed + sum(spent.get((account, month.first), 0) for account in accounts)


def _invoices_of(supplier: Supplier, rank: int, month: Period, cents: int) -> Iterator[Invoice]:
    if cents <= 0:
        return
    dice = random.Random(f"{supplier.code}{month.first}")  # noqa: S311  -- fiction
    days = [
        day
        for day in month.days
        if day.isoweekday() < _SATURDAY and not (supplier.activity == "REPAS" and _is_holiday(day))
    ]
    count = max(1, min(supplier.invoices, len(days) // 3))
    weights = [100 + dice.randint(-supplier.spread, supplier.spread) for _each in range(count)]
    for turn, amount in enumerate(Money(cents).split(weights)):
        day = days[min(len(days) - 1, (rank % 3) + turn * len(days) // count)]
        number = f"{month.first:%y}{rank:02d}{8 * (month.first.month - 1) + turn:02d}"
        yield Invoice(supplier, day, number, amount)


def spent_besides(shown: Iterable[Shown]) -> dict[tuple[str, date], int]:
    """Return what small lines of the bank cost, by account and first day of the month."""
    found: dict[tuple[str, date], int] = defaultdict(int)
    for line in shown:
        month = line.day.replace(day=1)
        found[Role.BANK_FEES, month] += line.fee.cents
        if line.account and line.amount.cents < 0:
            found[line.account, month] -= line.amount.cents
    return found


def _is_holiday(day: date) -> bool:
    return (8, 3) <= (day.month, day.day) <= (8, 23)


def _working(day: date) -> date:
    while day.isoweekday() >= _SATURDAY:
        day += DAY
    return day


def shown_invoices(invoices: Iterable[Invoice]) -> Iterator[Shown]:
    """Yield how the bank shows the payment of invoices."""
    for invoice in invoices:
        supplier = invoice.supplier
        yield Shown(
            _working(invoice.day + supplier.wait),
            -invoice.amount,
            supplier.shown.format(n=invoice.number),
            (Settled(Role.SUPPLIERS, invoice.number),),
            party=supplier.code,
        )


def shown_cards(takings: Iterable[TakingsFacts], references: dict[int, str]) -> Iterator[Shown]:
    """Yield the payouts of the card terminal: one a day, all its services, less the fee."""
    days: dict[date, list[tuple[str, int]]] = defaultdict(list)
    for rank, facts in enumerate(takings):
        gross = by_means(facts, Means.CARD)
        if gross:
            days[facts.day].append((references[rank], gross))
    for day, found in sorted(days.items()):
        gross = sum(cents for _reference, cents in found)
        fee = (gross * CARD_FEE + 5_000) // 10_000
        paid = _working(day + DAY)
        yield Shown(
            paid,
            Money(gross - fee),
            f"VIR SUMUP PAYMENTS PID{day:%y%m%d}",
            tuple(Settled(Role.CARDS, reference) for reference, _cents in found),
            Money(fee),
        )


def shown_monthly(
    takings: Iterable[TakingsFacts],
    references: dict[int, str],
    means: Means,
    account: str,
    fee_rate: int,
    label: str,
) -> Iterator[Shown]:
    """Yield the payouts that come once a month for the month before."""
    months: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    for rank, facts in enumerate(takings):
        gross = by_means(facts, means)
        if gross:
            months[facts.day.year, facts.day.month].append((references[rank], gross))
    for (of_year, month), found in sorted(months.items()):
        gross = sum(cents for _reference, cents in found)
        fee = (gross * fee_rate + 5_000) // 10_000
        paid = _working(Period.month(date(of_year, month, 1)).end + timedelta(days=4))
        yield Shown(
            paid,
            Money(gross - fee),
            label.format(n=4_400 + month),
            tuple(Settled(account, reference) for reference, _cents in found),
            Money(fee),
        )


def card_purchases(period: Period) -> Iterator[Shown]:
    """Yield small purchases by card, whose ticket somebody should join."""
    for rank, (label, account, activity, usual, every) in enumerate(CARD_PURCHASES):
        dice = random.Random(f"{label}{period.first.year}")  # noqa: S311  -- fiction
        day = period.first + timedelta(days=9 + 4 * rank)
        while day < period.end:
            cents = usual * (100 + dice.randint(-45, 45)) // 100
            shown = f"{label} {day:%d/%m}"
            yield Shown(_working(day), Money(-cents), shown, (), Money(0), account, activity)
            day += timedelta(days=every)


def by_means(facts: TakingsFacts, means: Means) -> int:
    """Return the cents that takings brought by one means."""
    return sum(amount.cents for (by, _purpose), amount in facts.parts.items() if by is means)
