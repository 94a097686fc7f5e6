"""The plan on a day: which version, which points, which rule, which regime.

A book without a plan is judged by the shipped one, as a small canteen would start with it.
"""

from datetime import date
from functools import lru_cache, partial
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.plan.adapting import USUAL_TRAITS, is_on_at_first
from cantine_desktop.hygiene.plan.measures import Rule
from cantine_desktop.hygiene.plan.model import PlanPoint, PlanVersion, Regime
from cantine_desktop.hygiene.plan.points import Point
from cantine_desktop.hygiene.plan.shipped import family_limits, shipped, with_families
from cantine_desktop.storage.kept import kept
from cantine_desktop.storage.recorder import ReadingSession
from cantine_desktop.storage.types import canonical_json

_Points = dict[str, tuple[Point, bool]]
"""Points by code, and whether each is switched on."""

_FOR_GOOD: WeakKeyDictionary[Engine, dict[int, _Points]] = WeakKeyDictionary()
"""Points of the sealed versions of each open book."""


def version_in_force(session: Session, day: date) -> PlanVersion | None:
    """Return the version of the plan in force on a day; ``None`` before the first one.

    A session that only reads sees one unchanging state: it asks once for each day.
    """
    if not isinstance(session, ReadingSession):
        return kept(session, PlanVersion, day, partial(_version, session, day))
    known: dict[date, PlanVersion | None] = session.info.setdefault("plan_versions", {})
    if day not in known:
        known[day] = _version(session, day)
    return known[day]


def _version(session: Session, day: date) -> PlanVersion | None:
    query = (
        select(PlanVersion.id)
        .where(PlanVersion.valid_from <= day)
        .order_by(PlanVersion.valid_from.desc())
        .limit(1)
    )
    key = session.scalar(query)
    return None if key is None else session.get(PlanVersion, key)


def point_of(session: Session, code: str, day: date) -> Point | None:
    """Return a control point as it is on a day; ``None`` when it is not switched on.

    Args:
        session: Of the book.
        code: ``"REC-02"``.
        day: Civil day.
    """
    version = version_in_force(session, day)
    if version is None:
        point = shipped().points.get(code)
        starts = point is not None and is_on_at_first(point, Regime.COLLECTIVE, USUAL_TRAITS)
        return point if starts else None
    point, is_on = _points(session, version).get(code, (None, False))
    return point if is_on else None


def rule_of(session: Session, code: str, day: date) -> Rule:
    """Return the rule of a control point on a day, switched on or not.

    Raises:
        KeyError: Neither the plan of that day nor the shipped one has the point.
    """
    version = version_in_force(session, day)
    known = {} if version is None else _points(session, version)
    return known[code][0].rule if code in known else shipped().points[code].rule


def points_in_force(session: Session, day: date) -> tuple[Point, ...]:
    """Return the control points switched on on a day, in the order of the plan."""
    version = version_in_force(session, day)
    if version is None:
        return starting_points()
    return tuple(point for point, is_on in _points(session, version).values() if is_on)


def starting_points() -> tuple[Point, ...]:
    """Return the points a small canteen starts with."""
    return tuple(
        point
        for point in shipped().points.values()
        if is_on_at_first(point, Regime.COLLECTIVE, USUAL_TRAITS)
    )


def regime_of(session: Session, day: date) -> Regime:
    """Return the regime of a day; collective, the stricter one, until it was chosen."""
    version = version_in_force(session, day)
    return Regime.COLLECTIVE if version is None else version.regime


def traits_of(session: Session, day: date) -> frozenset[str]:
    """Return what the canteen has, buys and serves on a day: ``has:fryer``, ``menu:raw_fish``."""
    version = version_in_force(session, day)
    return USUAL_TRAITS if version is None else frozenset(version.traits)


def read_point(row: PlanPoint) -> Point:
    """Return the point that a row of a version holds."""
    return _read(canonical_json(row.definition))


@lru_cache(maxsize=1024)
def _read(definition: str) -> Point:
    point = msgspec.json.decode(definition, type=Point)
    return msgspec.structs.replace(point, rule=with_families(point.rule, family_limits()))


def _points(session: Session, version: PlanVersion) -> _Points:
    """Return the points of a version and whether each is on, in the order of the plan.

    Those of a sealed version never change. They are read once in a session; and once for
    all where the session only reads: what an action wrote may still be taken back, and its
    key be given again.
    """
    if not version.is_sealed:
        return _load(session, version)
    for_good = isinstance(session, ReadingSession)
    bind = session.get_bind()
    kept: dict[int, _Points] = (
        _FOR_GOOD.setdefault(bind.engine, {})
        if for_good
        else session.info.setdefault("plan_points", {})
    )
    if version.id not in kept:
        kept[version.id] = _load(session, version)
    return kept[version.id]


def _load(session: Session, version: PlanVersion) -> _Points:
    query = select(PlanPoint).where(PlanPoint.version_id == version.id).order_by(PlanPoint.position)
    return {row.code: (read_point(row), row.is_on) for row in session.scalars(query)}
