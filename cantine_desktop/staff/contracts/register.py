"""Keeping the single staff register: what is to be written there, and writing it for good.

A line is sealed as it is written. A departure, a new job or a mistake put right is another line
that names the one it replaces: both stay, and both are printed.

Source: CT-L1221-13, CT-D1221-23, CT-R1221-26.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.staff.contracts.engaging import is_part_time
from cantine_desktop.staff.contracts.model import REGISTERED, Contract, StaffMember
from cantine_desktop.staff.contracts.register_model import RegisterLine
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.period import DAY

LABELS: dict[str, str] = {
    "name": mark("nom"),
    "status": mark("contrat"),
    "first": mark("entrée"),
    "last": mark("sortie"),
    "birth_date": mark("date de naissance"),
    "nationality": mark("nationalité"),
    "sex": mark("sexe"),
    "job": mark("emploi"),
    "qualification": mark("qualification"),
    "authorisation": mark("autorisation"),
    "work_permit": mark("titre de travail"),
    "is_part_time": mark("temps partiel"),
    "tutor": mark("tuteur ou tutrice"),
    "place": mark("lieu"),
}
"""What a line says, in the order of its columns."""

_ALWAYS = ("birth_date", "nationality", "sex", "job")


class Waiting(NamedTuple):
    """A line to write.

    Attributes:
        contract_id: The contract it is about.
        name: Who.
        changed: Keys of ``LABELS`` that differ from the line before; empty for a first line.
        lacking: Keys of ``LABELS`` the register asks for and nobody filled yet.
        replaces: Key of the line it will replace; ``None`` for a first line.
    """

    contract_id: int
    name: str
    changed: tuple[str, ...]
    lacking: tuple[str, ...]
    replaces: int | None


def waiting(session: Session, today: date) -> list[Waiting]:
    """Return the lines to write by a day, in the order of hiring: arrivals, departures, changes."""
    written = {line.contract_id: line for line in _last_lines(session)}
    found: list[Waiting] = []
    for contract, member in _hired(session, today):
        values, before = _values(contract, member, today), written.get(contract.id)
        changed = _changed(before, values) if before is not None else ()
        if before is not None and not changed:
            continue
        lacking = tuple(key for key in _ALWAYS if not values[key])
        replaces = None if before is None else before.id
        found.append(Waiting(contract.id, member.name, changed, lacking, replaces))
    return found


def write_waiting(session: Session, now: datetime) -> list[RegisterLine]:
    """Write and seal every line that waits; the action cannot be taken back.

    Raises:
        UserError: There is nothing to write.
    """
    today, lines = civil_date(now), list[RegisterLine]()
    last = session.scalar(select(func.max(RegisterLine.number))) or 0
    for each in waiting(session, today):
        contract = session.get_one(Contract, each.contract_id)
        member = session.get_one(StaffMember, contract.member_id)
        if each.replaces is None:
            last += 1
            number, reason = last, ""
        else:
            number = session.get_one(RegisterLine, each.replaces).number
            reason = change_words(each.changed)
        lines.append(
            RegisterLine(
                contract_id=contract.id,
                number=number,
                entered_at=now,
                corrects_id=each.replaces,
                reason=reason,
                **_values(contract, member, today),
            )
        )
    if not lines:
        raise UserError(tr("Le registre est à jour : il n’y a rien à y écrire."))
    session.add_all(lines)
    seal(session, lines, now)
    return lines


def strike(session: Session, contract_id: int, reason: str, now: datetime) -> RegisterLine:
    """Say that somebody the register names never came: the line is struck through, and stays.

    Raises:
        UserError: No reason is given, or no line stands for this contract.
    """
    if not reason.strip():
        raise UserError(tr("Dites pourquoi cette ligne est rayée : « n’est pas venue »."))
    before = next((x for x in _last_lines(session) if x.contract_id == contract_id), None)
    if before is None or before.is_void:
        raise UserError(tr("Aucune ligne du registre ne tient pour ce contrat."))
    line = RegisterLine(
        contract_id=contract_id,
        number=before.number,
        entered_at=now,
        corrects_id=before.id,
        reason=reason.strip(),
        is_void=True,
        **{key: getattr(before, key) for key in LABELS},
    )
    session.add(line)
    seal(session, [line], now)
    return line


def every_line(session: Session) -> list[RegisterLine]:
    """Return every line ever written, in the order of hiring, the oldest of each first."""
    return list(
        session.scalars(select(RegisterLine).order_by(RegisterLine.number, RegisterLine.id))
    )


def standing(session: Session) -> list[RegisterLine]:
    """Return the lines that nothing replaced and that hold, in the order of hiring."""
    return [line for line in _last_lines(session) if not line.is_void]


def only_completes(line: RegisterLine, before: RegisterLine) -> bool:
    """Tell whether a line only adds a departure to the one before: nothing is put right."""
    values = {key: getattr(line, key) for key in LABELS}
    return not line.is_void and before.last is None and _changed(before, values) == ("last",)


def change_words(changed: Sequence[str]) -> str:
    """Return what a line changes, in words: « sortie, emploi »."""
    return ", ".join(tr(LABELS[key]) for key in changed)


def _last_lines(session: Session) -> list[RegisterLine]:
    lines = every_line(session)
    replaced = {line.corrects_id for line in lines}
    return [line for line in lines if line.id not in replaced]


def _hired(session: Session, today: date) -> list[tuple[Contract, StaffMember]]:
    query = (
        select(Contract, StaffMember)
        .join(StaffMember, Contract.member_id == StaffMember.id)
        .where(Contract.status.in_(REGISTERED), Contract.first <= today)
        .order_by(Contract.first, Contract.id)
    )
    return [(contract, member) for contract, member in session.execute(query)]


def _values(contract: Contract, member: StaffMember, today: date) -> dict[str, Any]:
    """Return what the register says of a contract on a day: a departure only once it is past."""
    gone = contract.end is not None and contract.end <= today
    return {
        "name": member.name,
        "status": contract.status,
        "first": contract.first,
        "last": contract.end - DAY if gone and contract.end is not None else None,
        "birth_date": member.birth_date,
        "nationality": member.nationality,
        "sex": member.sex,
        "job": contract.job,
        "qualification": contract.qualification,
        "authorisation": contract.authorisation,
        "work_permit": member.work_permit,
        "is_part_time": is_part_time(contract),
        "tutor": contract.tutor,
        "place": contract.place,
    }


def _changed(before: RegisterLine, values: dict[str, Any]) -> tuple[str, ...]:
    if before.is_void:
        return ()  # a struck line is never written again by itself
    return tuple(key for key in LABELS if getattr(before, key) != values[key])
