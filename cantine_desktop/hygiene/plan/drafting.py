"""Writing the next version of the plan, and putting it in force.

Nothing in force is ever changed: a draft is made from it, changed, then put in force from a
day on. What was judged by the former version stays as it was judged.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.plan.adapting import (
    TRAITS,
    USUAL_TRAITS,
    applies,
    duties,
    is_on_at_first,
)
from cantine_desktop.hygiene.plan.in_force import read_point
from cantine_desktop.hygiene.plan.model import PlanPoint, PlanVersion, Regime
from cantine_desktop.hygiene.plan.points import Basis, Point
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.hygiene.plan.tightening import (
    honest,
    refuse_impossible,
    refuse_looser,
    refuse_rarer,
)
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.storage.seal import seal


class Signed(NamedTuple):
    """Who made a version and why.

    Attributes:
        label: What it is called.
        reason: Why it was made.
        prepared_by: Who wrote it.
        initials: Who puts it in force.
    """

    label: str
    reason: str
    prepared_by: str
    initials: str


def draft(session: Session) -> PlanVersion | None:
    """Return the draft, if there is one."""
    return session.scalar(select(PlanVersion).where(PlanVersion.valid_from.is_(None)))


def latest_version(session: Session) -> PlanVersion | None:
    """Return the version put in force last, even when its day is to come."""
    query = select(PlanVersion).where(PlanVersion.valid_from.is_not(None))
    return session.scalar(query.order_by(PlanVersion.number.desc()).limit(1))


def start_draft(session: Session) -> PlanVersion:
    """Return the draft, made now from the latest version, or from the shipped plan."""
    if (present := draft(session)) is not None:
        return present
    former = latest_version(session)
    number = (session.scalar(select(func.max(PlanVersion.number))) or 0) + 1
    if former is None:
        made = PlanVersion(number=number, regime=Regime.COLLECTIVE, traits=sorted(USUAL_TRAITS))
        for position, point in enumerate(shipped().points.values(), 1):
            _write(made, point, position, is_on=starts_on(point))
    else:
        made = PlanVersion(number=number, regime=former.regime, traits=list(former.traits))
        for row in former.points:
            _write(made, read_point(row), row.position, is_on=row.is_on)
    session.add(made)
    session.flush()
    return made


def drop_draft(session: Session) -> None:
    """Throw the draft away; what is in force stays."""
    version = draft(session)
    if version is None:
        return
    for row in version.points:
        session.delete(row)
    session.flush()
    session.delete(version)


def switch(session: Session, codes: Iterable[str], *, on: bool) -> PlanVersion:
    """Switch points of the draft on or off; the draft is made when there is none."""
    version = start_draft(session)
    wanted = (PlanPoint.version_id == version.id, PlanPoint.code.in_(list(codes)))
    for row in session.scalars(select(PlanPoint).where(*wanted)):
        row.is_on = on
    return version


def adapt(session: Session, regime: Regime, traits: Iterable[str]) -> PlanVersion:
    """Say what the canteen has, buys and serves, and for whom.

    Points that no longer apply are switched off; critical ones that now do, and the duties of
    a new regime, are switched on.

    Raises:
        UserError: A trait is unknown.
    """
    version = start_draft(session)
    chosen = sorted(set(traits))
    if unknown := sorted(set(chosen) - TRAITS.keys()):
        raise UserError(tr("Particularité inconnue : « {trait} ».").format(trait=unknown[0]))
    owed = duties(regime) - duties(version.regime)
    for row in version.points:
        point = read_point(row)
        did = applies(point, version.regime, version.traits)
        does = applies(point, regime, chosen)
        if did and not does:
            row.is_on = False
        elif row.code in owed or (does and not did and is_on_at_first(point, regime, chosen)):
            row.is_on = True
    version.regime, version.traits = regime, chosen
    return version


def change_point(session: Session, code: str, **changes: Any) -> Point:
    """Change a point of the draft: its rule, frequency, who does it, title or note.

    Raises:
        UserError: A limit that the law fixes would be looser, or the rule makes no sense.
    """
    version = start_draft(session)
    row = next(row for row in version.points if row.code == code)
    former = read_point(row)
    changed = msgspec.structs.replace(former, **changes)
    check_point(changed)
    point = honest(changed, shipped().points.get(code))
    row.definition, row.title = as_json(point), point.title
    return point


def check_point(point: Point) -> None:
    """Let a point pass.

    Raises:
        UserError: It has no title, its rule makes no sense, or it loosens what the law fixes,
            a limit or a frequency.
    """
    if not point.title.strip():
        raise UserError(tr("Un point de contrôle dit ce que l’on vérifie : donnez-lui un titre."))
    refuse_impossible(point)
    text = shipped().points.get(point.code)
    if text is not None and text.limit_basis is Basis.LAW:
        refuse_looser(point, text)
    if text is not None:
        refuse_rarer(point, text)


def add_own_point(session: Session, point: Point) -> Point:
    """Add a point of the canteen's own to the draft, switched on, with the next code.

    Its limit is the canteen's choice, whatever it says: only shipped points cite the law.

    Raises:
        UserError: It has no title, or its rule makes no sense.
    """
    version = start_draft(session)
    own = [row.code for row in version.points if row.code.startswith("OWN-")]
    number = max((int(code.removeprefix("OWN-")) for code in own), default=0) + 1
    added = honest(msgspec.structs.replace(point, code=f"OWN-{number:02}", is_own=True), None)
    check_point(added)
    session.add(append(version, added, is_on=True))
    session.flush()
    return added


def remove_own_point(session: Session, code: str) -> None:
    """Take a point of the canteen's own out of the draft; former versions keep it.

    Raises:
        UserError: It is a shipped point, which can only be switched off.
    """
    version = start_draft(session)
    row = next(row for row in version.points if row.code == code)
    if not read_point(row).is_own:
        raise UserError(tr("Ce point vient du plan de départ : décochez-le, il reste lisible."))
    version.points.remove(row)
    session.delete(row)


def put_in_force(session: Session, valid_from: date, signed: Signed, now: datetime) -> PlanVersion:
    """Put the draft in force from a day on, and seal it.

    Raises:
        UserError: There is no draft, nobody signs, no point is on, or the day is past; the
            first version alone may start on a past day.
    """
    version = draft(session)
    if version is None:
        raise UserError(tr("Il n’y a pas de brouillon : changez d’abord un point du plan."))
    if not signed.initials.strip():
        raise UserError(tr("Vos initiales : le plan en vigueur engage quelqu’un."))
    if not any(row.is_on for row in version.points):
        raise UserError(tr("Aucun point n’est coché : un plan vérifie au moins quelque chose."))
    _refuse_past(latest_version(session), valid_from, civil_date(now))
    version.valid_from, version.put_in_force_at = valid_from, now
    version.label, version.reason = signed.label.strip(), signed.reason.strip()
    version.prepared_by, version.initials = signed.prepared_by.strip(), signed.initials.strip()
    session.flush()
    seal(session, [*version.points, version], now)
    return version


def _refuse_past(former: PlanVersion | None, day: date, today: date) -> None:
    if former is None or former.valid_from is None:
        return
    if day < today:
        raise UserError(
            tr("Un plan ne change pas le passé : choisissez aujourd’hui ou un jour à venir.")
        )
    if day <= former.valid_from:
        raise UserError(
            tr("La version {number} entre en vigueur le {day} : choisissez un jour après.").format(
                number=former.number, day=short_day(former.valid_from)
            )
        )


def starts_on(point: Point) -> bool:
    """Tell whether a canteen with nothing special starts with a point."""
    return is_on_at_first(point, Regime.COLLECTIVE, USUAL_TRAITS)


def append(version: PlanVersion, point: Point, *, is_on: bool) -> PlanPoint:
    """Add a point at the end of a version."""
    last = max((row.position for row in version.points), default=0)
    return _write(version, point, last + 1, is_on=is_on)


def rows_to_write(session: Session) -> list[PlanPoint]:
    """Return the points of the draft, of the latest version, or of the shipped plan."""
    version = draft(session) or latest_version(session)
    if version is not None:
        return list(version.points)
    shown = PlanVersion(number=1, regime=Regime.COLLECTIVE, traits=[])
    return [
        _write(shown, point, position, is_on=starts_on(point))
        for position, point in enumerate(shipped().points.values(), 1)
    ]


def as_json(point: Point) -> dict[str, Any]:
    """Write a point as its row holds it; the limits of families are never stored."""
    rule = msgspec.structs.replace(point.rule, families=())
    written: dict[str, Any] = msgspec.to_builtins(
        msgspec.structs.replace(point, rule=rule), order="sorted"
    )
    return written


def _write(version: PlanVersion, point: Point, position: int, *, is_on: bool) -> PlanPoint:
    return PlanPoint(
        version=version,
        code=point.code,
        position=position,
        is_on=is_on,
        title=point.title,
        definition=as_json(point),
    )
