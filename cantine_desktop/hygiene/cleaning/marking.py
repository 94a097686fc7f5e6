"""Ticking the boxes of a sheet of days, correcting them once signed.

Nothing is ever ticked by itself. Ticking a whole day at once is a gesture of its own, and
each box ticked so says it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import breaches
from cantine_desktop.hygiene.cleaning.due import is_daily
from cantine_desktop.hygiene.cleaning.matrix import Item, Key, Matrix, Takes
from cantine_desktop.hygiene.cleaning.model import Answer, Ticked
from cantine_desktop.hygiene.cleaning.weeks import Entry, Spot, read_sheet, spot_of
from cantine_desktop.hygiene.faults import Fault, Source
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import WeekSignature
from cantine_desktop.hygiene.registers import signing
from cantine_desktop.hygiene.registers.register import Judgement
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.i18n import tr
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.period import Period

FIRST_DAY = date(1990, 1, 1)
"""No box is older; what says so holds a typing error."""

LARGEST = Decimal(100_000)
"""No number of a sheet of days reaches it."""


def write(
    session: Session,
    matrix: Matrix,
    entries: Sequence[Entry],
    now: datetime,
    origin: Origin | None = None,
    *,
    is_batch: bool = False,
) -> list[Ticked]:
    """Write in boxes, or rewrite them while unsigned; their breaches follow.

    Args:
        session: The session of an action.
        matrix: What kind of sheet.
        entries: One per box; the last one wins.
        now: The instant of writing, aware, of the entries that do not say theirs.
        origin: How they came; by default live today, and from paper for another day.
        is_batch: They are ticked in one gesture.

    Raises:
        SealedError: A week concerned is signed.
        UserError: A day is to come, or a box cannot hold that.
    """
    wanted = {entry.spot: entry for entry in entries}
    if not wanted:
        return []
    signing.refuse_signed(session, matrix.key, {spot.day for spot in wanted})
    items = _items(session, matrix, wanted)
    found = current(session, matrix, wanted)
    records: list[Ticked] = []
    for spot, entry in wanted.items():
        _check(matrix, items[spot], entry, entry.at or now)
        record = found.get(spot)
        if record is None:
            record = _new(matrix, spot, entry.at or now)
            session.add(record)
        _fill(record, entry, origin or _origin(spot.day, now), is_batch=is_batch)
        records.append(record)
    session.flush()
    new = frozenset(r.id for r in records) - {r.id for r in found.values()}
    _settle(session, matrix, items, records, now, new=new)
    return records


def erase(session: Session, matrix: Matrix, spots: Iterable[Spot]) -> None:
    """Empty boxes of unsigned weeks.

    Raises:
        SealedError: A week concerned is signed.
        UserError: A corrective action was written about one of them.
    """
    wanted = [*spots]
    signing.refuse_signed(session, matrix.key, {spot.day for spot in wanted})
    for record in current(session, matrix, wanted).values():
        breaches.forget(session, Source(matrix.key, record.id))
        session.delete(record)
    session.flush()


def initial(
    session: Session, matrix: Matrix, day: date, part: str, initials: str, now: datetime
) -> int:
    """Put someone's initials on the boxes of a column that have none; return how many.

    With nobody's initials left to put, those of the whole column are replaced.

    Raises:
        SealedError: The week is signed.
    """
    signing.refuse_signed(session, matrix.key, [day])
    sheet = read_sheet(session, matrix, Period.through(day, day))
    empty = sheet.unsigned_boxes(day, part)
    mine = [spot for spot in sheet.boxes if (spot.day, spot.part) == (day, part)]
    wanted = (empty or mine) if initials.strip() else mine
    items = _items(session, matrix, wanted)
    records = [*current(session, matrix, wanted).values()]
    for record in records:
        record.initials = initials.strip()
    _settle(session, matrix, items, records, now)
    return len(records)


def tick_everything(
    session: Session, matrix: Matrix, day: date, initials: str, now: datetime
) -> int:
    """Tick every empty box due each day, in one gesture by one person; return how many.

    What is due once in a week or longer, and what is cleaned at each use, stays empty:
    it is ticked by itself, when it was done. Each box keeps that it was ticked so.

    Raises:
        SealedError: The week is signed.
        UserError: No initials, or the day is to come.
    """
    if not initials.strip():
        raise UserError(tr("Dites qui a tout fait : tapez ses initiales."))
    sheet = read_sheet(session, matrix, Period.through(day, day))
    daily = {item.key for item in sheet.items if is_daily(item)}
    entries = [
        Entry(spot, Answer.CONFORM, initials=initials.strip())
        for spot in sheet.spots(day)
        if spot in sheet.due and spot.key in daily and sheet.says_nothing(spot)
    ]
    return len(write(session, matrix, entries, now, is_batch=True))


def correct(
    session: Session, matrix: Matrix, entry: Entry, reason: str, initials: str, now: datetime
) -> Ticked:
    """Correct a box of a signed week, or fill one that was left empty; both are printed.

    An entry that says nothing takes back what the box said.

    Raises:
        UserError: No reason, no initials, the week is not signed, or nothing changes.
    """
    if not reason.strip() or not initials.strip():
        raise UserError(tr("Dites pourquoi vous corrigez, et signez de vos initiales."))
    spot = entry.spot
    if not signing.is_signed(session, matrix.key, spot.day):
        raise UserError(tr("Cette semaine n’est pas signée : tapez dans la case."))
    item = _items(session, matrix, [spot])[spot]
    former = current(session, matrix, [spot]).get(spot)
    is_void = entry.answer is None and entry.value is None
    if is_void and (former is None or former.is_void):
        raise UserError(tr("Il n’y a rien à corriger dans cette case."))
    if former is not None and _same(former, entry):
        raise UserError(tr("Rien ne change : tapez la bonne valeur."))
    if not is_void:
        _check(matrix, item, entry, now)
    record = _new(matrix, spot, now)
    _fill(record, entry, Origin.PAPER, is_batch=False)
    record.initials, record.reason = initials.strip(), reason.strip()
    record.corrects_id, record.is_void = (former.id if former else None), is_void
    session.add(record)
    session.flush()
    before = Source(matrix.key, former.id) if former is not None else None
    record.verdict, fault = _judged(session, matrix, item, record)
    breaches.follow(session, Source(matrix.key, record.id), fault, now, former=before)
    seal(session, [record], now)
    return record


def sign_week(
    session: Session, matrix: Matrix, monday: date, initials: str, note: str, now: datetime
) -> WeekSignature:
    """Declare the sheet of a week true and closed; all its boxes are sealed with it.

    Raises:
        UserError: No initials, a week signed already or to come, or an empty sheet that
            nobody explains.
    """
    week = Period.week(monday)
    model = matrix.model
    rows = session.scalars(
        select(model).where(model.day >= week.first, model.day < week.end).order_by(model.id)
    ).all()
    return signing.sign(session, matrix.key, week.first, initials, note, now, rows=rows)


def current(session: Session, matrix: Matrix, spots: Iterable[Spot]) -> dict[Spot, Ticked]:
    """Return what stands in boxes now: of each, the record that no other corrects."""
    wanted = frozenset(spots)
    if not wanted:
        return {}
    days = [spot.day for spot in wanted]
    model = matrix.model
    rows = session.scalars(
        select(model).where(model.day >= min(days), model.day <= max(days)).order_by(model.id)
    )
    found = ((spot_of(matrix, record), record) for record in rows)
    return {spot: record for spot, record in found if spot in wanted}


def _items(session: Session, matrix: Matrix, spots: Iterable[Spot]) -> dict[Spot, Item]:
    """Return the row of each box.

    Raises:
        UserError: It is not on the sheet of that day.
    """
    known: dict[date, dict[Key, Item]] = {}
    found: dict[Spot, Item] = {}
    for spot in spots:
        monday = Period.week(spot.day).first
        if monday not in known:
            rows = matrix.items(session, Period.week(spot.day))
            known[monday] = {item.key: item for item in rows}
        item = known[monday].get(spot.key)
        if item is None or not item.has_part(spot.part) or not item.in_service(spot.day):
            raise UserError(tr("Cette ligne n’est pas dans le plan de ce jour."))
        found[spot] = item
    return found


def _check(matrix: Matrix, item: Item, entry: Entry, now: datetime) -> None:
    day = entry.spot.day
    if day > civil_date(now):
        raise UserError(tr("Ce jour n’est pas encore venu : rien ne peut y être noté."))
    if day < FIRST_DAY:
        raise UserError(tr("Ce jour est trop ancien : vérifiez l’année."))
    if entry.answer is Answer.NOT_DONE and not entry.note.strip():
        raise UserError(tr("Dites pourquoi : oubli, fermé, panne ou autre."))
    takes = matrix.takes(item, entry.spot.part)
    if entry.value is None and entry.answer is None:
        raise UserError(tr("Rien à écrire : videz la case avec Suppr."))
    if entry.value is not None:
        _check_number(takes, item, entry.value)
    elif entry.answer is Answer.NOT_CONFORM and takes is Takes.TICK:
        raise UserError(tr("Une case se coche, ou se barre d’un « / » avec la raison."))
    elif entry.answer is Answer.CONFORM and takes is Takes.NUMBER:
        raise UserError(tr("Cette case attend un nombre, jamais « OK »."))


def _check_number(takes: Takes, item: Item, value: Decimal) -> None:
    if takes not in {Takes.NUMBER, Takes.EITHER}:
        raise UserError(tr("Cette case se coche : aucun nombre n’y est attendu."))
    if not value.is_finite() or abs(value) >= LARGEST:
        raise UserError(tr("Ce nombre n’est pas possible ici."))
    if value != value.quantize(Decimal(1).scaleb(-item.places)):
        raise UserError(
            tr("Pas plus de {n} chiffres après la virgule ici.").format(n=item.places)
            if item.places
            else tr("Un nombre entier, sans virgule.")
        )
    if item.most is not None and not 0 <= value <= item.most:
        raise UserError(tr("Ce nombre n’est pas possible ici : vérifiez l’unité."))


def _new(matrix: Matrix, spot: Spot, now: datetime) -> Ticked:
    row: dict[str, Any] = {matrix.item: spot.key}
    return matrix.model(day=spot.day, recorded_at=now, part=spot.part, **row)


def _fill(record: Ticked, entry: Entry, origin: Origin, *, is_batch: bool) -> None:
    record.answer, record.value = entry.answer, entry.value
    record.note = entry.note.strip()
    record.origin, record.is_batch = origin, is_batch
    if entry.initials.strip():
        record.initials = entry.initials.strip()


def _settle(
    session: Session,
    matrix: Matrix,
    items: Mapping[Spot, Item],
    records: Sequence[Ticked],
    now: datetime,
    *,
    new: frozenset[int] = frozenset(),
) -> None:
    """Judge records, and make their breaches agree; a new one has none that could be settled."""
    faults: dict[int, Fault | None] = {}
    # Judged before any is changed: a question asked in between would write the boxes one by one.
    judged = [(r, _judged(session, matrix, items[spot_of(matrix, r)], r)) for r in records]
    for record, (verdict, fault) in judged:
        record.verdict = verdict
        if fault is not None or record.id not in new:
            faults[record.id] = fault
    breaches.follow_many(session, matrix.key, faults, now)
    session.flush()


def _judged(session: Session, matrix: Matrix, item: Item, record: Ticked) -> Judgement:
    return (
        Judgement(Verdict.NOT_APPLICABLE) if record.is_void else matrix.judge(session, item, record)
    )


def _same(former: Ticked, entry: Entry) -> bool:
    said = former.answer, former.value, former.note
    return not former.is_void and said == (entry.answer, entry.value, entry.note.strip())


def _origin(day: date, now: datetime) -> Origin:
    return Origin.TYPED if day == civil_date(now) else Origin.PAPER
