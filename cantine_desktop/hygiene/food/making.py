"""What is looked at while a dish is made, served or given, besides its core (FA)."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.choices import MAKING_POINTS, MakingPoint, label_of
from cantine_desktop.hygiene.food.model import Cooking, MakingCheck
from cantine_desktop.hygiene.food.review import Review
from cantine_desktop.hygiene.food.usual import usual
from cantine_desktop.hygiene.food.words import basis_line, degrees, known, plain
from cantine_desktop.hygiene.plan.in_force import point_of, rule_of
from cantine_desktop.hygiene.plan.rules import Measure, Measured, Rule
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.hygiene.registers.register import Column, Judgement, Kind, Register
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period

POINTS = tuple(point.value for point in MakingPoint)


def judge_making(session: Session, making: MakingCheck) -> Judgement:
    """Judge a dish by the point that was looked at: a measure, or a box ticked.

    Source: AM09-IV2, AM2020-DON, ANSES-CUI, R852-IX, R853-FISH, BP.
    """
    review = Review(session, making.day, making.dish)
    review.require(making.dish, making.point)
    if making.point is None:
        return review.judgement()
    code = MakingPoint(making.point).value
    if review.rule(code).kind is Measure.CHECK:
        review.require(making.answer)
        said = tr(label_of(MAKING_POINTS, code))
        review.check(code, tr("Non : {said}.").format(said=said), answer=making.answer)
    else:
        out = None if making.warm_minutes is None else Decimal(making.warm_minutes)
        review.measure(code, Measured(value=making.value, minutes_out=out))
    return review.judgement()


def is_degrees(making: MakingCheck) -> bool:
    """Tell whether what was measured is a temperature; other points count minutes."""
    point = None if making.point is None else shipped().points.get(MakingPoint(making.point).value)
    return point is not None and point.rule.unit == "°C"


def rule_words(rule: Rule) -> str:
    """Write the limit of a point measured; nothing for one that is ticked."""
    if rule.bands:
        first, last = rule.bands[0], rule.bands[-1]
        return tr("≤ {cold}, ou ≤ {most} pendant {n} min au plus").format(
            cold=degrees(first.most), most=degrees(last.most), n=plain(last.minutes_out_max)
        )
    unit = rule.unit
    most = "" if rule.most is None else f"≤ {plain(rule.most)} {unit}"
    least = "" if rule.least is None else f"≥ {plain(rule.least)} {unit}"
    hot = "" if rule.hot_min is None else tr("ou ≥ {hot}").format(hot=degrees(rule.hot_min))
    return " ".join(part for part in (least, most, hot) if part)


def _legend(session: Session, period: Period) -> Sequence[str]:
    day = period.first
    said = [
        " ".join(part for part in (tr(label).split("(")[0].strip(), limit) if part)
        for code, label in MAKING_POINTS
        if point_of(session, code, day) is not None
        for limit in [rule_words(rule_of(session, code, day))]
    ]
    return known(
        tr("À contrôler ici : {points}.").format(points=" ; ".join(said)) if said else "",
        basis_line(session, POINTS, day),
    )


MAKING = Register(
    key="making",
    letter="FA",
    title=mark("Points de fabrication"),
    model=MakingCheck,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1.1),
        Column("occurred_at", mark("Heure"), Kind.TIME, 1.2),
        Column("dish", mark("Plat"), share=3, suggest=usual(MakingCheck.dish, Cooking.dish)),
        Column("point", mark("Ce qui est contrôlé"), Kind.CHOICE, 3, choices=MAKING_POINTS),
        Column(
            "value",
            mark("Mesure"),
            Kind.NUMBER,
            1.4,
            places=1,
            unit=mark("°C ou min"),
            in_celsius=is_degrees,
        ),
        Column("warm_minutes", mark("Hors froid"), Kind.NUMBER, 1.2, unit="min"),
        Column("answer", mark("C ou NC"), Kind.CHECK, 1),
        Column("note", mark("Action"), share=2.4, suggest=usual(MakingCheck.note)),
        Column("initials", mark("Visa"), Kind.INITIALS, 1.1),
    ),
    judge=judge_making,
    points=POINTS,
    blank_rows=20,
    legend=_legend,
    words=mark("fabrication production préparation froide crudités conserves buffet don"),
)
"""The register of what is looked at while dishes are made."""
