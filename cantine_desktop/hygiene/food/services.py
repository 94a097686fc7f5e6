"""Dishes measured at the start and at the end of each service (SV)."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.choices import MEALS, TEMPERS, Temper
from cantine_desktop.hygiene.food.due import daily, one_each
from cantine_desktop.hygiene.food.model import Cooking, ServedDish
from cantine_desktop.hygiene.food.review import Review
from cantine_desktop.hygiene.food.usual import usual
from cantine_desktop.hygiene.food.words import basis_line, degrees, known, plain
from cantine_desktop.hygiene.plan.in_force import rule_of
from cantine_desktop.hygiene.plan.rules import Measured
from cantine_desktop.hygiene.registers.register import Column, Judgement, Kind, Register
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period


def judge_served(session: Session, served: ServedDish) -> Judgement:
    """Judge a dish from the start to the end of its service.

    A hot one never goes under 63 °C; a cold one stays at 3 °C, or two hours at most
    without passing 10 °C. A service without its last measure is not done.

    Source: AM09-IV2, AM09-IV3, AM09-IV-EXC.
    """
    review = Review(session, served.day, served.dish)
    review.require(served.dish, served.temper)
    review.count(served.diners, served.warm_minutes)
    if served.temper == Temper.HOT:
        review.measure("SER-01", Measured(value=served.start_celsius))
        if served.end_celsius is not None or review.asks("SER-02"):
            words = tr("En fin de service.")
            review.measure("SER-02", Measured(value=served.end_celsius), words)
    if served.temper == Temper.COLD:
        out = served.minutes_out
        minutes = None if out is None else Decimal(out)
        review.require(served.start_celsius, served.end_celsius)
        warmest = max(
            (each for each in (served.start_celsius, served.end_celsius) if each is not None),
            default=None,
        )
        review.measure("SER-03", Measured(value=warmest, minutes_out=minutes))
    review.check("SER-05", tr("Restes servis gardés."), answer=served.discarded)
    return review.judgement()


def _legend(session: Session, period: Period) -> Sequence[str]:
    day = period.first
    hot, cold = rule_of(session, "SER-01", day), rule_of(session, "SER-03", day)
    first, second = cold.bands[0], cold.bands[-1]
    return known(
        tr(
            "Chaud : ≥ {hot} du début à la fin. Froid : ≤ {cold}, ou ≤ {most} pendant {n} min au "
            "plus hors du froid. Les restes servis sont jetés."
        ).format(
            hot=degrees(hot.least),
            cold=degrees(first.most),
            most=degrees(second.most),
            n=plain(second.minutes_out_max),
        ),
        basis_line(session, ("SER-01", "SER-03"), day),
    )


START, END = mark("Début"), mark("Fin")

DAYS = daily("SER-01")
"""Open days, each of which calls for a row."""

SERVICES = Register(
    key="services",
    letter="SV",
    title=mark("Températures au service"),
    model=ServedDish,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1.1),
        Column("meal", mark("Service"), Kind.CHOICE, 1.1, choices=MEALS),
        Column("dish", mark("Plat"), share=3.4, suggest=usual(ServedDish.dish, Cooking.dish)),
        Column("temper", mark("Chaud ou froid"), Kind.CHOICE, 1.2, choices=TEMPERS),
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
        Column("end_celsius", mark("T° fin"), Kind.CELSIUS, 1.15, group=END, short=mark("°C")),
        Column("warm_minutes", mark("Hors froid"), Kind.NUMBER, 1.1, unit="min"),
        Column("discarded", mark("Restes jetés"), Kind.CHECK, 1.1),
        Column("diners", mark("Convives"), Kind.NUMBER, 1.2),
        Column("note", mark("Action"), share=2.6, suggest=usual(ServedDish.note)),
        Column("initials", mark("Visa"), Kind.INITIALS, 1),
    ),
    judge=judge_served,
    points=("SER-01", "SER-02", "SER-03", "SER-05", "SER-07"),
    landscape=True,
    blank_rows=14,
    expected=one_each(DAYS),
    due_days=DAYS,
    legend=_legend,
    words=mark("service chaud froid convives bain-marie buffet"),
)
"""The register of services."""
