"""Everything that is expected to move the treasury, day by day, and where it is known from."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.budget.actuals import Key, actuals_by_month
from cantine_desktop.finance.budget.flows import Expected, expected_flows, flows_to_come
from cantine_desktop.finance.budget.months import first_open, lacking, month_index, months_of
from cantine_desktop.finance.budget.planning import current
from cantine_desktop.finance.grants.following import GrantState, followed_grants
from cantine_desktop.finance.grants.model import Grant
from cantine_desktop.finance.ledger.balances import net_of
from cantine_desktop.finance.ledger.lettering import open_items
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.treasury.outflow import held_on
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

USUAL_TERM = timedelta(days=30)
"""When an invoice without a due day is paid."""
IN_TRANSIT = timedelta(days=7)
"""When takings that wait for the bank arrive."""
FALLBACK_GRANT = timedelta(days=90)
"""When a grant without a planned payment is expected."""
SOCIAL_DAY = 15


class Source(StrEnum):
    """Where an expected move is known from."""

    OPEN_ITEM = "open-item"
    TRANSIT = "transit"
    STATEMENT = "statement"
    SOCIAL = "social"
    GRANT = "grant"
    FLOW = "flow"
    BUDGET = "budget"
    HOPED = "hoped"


SOURCES = {
    Source.OPEN_ITEM: mark("Factures à payer ou à recevoir"),
    Source.TRANSIT: mark("Encaissements en route vers la banque"),
    Source.STATEMENT: mark("Déjà passé sur le relevé, à rapprocher"),
    Source.SOCIAL: mark("Salaires et cotisations déjà dus"),
    Source.GRANT: mark("Subventions accordées, pas encore versées"),
    Source.FLOW: mark("Flux prévus (loyer, prélèvements…)"),
    Source.BUDGET: mark("Budget des mois à venir"),
    Source.HOPED: mark("Subventions espérées l’an prochain, d’après le budget"),
}


class Event(NamedTuple):
    """Money expected in, or out when negative.

    Attributes:
        nature: Account or first digits it belongs to, for scenarios; may be empty.
    """

    day: date
    amount: Money
    label: str
    source: Source
    nature: str = ""


class Plan(NamedTuple):
    """What is expected, and what it stands on.

    Attributes:
        basis: Where the budget part comes from: ``"budget"``, ``"last-year"`` or ``""``.
    """

    events: list[Event]
    basis: str


def expected(session: Session, today: date, end: date) -> Plan:
    """Return what is expected after a day and before another, by day.

    Args:
        session: A session that reads.
        today: The present civil day; what was due by then and is still open falls soon.
        end: First day not foreseen any more.
    """
    flows = _flows(session, today, end)
    budget, basis = _budget(session, today, end, flows)
    found = [
        *_open_items(session, today),
        *_transit(session, today),
        *_on_statement(session, today),
        *_social(session, today),
        *_grants(session, today),
        *(Event(f.day, f.amount, f.label, Source.FLOW, f.nature) for f in flows),
        *budget,
    ]
    return Plan(sorted(event for event in found if event.day < end), basis)


def _open_items(session: Session, today: date) -> Iterator[Event]:
    for beginning in ("401", "404", "4681", "411"):
        for item in open_items(session, beginning):
            due = item.due_day or item.day + USUAL_TERM
            late = today + IN_TRANSIT if beginning != "411" else today + USUAL_TERM
            yield Event(
                due if due > today else late,
                item.amount,
                item.label,
                Source.OPEN_ITEM,
                item.account,
            )


def _transit(session: Session, today: date) -> Iterator[Event]:
    for beginning, words in (
        ("511", tr("Chèques, cartes et titres à encaisser")),
        ("4671", tr("HelloAsso à recevoir")),
        ("580", tr("Espèces en route vers la banque")),
    ):
        waiting = net_of(session, beginning)
        if waiting.cents > 0:
            yield Event(today + IN_TRANSIT, waiting, words, Source.TRANSIT, beginning)


def _on_statement(session: Session, today: date) -> Iterator[Event]:
    """Take off what the statement already holds of what the accounts still wait for."""
    unmatched = held_on(session, today).unmatched
    if unmatched:
        words = tr("Lignes du relevé pas encore rapprochées")
        yield Event(today + IN_TRANSIT, -unmatched, words, Source.STATEMENT, "512")


def _social(session: Session, today: date) -> Iterator[Event]:
    month = Period.month(today)
    fifteenth = month.first.replace(day=SOCIAL_DAY)
    next_one = month.end.replace(day=SOCIAL_DAY)
    for beginning, words, day in (
        ("421", tr("Salaires dus"), today + DAY * 5),
        ("43", tr("Cotisations sociales dues"), fifteenth if fifteenth > today else next_one),
        ("442", tr("Prélèvement à la source dû"), fifteenth if fifteenth > today else next_one),
    ):
        owed = net_of(session, beginning)
        if owed:
            yield Event(day, owed, words, Source.SOCIAL, beginning)


def _grants(session: Session, today: date) -> Iterator[Event]:
    told = 0
    payments = {
        grant.id: [(p.expected_on, p.amount) for p in grant.payments if p.received_on is None]
        for grant in session.scalars(select(Grant))
    }
    for grant in followed_grants(session, today):
        if grant.state is not GrantState.GRANTED or not grant.due:
            continue
        left = grant.due.cents
        told += left if grant.is_booked else 0
        for day, amount in payments[grant.key]:
            part = min(left, amount.cents)
            left -= part
            when = day if day > today else today + USUAL_TERM
            yield Event(when, Money(part), grant.title, Source.GRANT, "74")
        if left:
            yield Event(today + FALLBACK_GRANT, Money(left), grant.title, Source.GRANT, "74")
    rest = net_of(session, "441").cents - told
    if rest > 0:
        words = tr("Autres subventions à recevoir")
        yield Event(today + FALLBACK_GRANT, Money(rest), words, Source.GRANT, "74")


def _flows(session: Session, today: date, end: date) -> list[Expected]:
    year = find_year(session, today)
    return flows_to_come(session, year, today, end) if year else expected_flows(session, today, end)


_UNPAID = ("603", "68", "69", "747", "777", "78", "86", "87", "131")
"""Lines of a budget that move no money."""
_HOPED = ("74", "755")
"""Grants: this year’s come from their own screen, the next ones are hoped for again."""
_LATE = ("60", "61", "62", "63", "645", "646", "647")
"""Paid the month after they are counted."""


def _budget(
    session: Session, today: date, end: date, flows: Iterable[Expected]
) -> tuple[list[Event], str]:
    """Return the budget of the months to come, less what planned flows already tell."""
    year = find_year(session, today) or session.scalar(
        select(FiscalYear).order_by(FiscalYear.first.desc()).limit(1)
    )
    if year is None:
        return [], ""
    planned, basis = _by_nature(session, year)
    if not planned:
        return [], ""
    known = _known(flows)
    left = _left(session, year, today, planned)
    count = len(months_of(year))
    found: list[Event] = []
    month = Period.month(today)
    while month.first < end:
        index = (month.first.year - year.first.year) * 12 + month.first.month - year.first.month
        for nature, (label, months) in planned.items():
            if month.first < year.end and nature.startswith(_HOPED):
                continue
            cents = months[index % count]
            if month.first <= today and index < count:
                cents = left[nature]
            sign = 1 if nature[0] == "7" else -1
            amount = sign * cents - known.get((nature, month.first), 0)
            if amount * sign > 0:
                day = _paid_on(nature, month, today)
                source = Source.HOPED if nature.startswith(_HOPED) else Source.BUDGET
                found.append(Event(day, Money(amount), label, source, nature))
        month = Period.month(month.end)
    return found, basis


def _by_nature(session: Session, year: FiscalYear) -> tuple[dict[str, tuple[str, list[int]]], str]:
    """Return cents by month of each nature that is paid: the budget, or the year before."""
    budget = current(session, year)
    found: dict[str, tuple[str, list[int]]] = {}
    if budget is not None and budget.lines:
        for line in budget.lines:
            if not line.nature.startswith(_UNPAID):
                label, months = found.get(line.nature, (line.label, [0] * len(line.months)))
                added = [a + b for a, b in zip(months, line.months, strict=True)]
                found[line.nature] = label, added
        return found, "budget"
    last = session.scalar(select(FiscalYear).where(FiscalYear.end == year.first)) or year
    for (number, _), months in actuals_by_month(session, last).items():
        if not number.startswith(_UNPAID) and len(months) == len(months_of(year)):
            label, known = found.get(number, (number, [0] * len(months)))
            found[number] = label, [a + b for a, b in zip(known, months, strict=True)]
    return found, "last-year" if found else ""


def _left(
    session: Session, year: FiscalYear, today: date, planned: dict[str, tuple[str, list[int]]]
) -> dict[str, int]:
    """Return what each nature still lacks in the months not closed yet, in cents."""
    spent = actuals_by_month(session, year, today + DAY)
    month, count = month_index(year, today), len(months_of(year))
    if month >= count:
        return {}
    span = first_open(year, month), month
    return {
        nature: lacking(months, _counted(spent, nature, count), span)
        for nature, (_, months) in planned.items()
    }


def _counted(spent: dict[Key, list[int]], nature: str, count: int) -> list[int]:
    """Return what accounts of a nature counted, in cents by month."""
    rows = [values for (number, _), values in spent.items() if number.startswith(nature)]
    return [sum(row[index] for row in rows) for index in range(count)]


def _known(flows: Iterable[Expected]) -> dict[tuple[str, date], int]:
    """Return cents of planned flows by nature and first day of the month they are for."""
    found: dict[tuple[str, date], int] = {}
    for flow in flows:
        if flow.nature:
            for length in range(1, len(flow.nature) + 1):
                key = flow.nature[:length], flow.day.replace(day=1)
                found[key] = found.get(key, 0) + flow.amount.cents
    return found


def _paid_on(nature: str, month: Period, today: date) -> date:
    if nature.startswith(_LATE):
        return max(month.end.replace(day=SOCIAL_DAY), today + DAY)
    if nature.startswith("64"):
        return max(month.last, today + DAY)
    return max(month.first.replace(day=20), today + DAY)
