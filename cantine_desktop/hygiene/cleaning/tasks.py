"""The cleaning plan itself: lines, products, bait stations, from adding to retiring."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.cleaning.model import (
    BaitStation,
    CleaningMark,
    CleaningProduct,
    CleaningTask,
    Every,
    PestCheck,
    When,
)
from cantine_desktop.i18n import tr
from cantine_desktop.storage.attachments import attach
from cantine_desktop.values.period import Period


class TaskChanges(TypedDict, total=False):
    """What may be changed on a line; see ``CleaningTask`` for the meaning of each."""

    zone: str
    name: str
    every: Every
    when: When
    weekday: int | None
    product_id: int | None
    temperature: str
    method: str
    rinse: bool
    who: str
    since: date | None
    until: date | None


class ProductChanges(TypedDict, total=False):
    """What may be changed on a product; see ``CleaningProduct`` for the meaning of each."""

    name: str
    dose: str
    contact_minutes: int | None
    standards: str
    note: str
    is_retired: bool


class StationChanges(TypedDict, total=False):
    """What may be changed on a bait station; see ``BaitStation`` for the meaning of each."""

    name: str
    place: str
    since: date | None
    until: date | None


def cleaning_tasks(session: Session, period: Period | None = None) -> list[CleaningTask]:
    """Return the lines of the plan, zone by zone; only those in service in a period, if given."""
    query = select(CleaningTask).options(joinedload(CleaningTask.product))
    if period is not None:
        query = query.where(
            or_(CleaningTask.since.is_(None), CleaningTask.since < period.end),
            or_(CleaningTask.until.is_(None), CleaningTask.until > period.first),
        )
    return _by_zone(session.scalars(query.order_by(CleaningTask.position, CleaningTask.id)).all())


def products(session: Session, *, retired: bool = False) -> list[CleaningProduct]:
    """Return the products in their order; those no longer in use too, if asked."""
    query = select(CleaningProduct).options(joinedload(CleaningProduct.safety_sheet))
    if not retired:
        query = query.where(CleaningProduct.is_retired.is_(False))
    return list(session.scalars(query.order_by(CleaningProduct.position, CleaningProduct.id)))


def bait_stations(session: Session, period: Period | None = None) -> list[BaitStation]:
    """Return the bait stations in their order; only those watched in a period, if given."""
    query = select(BaitStation).order_by(BaitStation.position, BaitStation.id)
    if period is not None:
        query = query.where(
            or_(BaitStation.since.is_(None), BaitStation.since < period.end),
            or_(BaitStation.until.is_(None), BaitStation.until > period.first),
        )
    return list(session.scalars(query))


def add_task(
    session: Session, zone: str, name: str, /, **changes: Unpack[TaskChanges]
) -> CleaningTask:
    """Add a line at the end of its zone."""
    last = session.scalar(select(func.max(CleaningTask.position))) or 0
    task = CleaningTask(zone=zone.strip(), name=name.strip(), position=last + 1)
    session.add(task)
    session.flush()
    change_task(session, task.id, **changes)
    _number(cleaning_tasks(session))
    return task


def change_task(session: Session, task_id: int, **changes: Unpack[TaskChanges]) -> CleaningTask:
    """Change a line of the plan; what was ticked already stays as it was.

    Raises:
        UserError: No name, no zone, or an end before the beginning.
    """
    task = session.get_one(CleaningTask, task_id)
    for field, value in changes.items():
        setattr(task, field, value.strip() if isinstance(value, str) else value)
    if not task.name.strip() or not task.zone.strip():
        raise UserError(tr("Une ligne du plan dit ce qui est nettoyé, et dans quelle zone."))
    _check_service(task.since, task.until)
    session.flush()
    session.expire(task, ["product"])
    return task


def move_task(session: Session, task_id: int, steps: int) -> None:
    """Move a line up (negative) or down in its zone; past its edge, its whole zone moves."""
    tasks = cleaning_tasks(session)
    here = next(rank for rank, task in enumerate(tasks) if task.id == task_id)
    mine = [task for task in tasks if task.zone == tasks[here].zone]
    rank = mine.index(tasks[here]) + steps
    if 0 <= rank < len(mine):
        moved = mine.pop(mine.index(tasks[here]))
        mine.insert(rank, moved)
        zones = _zones(tasks)
    else:
        zones = _zones(tasks)
        place = zones.index(tasks[here].zone)
        zones.insert(min(max(place + steps, 0), len(zones) - 1), zones.pop(place))
    ordered = [
        task
        for zone in zones
        for task in (mine if zone == tasks[here].zone else tasks)
        if task.zone == zone
    ]
    _number(ordered)


def retire_task(session: Session, task_id: int, day: date) -> None:
    """Take a line off the plan from a day on; one nobody ever ticked is deleted.

    A line that only began that day, and was ticked on it, leaves the day after.
    """
    task = session.get_one(CleaningTask, task_id)
    ticked = select(func.max(CleaningMark.day)).where(CleaningMark.task_id == task_id)
    last = session.scalar(ticked)
    if last is None:
        session.delete(task)
        session.flush()
        return
    task.until = max(day, Period.through(last, last).end)


def resume_task(session: Session, task_id: int) -> None:
    """Put a retired line back in the plan."""
    session.get_one(CleaningTask, task_id).until = None


def add_product(
    session: Session, name: str, /, **changes: Unpack[ProductChanges]
) -> CleaningProduct:
    """Add a product; its dose and its contact time stay empty until its label is read."""
    last = session.scalar(select(func.max(CleaningProduct.position))) or 0
    product = CleaningProduct(name=name.strip(), position=last + 1)
    session.add(product)
    session.flush()
    return change_product(session, product.id, **changes)


def change_product(
    session: Session, product_id: int, **changes: Unpack[ProductChanges]
) -> CleaningProduct:
    """Change what is known of a product, from its label.

    Raises:
        UserError: No name, or a contact time that is none.
    """
    product = session.get_one(CleaningProduct, product_id)
    for field, value in changes.items():
        setattr(product, field, value.strip() if isinstance(value, str) else value)
    if not product.name.strip():
        raise UserError(tr("Un produit a un nom : celui de son étiquette."))
    if product.contact_minutes is not None and not 0 < product.contact_minutes <= 24 * 60:
        raise UserError(tr("Un temps de contact se compte en minutes, comme sur l’étiquette."))
    session.flush()
    return product


def attach_safety_sheet(
    session: Session, product_id: int, content: bytes, name: str, now: datetime
) -> None:
    """Join its safety data sheet (FDS, a PDF) to a product.

    Raises:
        UserError: The file is empty, too large, or no PDF.
    """
    if not content.startswith(b"%PDF-"):
        raise UserError(tr("La fiche de données de sécurité se joint en PDF."))
    product = session.get_one(CleaningProduct, product_id)
    product.safety_sheet = attach(
        session, content, name, "application/pdf", now, area=CleaningProduct.area
    )


def remove_product(session: Session, product_id: int) -> None:
    """Take a product off the list; one that lines of the plan use is only retired."""
    product = session.get_one(CleaningProduct, product_id)
    used = select(CleaningTask.id).where(CleaningTask.product_id == product_id).limit(1)
    if session.scalar(used) is not None:
        product.is_retired = True
        return
    session.delete(product)
    session.flush()


def add_station(session: Session, name: str, /, **changes: Unpack[StationChanges]) -> BaitStation:
    """Add a bait station at the end."""
    last = session.scalar(select(func.max(BaitStation.position))) or 0
    station = BaitStation(name=name.strip(), position=last + 1)
    session.add(station)
    session.flush()
    return change_station(session, station.id, **changes)


def change_station(
    session: Session, station_id: int, **changes: Unpack[StationChanges]
) -> BaitStation:
    """Change what is known of a bait station.

    Raises:
        UserError: No name, or an end before the beginning.
    """
    station = session.get_one(BaitStation, station_id)
    for field, value in changes.items():
        setattr(station, field, value.strip() if isinstance(value, str) else value)
    if not station.name.strip():
        raise UserError(tr("Un poste a un nom : son numéro sur le plan des locaux."))
    _check_service(station.since, station.until)
    session.flush()
    return station


def retire_station(session: Session, station_id: int, day: date) -> None:
    """Watch a bait station no more from a day on; one never looked at is deleted."""
    station = session.get_one(BaitStation, station_id)
    seen = select(func.max(PestCheck.day)).where(PestCheck.station_id == station_id)
    last = session.scalar(seen)
    if last is None:
        session.delete(station)
        session.flush()
        return
    station.until = max(day, Period.through(last, last).end)


def _check_service(since: date | None, until: date | None) -> None:
    if since is not None and until is not None and until <= since:
        raise UserError(tr("La fin vient après le début."))


def _zones(tasks: list[CleaningTask]) -> list[str]:
    return list(dict.fromkeys(task.zone for task in tasks))


def _by_zone(tasks: Sequence[CleaningTask]) -> list[CleaningTask]:
    order = {zone: rank for rank, zone in enumerate(dict.fromkeys(task.zone for task in tasks))}
    return sorted(tasks, key=lambda task: order[task.zone])


def _number(tasks: list[CleaningTask]) -> None:
    for position, task in enumerate(tasks, 1):
        task.position = position
