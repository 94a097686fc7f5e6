"""Dishes brought back to serving temperature between two points (RT)."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.equipment.naming import PROBE
from cantine_desktop.hygiene.food.curves import curve
from cantine_desktop.hygiene.food.model import Cooling, Reheating
from cantine_desktop.hygiene.food.review import Review
from cantine_desktop.hygiene.food.usual import usual
from cantine_desktop.hygiene.food.words import basis_line, degrees, known, plain
from cantine_desktop.hygiene.plan.in_force import rule_of
from cantine_desktop.hygiene.plan.rules import Measured
from cantine_desktop.hygiene.registers.register import Column, Judgement, Kind, Register
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period


def judge_reheating(session: Session, reheating: Reheating) -> Judgement:
    """Judge a reheating by both its points, the age of the dish and what became of the rest.

    A dish is reheated once, and what is left is thrown away: the weight, even nought,
    proves that somebody looked, where the plan asks for it.

    Source: AM09-IV3, AM09-IV-DLC.
    """
    review = Review(session, reheating.day, reheating.dish)
    review.require(reheating.dish)
    review.measure("REH-01", curve(reheating))
    if reheating.made_on is not None:
        age = Decimal((reheating.day - reheating.made_on).days)
        review.measure("PRE-12", Measured(value=age), tr("Préparation trop ancienne."))
    if review.asks("REH-02"):
        review.require(reheating.leftover)
    review.count(reheating.leftover)
    return review.judgement()


def minutes_words(reheating: Reheating) -> str:
    """Write how long it took."""
    return "" if reheating.minutes is None else str(reheating.minutes)


def _legend(session: Session, period: Period) -> Sequence[str]:
    rule = rule_of(session, "REH-01", period.first)
    return known(
        tr(
            "De {first} au plus à {last} au moins, à cœur, en {n} min au plus. Mangé le jour même, "
            "jamais réchauffé deux fois : le reste est pesé et jeté (0 s’il n’y en a pas)."
        ).format(
            first=degrees(rule.start_max), last=degrees(rule.end_min), n=plain(rule.minutes_max)
        ),
        basis_line(session, ("REH-01", "REH-02"), period.first),
    )


START, END = mark("Début"), mark("Fin, à cœur")

REHEATING = Register(
    key="reheating",
    letter="RT",
    title=mark("Remises en température"),
    model=Reheating,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1.1),
        Column("dish", mark("Préparation"), share=3.2, suggest=usual(Cooling.dish, Reheating.dish)),
        Column("made_on", mark("Fabriqué le"), Kind.DAY, 1.55),
        Column(
            "started_at", mark("Heure début"), Kind.TIME, 1.15, group=START, short=mark("heure")
        ),
        Column(
            "start_celsius", mark("T° début"), Kind.CELSIUS, 1.15, group=START, short=mark("°C")
        ),
        Column(
            "ended_at",
            mark("Heure fin"),
            Kind.TIME,
            1.15,
            after="started_at",
            group=END,
            short=mark("heure"),
        ),
        Column("end_celsius", mark("T° à cœur"), Kind.CELSIUS, 1.15, group=END, short=mark("°C")),
        Column("minutes", mark("Durée"), share=1.15, unit="min", compute=minutes_words),
        Column("leftover", mark("Reste jeté"), Kind.NUMBER, 1.3, places=2, unit="kg"),
        PROBE,
        Column("note", mark("Action"), share=2.6, suggest=usual(Reheating.note)),
        Column("initials", mark("Visa"), Kind.INITIALS, 1.1),
    ),
    judge=judge_reheating,
    points=("REH-01", "REH-02", "PRE-12"),
    blank_rows=20,
    legend=_legend,
    words=mark("réchauffer remise en température reste jeté"),
    code="D03",
)
"""The register of reheating."""
