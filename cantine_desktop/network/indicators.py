"""The figures a canteen follows: how each is called, computed and read."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.breach_rows import action_delays
from cantine_desktop.hygiene.catalogue import MATRICES, REGISTERS
from cantine_desktop.hygiene.cleaning import weeks
from cantine_desktop.hygiene.model import Breach
from cantine_desktop.hygiene.queries import completeness
from cantine_desktop.hygiene.registers import states
from cantine_desktop.i18n import mark, round_half_up
from cantine_desktop.network import (
    finance_indicators,
    meal_indicators,
    staff_indicators,
    supply_indicators,
)
from cantine_desktop.network.indicator import Indicator
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.period import DAY, Period


class Figure(NamedTuple):
    """An indicator and its value over a period."""

    indicator: Indicator
    value: Decimal | None


def figures(
    session: Session, period: Period, today: date, actor: Actor | None = None
) -> list[Figure]:
    """Compute the indicators over the part of a period that is lived.

    Days to come are left out; of controls, today too: what is not due yet is neither done nor
    missed.

    Args:
        session: A reading session.
        period: Days asked for.
        today: The present civil day.
        actor: Who asks; indicators on data closed to them are left out.
    """
    found: list[Figure] = []
    for indicator in INDICATORS:
        if actor is None or actor.may_read(indicator.area):
            days = lived(indicator, period, today)
            found.append(Figure(indicator, indicator.compute(session, days) if days else None))
    return found


def lived(indicator: Indicator, period: Period, today: date) -> Period | None:
    """Return the part of a period that an indicator is computed over, if any."""
    end = min(period.end, today if indicator.area == "hygiene" else today + DAY)
    return Period(period.first, end) if period.first < end else None


def _readings_done(session: Session, period: Period) -> Decimal | None:
    counted = completeness(session, period)
    if not counted.due:
        return None
    return round_half_up(Decimal(100 * counted.done) / counted.due, 1)


def _controls_done(session: Session, period: Period) -> Decimal | None:
    registers = [each for each in REGISTERS if each.applies(session)]
    matrices = [each for each in MATRICES if each.applies(session)]
    counted = [
        completeness(session, period),
        *(states.counts(session, register, period) for register in registers),
        *(weeks.counts(session, matrix, period) for matrix in matrices),
    ]
    due = sum(each.due for each in counted)
    if not due:
        return None
    return round_half_up(Decimal(100 * sum(each.done for each in counted)) / due, 1)


def _open_breaches(session: Session, period: Period) -> Decimal | None:
    query = (
        select(func.count(Breach.id))
        .where(Breach.day >= period.first, Breach.day < period.end)
        .where(Breach.closed_at.is_(None), Breach.withdrawn_at.is_(None))
    )
    return Decimal(session.scalar(query) or 0)


def _action_delay(session: Session, period: Period) -> Decimal | None:
    delays = action_delays(session, period)
    if not delays:
        return None
    return round_half_up(Decimal(sum(delays)) / len(delays), 1)


_HYGIENE: tuple[Indicator, ...] = (
    Indicator(
        "controls-done",
        mark("Contrôles faits"),
        mark(
            "Contrôles notés ÷ contrôles dus, toutes fiches ensemble : températures, fiches, "
            "nettoyage. Une ligne incomplète n’est pas faite, un oubli expliqué non plus."
        ),
        "%",
        _controls_done,
        "K28",
        "hygiene",
    ),
    Indicator(
        "readings-done",
        mark("Relevés de température faits"),
        mark("Températures notées ÷ relevés dus ; un jour fermé n’est pas dû, un oubli l’est."),
        "%",
        _readings_done,
        "K28",
        "hygiene",
    ),
    Indicator(
        "open-breaches",
        mark("Non-conformités ouvertes"),
        mark("Écarts de toute fiche survenus dans la période, que rien n’a encore réglés."),
        "",
        _open_breaches,
        "K28",
        "hygiene",
    ),
    Indicator(
        "action-delay",
        mark("Délai moyen avant une action corrective"),
        mark(
            "Heures entre l’écart noté et la première action, en moyenne ; un écart sans action "
            "n’y compte pas encore, une non-conformité annulée jamais."
        ),
        "h",
        _action_delay,
        "K28",
        "hygiene",
    ),
)


def _rank(indicator: Indicator) -> int:
    return int(indicator.code.removeprefix("K"))


INDICATORS: tuple[Indicator, ...] = tuple(
    sorted(
        (
            *_HYGIENE,
            *meal_indicators.INDICATORS,
            *finance_indicators.INDICATORS,
            *supply_indicators.INDICATORS,
            *staff_indicators.INDICATORS,
        ),
        key=_rank,
    )
)
"""Every indicator, in the order of the list."""
