"""What is printed of hours: the week to sign, the order of leave, what volunteers gave."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, heading, paragraph, small, title
from cantine_desktop.documents.tables import Column, Row, Struck, Total, ruled_table
from cantine_desktop.i18n import hour, mark, number, short_day, tr
from cantine_desktop.staff.contracts.model import REGISTERED, StaffMember
from cantine_desktop.staff.hours.clock_text import write_hours
from cantine_desktop.staff.hours.confirming import planned_hours
from cantine_desktop.staff.hours.leave import Leave, leaves
from cantine_desktop.staff.hours.model import HoursWeek, WorkedShift
from cantine_desktop.staff.hours.standing import (
    hours_of,
    rows_in,
    standing,
    stints_of,
    weeks_in,
)
from cantine_desktop.staff.hours.volunteering import (
    CITIZEN_HOURS,
    CITIZEN_HOURS_HERE,
    Attested,
    attested,
)
from cantine_desktop.staff.law.wording import duration
from cantine_desktop.staff.rosters.absences import absence_words
from cantine_desktop.staff.rosters.model import ABSENCES, Absence, AbsenceCode
from cantine_desktop.staff.rosters.team import Teammate, absences_in, shifts_in, teammates
from cantine_desktop.values.period import DAY, Period

_LEAVES = frozenset({AbsenceCode.PAID_LEAVE, AbsenceCode.SPLIT_LEAVE, AbsenceCode.CIVIC_LEAVE})


def write_week(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the hours of a week to be signed, a page a person, with what corrections replaced.

    Source: CT-L3171-4, HCR, CE-L124-14.
    """
    week = Period.week(period.first)
    known = weeks_in(session, week)
    planned, away = shifts_in(session, week), absences_in(session, week)
    story: list[Flowable] = []
    for mate in teammates(session, week):
        rows = rows_in(session, week, mate.key)
        own = planned.get(mate.key, [])
        if mate.status not in REGISTERED and not rows:
            continue
        if story:
            story.append(PageBreak())
        plan = {
            day: " ".join(write_hours([planned_hours(each)]) for each in own if each.day == day)
            for day in week.days
        }
        state = known.get((mate.key, week.first))
        story += _week(mate, week, rows, plan, away.get(mate.key, []), state)
    frame = PageFrame(
        canteen_name(session),
        tr("Relevé d’heures de la semaine"),
        in_words(week),
        now,
        footer=tr("Art. L3171-2, D3171-8 : à garder un an, trois ans en pratique."),
    )
    write_document(target, frame, story or [paragraph(tr("Personne cette semaine."))])


