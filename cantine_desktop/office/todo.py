"""What else is asked for today: a line each, with where it is done.

Other slices add a line by a function in ``SOURCES``: it reads, and returns what waits.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.catalogue import MATRICES, REGISTERS
from cantine_desktop.hygiene.cleaning import weeks
from cantine_desktop.hygiene.cleaning.matrices import CLEANING
from cantine_desktop.hygiene.cleaning.tasks import cleaning_tasks
from cantine_desktop.hygiene.equipment.due import Due, DueKind, due_soon
from cantine_desktop.hygiene.food.model import Cooling, Sample
from cantine_desktop.hygiene.lots import blocked_lots
from cantine_desktop.hygiene.model import Reading, WeekSignature
from cantine_desktop.hygiene.plan.in_force import version_in_force
from cantine_desktop.hygiene.registers.states import states_of
from cantine_desktop.i18n import hour, tr, trn
from cantine_desktop.office import todo_meals, todo_money, todo_staff, todo_supply
from cantine_desktop.office.waiting import Todo, Urgency
from cantine_desktop.values.period import Period

LOOK_BACK = timedelta(days=2)
"""A cooling begun earlier and never ended is a sheet to complete, not something under way."""

KEPT_IN_SIGHT = timedelta(days=30)
"""Samples older than this are no longer spoken of."""

MOST_TIME = timedelta(hours=2)
"""How long a cooling may take. Source: AM09-IV1."""


Source = Callable[[Session, datetime], Iterable[Todo]]
"""Returns what waits, at an instant."""


def read_todo(session: Session, now: datetime) -> list[Todo]:
    """Return what is asked for besides readings and breaches, the most urgent first."""
    rank = list(Urgency)
    found = [line for source in SOURCES for line in source(session, now)]
    return sorted(found, key=lambda line: rank.index(line.urgency))


def open_coolings(session: Session, now: datetime) -> Iterator[Todo]:
    """Return the dishes put to cool and not yet cold."""
    first = civil_date(now) - LOOK_BACK
    for cooling in _standing(session, Cooling, first):
        if cooling.started_at is None or cooling.ended_at is not None:
            continue
        late = now - cooling.started_at > MOST_TIME
        words = tr("{dish} refroidit depuis {hour}").format(
            dish=cooling.dish, hour=hour(cooling.started_at)
        )
        if late:
            words += tr(" : plus de 2 h, mesurez maintenant")
        urgency = Urgency.NOW if late else Urgency.TODAY
        yield Todo(urgency, words, tr("Mesurer"), "records", "FR", cooling.day)


def samples_to_discard(session: Session, now: datetime) -> Iterator[Todo]:
    """Return how many samples were kept long enough."""
    today = civil_date(now)
    over = [
        sample
        for sample in _standing(session, Sample, today - KEPT_IN_SIGHT)
        if sample.discarded_on is None and sample.discard_from <= today
    ]
    if over:
        words = trn(
            "{n} plat témoin peut être jeté", "{n} plats témoins peuvent être jetés", len(over)
        )
        oldest = min(sample.day for sample in over)
        yield Todo(Urgency.SOON, words, tr("Noter"), "records", "PT", oldest)


def blocked_food(session: Session, now: datetime) -> Iterator[Todo]:
    """Return the food set aside whose fate nobody decided."""
    for lot in blocked_lots(session):
        food = " ".join(part for part in (lot.product, lot.lot) if part)
        days = (civil_date(now) - civil_date(lot.since)).days
        words = tr("{food} est bloqué").format(food=food)
        if days:
            words += trn(" depuis {n} jour", " depuis {n} jours", days)
        urgency = Urgency.TODAY
        yield Todo(urgency, words, tr("Décider"), "breaches", key=lot.breach_id or 0)


def sheets_of_last_week(session: Session, now: datetime) -> Iterator[Todo]:
    """Return the sheets of last week that lack something or a signature, in one line."""
    week = Period.week(civil_date(now) - timedelta(days=7))
    if not _had_begun(session, week):
        return
    query = select(WeekSignature.register).where(WeekSignature.monday == week.first)
    signed = frozenset(session.scalars(query))
    found = [*_registers_open(session, week, signed), *_matrices_open(session, week, signed)]
    if not found:
        return
    names = ", ".join(name for _letter, name, _screen in found[:3])
    if len(found) > 3:
        names += trn(" et {n} autre", " et {n} autres", len(found) - 3)
    number = week.first.isocalendar().week
    words = tr("Semaine {week}, à compléter ou signer : {names}").format(week=number, names=names)
    letter, _name, screen = found[0]
    yield Todo(Urgency.SOON, words, tr("Relire"), screen, letter, week.first)


def first_steps(session: Session, now: datetime) -> Iterator[Todo]:
    """Return what a canteen that begins has still to decide."""
    if version_in_force(session, civil_date(now)) is None:
        words = tr("Aucun plan en vigueur : adaptez le plan de départ, puis mettez-le en vigueur.")
        yield Todo(Urgency.SOON, words, tr("Voir le plan"), "plan")
    if CLEANING.applies(session) and not cleaning_tasks(session):
        words = tr("Le plan de nettoyage est vide.")
        yield Todo(Urgency.SOON, words, tr("Le remplir"), "cleaning")


def equipment_due(session: Session, now: datetime) -> Iterator[Todo]:
    """Return what equipment asks for, a line for each kind."""
    order = list(DueKind)
    every = sorted(due_soon(session, civil_date(now)), key=lambda due: order.index(due.kind))
    for kind, together in groupby(every, key=lambda due: due.kind):
        yield _equipment_line(kind, list(together))


def _equipment_line(kind: DueKind, every: list[Due]) -> Todo:
    words = every[0].title
    if len(every) > 1:
        words += trn(" et {n} autre", " et {n} autres", len(every) - 1)
    urgency = Urgency.TODAY if any(due.is_late for due in every) else Urgency.SOON
    buttons = {
        DueKind.CHECK: tr("Étalonner"),
        DueKind.VISIT: tr("Voir"),
        DueKind.TICKET: tr("Suivre"),
        DueKind.DOCUMENT: tr("Renouveler"),
    }
    return Todo(urgency, words, buttons[kind], "equipment", kind.value, key=every[0].key)


def _registers_open(
    session: Session, week: Period, signed: frozenset[str]
) -> Iterator[tuple[str, str, str]]:
    for register, state in states_of(
        session, [each for each in REGISTERS if each.key not in signed], week.first
    ):
        if state.rows or state.missing:
            yield register.letter, tr(register.title), "records"


def _matrices_open(
    session: Session, week: Period, signed: frozenset[str]
) -> Iterator[tuple[str, str, str]]:
    for matrix in MATRICES:
        if matrix.key in signed or not matrix.applies(session):
            continue
        counted = weeks.counts(session, matrix, week)
        if counted.done or counted.explained or counted.missing:
            yield matrix.letter, tr(matrix.short), "cleaning"


def _had_begun(session: Session, week: Period) -> bool:
    """Tell whether anything was kept in a week or before: a new canteen owes no past sheet."""
    models: list[type[Any]] = [Reading]
    models += [register.model for register in REGISTERS]
    models += [matrix.model for matrix in MATRICES]
    return any(
        session.scalar(select(model.id).where(model.day < week.end).limit(1)) is not None
        for model in dict.fromkeys(models)
    )


def _standing(session: Session, model: type[Any], first: date) -> Iterator[Any]:
    """Return the records of a table from a day on that nothing replaced or voided."""
    found = list(session.scalars(select(model).where(model.day >= first).order_by(model.id)))
    replaced = {record.corrects_id for record in found}
    return (each for each in found if each.id not in replaced and not each.is_void)


SOURCES: tuple[Source, ...] = (
    open_coolings,
    blocked_food,
    equipment_due,
    sheets_of_last_week,
    samples_to_discard,
    first_steps,
    *todo_money.SOURCES,
    *todo_meals.SOURCES,
    *todo_supply.SOURCES,
    *todo_staff.SOURCES,
)
"""Add what else waits by a line here."""
