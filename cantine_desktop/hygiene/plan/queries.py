"""What the screens and sheets of the plan show."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.hygiene.plan import drafting
from cantine_desktop.hygiene.plan.adapting import USUAL_TRAITS, applies
from cantine_desktop.hygiene.plan.in_force import read_point, version_in_force
from cantine_desktop.hygiene.plan.model import PlanVersion, Regime
from cantine_desktop.hygiene.plan.points import Point
from cantine_desktop.hygiene.plan.shipped import shipped


class PointRow(NamedTuple):
    """A control point as the list shows it.

    Attributes:
        point: The point.
        is_on: The canteen does it, by the version shown.
        applies: The canteen has use for it.
        is_changed: The draft changes it.
    """

    point: Point
    is_on: bool
    applies: bool
    is_changed: bool

    @property
    def is_critical(self) -> bool:
        """Whether a failed check may do grave harm."""
        return self.point.severity is Severity.CRITICAL


class VersionRow(NamedTuple):
    """A version as the list of versions shows it; ``valid_from`` is ``None`` for the draft."""

    id: int
    number: int
    valid_from: date | None
    label: str
    reason: str
    prepared_by: str
    initials: str
    regime: Regime
    points_on: int


class PlanView(NamedTuple):
    """The plan as its screen shows it: the draft when there is one.

    Attributes:
        rows: Every point, in the order of the plan.
        in_force: The version in force today, or ``None``.
        coming: A version that is to come, or ``None``.
        draft: The draft, or ``None``.
        changes: What the draft changes, point by point, and the regime or the traits.
        regime: Of what is shown.
        traits: Of what is shown.
        has_new_profile: The draft changes the regime or the traits.
    """

    rows: tuple[PointRow, ...]
    in_force: VersionRow | None
    coming: VersionRow | None
    draft: VersionRow | None
    changes: int
    regime: Regime
    traits: frozenset[str]
    has_new_profile: bool


def plan_view(session: Session, today: date) -> PlanView:
    """Return the draft when there is one, else the latest version, else the shipped plan."""
    current, latest = version_in_force(session, today), drafting.latest_version(session)
    draft = drafting.draft(session)
    shown = draft or latest
    regime = Regime.COLLECTIVE if shown is None else shown.regime
    traits = USUAL_TRAITS if shown is None else frozenset(shown.traits)
    states = _states(shown)
    former = states if draft is None else _states(latest)
    rows = tuple(
        PointRow(
            point,
            is_on,
            applies(point, regime, traits),
            draft is not None and former.get(point.code) != (point, is_on),
        )
        for point, is_on in states.values()
    )
    gone = len(former.keys() - {row.point.code for row in rows})
    was = (Regime.COLLECTIVE, USUAL_TRAITS) if latest is None else _profile(latest)
    moved = draft is not None and _profile(draft) != was
    return PlanView(
        rows=rows,
        in_force=_row(current),
        coming=_row(latest) if latest is not None and latest is not current else None,
        draft=_row(draft),
        changes=sum(row.is_changed for row in rows) + gone + moved,
        regime=regime,
        traits=traits,
        has_new_profile=moved,
    )


def versions(session: Session) -> list[VersionRow]:
    """Return every version that was put in force, the latest first."""
    query = select(PlanVersion).where(PlanVersion.valid_from.is_not(None))
    found = session.scalars(query.order_by(PlanVersion.number.desc()))
    return [row for version in found if (row := _row(version)) is not None]


def _states(version: PlanVersion | None) -> dict[str, tuple[Point, bool]]:
    if version is None:
        points = shipped().points
        return {code: (point, drafting.starts_on(point)) for code, point in points.items()}
    return {row.code: (read_point(row), row.is_on) for row in version.points}


def _profile(version: PlanVersion) -> tuple[Regime, frozenset[str]]:
    return version.regime, frozenset(version.traits)


def _row(version: PlanVersion | None) -> VersionRow | None:
    if version is None:
        return None
    return VersionRow(
        version.id,
        version.number,
        version.valid_from,
        version.label,
        version.reason,
        version.prepared_by,
        version.initials,
        version.regime,
        sum(row.is_on for row in version.points),
    )
