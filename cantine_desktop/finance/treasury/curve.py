"""The cash curve of the months to come, under a scenario, and the trouble it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.statements.policy import policy
from cantine_desktop.finance.treasury.events import Event, Source, expected
from cantine_desktop.finance.treasury.model import Scenario
from cantine_desktop.finance.treasury.outflow import Runway, balance_on, runway
from cantine_desktop.i18n import long_day, mark, money, number, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period


@dataclass(frozen=True)
class Supposed:
    """What is supposed of the months to come; see ``Scenario`` for what each value means."""

    name: str = ""
    grant_delay: int = 0
    grants_lost: int = 0
    meals_change: int = 0
    costs_change: int = 0
    one_off: Money = Money(0)  # noqa: RUF009  -- frozen
    one_off_on: date | None = None


AS_PLANNED = Supposed(mark("Comme prévu"))
LATE_GRANT = Supposed(mark("Subventions +3 mois"), grant_delay=3)
FEWER_MEALS = Supposed(mark("Repas −10 %"), meals_change=-10)
SHIPPED = (AS_PLANNED, LATE_GRANT, FEWER_MEALS)
"""Scenarios every canteen has; its own come after."""


class CurveMonth(NamedTuple):
    """A month of the curve.

    Attributes:
        incoming: What comes in.
        outgoing: What goes out, positive.
        closing: What is held at its end.
        lowest: The least held on one of its days.
        lowest_on: That day.
    """

    first: date
    incoming: Money
    outgoing: Money
    closing: Money
    lowest: Money
    lowest_on: date


@dataclass(frozen=True)
class Curve:
    """The months to come under a scenario.

    Attributes:
        opening: Held today.
        least: Balance under which there is trouble.
        trouble_on: First day under it; ``None`` when none comes.
        events: What moves the curve, by day.
        basis: Where the budget part comes from: ``"budget"``, ``"last-year"`` or ``""``.
    """

    supposed: Supposed
    today: date
    opening: Money
    least: Money
    months: tuple[CurveMonth, ...]
    trouble_on: date | None
    events: tuple[Event, ...]
    basis: str
    runway: Runway

    @property
    def lowest(self) -> CurveMonth:
        """The month whose lowest day is the lowest of all."""
        return min(self.months, key=_lowest)


def _lowest(month: CurveMonth) -> int:
    return month.lowest.cents


def curves(
    session: Session, today: date, supposed: Iterable[Supposed], months: int = 12
) -> list[Curve]:
    """Return the curve of the months to come under each scenario.

    Args:
        session: A session that reads.
        today: The present civil day.
        supposed: Scenarios.
        months: How many months, the present one included.
    """
    end = _month_later(today.replace(day=1), months)
    plan = expected(session, today, end)
    opening, least = balance_on(session, today), policy(session).least_cash
    pace = runway(session, today)
    return [
        _curve(plan.events, plan.basis, one, (today, end), (opening, least), pace)
        for one in supposed
    ]


def own_scenarios(session: Session) -> list[Supposed]:
    """Return the scenarios the canteen made, by name."""
    rows = session.scalars(select(Scenario).order_by(Scenario.name))
    return [
        Supposed(
            row.name,
            row.grant_delay,
            row.grants_lost,
            row.meals_change,
            row.costs_change,
            row.one_off,
            row.one_off_on,
        )
        for row in rows
    ]


def keep_scenario(session: Session, supposed: Supposed) -> None:
    """Keep a scenario of the canteen, new or changed, by its name.

    Raises:
        UserError: It has no name, changes nothing, or has impossible values.
    """
    name = supposed.name.strip()
    if not name or name in {tr(one.name) for one in SHIPPED}:
        raise UserError(tr("Donnez à ce scénario un nom à lui."))
    if not 0 <= supposed.grants_lost <= 100 or not 0 <= supposed.grant_delay <= 24:
        raise UserError(tr("Un retard va de 0 à 24 mois, une perte de 0 à 100 %."))
    if supposed.meals_change < -100 or supposed.costs_change < -100:
        raise UserError(tr("Une baisse va au plus à −100 %."))
    if supposed.one_off and supposed.one_off_on is None:
        raise UserError(tr("Dites quel jour tombe ce montant."))
    row = session.scalar(select(Scenario).where(Scenario.name == name))
    if row is None:
        row = Scenario(name=name)
        session.add(row)
    for field in (
        *("grant_delay", "grants_lost", "meals_change", "costs_change"),
        *("one_off", "one_off_on"),
    ):
        setattr(row, field, getattr(supposed, field))
    session.flush()


def drop_scenario(session: Session, name: str) -> None:
    """Forget a scenario of the canteen."""
    row = session.scalar(select(Scenario).where(Scenario.name == name))
    if row is not None:
        session.delete(row)
        session.flush()


def suppose(events: Iterable[Event], supposed: Supposed) -> list[Event]:
    """Return what is expected under a scenario, by day."""
    found = [_changed(event, supposed) for event in events]
    if supposed.one_off and supposed.one_off_on is not None:
        words = tr("Scénario : {name}").format(name=tr(supposed.name))
        found.append(Event(supposed.one_off_on, supposed.one_off, words, Source.FLOW))
    return sorted(found)


def _changed(event: Event, supposed: Supposed) -> Event:
    if event.source in {Source.GRANT, Source.HOPED}:
        kept = Money(event.amount.cents * (100 - supposed.grants_lost) // 100)
        return event._replace(day=_months_after(event.day, supposed.grant_delay), amount=kept)
    if event.source is not Source.BUDGET:
        return event
    cents = event.amount.cents
    if event.nature.startswith(("706", "601")):
        cents = cents * (100 + supposed.meals_change) // 100
    if event.nature.startswith(("60", "61", "62")):
        cents = cents * (100 + supposed.costs_change) // 100
    return event._replace(amount=Money(cents))


def _curve(
    events: list[Event],
    basis: str,
    supposed: Supposed,
    span: tuple[date, date],
    held: tuple[Money, Money],
    pace: Runway,
) -> Curve:
    (today, end), (opening, least) = span, held
    moved = [event for event in suppose(events, supposed) if today < event.day < end]
    cents, trouble = opening.cents, (today if opening < least else None)
    months: list[CurveMonth] = []
    first = today.replace(day=1)
    while first < end:
        month = Period.month(first)
        here = [event for event in moved if event.day in month]
        lowest, lowest_on = cents, max(first, today)
        for day in sorted({event.day for event in here}):
            cents += sum(event.amount.cents for event in here if event.day == day)
            if cents < lowest:
                lowest, lowest_on = cents, day
            if trouble is None and cents < least.cents:
                trouble = day
        incoming = sum(event.amount.cents for event in here if event.amount.cents > 0)
        outgoing = -sum(event.amount.cents for event in here if event.amount.cents < 0)
        months.append(
            CurveMonth(
                first, Money(incoming), Money(outgoing), Money(cents), Money(lowest), lowest_on
            )
        )
        first = month.end
    return Curve(supposed, today, opening, least, tuple(months), trouble, tuple(moved), basis, pace)


def trouble_words(curve: Curve) -> str:
    """Return in one sentence when the money runs short, or that it does not."""
    last = curve.months[-1]
    if curve.trouble_on is None:
        return tr(
            "La trésorerie reste au-dessus de {least} sur {count} mois ; au plus bas {lowest},"
            " le {day}."
        ).format(
            least=money(curve.least),
            count=len(curve.months),
            lowest=money(curve.lowest.lowest),
            day=long_day(curve.lowest.lowest_on),
        )
    if curve.trouble_on == curve.today:
        words = tr("La trésorerie est déjà sous {least} ; au plus bas {lowest}, le {day}.")
    elif curve.least:
        words = tr(
            "La trésorerie passe sous {least} le {trouble} ; au plus bas {lowest}, le {day}."
        )
    else:
        words = tr("L’argent manque à partir du {trouble} : {lowest} au plus bas, le {day}.")
    if last.closing.cents > curve.least.cents:
        words += " " + tr("Elle est remontée à {closing} à la fin.")
    return words.format(
        least=money(curve.least),
        trouble=long_day(curve.trouble_on),
        lowest=money(curve.lowest.lowest),
        day=long_day(curve.lowest.lowest_on),
        closing=money(last.closing),
    )


def runway_words(pace: Runway, today: date) -> str:
    """Return the runway in one sentence."""
    where = tr("en banque et en caisse")
    if pace.statement_on is not None:
        where = tr("en banque (relevé du {day}) et en caisse").format(
            day=short_day(pace.statement_on)
        )
    if pace.months is None:
        return tr("{balance} {where} ; aucune dépense connue sur trois mois.").format(
            balance=money(pace.balance), where=where
        )
    words = tr("{balance} {where} : {months} mois de dépenses, au rythme de {outflow} par mois.")
    if pace.from_charges:
        words += " " + tr(
            "La banque n’est pas encore rapprochée : ce rythme est celui des charges."
        )
    elif pace.told_until is not None and pace.period.end < today.replace(day=1):
        words += " " + tr("La banque est rapprochée jusqu’au {day} : faites la suite.").format(
            day=long_day(pace.told_until)
        )
    return words.format(
        balance=money(pace.balance),
        where=where,
        months=number(pace.months),
        outflow=money(pace.outflow),
    )


def _month_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _months_after(day: date, months: int) -> date:
    first = _month_later(day.replace(day=1), months)
    last = (_month_later(first, 1) - DAY).day
    return first.replace(day=min(day.day, last))
