"""May this kitchen use a lighter plan? Its activity, beside what the instruction permits.

The instruction was read on a secondary page only: every screen and sheet says so.

Source: IT2018.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.plan.in_force import regime_of
from cantine_desktop.hygiene.plan.model import Activity, Regime
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.values.period import Period

MOST_MEALS = 1000
"""Meals a week up to which a collective kitchen may use a lighter plan. Source: IT2018."""

MOST_HANDLERS = 5
"""People handling food up to which another trade may. Source: IT2018."""

WEEKS = 12
"""Weeks looked back on."""

PERMITS: tuple[str, ...] = (
    mark("certaines consignes se transmettent de vive voix, au lieu d’être écrites"),
    mark("l’analyse des dangers et le plan HACCP peuvent être allégés"),
    mark("la traçabilité interne (quel lot dans quel plat) n’est pas obligatoire"),
)
"""What the instruction lets a kitchen do. Source: IT2018."""

REVOCABLE = mark("L’inspecteur peut retirer cette souplesse si les résultats ne suivent pas.")


class Measured(StrEnum):
    """What a test of the instruction counts."""

    MEALS = "meals"
    HANDLERS = "handlers"


class Test(NamedTuple):
    """One test of the instruction, and where the kitchen stands.

    Attributes:
        counts: What is counted.
        regime: The regime it belongs to.
        highest: The highest week of those noted; ``None`` when none is.
        most: Up to this the lighter plan is permitted.
        weeks: Weeks noted, of the last twelve.
    """

    counts: Measured
    regime: Regime
    highest: int | None
    most: int
    weeks: int

    @property
    def is_met(self) -> bool | None:
        """Whether it is met; ``None`` while nothing was noted."""
        return None if self.highest is None else self.highest <= self.most


class Week(NamedTuple):
    """The activity of a week, ``None`` where it was not noted."""

    monday: date
    meals: int | None
    handlers: int | None


def note_activity(
    session: Session, day: date, meals: int | None, handlers: int | None
) -> Activity | None:
    """Note how busy the week of a day was; both empty forgets the week.

    Args:
        session: Of an action.
        day: Any day of the week.
        meals: Meals made that week, 0 to 50 000.
        handlers: Most people handling food on one day, 0 to 500.

    Raises:
        UserError: A figure makes no sense.
    """
    if not 0 <= (meals or 0) <= 50_000 or not 0 <= (handlers or 0) <= 500:
        raise UserError(tr("De 0 à 50 000 repas et de 0 à 500 personnes par semaine."))
    monday = Period.week(day).first
    row = session.scalar(select(Activity).where(Activity.monday == monday))
    if meals is None and handlers is None:
        if row is not None:
            session.delete(row)
        return None
    if row is None:
        row = Activity(monday=monday)
        session.add(row)
    row.meals, row.handlers = meals, handlers
    return row


def weeks(session: Session, day: date) -> list[Week]:
    """Return the last twelve weeks with the one of a day, the latest first, noted or not."""
    last = Period.week(day).first
    first = last - timedelta(weeks=WEEKS - 1)
    rows = session.scalars(
        select(Activity).where(Activity.monday >= first, Activity.monday <= last)
    )
    noted = {row.monday: row for row in rows}
    mondays = [last - timedelta(weeks=n) for n in range(WEEKS)]
    return [
        Week(monday, row.meals, row.handlers)
        if (row := noted.get(monday)) is not None
        else Week(monday, None, None)
        for monday in mondays
    ]


def tests(session: Session, day: date) -> list[Test]:
    """Return the tests that apply to the regime of a day, and where the kitchen stands."""
    regime = regime_of(session, day)
    known = weeks(session, day)
    found: list[Test] = []
    if regime is not Regime.COMMERCIAL:
        meals = [week.meals for week in known if week.meals is not None]
        found.append(_test(Measured.MEALS, Regime.COLLECTIVE, meals, MOST_MEALS))
    if regime is not Regime.COLLECTIVE:
        handlers = [week.handlers for week in known if week.handlers is not None]
        found.append(_test(Measured.HANDLERS, Regime.COMMERCIAL, handlers, MOST_HANDLERS))
    return found


def _test(counts: Measured, regime: Regime, figures: Sequence[int], most: int) -> Test:
    return Test(counts, regime, max(figures, default=None), most, len(figures))


def rule_words(test: Test) -> str:
    """Say a test: which regime it belongs to, and its limit."""
    if test.counts is Measured.MEALS:
        return tr("Restauration collective : 1 000 repas par semaine au plus")
    return tr("Restauration commerciale : 5 personnes au plus au contact des denrées")


def state_words(test: Test) -> str:
    """Say where the kitchen stands."""
    if test.highest is None:
        return tr("Notez l’activité de quelques semaines pour le savoir.")
    noted = trn("{n} semaine notée", "{n} semaines notées", test.weeks)
    if test.counts is Measured.MEALS:
        said = tr("Semaine la plus forte : {n} repas ({noted}).")
    else:
        said = tr("Jour le plus fort : {n} personnes ({noted}).")
    return said.format(n=test.highest, noted=noted)


def verdict_words(test: Test) -> str:
    """Say whether a lighter plan is permitted by a test, as far as is known."""
    if test.is_met is None:
        return tr("Pas encore connu")
    return tr("Plan allégé possible") if test.is_met else tr("Plan complet")


def warning_words(regime: Regime) -> str:
    """Say what is uncertain: where the text was read, and whether cooks of the day count."""
    said = tr("Instruction DGAL/SDSSA/2018-924, lue sur une source secondaire : à vérifier.")
    if regime is Regime.COLLECTIVE:
        return said
    return (
        said
        + " "
        + tr(
            "Le texte lu ne dit pas si les convives qui cuisinent comptent parmi les 5 personnes : "
            "comptez-les, et demandez à votre DDPP."
        )
    )
