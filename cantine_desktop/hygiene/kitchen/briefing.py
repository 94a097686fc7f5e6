"""Welcoming the cooks of the day (AC): five rules heard, hands washed, cooks or not."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.hygiene.faults import Fault, Severity
from cantine_desktop.hygiene.kitchen.model import Briefing, Role
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.plan.in_force import point_of
from cantine_desktop.hygiene.queries import Completeness
from cantine_desktop.hygiene.registers.queries import records_of
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

RULES: tuple[str, ...] = (
    mark(
        "Malade, fièvre, vomissements, plaie non protégée : je le dis, je ne cuisine pas "
        "aujourd’hui. On ne me demande pas pourquoi."
    ),
    mark(
        "Je me lave les mains 30 secondes, au savon, en entrant et entre deux tâches ; je les "
        "essuie avec du papier."
    ),
    mark("Tablier propre, cheveux attachés et couverts, ni bague ni montre."),
    mark(
        "Cru et cuit séparés : une planche et un couteau pour chacun. Je goûte avec une cuillère "
        "propre, une seule fois."
    ),
    mark(
        "Allergènes : je ne change rien à une recette et je demande avant d’ajouter un ingrédient."
    ),
)
"""The five rules, as printed on the sign-in list and said aloud.

Source: R852-VIII, R852-XII, R852-IX.
"""

WASH, EXCLUDE = "PRE-03", "STA-05"


def judge_briefing(session: Session, record: Briefing) -> Judgement:
    """Judge the welcome of a cook; who does not cook was rightly kept away, and no more is asked.

    Source: R852-VIII, R852-XII.
    """
    if not record.first_name.strip() or record.fit is None:
        return Judgement(Verdict.NOT_DONE)
    if not record.fit:
        return Judgement(Verdict.CONFORM)
    if record.hands is False:
        return Judgement(Verdict.BREACH, _unwashed(session, record))
    if record.hands is None or not record.received.strip():
        return Judgement(Verdict.NOT_DONE)
    return Judgement(Verdict.CONFORM)


def _unwashed(session: Session, record: Briefing) -> Fault:
    """Return the fault without the name of the person: breaches are kept longer than names."""
    point = point_of(session, WASH, record.day)
    return Fault(
        day=record.day,
        subject=tr("Accueil en cuisine"),
        point=WASH,
        unit="",
        words=tr("Mains non lavées"),
        severity=point.severity if point else Severity.MAJOR,
    )


def cooks_of(session: Session, period: Period) -> dict[date, int]:
    """Return how many people cooked on each day of a period where somebody did.

    It feeds the meter of people who handle food.
    """
    cooks = (record for record in records_of(session, BRIEFING, period) if record.fit)
    return dict(Counter(record.day for record in cooks))


def counts(session: Session, period: Period) -> Completeness:
    """Count the open days of a period on which cooks were welcomed.

    A day is done with one row at least; a day is due when the plan asks to welcome cooks.
    """
    welcomed = {record.day for record in records_of(session, BRIEFING, period)}
    due = [day for day in open_days(session, period) if _is_asked(session, day)]
    done = sum(day in welcomed for day in due)
    return Completeness(len(due), done, 0, len(due) - done, 0)


def _is_asked(session: Session, day: date) -> bool:
    return any(point_of(session, code, day) is not None for code in ("PRE-01", "PRE-02"))


def most_cooks(session: Session, period: Period) -> int:
    """Return the highest number of people who cooked on one day of a period."""
    return max(cooks_of(session, period).values(), default=0)


def legend(_session: Session, _period: Period) -> Sequence[str]:
    """Return the five rules, and what must never be written."""
    rules = [f"{rank}. {tr(rule)}" for rank, rule in enumerate(RULES, 1)]
    return [*rules, tr("Prénom et initiales seulement. Jamais de diagnostic, jamais de maladie.")]


BRIEFING = Register(
    key="briefing",
    letter="AC",
    title=mark("Accueil des cuisiniers du jour"),
    model=Briefing,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1),
        Column("first_name", mark("Prénom"), Kind.TEXT, 2),
        Column(
            "role",
            mark("Rôle"),
            Kind.CHOICE,
            1.3,
            choices=(
                Choice(Role.DINER, mark("Convive")),
                Choice(Role.VOLUNTEER, mark("Bénévole")),
                Choice(Role.EMPLOYEE, mark("Salarié")),
            ),
        ),
        Column("received", mark("Consignes reçues (initiales)"), Kind.INITIALS, 1.4),
        Column("hands", mark("Mains lavées"), Kind.YES_NO, 1),
        Column("fit", mark("Cuisine aujourd’hui"), Kind.YES_NO, 1.2),
        Column("occurred_at", mark("Heure"), Kind.TIME, 0.9),
        Column("initials", mark("Visa"), Kind.INITIALS, 0.9),
    ),
    judge=judge_briefing,
    points=("PRE-01", "PRE-02", "PRE-03", "PRE-04", "STA-05"),
    retention=Retention.BRIEFING,
    blank_rows=40,
    legend=legend,
    words=mark("émargement consignes convives bénévoles mains apte"),
    keeps_names=True,
)
"""The register of the cooks of the day (AC)."""
