"""Printed sheets of the kitchen: the sign-in list of the cooks (D08), who learnt what."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO

from reportlab.platypus import Flowable, PageBreak
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name, open_days
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.grid_cells import Group, HandRow
from cantine_desktop.documents.grids import hand_grid
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import (
    box,
    heading,
    lead,
    paragraph,
    small,
    writing_lines,
)
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.hygiene.kitchen.briefing import BRIEFING, RULES
from cantine_desktop.hygiene.kitchen.model import Training
from cantine_desktop.hygiene.kitchen.training import (
    ToPlan,
    course_name,
    courses_followed,
    fourteen_hours,
    training_plan,
)
from cantine_desktop.i18n import long_day, mark, number, short_day, tr
from cantine_desktop.values.period import Period

ROWS = 15
"""Cooks of one day that a page has room for."""


def write_sign_in(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the sign-in list of a week: a page for each day of service, the five rules on it.

    Args:
        session: Where to read.
        period: Any days; the ISO week of the first one is written.
        now: The present instant.
        target: Where the PDF goes.
    """
    week = Period.week(period.first)
    days = open_days(session, week) or [week.first]
    story: list[Flowable] = []
    for day in days:
        story += [*_page(day), PageBreak()]
    frame = PageFrame(
        canteen_name(session),
        tr("Accueil des cuisiniers du jour"),
        in_words(week),
        now,
        sheet_id=sheet_id(BRIEFING.letter, week, Cadence.WEEK),
        footer=tr(
            "Base : règlement 852/2004, annexe II ch. VIII (à vérifier) et XII. À détruire après "
            "6 mois (choix de la cantine)."
        ),
    )
    write_document(target, frame, story[:-1])


def _page(day: date) -> Sequence[Flowable]:
    said = long_day(day)
    columns = [
        Group(tr("Rôle"), note=tr("convive, bénévole, salarié"), share=1.5),
        Group(tr("Consignes reçues"), note=tr("initiales"), share=1.3),
        Group(tr("Mains lavées"), note=tr("O / N"), share=0.9),
        Group(tr("Cuisine aujourd’hui"), note=tr("O / N"), share=1.1),
        Group(tr("Heure"), share=0.9),
    ]
    rows = [HandRow("") for _ in range(ROWS)]
    rules = [f"{rank}. {tr(rule)}" for rank, rule in enumerate(RULES, 1)]
    return [
        heading(said[:1].upper() + said[1:]),
        box(tr("Les cinq règles, dites à voix haute avant de commencer"), rules, bullets=False),
        hand_grid(tr("Prénom"), columns, rows, head_mm=46, row_mm=9.6),
        small(
            tr(
                "Prénom et initiales seulement. On n’écrit jamais pourquoi quelqu’un ne cuisine "
                "pas : « N » suffit, sans question."
            )
        ),
        small(tr("Accueil fait par : ____________________   Visa : ____________")),
    ]


def write_training(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write who learnt what, and what is to be planned.

    Args:
        session: Where to read.
        period: Not used: everything followed so far is listed, as it still counts.
        now: The present instant.
        target: Where the PDF goes.
    """
    del period
    today = civil_date(now)
    rows = courses_followed(session, today)
    story: list[Flowable] = [lead(fourteen_hours(session, today).words)]
    if rows:
        story.append(ruled_table(_course_columns(), map(_course, rows), size=9.5))
    else:
        story.append(paragraph(tr("Aucune formation n’est notée.")))
    story += [heading(tr("Plan de formation")), _plan(training_plan(session, today))]
    story += [
        small(
            tr("Aucun texte ne donne de fin à la formation de 14 h : la validité est votre choix.")
        ),
        writing_lines(tr("Visa du responsable"), 1),
    ]
    frame = PageFrame(
        canteen_name(session),
        tr("Formation et accueil du personnel"),
        tr("au {day}").format(day=short_day(today)),
        now,
        footer=tr(
            "Base : décret 2011-731 (14 h) ; règlement 852/2004, annexe II ch. XII. Conservé tant "
            "que c’est utile."
        ),
        landscape=True,
    )
    write_document(target, frame, story)


def _course_columns() -> list[Column]:
    return [
        Column(tr("Nom"), 2),
        Column(tr("Fonction"), 1.5),
        Column(tr("Formation"), 2.2),
        Column(tr("Organisme"), 1.8),
        Column(tr("Durée"), 0.8),
        Column(tr("Date"), 1.1),
        Column(tr("Validité"), 1.2),
        Column(tr("Document"), 1.6),
        Column(tr("Signature"), 1),
    ]


def _course(row: Training) -> list[str]:
    hours = tr("{n} h").format(n=number(row.hours.normalize() + 0)) if row.hours else ""
    return [
        row.name,
        row.function,
        "" if row.course is None else course_name(row.course),
        row.organisation,
        hours,
        short_day(row.day),
        tr("sans fin") if row.valid_until is None else short_day(row.valid_until),
        row.document,
        tr("oui") if row.signed else "—",
    ]


def _plan(rows: Sequence[ToPlan]) -> Flowable:
    if not rows:
        return paragraph(tr("Rien à planifier."))
    columns = [
        Column(tr("Qui"), 2),
        Column(tr("Fonction"), 1.5),
        Column(tr("Formation à prévoir"), 3),
        Column(tr("Avant le"), 1.5),
        Column(tr("Prévue le"), 1.5),
    ]
    listed = [
        [
            row.name,
            row.function,
            row.course,
            tr("dès que possible") if row.by is None else short_day(row.by),
            "",
        ]
        for row in rows
    ]
    return ruled_table(columns, listed, size=9.5)


DOCUMENTS = (
    Document(
        "cooks-sign-in",
        mark("Accueil des cuisiniers, une page par jour"),
        write_sign_in,
        "D08",
        Cadence.WEEK,
        "hygiene",
        BRIEFING.letter,
        "records",
    ),
    Document(
        "training-register",
        mark("Formation du personnel et plan de formation"),
        write_training,
        cadence=Cadence.YEAR,
        area="hygiene",
    ),
)
"""The sign-in list of the cooks of the day, and who learnt what."""
