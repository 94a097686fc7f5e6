"""Dishes cooled fast between two points (FR), across midnight where need be."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.choices import SURPLUSES
from cantine_desktop.hygiene.food.curves import curve
from cantine_desktop.hygiene.food.model import Cooking, Cooling
from cantine_desktop.hygiene.food.review import Review
from cantine_desktop.hygiene.food.usual import usual
from cantine_desktop.hygiene.food.words import basis_line, degrees, known, plain
from cantine_desktop.hygiene.plan.in_force import rule_of
from cantine_desktop.hygiene.plan.rules import Measured
from cantine_desktop.hygiene.registers.register import Column, Judgement, Kind, Register
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period


def judge_cooling(session: Session, cooling: Cooling) -> Judgement:
    """Judge a cooling by both its points; a curve without an end is not done.

    Measured first under 63 °C, it counts from the end of cooking. The cold it is then kept
    in is judged where it is written; the readings of the fridge prove the rest.

    Source: AM09-IV1.
    """
    review = Review(session, cooling.day, cooling.dish)
    review.require(cooling.dish)
    review.measure("COL-01", curve(cooling, cooling.cooked_at))
    if cooling.stored_celsius is not None:
        stored = Measured(value=cooling.stored_celsius)
        review.measure("COL-02", stored, tr("Gardé trop chaud après refroidissement."))
    return review.judgement()


def methods(session: Session) -> Sequence[str]:
    """Return ways of cooling: those used here, then the usual ones."""
    usual_ones = (tr("Cellule"), tr("Bain de glace"), tr("Bacs étalés"), tr("Fractionné"))
    return tuple(dict.fromkeys((*usual(Cooling.method)(session), *usual_ones)))


def use_by_words(cooling: Cooling) -> str:
    """Write the last day the dish may be eaten, J+3."""
    return f"{cooling.use_by:%d/%m}"


def minutes_words(cooling: Cooling) -> str:
    """Write how long it took, from the end of cooking where that is what counts."""
    measured = curve(cooling, cooling.cooked_at)
    if measured.start is None or measured.end is None:
        return ""
    start = min(measured.start, measured.counted_from or measured.start)
    return str(int((measured.end - start).total_seconds() // 60))


def _legend(session: Session, period: Period) -> Sequence[str]:
    rule = rule_of(session, "COL-01", period.first)
    return known(
        tr(
            "De {first} à {last} à cœur en {n} min au plus, puis entre 0 et 3 °C. Premier relevé "
            "sous {first} : notez l’heure de fin de cuisson. Sans heure de fin, rien n’est prouvé."
        ).format(
            first=degrees(rule.start_min),
            last=degrees(rule.end_max),
            n=plain(rule.minutes_max),
        ),
        basis_line(session, ("COL-01", "PRE-12"), period.first),
    )


START, END = mark("Début"), mark("Fin")

COOLING = Register(
    key="cooling",
    letter="FR",
    title=mark("Refroidissements rapides"),
    model=Cooling,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1.1),
        Column("dish", mark("Préparation"), share=2.9, suggest=usual(Cooling.dish, Cooking.dish)),
        Column("quantity", mark("Qté"), share=1.35),
        Column("cooked_at", mark("Cuit à"), Kind.TIME, 1.15),
        Column(
            "started_at",
            mark("Heure début"),
            Kind.TIME,
            1.15,
            after="cooked_at",
            group=START,
            short=mark("heure"),
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
        Column("minutes", mark("Durée"), share=1.15, unit="min", compute=minutes_words),
        Column("method", mark("Méthode"), share=1.7, suggest=methods),
        Column("stored_celsius", mark("Au froid"), Kind.CELSIUS, 1.15, unit="°C"),
        Column("surplus", mark("Suite"), Kind.CHOICE, 1.35, choices=SURPLUSES),
        Column("use_by", mark("DLC J+3"), share=1.2, compute=use_by_words),
        Column("note", mark("Action"), share=2.1, suggest=usual(Cooling.note)),
        Column("initials", mark("Visa"), Kind.INITIALS, 1.05),
    ),
    judge=judge_cooling,
    points=("COL-01", "COL-02", "COL-03", "COL-04", "PRE-12"),
    landscape=False,
    blank_rows=20,
    legend=_legend,
    words=mark("refroidissement cellule excédent J+3 courbe"),
    code="D03",
)
"""The register of cooling."""
