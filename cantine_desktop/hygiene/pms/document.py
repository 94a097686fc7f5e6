"""The sanitary control plan, complete, as it is in force on a day (D10)."""

from datetime import date, datetime
from typing import IO

from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import heading, paragraph, small, title, writing_lines
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.hygiene.plan.flexibility import (
    PERMITS,
    REVOCABLE,
    rule_words,
    state_words,
    tests,
    verdict_words,
    warning_words,
)
from cantine_desktop.hygiene.plan.in_force import regime_of, version_in_force
from cantine_desktop.hygiene.plan.wording import REGIMES
from cantine_desktop.hygiene.pms import chapters, closing
from cantine_desktop.hygiene.pms.state import PlanState, regime_duties, state_on, traits_words
from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.values.period import Period


def write_plan(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the plan as it is in force on the first day of a period.

    Args:
        session: Where to read.
        period: Any days; the version in force on the first one is written.
        now: The present instant.
        target: Where the PDF goes.
    """
    day = period.first
    state = state_on(session, day)
    frame = PageFrame(
        canteen_name(session),
        tr("Plan de maîtrise sanitaire"),
        version_line(state),
        now,
        footer=tr(
            "Chaque limite dit si elle vient d’un texte, d’une recommandation ou d’un choix de la "
            "cantine. Aucun service officiel n’a relu ce plan."
        ),
    )
    story: list[Flowable] = [
        *_opening(session, state, day),
        PageBreak(),
        *chapters.practices(state),
        *chapters.equipment(session, day),
        *chapters.cleaning(session, day),
        PageBreak(),
        *chapters.hazard_analysis(state),
        Spacer(0, 10),
        *closing.procedures(),
        *closing.outbreak(),
        *closing.training_and_checking(),
        *closing.kept_for(session),
        *closing.versions_history(session),
        *closing.what_is_unchecked(state),
    ]
    write_document(target, frame, story)


def version_line(state: PlanState) -> str:
    """Say which version it is: ``Version 2, en vigueur depuis le 01/09/2026``."""
    if state.version is None or state.version.valid_from is None:
        return tr("Plan de départ, pas encore mis en vigueur")
    return tr("Version {number}, en vigueur depuis le {day}").format(
        number=state.version.number, day=short_day(state.version.valid_from)
    )


def _opening(session: Session, state: PlanState, day: date) -> list[Flowable]:
    """Return the cover: who, which version, who answers for it, and what stands inside."""
    canteen = session.scalar(select(Canteen).limit(1))
    version = version_in_force(session, day)
    facts = [
        [tr("Établissement"), canteen.name if canteen else ""],
        [tr("Adresse"), canteen.address if canteen else ""],
        [tr("Régime"), tr(REGIMES[state.regime])],
        [tr("Version"), version_line(state)],
    ]
    if version is not None:
        facts += [
            [tr("Nom et raison"), " · ".join(p for p in (version.label, version.reason) if p)],
            [tr("Préparé par"), version.prepared_by],
            [tr("Mis en vigueur par"), version.initials],
        ]
    columns = [Column("", 2), Column("", 5)]
    story: list[Flowable] = [
        title(tr("Plan de maîtrise sanitaire")),
        ruled_table(columns, [row for row in facts if row[1]]),
        heading(tr("Ce que cette cantine fait")),
        paragraph(traits_words(state)),
        paragraph(regime_duties(state.regime)),
        heading(tr("Souplesse pour les petites structures")),
        *_flexibility(session, day),
        heading(tr("Sommaire")),
    ]
    story += [paragraph(line) for line in _contents()]
    story.append(writing_lines(tr("Signature de la personne responsable"), 1))
    return story


def _flexibility(session: Session, day: date) -> list[Flowable]:
    rows = [
        [rule_words(test), state_words(test), verdict_words(test)] for test in tests(session, day)
    ]
    columns = [Column(tr("Test"), 4), Column(tr("Où en est la cantine"), 4), Column(tr("Alors"), 2)]
    permits = " ; ".join(tr(each) for each in PERMITS)
    return [
        ruled_table(columns, rows, size=9),
        small(tr("Ce que le test permet : {permits}.").format(permits=permits)),
        small(f"{tr(REVOCABLE)} {warning_words(regime_of(session, day))}"),
    ]


def _contents() -> list[str]:
    return [
        tr("1. Bonnes pratiques d’hygiène, équipements, nettoyage"),
        tr("2. Analyse des dangers et plan HACCP"),
        tr("3. Traçabilité, retrait et rappel ; non-conformités"),
        tr("4. Toxi-infection alimentaire collective (TIAC)"),
        tr("5. Formation, vérification, durées de conservation"),
        tr("6. Versions, sources et ce qui reste à vérifier"),
    ]


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "sanitary-plan",
        mark("Plan de maîtrise sanitaire"),
        write_plan,
        "D10",
        Cadence.DAY,
        "hygiene",
        screen="plan",
    ),
)
"""The plan as a document."""
