"""The oil of fryers (HU): degrees, aspect, polar compounds, what was filtered and changed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.equipment.kinds import EquipmentKind
from cantine_desktop.hygiene.equipment.model import Equipment
from cantine_desktop.hygiene.food.due import has
from cantine_desktop.hygiene.food.model import OilCheck
from cantine_desktop.hygiene.food.review import Review
from cantine_desktop.hygiene.food.usual import usual
from cantine_desktop.hygiene.food.words import basis_line, degrees, known, plain
from cantine_desktop.hygiene.plan.in_force import rule_of
from cantine_desktop.hygiene.plan.rules import Measured
from cantine_desktop.hygiene.registers.register import Column, Judgement, Kind, Register
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period


def judge_oil(session: Session, oil: OilCheck) -> Judgement:
    """Judge an oil by what was looked at: its degrees, its aspect, its polar compounds.

    Source: D2008-184, BP.
    """
    review = Review(session, oil.day, oil.fryer)
    review.require(oil.fryer)
    review.count(oil.used)
    changed = tr("Huile changée.") if oil.changed else ""
    if oil.celsius is not None:
        review.measure("COO-06", Measured(value=oil.celsius))
    if oil.polar is not None:
        review.measure("COO-07", Measured(value=oil.polar), changed)
    if oil.sound is not None:
        words = " ".join(filter(None, (tr("Aspect ou odeur anormal."), changed)))
        review.check("COO-08", words, answer=oil.sound)
    if oil.celsius is None and oil.polar is None and oil.sound is None and not oil.changed:
        review.lacks()
    return review.judgement()


def fryers(session: Session) -> Sequence[str]:
    """Return the fryers to propose: those of the equipment, then those written before."""
    known_ones = session.scalars(
        select(Equipment.name)
        .where(Equipment.kind == EquipmentKind.FRYER, Equipment.until.is_(None))
        .order_by(Equipment.id)
    )
    return tuple(dict.fromkeys((*known_ones, *usual(OilCheck.fryer)(session))))


def _legend(session: Session, period: Period) -> Sequence[str]:
    day = period.first
    polar, bath = rule_of(session, "COO-07", day), rule_of(session, "COO-06", day)
    names = fryers(session)
    return known(
        tr("Friteuses : {names}.").format(names=", ".join(names)) if names else "",
        tr(
            "Composés polaires : {most} % au plus ; à {alert} %, prévoyez de changer l’huile. "
            "Bain : {bath} au plus. Huile usagée : notez les litres gardés pour la collecte."
        ).format(most=plain(polar.most), alert=plain(polar.alert), bath=degrees(bath.most)),
        basis_line(session, ("COO-07", "COO-06"), day),
    )


OIL = Register(
    key="oil",
    letter="HU",
    title=mark("Huiles de friture"),
    model=OilCheck,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1.1),
        Column("fryer", mark("Friteuse"), share=2, suggest=fryers),
        Column("oil", mark("Huile"), share=1.6, suggest=usual(OilCheck.oil)),
        Column("celsius", mark("Bain"), Kind.CELSIUS, 1.1, unit="°C"),
        Column("sound", mark("Aspect, odeur"), Kind.CHECK, 1.1),
        Column("polar", mark("Polaires"), Kind.NUMBER, 1.2, places=1, unit="%"),
        Column("filtered", mark("Filtrée"), Kind.YES_NO, 1.1),
        Column("changed", mark("Changée"), Kind.YES_NO, 1.2),
        Column("used", mark("Huile usagée"), Kind.NUMBER, 1.2, places=1, unit="L"),
        Column("note", mark("Action"), share=2.4, suggest=usual(OilCheck.note)),
        Column("initials", mark("Visa"), Kind.INITIALS, 1),
    ),
    judge=judge_oil,
    points=("COO-06", "COO-07", "COO-08"),
    blank_rows=20,
    applies=has("has:fryer"),
    legend=_legend,
    words=mark("friteuse friture huile polaires"),
)
"""The register of frying oil."""
