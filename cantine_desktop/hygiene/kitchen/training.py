"""Training (FO): who learnt what, the fourteen hours, what is to be planned."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import starmap
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.kitchen.model import Course, Training
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
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.storage.attachments import attach
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

FOURTEEN = Decimal(14)
"""Hours of the course that one person in the establishment must have followed.

Source: D2011-731.
"""

RENEW = timedelta(days=90)
"""A course is planned this long before it ends."""


class FourteenHours(NamedTuple):
    """Whether somebody followed the fourteen hours.

    Attributes:
        is_due: The regime of the canteen asks for it.
        people: Names of those who did, or who are exempt.
        words: What there is to know, in a sentence.
    """

    is_due: bool
    people: tuple[str, ...]
    words: str


class ToPlan(NamedTuple):
    """A course to plan for somebody.

    Attributes:
        name: Who.
        function: What the person does.
        course: What is to be learnt, in words.
        by: Day by which; ``None`` for as soon as can be.
    """

    name: str
    function: str
    course: str
    by: date | None


def judge_training(_session: Session, record: Training) -> Judgement:
    """Judge whether a row proves a course: its name, what was learnt, and a signature."""
    if not record.name.strip() or record.course is None or not record.signed:
        return Judgement(Verdict.NOT_DONE)
    if record.course is Course.FOURTEEN_HOURS and record.hours is None:
        return Judgement(Verdict.NOT_DONE)
    return Judgement(Verdict.CONFORM)


def fourteen_hours(session: Session, day: date) -> FourteenHours:
    """Tell whether one person followed the fourteen hours, and whether somebody must.

    The decree rules the commercial regime; a note of the ministry also names associations
    that prepare meals regularly. Three years as a manager in food, or a listed diploma,
    exempt. No text gives the course an end.

    Source: D2011-731.
    """
    people = {
        fold(row.name): row.name.strip()
        for row in courses_followed(session, day)
        if _counts(row) and (row.valid_until is None or day < row.valid_until)
    }
    names = tuple(people.values())
    is_due = regime_of(session, day) is not Regime.COLLECTIVE
    return FourteenHours(is_due, names, _words(len(names), is_due=is_due))


def _counts(row: Training) -> bool:
    long_enough = row.course is Course.FOURTEEN_HOURS and row.lasted >= FOURTEEN
    return row.verdict is Verdict.CONFORM and (long_enough or row.course is Course.EXEMPT)


def _words(people: int, *, is_due: bool) -> str:
    if people:
        return trn(
            "{n} personne formée 14 h ou dispensée.",
            "{n} personnes formées 14 h ou dispensées.",
            people,
        )
    if is_due:
        return tr("Personne n’a la formation de 14 h : votre régime en demande une.")
    return tr(
        "Personne n’a la formation de 14 h. Le décret vise la restauration commerciale ; une note "
        "de la DGAL cite aussi les associations qui préparent régulièrement des repas."
    )


def training_plan(session: Session, day: date) -> list[ToPlan]:
    """Return what is to be planned: the fourteen hours, welcomes not done, courses that end."""
    rows = courses_followed(session, day)
    found: list[ToPlan] = []
    if not fourteen_hours(session, day).people:
        found.append(ToPlan(tr("Une personne"), "", tr("Hygiène alimentaire, 14 h"), None))
    latest: dict[tuple[str, Course], Training] = {}
    for row in rows:
        if row.course is not None and row.verdict is Verdict.CONFORM:
            latest[fold(row.name), row.course] = row
    for (_name, course), row in latest.items():
        if row.valid_until is not None and row.valid_until - RENEW <= day:
            found.append(
                ToPlan(row.name.strip(), row.function, course_name(course), row.valid_until)
            )
    people = {fold(row.name): row for row in rows if row.name.strip()}
    learnt = {name for name, course in latest if course is not Course.MEETING}
    found += [
        ToPlan(row.name.strip(), row.function, course_name(Course.WELCOME), None)
        for name, row in people.items()
        if name not in learnt
    ]
    return found


def join_certificate(
    session: Session, training_id: int, content: bytes, name: str, media_type: str, now: datetime
) -> None:
    """Join the scan of a certificate to a course that is not signed yet.

    Raises:
        UserError: The file is empty or too large.
        SealedError: The week of the course is signed.
    """
    row = session.get_one(Training, training_id)
    row.attachment_id = attach(session, content, name, media_type, now, area="hygiene").id
    row.document = row.document or name


def courses_followed(session: Session, day: date) -> list[Training]:
    """Return the courses followed up to a day, as corrected, the oldest first."""
    every = list(session.scalars(select(Training).order_by(Training.day, Training.id)))
    corrected = {row.corrects_id for row in every}
    return [row for row in every if row.id not in corrected and not row.is_void and row.day <= day]


def course_name(course: Course) -> str:
    """Return what was learnt, in words."""
    return tr(_COURSES[course])


def names_of(session: Session) -> Sequence[str]:
    """Return the names to propose: those already written, the latest first."""
    rows = session.scalars(select(Training.name).order_by(Training.id.desc()))
    return list(dict.fromkeys(name for name in rows if name))


def functions_of(session: Session) -> Sequence[str]:
    """Return the functions to propose."""
    rows = session.scalars(select(Training.function).order_by(Training.id.desc()))
    usual = (tr("Direction"), tr("Cuisine"), tr("Service civique"), tr("Bénévole régulier"))
    return list(dict.fromkeys([*(each for each in rows if each), *usual]))


def legend(session: Session, period: Period) -> Sequence[str]:
    """Return where the canteen stands with the fourteen hours."""
    return [
        fourteen_hours(session, period.last).words,
        tr("Aucun texte ne donne de fin à la formation de 14 h : la validité est votre choix."),
    ]


_COURSES: dict[Course, str] = {
    Course.FOURTEEN_HOURS: mark("Hygiène alimentaire, 14 h"),
    Course.EXEMPT: mark("Dispense (diplôme, 3 ans)"),
    Course.HACCP: mark("HACCP, plan de maîtrise"),
    Course.WELCOME: mark("Livret d’accueil hygiène"),
    Course.MEETING: mark("Réunion hygiène"),
    Course.OTHER: mark("Autre"),
}


TRAINING = Register(
    key="training",
    letter="FO",
    title=mark("Formation et accueil du personnel"),
    model=Training,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1),
        Column("name", mark("Nom"), Kind.TEXT, 1.8, suggest=names_of),
        Column("function", mark("Fonction"), Kind.TEXT, 1.3, suggest=functions_of),
        Column(
            "course",
            mark("Formation"),
            Kind.CHOICE,
            1.8,
            choices=tuple(starmap(Choice, _COURSES.items())),
        ),
        Column("organisation", mark("Organisme"), Kind.TEXT, 1.5),
        Column("hours", mark("Durée"), Kind.NUMBER, 0.8, places=1, unit=mark("h")),
        Column("valid_until", mark("Validité"), Kind.DAY, 1),
        Column("document", mark("Document"), Kind.TEXT, 1.3),
        Column("signed", mark("Signature"), Kind.YES_NO, 1),
        Column("initials", mark("Visa"), Kind.INITIALS, 0.8),
    ),
    judge=judge_training,
    points=("STA-01", "STA-02", "STA-03", "STA-07"),
    retention=Retention.PERMANENT,
    landscape=True,
    blank_rows=15,
    legend=legend,
    words=mark("attestation 14 h livret accueil réunion HACCP"),
    keeps_names=True,
)
"""The register of training (FO)."""
