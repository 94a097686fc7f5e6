"""What payroll calls people and variables, and what else it is told of a month."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.model import StaffMember
from cantine_desktop.staff.payroll.layouts import layouts
from cantine_desktop.staff.payroll.model import (
    ExtraKind,
    PayrollCode,
    PayrollExtra,
    PayrollNumber,
)
from cantine_desktop.staff.payroll.variables import titles
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

LONGEST_NUMBER = 20


def set_number(session: Session, member_id: int, number: str) -> None:
    """Say how payroll numbers somebody; nothing takes the number away.

    Raises:
        UserError: It is too long, or somebody else has it.
    """
    wanted = number.strip()
    if len(wanted) > LONGEST_NUMBER:
        raise UserError(tr("Ce matricule est trop long : 20 signes au plus."))
    held = session.scalar(select(PayrollNumber).where(PayrollNumber.number == wanted))
    if held is not None and held.member_id != member_id:
        name = session.get_one(StaffMember, held.member_id).name
        raise UserError(tr("{name} a déjà le matricule {number}.").format(name=name, number=wanted))
    own = session.scalar(select(PayrollNumber).where(PayrollNumber.member_id == member_id))
    if own is None and wanted:
        session.add(PayrollNumber(member_id=member_id, number=wanted))
    elif own is not None and wanted:
        own.number = wanted
    elif own is not None:
        session.delete(own)
    session.flush()


def set_code(session: Session, layout: str, variable: str, code: str) -> None:
    """Say what a payroll office calls a variable; an empty code leaves it out of its file.

    Raises:
        UserError: No such layout or variable.
    """
    if layout not in layouts() or variable not in titles():
        raise UserError(tr("Cette rubrique n’existe pas."))
    row = session.scalar(
        select(PayrollCode).where(PayrollCode.layout == layout, PayrollCode.variable == variable)
    )
    if row is None:
        session.add(PayrollCode(layout=layout, variable=variable, code=code.strip()))
    else:
        row.code = code.strip()
    session.flush()


def set_extra(
    session: Session,
    member_id: int,
    month: date,
    kind: ExtraKind,
    value: int | Money | None,
    note: str = "",
) -> None:
    """Say what else payroll must know of somebody's month; nothing at all takes it away.

    Args:
        session: The session of an action.
        member_id: Whom it is about.
        month: A day of the month.
        kind: What it is.
        value: How many meals, or euros; nothing for a comment.
        note: Free words.

    Raises:
        UserError: The value is below zero, or of the wrong kind.
    """
    first = Period.month(month).first
    is_count = kind is ExtraKind.MEALS
    if value is not None and isinstance(value, int) is not is_count:
        raise UserError(tr("Les repas se comptent ; le reste se dit en euros."))
    if value is not None and (value < 0 if isinstance(value, int) else value.cents < 0):
        raise UserError(tr("Un montant est positif : vérifiez-le."))
    row = session.scalar(
        select(PayrollExtra).where(
            PayrollExtra.member_id == member_id,
            PayrollExtra.month == first,
            PayrollExtra.kind == kind,
        )
    )
    if not value and not note.strip():
        if row is not None:
            session.delete(row)
            session.flush()
        return
    if row is None:
        row = PayrollExtra(member_id=member_id, month=first, kind=kind)
        session.add(row)
    row.count = value if isinstance(value, int) else None
    row.amount = value if isinstance(value, Money) else None
    row.note = note.strip()
    session.flush()
