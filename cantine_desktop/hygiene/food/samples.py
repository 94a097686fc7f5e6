"""Samples of the dishes served, kept five days (PT)."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.choices import MEALS
from cantine_desktop.hygiene.food.due import daily, one_each, serves_members
from cantine_desktop.hygiene.food.model import Cooking, Sample, ServedDish
from cantine_desktop.hygiene.food.review import Review
from cantine_desktop.hygiene.food.usual import usual
from cantine_desktop.hygiene.food.words import basis_line, known, plain
from cantine_desktop.hygiene.plan.in_force import rule_of
from cantine_desktop.hygiene.plan.rules import Measured
from cantine_desktop.hygiene.registers.register import Column, Judgement, Kind, Register
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period


def judge_sample(session: Session, sample: Sample) -> Judgement:
    """Judge a sample by its weight, its label and, once it is gone, how long it was kept.

    Source: AM09-IV-PT, CRPM-R237.
    """
    review = Review(session, sample.day, sample.dish)
    review.require(sample.dish)
    grams = None if sample.grams is None else Decimal(sample.grams)
    review.measure("SAM-01", Measured(value=grams))
    review.check("SAM-02", tr("Étiquette du plat témoin incomplète."), answer=sample.labelled)
    if sample.discarded_on is not None:
        kept = Decimal((sample.discarded_on - sample.day).days)
        review.measure("SAM-03", Measured(value=kept), tr("Éliminé trop tôt."))
    return review.judgement()


def discard_words(sample: Sample) -> str:
    """Write the first day a sample may be thrown away."""
    return f"{sample.discard_from:%d/%m}"


def _legend(session: Session, period: Period) -> Sequence[str]:
    day = period.first
    mass, kept = rule_of(session, "SAM-01", day), rule_of(session, "SAM-03", day)
    return known(
        tr(
            "Un prélèvement de chaque plat servi, en fin de service : {grams} g au moins, "
            "étiqueté, gardé {days} jours au moins entre 0 et 3 °C. Sauf préemballés, "
            "pain, fruits entiers. Un plat resservi : un autre prélèvement. "
            "La fiche se signe quand tout est jeté."
        ).format(grams=plain(mass.least), days=plain(kept.least)),
        basis_line(session, ("SAM-01", "SAM-03"), day),
    )


DAYS = daily("SAM-01")
"""Open days, each of which calls for a row."""

SAMPLES = Register(
    key="samples",
    letter="PT",
    title=mark("Plats témoins"),
    model=Sample,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1.1),
        Column("meal", mark("Service"), Kind.CHOICE, 1.1, choices=MEALS),
        Column("dish", mark("Plat"), share=4, suggest=usual(ServedDish.dish, Cooking.dish)),
        Column("taken_by", mark("Prélevé par"), share=1.6, suggest=usual(Sample.taken_by)),
        Column("taken_at", mark("Heure"), Kind.TIME, 1.1),
        Column("grams", mark("Poids"), Kind.NUMBER, 1.1, unit="g"),
        Column("number", mark("N°"), share=1.2),
        Column("place", mark("Emplacement"), share=1.8, suggest=usual(Sample.place)),
        Column("labelled", mark("Étiqueté"), Kind.CHECK, 1.2),
        Column("discard_from", mark("À jeter à partir du"), share=1.4, compute=discard_words),
        Column("discarded_on", mark("Jeté le"), Kind.DAY, 1.2),
        Column("note", mark("Remarque"), share=1.8, suggest=usual(Sample.note)),
        Column("initials", mark("Visa"), Kind.INITIALS, 1),
    ),
    judge=judge_sample,
    points=("SAM-01", "SAM-02", "SAM-03"),
    landscape=True,
    blank_rows=14,
    applies=serves_members,
    expected=one_each(DAYS),
    due_days=DAYS,
    legend=_legend,
    words=mark("plat témoin échantillon prélèvement"),
    code="D05",
)
"""The register of samples."""