def write_leave_order(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write who goes when, and what leave each has left; to be shown a month before.

    Source: CT-D3141-5, CT-L3141-13.
    """
    columns = [
        Column(tr("Nom"), 2.2),
        Column(tr("Du"), 1.2),
        Column(tr("Au"), 1.2),
        Column(tr("Nature"), 2),
        Column(tr("Accord"), 1),
    ]
    names = {mate.key: mate.worker.name for mate in teammates(session, period)}
    query = select(Absence).where(
        Absence.code.in_(_LEAVES), Absence.first < period.end, Absence.end > period.first
    )
    rows: list[Row] = [
        (
            names.get(each.member_id) or session.get_one(StaffMember, each.member_id).name,
            short_day(each.first),
            short_day(each.end - DAY),
            tr(ABSENCES[each.code][1]),
            _granted(each),
        )
        for each in session.scalars(query.order_by(Absence.first, Absence.id))
        if each.is_granted is not False
    ]
    story: list[Flowable] = [
        ruled_table(columns, rows)
        if rows
        else paragraph(tr("Aucun congé n’est posé pendant cette période.")),
        heading(tr("Soldes au {day}").format(day=short_day(period.first))),
        ruled_table(_leave_columns(), [_leave_row(each) for each in leaves(session, period.first)]),
        small(
            tr(
                "La période des congés est annoncée deux mois avant son ouverture ; l’ordre et "
                "les dates des départs, un mois avant (art. D3141-5 et D3141-6). Moins d’un mois "
                "avant, les dates ne changent plus."
            )
        ),
    ]
    frame = PageFrame(
        canteen_name(session), tr("Ordre des départs en congé"), in_words(period), now
    )
    write_document(target, frame, story)


def write_attestations(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write for each volunteer the hours of a civil year, for the citizen’s account.

    Source: CT-D5151-14.
    """
    year = period.first.year
    story: list[Flowable] = []
    for each in attested(session, year):
        if story:
            story.append(PageBreak())
        story += _attestation(canteen_name(session), each, year)
    frame = PageFrame(
        canteen_name(session),
        tr("Attestation de bénévolat"),
        str(year),
        now,
        footer=tr("Compte d’engagement citoyen : art. D5151-14 du Code du travail."),
    )
    nobody = [paragraph(tr("Aucune heure bénévole n’est notée cette année."))]
    write_document(target, frame, story or nobody)


def _week(
    mate: Teammate,
    week: Period,
    rows: Sequence[WorkedShift],
    plan: dict[date, str],
    away: Sequence[Absence],
    state: HoursWeek | None,
) -> list[Flowable]:
    columns = [
        Column(tr("Jour"), 1.6),
        Column(tr("Prévu"), 2),
        Column(tr("Fait"), 2.4),
        Column(tr("Durée"), 1, Align.RIGHT),
        Column(tr("Correction"), 2),
    ]
    lines = [line for day in week.days for line in _day_rows(day, rows, plan[day], away)]
    total = sum(each.effective for each in stints_of(standing(rows)))
    lines.append(Total((tr("Semaine"), "", "", duration(total), "")))
    return [
        title(mate.worker.name),
        ruled_table(columns, lines),
        *([small(", ".join(absence_words(each) for each in away))] if away else []),
        small(_signed(state)),
        Spacer(0, 6 * mm),
        FormRow([
            Field(tr("La personne, date et signature"), lines=3),
            Field(tr("Pour la cantine, date et signature"), lines=3),
        ]),
    ]


def _day_rows(
    day: date, rows: Sequence[WorkedShift], planned: str, away: Sequence[Absence]
) -> list[Row]:
    """Return the line of a day, then what it replaces, struck through."""
    stand = standing(rows)
    kept = {row.id for row in stand}
    own = [row for row in stand if row.day == day]
    minutes = sum(each.effective for each in stints_of(own))
    off = ", ".join(ABSENCES[each.code][0] for each in away if each.first <= day < each.end)
    done = write_hours(hours_of(own)) if own else off
    why = "; ".join(sorted({row.reason for row in own if row.reason}))
    line: Row = (_day(day), planned, done, duration(minutes) if own else "", why)
    struck = [
        Struck((_day(row.day), "", write_hours(hours_of([row])), "", _said(row)))
        for row in rows
        if row.day == day and row.id not in kept
    ]
    return [line, *struck]


def _said(row: WorkedShift) -> str:
    written = tr("noté le {day} à {hour}").format(
        day=short_day(row.recorded_at.date()), hour=hour(row.recorded_at)
    )
    if row.is_void:
        return tr("pas fait ; {why}").format(why=row.reason or written)
    return tr("remplacé ; {written}").format(written=written)


def _signed(state: HoursWeek | None) -> str:
    if state is None:
        return tr("Semaine pas encore confirmée.")
    if state.signed_at is None:
        return tr("Confirmée le {day}.").format(day=short_day(state.confirmed_at.date()))
    return tr("Signée par {who} le {day} : {minutes}, lignes scellées.").format(
        who=state.signed_by,
        day=short_day(state.signed_at.date()),
        minutes=duration(state.minutes or 0),
    )


def _leave_columns() -> list[Column]:
    return [
        Column(tr("Nom"), 2.2),
        Column(tr("À prendre"), 1, Align.RIGHT),
        Column(tr("En cours d’acquisition"), 1.3, Align.RIGHT),
        Column(tr("Pris"), 1, Align.RIGHT),
        Column(tr("Posés"), 1, Align.RIGHT),
        Column(tr("Fractionnement"), 1.2, Align.RIGHT),
        Column(tr("À informer avant le"), 1.4),
    ]


def _leave_row(each: Leave) -> Row:
    return (
        each.name,
        _hundredths(each.available) if each.is_sure else tr("solde à dire"),
        _hundredths(each.accruing),
        _hundredths(each.taken),
        _hundredths(each.asked),
        str(each.split) if each.split else "",
        ", ".join(short_day(day) for day in each.inform_by),
    )


def _attestation(canteen: str, each: Attested, year: int) -> list[Flowable]:
    words = tr(
        "{canteen} atteste que {name} a donné {hours} en {year}, sur {days} jours, dont {leading} "
        "au titre du conseil ou de l’encadrement de bénévoles."
    ).format(
        canteen=canteen,
        name=each.name,
        hours=duration(each.minutes),
        year=year,
        days=each.days,
        leading=duration(each.leading),
    )
    rule = tr(
        "Le compte d’engagement citoyen demande {total} h dans l’année civile, dont {here} h dans "
        "une même association, comme membre du conseil ou en encadrant d’autres bénévoles."
    ).format(total=CITIZEN_HOURS, here=CITIZEN_HOURS_HERE)
    enough = (
        tr("Les {here} h demandées dans une même association sont atteintes ici.")
        if each.is_enough
        else tr("Les {here} h demandées dans une même association ne sont pas atteintes ici.")
    ).format(here=CITIZEN_HOURS_HERE)
    return [
        title(each.name),
        paragraph(words),
        paragraph(rule),
        paragraph(enough),
        Spacer(0, 8 * mm),
        FormRow([
            Field(tr("Fait à, le"), lines=2),
            Field(tr("Pour la cantine, nom, qualité et signature"), lines=3),
        ]),
    ]


def _granted(absence: Absence) -> str:
    return tr("oui") if absence.is_granted else tr("demandé")


def _hundredths(value: int) -> str:
    """Write hundredths as people do: 16,25; 30."""
    return number((Decimal(value) / 100).normalize() + 0)


def _day(day: date) -> str:
    return tr("{weekday} {day}").format(weekday=tr(_WEEKDAYS[day.weekday()]), day=f"{day:%d/%m}")


_WEEKDAYS = (
    mark("lundi"),
    mark("mardi"),
    mark("mercredi"),
    mark("jeudi"),
    mark("vendredi"),
    mark("samedi"),
    mark("dimanche"),
)


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "hours-week",
        mark("Relevé d’heures de la semaine, à signer"),
        write_week,
        "",
        Cadence.WEEK,
        "staff",
        screen="hours",
    ),
    Document(
        "leave-order",
        mark("Ordre des départs en congé"),
        write_leave_order,
        "",
        Cadence.YEAR,
        "staff",
        screen="hours",
    ),
    Document(
        "volunteer-attestations",
        mark("Attestations de bénévolat"),
        write_attestations,
        "",
        Cadence.YEAR,
        "staff",
        screen="hours",
    ),
)
