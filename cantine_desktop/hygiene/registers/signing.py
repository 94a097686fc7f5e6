"""Signing the sheet of a week: what it holds is closed for good, and then only corrected."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.hygiene.breach_rows import rows_to_seal
from cantine_desktop.hygiene.model import WeekSignature
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.i18n import tr
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.period import Period


def sign(
    session: Session,
    register_key: str,
    monday: date,
    initials: str,
    note: str,
    now: datetime,
    *,
    rows: Iterable[Base] = (),
) -> WeekSignature:
    """Declare the sheet of a week true and closed: its rows are sealed with the signature.

    Args:
        session: The session of an action.
        register_key: Key of the register or of the matrix.
        monday: First day of the ISO week.
        initials: Who signs.
        note: What is to be said; needed when the sheet is empty.
        now: The instant of signing, aware.
        rows: What stands on the sheet.

    Raises:
        UserError: No initials, the week is signed already or is to come, or it is empty
            and nobody says why.
    """
    closing = [*rows]
    monday = Period.week(monday).first
    if not initials.strip():
        raise UserError(tr("Signez de vos initiales."))
    if monday > civil_date(now):
        raise UserError(tr("Cette semaine n’est pas encore venue : elle ne peut pas être signée."))
    if is_signed(session, register_key, monday):
        raise UserError(tr("Cette semaine est déjà signée."))
    if not closing and not note.strip():
        raise UserError(
            tr(
                "Rien n’est noté cette semaine : dites pourquoi, par exemple "
                "« rien cette semaine »."
            )
        )
    signed = WeekSignature(
        monday=monday,
        initials=initials.strip(),
        signed_at=now,
        register=register_key,
        note=note.strip(),
    )
    session.add(signed)
    about = rows_to_seal(session, register_key, Period.week(monday))
    seal(session, [*closing, *about, signed], now)
    return signed


def sign_sheet(
    session: Session, register: Register, monday: date, initials: str, note: str, now: datetime
) -> WeekSignature:
    """Sign the week of a register, with every row it holds; see ``sign``."""
    week = Period.week(monday)
    model = register.model
    query = select(model).where(model.day >= week.first, model.day < week.end).order_by(model.id)
    rows = session.scalars(query).all()
    return sign(session, register.key, week.first, initials, note, now, rows=rows)


def signature_of(session: Session, register_key: str, day: date) -> WeekSignature | None:
    """Return the signature of the week that holds a day, if its sheet is signed."""
    values = {"key": register_key, "first": Period.week(day).first}
    return session.scalar(_signature(), values)


@cache
def _signature() -> Select[WeekSignature]:
    """Build once what every row typed asks."""
    return select(WeekSignature).where(
        WeekSignature.register == bindparam("key"), WeekSignature.monday == bindparam("first")
    )


def signatures_of(session: Session, register_key: str, period: Period) -> dict[date, WeekSignature]:
    """Return the signed weeks that begin in or reach into a period, by Monday."""
    query = select(WeekSignature).where(
        WeekSignature.register == register_key,
        WeekSignature.monday >= Period.week(period.first).first,
        WeekSignature.monday < period.end,
    )
    return {signed.monday: signed for signed in session.scalars(query)}


def is_signed(session: Session, register_key: str, day: date) -> bool:
    """Tell whether the sheet of the week that holds a day is signed."""
    return signature_of(session, register_key, day) is not None


def refuse_signed(session: Session, register_key: str, days: Iterable[date]) -> None:
    """Let a change of some days pass.

    Raises:
        SealedError: The sheet of one of their weeks is signed.
    """
    mondays = {Period.week(day).first for day in days}
    query = select(WeekSignature.monday).where(
        WeekSignature.register == register_key, WeekSignature.monday.in_(mondays)
    )
    monday = session.scalar(query.order_by(WeekSignature.monday))
    if monday is not None:
        raise SealedError(
            tr("La semaine {week} est signée : utilisez « Corriger ».").format(
                week=monday.isocalendar().week
            )
        )
