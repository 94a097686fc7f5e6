"""A probe found wrong: every temperature it may have given since its last good check.

On the day of a check, what was measured at an hour nobody wrote is taken to come before
it: such a temperature is looked at again when the check finds the probe wrong, and was
looked at by the check before when that one found it right.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from cantine_desktop.hygiene import catalogue
from cantine_desktop.hygiene.equipment.kinds import THERMOMETERS
from cantine_desktop.hygiene.equipment.model import Calibration, CalibrationTest, Equipment
from cantine_desktop.hygiene.equipment.naming import equipment_named, names_of, same_name
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import ColdUnit, Reading
from cantine_desktop.hygiene.registers.register import Column, Kind, Register
from cantine_desktop.hygiene.words import slot_name
from cantine_desktop.i18n import hour, mark, tr

READINGS_TITLE = mark("Températures des enceintes froides")
_OF_PROBES = frozenset({CalibrationTest.ICE, CalibrationTest.BOIL})


class Suspect(NamedTuple):
    """A temperature to judge again.

    Attributes:
        register: Key of its register, ``"readings"`` for cold units.
        title: Title of the register, in the language in use.
        record_id: Its key there.
        day: Civil day.
        when: Hour or part of the day; empty when nobody wrote it.
        subject: The cold unit, the dish, the goods.
        what: What was measured, when the register has several temperatures.
        celsius: Degrees written.
        is_named: The record names the instrument; otherwise it names none known.
    """

    register: str
    title: str
    record_id: int
    day: date
    when: str
    subject: str
    what: str
    celsius: Decimal
    is_named: bool


class WrongCheck(NamedTuple):
    """A check that found an instrument wrong, and the checks around it.

    Attributes:
        calibration_id: The check.
        instrument: As it was written.
        test: What was tested.
        shown: What the instrument said.
        expected: What it should have said, where it is written.
        found_on: Day of the check.
        found_at: Instant of the check, where it is known.
        action: What was done about it.
        last_good: Day of the last good check before; ``None`` when there was none.
        last_good_at: Its instant, where it is known.
        good_again: Day of the first good check after, if there was one.
        good_again_at: Its instant, where it is known.
    """

    calibration_id: int
    instrument: str
    test: CalibrationTest
    shown: Decimal
    expected: Decimal | None
    found_on: date
    found_at: datetime | None
    action: str
    last_good: date | None
    last_good_at: datetime | None
    good_again: date | None
    good_again_at: datetime | None


def wrong_checks(session: Session) -> list[WrongCheck]:
    """Return the checks that found a thermometer or a display wrong, the latest first.

    Checks that follow one another without a good one between them make one: the first.
    """
    found: list[WrongCheck] = []
    for checks in _by_instrument(session).values():
        good: Calibration | None = None
        bad: Calibration | None = None
        for check in checks:
            if check.verdict is Verdict.BREACH:
                bad = bad or check
            elif check.verdict is Verdict.CONFORM:
                if bad is not None:
                    found.append(_wrong(bad, good, check))
                good, bad = check, None
        if bad is not None:
            found.append(_wrong(bad, good, None))
    return sorted(found, key=lambda check: (check.found_on, check.calibration_id), reverse=True)


def suspects_of(session: Session, check: WrongCheck) -> list[Suspect]:
    """Return the temperatures to judge again, by day.

    Those that name the instrument count until it was found right again; those that name no
    known instrument count until it was found wrong. A reading of a cold unit that names no
    probe was read on the unit’s own display: a display that was wrong makes it doubtful, and
    no probe does.
    """
    if check.test is CalibrationTest.COMPARE:
        return sorted(_of_display(session, check), key=_order)
    probe = equipment_named(session, check.instrument, THERMOMETERS)
    mine = {same_name(check.instrument)}
    if probe is not None:
        mine |= names_of(probe)
    known = _known_names(session)
    every = [*_readings(session, check), *_records(session, check)]
    found: list[Suspect] = []
    for suspect, written, at in every:
        name = same_name(written)
        if name in mine:
            if _is_between(check, suspect.day, at, named=True):
                found.append(suspect._replace(is_named=True))
        elif name not in known and _is_between(check, suspect.day, at, named=False):
            found.append(suspect)
    return sorted(found, key=_order)


_Measure = tuple[Suspect, str, datetime | None]
"""A temperature, the instrument written beside it, its instant where known."""


def _order(suspect: Suspect) -> tuple[date, str, str, int]:
    return suspect.day, suspect.title, suspect.when, suspect.record_id


def _by_instrument(session: Session) -> dict[str, list[Calibration]]:
    """Return the checks that stand, in order, by instrument; a display apart from a probe."""
    names = {
        name: f"probe {each.id}"
        for each in session.scalars(select(Equipment).order_by(Equipment.until.is_(None)))
        for name in names_of(each)
    }
    every = list(session.scalars(select(Calibration)))
    corrected = {check.corrects_id for check in every}
    standing = [check for check in every if check.id not in corrected and not check.is_void]
    found: dict[str, list[Calibration]] = {}
    for check in sorted(standing, key=lambda each: (each.day, _instant(each), each.id)):
        name = same_name(check.instrument)
        if check.test in _OF_PROBES:
            found.setdefault(names.get(name, f"probe {name}"), []).append(check)
        elif check.test is CalibrationTest.COMPARE:
            found.setdefault(f"display {name}", []).append(check)
    return found


def _instant(check: Calibration) -> datetime:
    return check.occurred_at or check.recorded_at


def _wrong(bad: Calibration, good: Calibration | None, after: Calibration | None) -> WrongCheck:
    assert bad.test is not None
    assert bad.shown is not None
    return WrongCheck(
        calibration_id=bad.id,
        instrument=bad.instrument.strip(),
        test=bad.test,
        shown=bad.shown,
        expected=bad.expected,
        found_on=bad.day,
        found_at=bad.occurred_at,
        action=bad.action,
        last_good=good.day if good else None,
        last_good_at=good.occurred_at if good else None,
        good_again=after.day if after else None,
        good_again_at=after.occurred_at if after else None,
    )


def _is_after(day: date, at: datetime | None, check: date, check_at: datetime | None) -> bool:
    """Tell whether a measure came after a check; on the same day, only its hour can say so."""
    if at is not None and check_at is not None:
        return at > check_at
    return day > check


def _is_between(check: WrongCheck, day: date, at: datetime | None, *, named: bool) -> bool:
    """Tell whether a measure came after the last good check, and before the doubt ended."""
    if check.last_good is not None and not _is_after(day, at, check.last_good, check.last_good_at):
        return False
    if not named:
        return not _is_after(day, at, check.found_on, check.found_at)
    if check.good_again is None:
        return True
    return not _is_after(day, at, check.good_again, check.good_again_at)


def _known_names(session: Session) -> frozenset[str]:
    """Return every name a thermometer of the canteen is or was written under."""
    found = session.scalars(select(Equipment).where(Equipment.kind.in_(THERMOMETERS)))
    return frozenset(name for each in found for name in names_of(each))


def _first_day(check: WrongCheck) -> date:
    return check.last_good or date.min


def _of_display(session: Session, check: WrongCheck) -> Iterator[Suspect]:
    wanted = same_name(check.instrument)
    units = {
        unit.id for unit in session.scalars(select(ColdUnit)) if same_name(unit.name) == wanted
    }
    for reading in _standing_readings(session, _first_day(check)):
        if reading.unit_id not in units or reading.probe.strip():
            continue
        if _is_between(check, reading.day, reading.occurred_at, named=True):
            yield _of_reading(reading)._replace(is_named=True)


def _readings(session: Session, check: WrongCheck) -> Iterator[_Measure]:
    for reading in _standing_readings(session, _first_day(check)):
        if reading.probe.strip():
            yield _of_reading(reading), reading.probe, reading.occurred_at


def _standing_readings(session: Session, first: date) -> Iterable[Reading]:
    """Return the latest revision of each reading since a day, without those that say why not."""
    query = (
        select(Reading)
        .where(Reading.day >= first)
        .options(joinedload(Reading.unit))
        .order_by(Reading.revision)
    )
    latest = {(row.unit_id, row.day, row.slot): row for row in session.scalars(query)}
    return [reading for reading in latest.values() if reading.celsius is not None]


def _of_reading(reading: Reading) -> Suspect:
    assert reading.celsius is not None
    return Suspect(
        register="readings",
        title=tr(READINGS_TITLE),
        record_id=reading.id,
        day=reading.day,
        when=slot_name(reading.slot),
        subject=reading.unit.name,
        what="",
        celsius=reading.celsius,
        is_named=False,
    )


def _records(session: Session, check: WrongCheck) -> Iterator[_Measure]:
    for register in catalogue.REGISTERS:
        columns = [
            column
            for column in register.columns
            if (column.kind is Kind.CELSIUS and not column.is_given) or column.in_celsius
        ]
        if columns:
            yield from _of_register(session, register, columns, _first_day(check))


def _of_register(
    session: Session, register: Register, columns: Sequence[Column], first: date
) -> Iterator[_Measure]:
    model = register.model
    every = list(session.scalars(select(model).where(model.day >= first)))
    corrected = {record.corrects_id for record in every}
    for record in every:
        if record.id in corrected or record.is_void:
            continue
        at = record.occurred_at
        for column in columns:
            value = getattr(record, column.key)
            if value is None or (column.in_celsius and not column.in_celsius(record)):
                continue
            suspect = Suspect(
                register=register.key,
                title=tr(register.title),
                record_id=record.id,
                day=record.day,
                when=hour(at) if at is not None else "",
                subject=_subject(register, record),
                what=tr(column.title) if len(columns) > 1 else "",
                celsius=value,
                is_named=False,
            )
            yield suspect, record.probe, at


def _subject(register: Register, record: Any) -> str:
    """Return what a record is about: its words in the palette, or its first words."""
    words = record.search_line()
    if words:
        return str(words)
    texts = (
        str(getattr(record, column.key) or "")
        for column in register.columns
        if column.kind is Kind.TEXT and column.compute is None and column.key != "probe"
    )
    return next(filter(None, texts), "")
