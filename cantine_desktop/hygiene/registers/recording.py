"""Writing the records of any register, correcting them once signed.

A row may be written little by little: until it is complete it proves nothing. Nothing is
filled in by itself, and what was signed is kept beside what corrects it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Enum, Integer, String, Table, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.hygiene import breaches
from cantine_desktop.hygiene.faults import Fault, Source
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers.instants import follow_day
from cantine_desktop.hygiene.registers.register import Judgement, Kind, Register
from cantine_desktop.hygiene.registers.signing import is_signed, refuse_signed
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.i18n import tr
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.period import Period

FIRST_DAY = date(1990, 1, 1)
"""No record is older; what says so holds a typing error."""

_OWN = frozenset({
    "id",
    "recorded_at",
    "verdict",
    "corrects_id",
    "is_void",
    "reason",
    "origin",
    "sealed_at",
})
"""Attributes that follow from what is done; nobody types them."""


class Entry(NamedTuple):
    """A record to write.

    Attributes:
        values: Attributes of the record; ``day`` at least.
        now: The instant of writing, aware.
        how: How it came; by default live today, and from paper for another day.
    """

    values: Mapping[str, Any]
    now: datetime
    how: Origin | None = None


def add(
    session: Session,
    register: Register,
    values: Mapping[str, Any],
    now: datetime,
    how: Origin | None = None,
) -> Any:
    """Write a record, complete or not; open its breach if it is one.

    Args:
        session: The session of an action.
        register: The sheet it belongs to.
        values: Attributes of the record; ``day`` at least.
        now: The instant of writing, aware.
        how: How it came; by default live today, and from paper for another day.

    Returns:
        The record, written.

    Raises:
        SealedError: The week is signed.
        UserError: The day or an hour is to come, or the day is too old.
    """
    return add_many(session, register, [Entry(values, now, how)])[0]


def add_many(session: Session, register: Register, entries: Iterable[Entry]) -> list[Any]:
    """Write several records at once, such as a pasted block or a file; see ``add``."""
    records = [_new(register, entry) for entry in entries]
    refuse_signed(session, register.key, {record.day for record in records})
    session.add_all(records)
    session.flush()
    # Judged before any is changed: a question asked in between would write the rows one by one.
    judged = [(record, judge(session, register, record)) for record in records]
    for record, (verdict, fault) in judged:
        record.verdict = verdict
        if fault is not None:  # a new record has no breach yet that could be settled
            source = Source(register.key, record.id)
            breaches.follow(session, source, fault, record.recorded_at)
    session.flush()
    return records


def change(
    session: Session, register: Register, record_id: int, values: Mapping[str, Any], now: datetime
) -> Any:
    """Write other values in a record that is not signed; its breach follows.

    Hours not given here stay at their hour of the day when the day of the row changes.

    Raises:
        SealedError: The week it is in, or the one it goes to, is signed.
        UserError: The record is gone, or a day or an hour is to come.
    """
    wanted = _checked(register, values, now)
    record = current(session, register, record_id)
    if "day" in wanted and wanted["day"] is None:
        raise UserError(tr("Une ligne a toujours un jour : tapez le bon, ou supprimez la ligne."))
    refuse_signed(session, register.key, {record.day, wanted.get("day", record.day)})
    was_complete = record.verdict is not Verdict.NOT_DONE
    if not was_complete:
        record.recorded_at = now
        if record.origin is not Origin.FILE:
            record.origin = _origin(wanted.get("day", record.day), now)
    _write(register, record, wanted)
    _settle(session, register, record, now)
    return record


def remove(session: Session, register: Register, record_id: int) -> None:
    """Take a record off its sheet; the history keeps it, and undo brings it back.

    Raises:
        SealedError: The week is signed.
        UserError: A corrective action was written about it.
    """
    record = current(session, register, record_id)
    refuse_signed(session, register.key, [record.day])
    breaches.forget(session, Source(register.key, record.id))
    session.delete(record)
    session.flush()


def correct(  # noqa: PLR0917  -- the words of a correction, as readings take them
    session: Session,
    register: Register,
    record_id: int,
    values: Mapping[str, Any],
    reason: str,
    initials: str,
    now: datetime,
) -> Any:
    """Correct a record of a signed week by another that names it; both are printed.

    Args:
        session: The session of an action.
        register: The sheet it stands on.
        record_id: The record as it stands now.
        values: Attributes that change; the others are taken over.
        reason: Why it is corrected.
        initials: Who corrects.
        now: The instant of writing, aware.

    Raises:
        UserError: No reason, no initials, nothing changes, the week is not signed, or the
            record goes to another week.
    """
    wanted = _checked(register, values, now)
    former = _to_correct(session, register, record_id, reason, initials)
    if wanted.get("day", former.day) not in Period.week(former.day):
        raise UserError(
            tr("Une correction reste dans sa semaine : annulez la ligne et notez-la à son jour.")
        )
    if all(getattr(former, key) == value for key, value in wanted.items()):
        raise UserError(tr("Rien ne change : tapez la bonne valeur."))
    record = _copy(register, former, now)
    _write(register, record, wanted)
    return _replace(session, register, former, record, (reason, initials), now)


def void(
    session: Session, register: Register, record_id: int, reason: str, initials: str, now: datetime
) -> Any:
    """Say that a signed record never happened; it stays, struck through.

    Raises:
        UserError: No reason, no initials, or the week is not signed.
    """
    former = _to_correct(session, register, record_id, reason, initials)
    record = _copy(register, former, now)
    record.is_void = True
    return _replace(session, register, former, record, (reason, initials), now)


def supplement(
    session: Session,
    register: Register,
    values: Mapping[str, Any],
    reason: str,
    initials: str,
    now: datetime,
) -> Any:
    """Write a record that was forgotten when its week was signed; it says so, and is sealed.

    Raises:
        UserError: No reason, no initials, no day, or the week is not signed.
    """
    wanted = _checked(register, values, now)
    _require(reason, initials)
    day = wanted.get("day")
    if day is None:
        raise UserError(
            tr("Il manque le jour : tapez-le d’abord, comme « mar », « 17 » ou « 17/11 ».")
        )
    if not is_signed(session, register.key, day):
        raise UserError(tr("Cette semaine n’est pas signée : tapez la ligne sur la feuille."))
    record = register.model(recorded_at=now, origin=Origin.PAPER, **wanted)
    record.reason, record.initials = reason.strip(), initials.strip()
    session.add(record)
    _settle(session, register, record, now)
    seal(session, [record], now)
    return record


def current(session: Session, register: Register, record_id: int) -> Any:
    """Return a record.

    Raises:
        UserError: It is gone.
    """
    record = session.get(register.model, record_id)
    if record is None:
        raise UserError(tr("Cette ligne n’existe plus : elle a été supprimée entre-temps."))
    return record


def judge(session: Session, register: Register, record: Any) -> Judgement:
    """Return what a record means; one that holds nothing but its day was not done.

    Raises:
        ValueError: The register gave a fault without a breach, or a breach without a fault.
    """
    if record.is_void:
        return Judgement(Verdict.NOT_APPLICABLE)
    if is_empty(register, record):
        return Judgement(Verdict.NOT_DONE)
    found = register.judge(session, record)
    if (found.verdict is Verdict.BREACH) != (found.fault is not None):
        raise ValueError(f"{register.key}: a breach has a fault, and only a breach")
    if found.fault is None:
        return found
    return Judgement(found.verdict, _with_food(found.fault, record))


def _with_food(fault: Fault, record: Any) -> Fault:
    """Name the food of the record, so that nobody types it again to set it aside."""
    product = getattr(record, "product", "") or getattr(record, "dish", "")
    if fault.product or not product:
        return fault
    lot, quantity = (str(getattr(record, key, None) or "") for key in ("lot", "quantity"))
    return replace(fault, product=product.strip(), lot=lot.strip(), quantity=quantity.strip())


def is_empty(register: Register, record: Any) -> bool:
    """Tell whether a record holds nothing but its day and who wrote it."""
    typed = (
        getattr(record, column.key)
        for column in register.columns
        if column.compute is None and column.kind is not Kind.INITIALS and column.key != "day"
    )
    return all(value in {None, ""} for value in typed)


def _new(register: Register, entry: Entry) -> Any:
    wanted = _checked(register, entry.values, entry.now)
    day = wanted.get("day")
    if day is None:
        raise UserError(
            tr("Il manque le jour : tapez-le d’abord, comme « mar », « 17 » ou « 17/11 ».")
        )
    origin = entry.how or _origin(day, entry.now)
    return register.model(recorded_at=entry.now, origin=origin, **wanted)


def _settle(session: Session, register: Register, record: Any, now: datetime) -> None:
    session.flush()
    verdict, fault = judge(session, register, record)
    record.verdict = verdict
    breaches.follow(session, Source(register.key, record.id), fault, now)
    session.flush()


def _replace(
    session: Session,
    register: Register,
    former: Any,
    record: Any,
    signed: tuple[str, str],
    now: datetime,
) -> Any:
    """Write a record in the place of a sealed one, and seal it."""
    record.reason, record.initials = (word.strip() for word in signed)
    session.add(record)
    session.flush()
    record.verdict, fault = judge(session, register, record)
    source, before = Source(register.key, record.id), Source(register.key, former.id)
    breaches.follow(session, source, fault, now, former=before)
    seal(session, [record], now)
    return record


def _to_correct(
    session: Session, register: Register, record_id: int, reason: str, initials: str
) -> Any:
    _require(reason, initials)
    former = current(session, register, record_id)
    if not former.is_sealed:
        raise UserError(tr("Cette ligne n’est pas signée : retapez la valeur dans la grille."))
    model = register.model
    later = session.scalar(select(model.id).where(model.corrects_id == former.id))
    if later is not None or former.is_void:
        raise SealedError(tr("Cette ligne a déjà été corrigée : corrigez celle qui la remplace."))
    return former


def _require(reason: str, initials: str) -> None:
    if not reason.strip() or not initials.strip():
        raise UserError(tr("Dites pourquoi vous corrigez, et signez de vos initiales."))


def _copy(register: Register, former: Any, now: datetime) -> Any:
    table: Table = register.model.__table__
    kept = {name: getattr(former, name) for name in set(table.columns.keys()) - _OWN}
    return register.model(recorded_at=now, origin=Origin.PAPER, corrects_id=former.id, **kept)


def _write(register: Register, record: Any, wanted: Mapping[str, Any]) -> None:
    moved = follow_day(register, record, wanted)
    for key, value in {**moved, **wanted}.items():
        setattr(record, key, value)


def _checked(register: Register, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return values as the table takes them.

    Raises:
        UserError: A day or an hour is to come, or the day is too old.
        ValueError: The register has no such attribute.
    """
    table: Table = register.model.__table__
    known = frozenset(table.columns.keys()) - _OWN
    if not known.issuperset(values):
        raise ValueError(f"{register.key} has no {sorted(set(values) - known)}")
    wanted = {key: _fitted(table, key, value) for key, value in values.items()}
    day = wanted.get("day")
    if day is not None and day > civil_date(now):
        raise UserError(tr("Ce jour n’est pas encore venu : rien ne peut y être noté."))
    if day is not None and day < FIRST_DAY:
        raise UserError(tr("Ce jour est trop ancien : vérifiez l’année."))
    for column in register.columns:
        at = wanted.get(column.key) if column.kind is Kind.TIME else None
        if at is not None and at > now:
            raise UserError(
                tr("« {column} » : cette heure n’est pas encore venue.").format(
                    column=tr(column.title)
                )
            )
    return wanted


def _fitted(table: Table, key: str, value: Any) -> Any:
    kind, nullable = table.columns[key].type, table.columns[key].nullable
    if value is None:
        return "" if isinstance(kind, String) and not nullable else None
    if isinstance(kind, Integer) and isinstance(value, Decimal):
        return int(value)
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(value)  # a plain text would be another value until it is read again
    return value.strip() if isinstance(value, str) else value


def _origin(day: date, now: datetime) -> Origin:
    return Origin.TYPED if day == civil_date(now) else Origin.PAPER
