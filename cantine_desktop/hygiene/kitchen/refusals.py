"""Refusals of an allergen (AL): only where meals are served to regular diners."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import ALLERGENS
from cantine_desktop.hygiene.kitchen.model import Refusal
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.plan.in_force import regime_of
from cantine_desktop.hygiene.plan.model import Regime
from cantine_desktop.hygiene.registers.register import (
    Choice,
    Column,
    Judgement,
    Kind,
    Register,
)
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period


def serves_members(session: Session) -> bool:
    """Tell whether the canteen feeds regular diners: the law asks this of nobody else.

    Source: CC-ALL.
    """
    return regime_of(session, date.max) is not Regime.COMMERCIAL


def judge_refusal(_session: Session, record: Refusal) -> Judgement:
    """Judge whether a refusal is proved: an allergen, a meal, a signed paper.

    Source: CC-ALL.
    """
    known = record.first_name.strip() or record.sign.strip()
    if not known or record.allergen is None or not record.signed:
        return Judgement(Verdict.NOT_DONE)
    return Judgement(Verdict.CONFORM)


def legend(_session: Session, _period: Period) -> Sequence[str]:
    """Return what the law asks, and what must not be written."""
    return [
        tr(
            "Une ligne par repas et par allergène refusé, signée sur papier avant le repas ; "
            "numérisez la feuille signée."
        ),
        tr(
            "Prénom et initiales seulement ; ni nom, ni raison, ni maladie. Conservé 3 ans après "
            "le dernier repas (Code de la consommation, R412-12 à R412-16, source secondaire)."
        ),
    ]


REFUSALS = Register(
    key="allergen-refusals",
    letter="AL",
    title=mark("Refus d’un allergène"),
    model=Refusal,
    columns=(
        Column("day", mark("Repas du"), Kind.DAY, 1.1),
        Column("first_name", mark("Prénom"), Kind.TEXT, 1.6),
        Column("sign", mark("Initiales"), Kind.INITIALS, 1),
        Column(
            "allergen",
            mark("Allergène refusé"),
            Kind.CHOICE,
            2,
            choices=tuple(Choice(each, words.name) for each, words in ALLERGENS.items()),
        ),
        Column("signed", mark("Signé sur papier"), Kind.YES_NO, 1.4),
        Column("initials", mark("Visa"), Kind.INITIALS, 0.9),
    ),
    judge=judge_refusal,
    points=("ALL-04",),
    retention=Retention.ALLERGEN_REFUSAL,
    applies=serves_members,
    legend=legend,
    words=mark("allergie intolérance signature convive"),
    keeps_names=True,
)
"""The register of refusals of an allergen (AL)."""
