"""The month of each person: the annex of the pay slip, and the variables that pay is made from."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, heading, paragraph, small, title
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.i18n import mark, number, tr
from cantine_desktop.sources import sources
from cantine_desktop.staff.contracts.words import STATUSES, how_sure
from cantine_desktop.staff.hours.counters import MonthCount, WeekCount, month_counts
from cantine_desktop.staff.law.counters import Band
from cantine_desktop.staff.law.wording import duration
from cantine_desktop.staff.payroll.layouts import without_number
from cantine_desktop.staff.payroll.variable import UNITS, Unit, Variable
from cantine_desktop.staff.payroll.variables import PersonMonth, variables_of
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import NBSP


def write_month(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the month of each person, a page or two: weeks, bands, rest, then the variables.

    Source: CT-L3171-4, CT-SEMAINE-MOIS.
    """
    month = Period.month(period.first)
    counts = {each.mate.key: each for each in month_counts(session, month, now)}
    story: list[Flowable] = []
    for person in variables_of(session, month, now):
        if story:
            story.append(PageBreak())
        story += _person(person, counts[person.member_id])
    frame = PageFrame(
        canteen_name(session),
        tr("Relevé d’heures du mois"),
        in_words(month),
        now,
        footer=tr("Document annexé au bulletin de paie, art. D3171-11 et D3171-12."),
    )
    write_document(target, frame, story or [paragraph(tr("Personne à payer ce mois."))])


def write_variables(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the variables of everybody for the payroll office, each with its days."""
    month = Period.month(period.first)
    people = variables_of(session, month, now)
    story: list[Flowable] = []
    missing = without_number(people)
    if missing:
        story.append(
            paragraph(tr("Sans matricule de paie : {names}.").format(names=", ".join(missing)))
        )
    for person in people:
        named = f"{person.number} {person.name}" if person.number else person.name
        story += [heading(named), *_waiting(person.waiting), _variables(person.variables)]
    frame = PageFrame(
        canteen_name(session), tr("Variables de paie"), in_words(month), now, landscape=True
    )
    write_document(target, frame, story or [paragraph(tr("Personne à payer ce mois."))])


def _person(person: PersonMonth, count: MonthCount) -> list[Flowable]:
    said = [tr(STATUSES[person.status])]
    if person.number:
        said.append(tr("matricule {number}").format(number=person.number))
    source = sources()["CT-SEMAINE-MOIS"]
    return [
        title(person.name),
        paragraph(", ".join(said)),
        *_waiting(person.waiting),
        heading(tr("Semaines qui finissent dans le mois")),
        _weeks(count.weeks),
        small(
            tr(
                "Une semaine à cheval sur deux mois compte dans celui où elle finit ({text})."
            ).format(text=f"{source.title}, {how_sure(source)}")
        ),
        *_balances(count),
        heading(tr("Variables")),
        _variables(person.variables),
        Spacer(0, 5 * mm),
        FormRow([
            Field(tr("La personne, date et signature"), lines=2),
            Field(tr("Pour la cantine, date et signature"), lines=2),
        ]),
    ]


def _waiting(days: Sequence[date]) -> list[Flowable]:
    if not days:
        return []
    said = ", ".join(f"{day:%d/%m}" for day in days)
    return [
        paragraph(tr("Provisoire : les heures de ces jours manquent, {days}.").format(days=said))
    ]


def _weeks(weeks: Sequence[WeekCount]) -> Flowable:
    columns = [
        Column(tr("Semaine"), 2),
        Column(tr("Heures faites"), 1.2, Align.RIGHT),
        Column(tr("Contrat"), 1, Align.RIGHT),
        Column(tr("Au-delà"), 3),
    ]
    rows: list[Row] = [
        (
            tr("du {first} au {last}").format(
                first=f"{week.monday:%d/%m}", last=f"{week.monday + 6 * DAY:%d/%m}"
            ),
            duration(week.minutes),
            duration(week.contract) if week.contract else "",
            _beyond(week),
        )
        for week in weeks
    ]
    total = sum(week.minutes for week in weeks)
    return ruled_table(columns, [*rows, Total((tr("Total"), duration(total), "", ""))])


def _beyond(week: WeekCount) -> str:
    said = ", ".join(map(_band, (*week.overtime, *week.complementary)))
    if not week.leave:
        return said
    source = sources()["CASS-2025-CP"]
    return tr("{bands} ; {leave} de congés payés comptées dans le seuil ({text})").format(
        bands=said, leave=duration(week.leave), text=f"{source.title}, {how_sure(source)}"
    )


def _band(band: Band) -> str:
    if band.is_recovered:
        return tr("{hours} récupérées à {percent} %").format(
            hours=duration(band.minutes), percent=100 + band.percent
        )
    return tr("{hours} à {percent} %").format(hours=duration(band.minutes), percent=band.percent)


def _balances(count: MonthCount) -> list[Flowable]:
    said: list[str] = []
    if count.allowed is not None:
        said.append(
            tr("Heures supplémentaires depuis le 1er janvier : {used} sur {allowed}.").format(
                used=duration(count.contingent), allowed=duration(count.allowed)
            )
        )
    if count.recovered or count.recovery:
        said.append(
            tr("Repos acquis dans le mois : {earned} ; à prendre : {left}.").format(
                earned=duration(count.recovered), left=duration(count.recovery)
            )
        )
    return [paragraph(each) for each in said]


def _variables(variables: Sequence[Variable]) -> Flowable:
    columns = [
        Column(tr("Variable"), 3),
        Column(tr("Quantité"), 1, Align.RIGHT),
        Column(tr("Jours"), 3.4),
        Column(tr("Remarque"), 2),
    ]
    rows: list[Row] = [(each.title, _amount(each), _days(each), each.note) for each in variables]
    return ruled_table(columns, rows, 9)


def _amount(each: Variable) -> str:
    if each.minutes is not None:
        return duration(each.minutes)
    if each.amount is None:
        return ""
    unit = tr(UNITS[each.unit]) if each.unit in {Unit.DAYS, Unit.EUROS} else ""
    return f"{number(each.amount)}{NBSP}{unit}" if unit else number(each.amount)


def _days(each: Variable) -> str:
    """Write the days a figure comes from; those that follow each other, by the first and last."""
    if each.unit is Unit.DATE:
        return ""
    runs: list[list[date]] = []
    for day in each.days:
        if runs and day - runs[-1][-1] == DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        f"{run[0]:%d/%m}" if len(run) == 1 else f"{run[0]:%d/%m}–{run[-1]:%d/%m}" for run in runs
    )


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "hours-month",
        mark("Relevé d’heures du mois et variables de paie"),
        write_month,
        "D25",
        Cadence.MONTH,
        "staff",
        screen="hours",
    ),
    Document(
        "payroll-variables",
        mark("Variables de paie"),
        write_variables,
        "",
        Cadence.MONTH,
        "staff",
        screen="hours",
    ),
)
