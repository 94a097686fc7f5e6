"""The chapter of the plan: the regime, the versions in force over the period, their points."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from reportlab.platypus import Flowable
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.binder import Part
from cantine_desktop.documents.styles import heading, paragraph, small
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.hygiene.plan.in_force import points_in_force, regime_of, version_in_force
from cantine_desktop.hygiene.plan.model import PlanVersion
from cantine_desktop.hygiene.plan.points import Basis
from cantine_desktop.hygiene.plan.wording import REGIMES, source_words
from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.sources import sources


def regime_words(session: Session, day: date) -> str:
    """Return the regime of a day in words, and whether anybody declared it."""
    words = tr(REGIMES[regime_of(session, day)])
    if version_in_force(session, day) is None:
        return tr("{regime}, par défaut : aucune version du plan n’est en vigueur").format(
            regime=words
        )
    return words


def plan_part(making: Making) -> Part:
    """Return the chapter of the plan."""
    name = tr("Plan de maîtrise sanitaire en vigueur")
    return Part(name, making.frame(name), partial(_story, making))


def _story(making: Making) -> list[Flowable]:
    day = making.counted.last
    story: list[Flowable] = [
        paragraph(tr("Régime : {regime}.").format(regime=regime_words(making.session, day))),
        heading(tr("Versions en vigueur pendant la période")),
    ]
    found = _versions(making)
    if found:
        columns = [Column(tr("Version"), 1), Column(tr("En vigueur le"), 1.5)]
        columns += [Column(tr("Motif"), 4), Column(tr("Préparée par"), 1.6)]
        columns.append(Column(tr("Mise en vigueur"), 2))
        story.append(ruled_table(columns, [_line(version) for version in found], size=9.5))
    else:
        story.append(
            paragraph(
                tr(
                    "Aucune version n’a été mise en vigueur : les contrôles sont jugés par le "
                    "plan de départ du logiciel, que la cantine n’a pas encore adapté."
                )
            )
        )
    return [*story, *_points(making, day)]


def _versions(making: Making) -> list[PlanVersion]:
    """Return the version in force on the first day, and those that followed."""
    first = version_in_force(making.session, making.counted.first)
    query = (
        select(PlanVersion)
        .where(PlanVersion.valid_from > making.counted.first)
        .where(PlanVersion.valid_from < making.counted.end)
        .order_by(PlanVersion.valid_from)
    )
    return [*([first] if first else []), *making.session.scalars(query)]


def _line(version: PlanVersion) -> Sequence[str]:
    since = short_day(version.valid_from) if version.valid_from else ""
    put = version.put_in_force_at
    decided = f"{version.initials} {short_day(civil_date(put))}" if put else version.initials
    reason = " : ".join(part for part in (version.label, version.reason) if part)
    return [str(version.number), since, reason, version.prepared_by, decided]


def _points(making: Making, day: date) -> list[Flowable]:
    """List the points followed, with where each limit comes from."""
    points = points_in_force(making.session, day)
    fixed = sum(point.limit_basis is Basis.LAW for point in points)
    columns = [Column(tr("Point"), 1), Column(tr("Contrôle"), 6), Column(tr("Sources"), 4)]
    rows = [
        [
            point.code,
            point.title,
            " ; ".join(_cited(each) for each in point.sources),
        ]
        for point in points
    ]
    said = trn("{n} point de contrôle suivi", "{n} points de contrôle suivis", len(points))
    return [
        heading(said),
        small(
            tr(
                "Limites fixées par un texte : {law} ; les autres sont des repères officiels ou "
                "des choix de la cantine."
            ).format(law=fixed)
        ),
        ruled_table(columns, rows, size=8.5),
    ]


def _cited(key: str) -> str:
    """Write a source and how sure its wording is: nobody is told a text that was not read."""
    source = sources().get(key)
    return source_words(source) if source else key
