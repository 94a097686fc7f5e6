"""Dishes measured at the end of cooking (CU), and the lots that went into them."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.equipment.naming import PROBE
from cantine_desktop.hygiene.food.choices import COOKED, Cooked, label_of
from cantine_desktop.hygiene.food.model import Cooking
from cantine_desktop.hygiene.food.review import Review
from cantine_desktop.hygiene.food.usual import usual
from cantine_desktop.hygiene.food.words import basis_line, core_words, known
from cantine_desktop.hygiene.plan.in_force import rule_of
from cantine_desktop.hygiene.plan.rules import Measured
from cantine_desktop.hygiene.registers.register import Column, Judgement, Kind, Register
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period

CORE_POINTS = {
    Cooked.OTHER: "COO-01",
    Cooked.MINCED_MEAT: "COO-02",
    Cooked.POULTRY: "COO-03",
    Cooked.FISH: "COO-04",
    Cooked.LOW_TEMPERATURE: "COO-05",
}
"""The control point of each kind of cooking."""


def judge_cooking(session: Session, cooking: Cooking) -> Judgement:
    """Judge the core of a dish by what it is, and the cold in which it thawed.

    Source: AM09-IV3, ANSES-CUI, AM09-DEC.
    """
    review = Review(session, cooking.day, cooking.dish)
    review.require(cooking.dish, cooking.cooked)
    review.count(cooking.held_minutes, cooking.scale_minutes)
    if cooking.cooked is not None:
        cooked = Cooked(cooking.cooked)
        if cooked is Cooked.LOW_TEMPERATURE:
            review.require(cooking.scale_celsius, cooking.scale_minutes, cooking.held_minutes)
        review.measure(CORE_POINTS[cooked], _core(cooking))
    if cooking.thaw_celsius is not None:
        thawed = Measured(value=cooking.thaw_celsius)
        review.measure("STO-13", thawed, tr("Décongelé trop chaud."))
    return review.judgement()


def _core(cooking: Cooking) -> Measured:
    return Measured(
        value=cooking.core_celsius,
        held_minutes=_whole(cooking.held_minutes),
        given=cooking.scale_celsius,
        given_minutes=_whole(cooking.scale_minutes),
    )


def _whole(minutes: int | None) -> Decimal | None:
    return None if minutes is None else Decimal(minutes)


def _legend(session: Session, period: Period) -> Sequence[str]:
    day = period.first
    limits = [
        f"{tr(label_of(COOKED, cooked)).lower()} {core_words(rule_of(session, code, day))}"
        for cooked, code in CORE_POINTS.items()
        if cooked is not Cooked.LOW_TEMPERATURE
    ]
    return known(
        tr("À cœur : {limits}.").format(limits=" ; ".join(limits)),
        basis_line(session, CORE_POINTS.values(), day),
    )


SCALE = mark("Barème (basse T°)")

COOKING = Register(
    key="cooking",
    letter="CU",
    title=mark("Cuissons"),
    model=Cooking,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1.1),
        Column("occurred_at", mark("Heure"), Kind.TIME, 1.25),
        Column("dish", mark("Plat"), share=3.2, suggest=usual(Cooking.dish)),
        Column("cooked", mark("Famille"), Kind.CHOICE, 1.7, choices=COOKED),
        Column("lots", mark("Lots utilisés"), share=2.4),
        Column("thaw_celsius", mark("Décong."), Kind.CELSIUS, 1.45, unit="°C"),
        Column("core_celsius", mark("À cœur"), Kind.CELSIUS, 1.1, unit="°C"),
        Column("held_minutes", mark("Tenue"), Kind.NUMBER, 1.25, unit="min"),
        Column(
            "scale_celsius",
            mark("Barème °C"),
            Kind.CELSIUS,
            1.1,
            group=SCALE,
            short=mark("°C"),
            is_given=True,
        ),
        Column(
            "scale_minutes", mark("Barème min"), Kind.NUMBER, 1.1, group=SCALE, short=mark("min")
        ),
        PROBE,
        Column("note", mark("Action"), share=2.4, suggest=usual(Cooking.note)),
        Column("initials", mark("Visa"), Kind.INITIALS, 1),
    ),
    judge=judge_cooking,
    points=(*CORE_POINTS.values(), "STO-13"),
    landscape=True,
    blank_rows=13,
    legend=_legend,
    words=mark("cuisson cœur sonde fabrication production barème décongélation"),
    code="D03",
)
"""The register of cooking."""
