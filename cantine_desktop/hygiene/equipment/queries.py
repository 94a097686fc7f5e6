"""What the screens and sheets of equipment show."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.equipment.due import CheckState, check_states
from cantine_desktop.hygiene.equipment.maintenance import next_visits
from cantine_desktop.hygiene.equipment.model import Calibration, Equipment, MaintenanceVisit
from cantine_desktop.hygiene.equipment.naming import all_equipment, names_of, same_name
from cantine_desktop.hygiene.equipment.words import check_name, kind_name, state_words
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.i18n import short_day, tr


class EquipmentRow(NamedTuple):
    """An appliance as screens and sheets list it.

    Attributes:
        equipment_id: Its key.
        name: Its name.
        kind: Its kind, in words.
        number: Number on its plate or sticker.
        place: Where it stands.
        state: In use, out of service, retired, in words.
        next_words: What is due next, in words; empty when nothing is.
        next_due: Day it is due; ``None`` when there is none, or when it was never done.
        is_wrong: Its last check found it wrong, or it is out of service.
        is_retired: It is no longer used.
    """

    equipment_id: int
    name: str
    kind: str
    number: str
    place: str
    state: str
    next_words: str
    next_due: date | None
    is_wrong: bool
    is_retired: bool


def equipment_rows(session: Session, day: date) -> list[EquipmentRow]:
    """Return the appliances, those in use first, each with what is due next."""
    checks: dict[int, list[CheckState]] = {}
    for state in check_states(session, day):
        if state.equipment_id is not None:
            checks.setdefault(state.equipment_id, []).append(state)
    visits = _next_visits(session)
    return [
        _row(each, checks.get(each.id, []), visits.get(each.id), day)
        for each in all_equipment(session)
    ]


def checks_of(session: Session, equipment: Equipment, most: int = 6) -> list[Calibration]:
    """Return the last checks of an instrument that stand, the latest first."""
    names = names_of(equipment)
    every = list(session.scalars(select(Calibration).order_by(Calibration.id)))
    corrected = {check.corrects_id for check in every}
    found = [
        check
        for check in every
        if check.id not in corrected and not check.is_void and same_name(check.instrument) in names
    ]
    return sorted(found, key=lambda check: (check.day, check.id), reverse=True)[:most]


def _next_visits(session: Session) -> dict[int, tuple[date, str]]:
    """Return the next visit planned for each appliance."""
    wanted = {row.visit_id for row in next_visits(session)}
    query = select(MaintenanceVisit).where(MaintenanceVisit.id.in_(wanted))
    return {
        row.equipment_id: (row.next_due, row.what)
        for row in session.scalars(query)
        if row.equipment_id is not None and row.next_due is not None
    }


def _row(
    equipment: Equipment, checks: list[CheckState], visit: tuple[date, str] | None, day: date
) -> EquipmentRow:
    wrong = next((check for check in checks if check.verdict is Verdict.BREACH), None)
    retired = equipment.until is not None and equipment.until <= day
    words, due = ("", None) if retired else _next(checks, wrong, visit)
    return EquipmentRow(
        equipment.id,
        equipment.name,
        kind_name(equipment.kind),
        equipment.number,
        equipment.place,
        state_words(equipment, day),
        words,
        due,
        not retired and (wrong is not None or equipment.broken_since is not None),
        retired,
    )


def _next(
    checks: list[CheckState], wrong: CheckState | None, visit: tuple[date, str] | None
) -> tuple[str, date | None]:
    """Return what is due next, in words, and its day."""
    if wrong is not None:
        return tr("contrôle faux : à étalonner"), wrong.last
    never = [check for check in checks if check.is_asked and check.last is None]
    if never:
        names = ", ".join(check_name(check.test).lower() for check in never)
        return tr("jamais vérifié : {tests}").format(tests=names), None
    coming = [
        (check.next_due, check_name(check.test).lower())
        for check in checks
        if check.next_due is not None
    ]
    if visit is not None:
        coming.append((visit[0], visit[1]))
    if not coming:
        return "", None
    due, what = min(coming)
    return tr("{what} le {day}").format(what=what, day=short_day(due)), due
