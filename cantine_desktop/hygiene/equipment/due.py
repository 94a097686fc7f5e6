"""What equipment asks for: checks to do, visits to plan, tickets to close, documents to renew."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.equipment.calibration import months_between
from cantine_desktop.hygiene.equipment.certificates import documents_of, months_after
from cantine_desktop.hygiene.equipment.kinds import EquipmentKind
from cantine_desktop.hygiene.equipment.maintenance import next_visits, tickets
from cantine_desktop.hygiene.equipment.model import Calibration, CalibrationTest, Equipment
from cantine_desktop.hygiene.equipment.naming import in_service, names_of, same_name
from cantine_desktop.hygiene.equipment.words import check_name
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.hygiene.queries import Completeness
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period

AHEAD = timedelta(days=7)
"""Checks and visits are told a week before they are due."""


class DueKind(StrEnum):
    """What is asked for; also the tab of the screen where it is done."""

    CHECK = "check"
    VISIT = "visit"
    TICKET = "ticket"
    DOCUMENT = "document"


class Due(NamedTuple):
    """Something to do about equipment.

    Attributes:
        kind: What it is.
        title: In words, ready to show.
        day: Day by which it is due; ``None`` for what is already missing.
        is_late: That day is past, or it is missing.
        key: Key of the appliance, visit, ticket or document; 0 when there is none.
    """

    kind: DueKind
    title: str
    day: date | None
    is_late: bool
    key: int = 0


class CheckState(NamedTuple):
    """Where an instrument stands with one of its checks.

    Attributes:
        equipment_id: The instrument; ``None`` for the display of a cold unit.
        unit_id: The cold unit; ``None`` for an instrument.
        name: Its name.
        test: The check.
        last: Day of the last one; ``None`` when it was never done.
        verdict: What the last one found.
        next_due: Day by which the next one is due; ``None`` when it never was done, or when
            the plan does not ask for it.
        is_asked: The plan asks for it.
    """

    equipment_id: int | None
    unit_id: int | None
    name: str
    test: CalibrationTest
    last: date | None
    verdict: Verdict
    next_due: date | None
    is_asked: bool = True


TESTS_OF: dict[EquipmentKind, tuple[CalibrationTest, ...]] = {
    EquipmentKind.PROBE: (CalibrationTest.ICE, CalibrationTest.BOIL),
    EquipmentKind.IR_THERMOMETER: (CalibrationTest.ICE,),
    EquipmentKind.SCALE: (CalibrationTest.WEIGH,),
}
"""Which checks concern a kind of instrument; cold units compare their display."""


def check_states(session: Session, day: date) -> list[CheckState]:
    """Return every check of the instruments in service on a day, then those of displays.

    A display is compared once somebody did it a first time: a canteen whose units have none
    is asked nothing.
    """
    last = _last_checks(session, day)
    months = {test: months_between(session, test, day) for test in CalibrationTest}
    rows = [
        _state(each.id, None, each.name, test, _latest(last, names_of(each), test), months[test])
        for each in in_service(session, day)
        if each.broken_since is None
        for test in TESTS_OF.get(each.kind, ())
    ]
    compare = CalibrationTest.COMPARE
    for unit in session.scalars(select(ColdUnit).order_by(ColdUnit.position, ColdUnit.id)):
        name = frozenset({same_name(unit.name)})
        check = _latest(last, name, compare)
        if unit.in_service(day) and check is not None:
            rows.append(_state(None, unit.id, unit.name, compare, check, months[compare]))
    return rows


def due_soon(session: Session, day: date) -> list[Due]:
    """Return what equipment asks for on a day, the most urgent first."""
    every = [
        *_checks(session, day),
        *_visits(session, day),
        *_tickets(session, day),
        *_documents(session, day),
    ]
    return sorted(every, key=lambda due: (not due.is_late, due.day or date.min, due.title))


def counts(session: Session, period: Period) -> Completeness:
    """Count the checks due and done in a period.

    A monthly check is due once in each month that ends in the period, a quarterly one once in
    each quarter, and so on, from the first whole one in which the instrument was there.
    """
    months = {test: months_between(session, test, period.last) for test in CalibrationTest}
    done = {
        (same_name(check.instrument), check.test, _span(check.day, months[check.test]))
        for check in _standing(session)
        if check.test is not None and months[check.test] and check.verdict is not Verdict.NOT_DONE
    }
    due = found = 0
    for each in session.scalars(select(Equipment)):
        for test in TESTS_OF.get(each.kind, ()):
            for span in _spans(period, months[test]):
                if not (each.in_service(span.first) and each.in_service(span.last)):
                    continue
                due += 1
                found += any((name, test, span) in done for name in names_of(each))
    return Completeness(due, found, 0, due - found, 0)


def _span(day: date, months: int) -> Period:
    """Return the month, quarter, half-year or year that holds a day."""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, months_after(first, months))


def _spans(period: Period, months: int) -> Iterator[Period]:
    """Return the spans whose last day is in a period."""
    if not months:
        return
    span = _span(period.first, months)
    while span.last < period.end:
        yield span
        span = _span(span.end, months)


def _standing(session: Session) -> list[Calibration]:
    every = list(session.scalars(select(Calibration).order_by(Calibration.day, Calibration.id)))
    corrected = {check.corrects_id for check in every}
    return [check for check in every if check.id not in corrected and not check.is_void]


def _last_checks(session: Session, day: date) -> dict[tuple[str, CalibrationTest], Calibration]:
    """Return the last check up to a day, by name of the instrument and by test."""
    return {
        (same_name(check.instrument), check.test): check
        for check in _standing(session)
        if check.test is not None and check.verdict is not Verdict.NOT_DONE and check.day <= day
    }


def _latest(
    last: dict[tuple[str, CalibrationTest], Calibration],
    names: frozenset[str],
    test: CalibrationTest,
) -> Calibration | None:
    found = [last[name, test] for name in names if (name, test) in last]
    return max(found, key=lambda check: (check.day, check.id), default=None)


def _state(
    equipment_id: int | None,
    unit_id: int | None,
    name: str,
    test: CalibrationTest,
    check: Calibration | None,
    months: int,
) -> CheckState:
    asked = months > 0
    if check is None:
        return CheckState(equipment_id, unit_id, name, test, None, Verdict.NOT_DONE, None, asked)
    due = months_after(check.day, months) if asked else None
    return CheckState(equipment_id, unit_id, name, test, check.day, check.verdict, due, asked)


def _checks(session: Session, day: date) -> Iterator[Due]:
    for state in check_states(session, day):
        words = {"name": state.name, "test": check_name(state.test).lower()}
        key = state.equipment_id or 0
        if state.verdict is Verdict.BREACH:
            said = tr("{name} : contrôle faux ({test}), à étalonner ou à remplacer")
            yield Due(DueKind.CHECK, said.format(**words), state.last, is_late=True, key=key)
        elif state.next_due is None:
            said = tr("{name} : jamais vérifiée ({test})")
            yield Due(DueKind.CHECK, said.format(**words), None, is_late=True, key=key)
        elif state.next_due <= day + AHEAD:
            said = tr("{name} : à vérifier ({test})")
            late = state.next_due < day
            yield Due(DueKind.CHECK, said.format(**words), state.next_due, is_late=late, key=key)


def _visits(session: Session, day: date) -> Iterator[Due]:
    for row in next_visits(session):
        assert row.next_due is not None
        if row.next_due <= day + AHEAD:
            said = tr("{name} : entretien à prévoir ({what})")
            words = said.format(name=row.about, what=row.what)
            late = row.next_due < day
            yield Due(DueKind.VISIT, words, row.next_due, is_late=late, key=row.visit_id)


def _tickets(session: Session, day: date) -> Iterator[Due]:
    for row in tickets(session, only_open=True):
        if row.due is not None and row.due > day + AHEAD:
            continue
        words = tr("{name} : à réparer, {title}").format(name=row.about, title=row.title)
        late = row.due is not None and row.due < day
        yield Due(DueKind.TICKET, words, row.due, is_late=late, key=row.ticket_id)


def _documents(session: Session, day: date) -> Iterator[Due]:
    for row in documents_of(session, day):
        if row.state in {"expired", "soon"}:
            said = tr("Document à renouveler : {title}").format(title=row.title)
            late = row.state == "expired"
            key = row.certificate_id or 0
            yield Due(DueKind.DOCUMENT, said, row.renew_by, is_late=late, key=key)
