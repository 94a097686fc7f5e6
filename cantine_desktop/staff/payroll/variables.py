"""What the pay slips of a month are made from, a line for each thing, each traced to its days."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.i18n import mark, tr
from cantine_desktop.staff.contracts.model import Contract, StaffMember, Status
from cantine_desktop.staff.hours.counters import DayCount, MonthCount, WeekCount, month_counts
from cantine_desktop.staff.hours.leave import Leave, leaves
from cantine_desktop.staff.law.counters import Band
from cantine_desktop.staff.payroll.model import EXTRAS, ExtraKind, PayrollExtra, PayrollNumber
from cantine_desktop.staff.payroll.particulars import APART, paid_apart, with_note
from cantine_desktop.staff.payroll.variable import Unit, Variable, in_hours
from cantine_desktop.staff.rosters.model import ABSENCES, AbsenceCode
from cantine_desktop.staff.rosters.team import rules_of
from cantine_desktop.values.period import DAY, Period


class PersonMonth(NamedTuple):
    """Everything the pay of somebody needs for a month.

    Attributes:
        number: As payroll numbers the person; empty while nobody said it.
        waiting: Days planned and over whose hours nobody wrote: the figures are not final.
    """

    member_id: int
    name: str
    number: str
    status: Status
    variables: tuple[Variable, ...]
    waiting: tuple[date, ...]


PAID = frozenset({
    Status.PERMANENT,
    Status.FIXED_TERM,
    Status.APPRENTICE,
    Status.PROFESSIONALISATION,
    Status.TRAINEE,
})
"""Who gets a pay slip or a gratification; a civic service is paid by the State."""


def variables_of(session: Session, period: Period, now: datetime) -> list[PersonMonth]:
    """Return the variables of each person paid in a month, by kind of tie, then by name.

    Args:
        session: Any session.
        period: A calendar month.
        now: The present instant, aware.
    """
    numbers = dict(session.execute(select(PayrollNumber.member_id, PayrollNumber.number)).all())
    extras = _extras(session, period)
    left = {each.member_id: each for each in leaves(session, period.last)}
    query = select(StaffMember).options(selectinload(StaffMember.contracts))
    contracts = {member.id: member.contracts for member in session.scalars(query)}
    branch = rules_of(session).branch
    found: list[PersonMonth] = []
    for count in month_counts(session, period, now):
        mate = count.mate
        if mate.status not in PAID:
            continue
        lines = [
            *_contract_lines(contracts[mate.key], period),
            *paid_apart(contracts[mate.key], count, period, branch),
            *(with_note(each, branch) for each in _hour_lines(count)),
            *_away_lines(count),
            *_leave_lines(left.get(mate.key)),
            *extras.get(mate.key, ()),
        ]
        found.append(
            PersonMonth(
                mate.key,
                mate.worker.name,
                numbers.get(mate.key, ""),
                mate.status,
                tuple(lines),
                count.waiting,
            )
        )
    return found


def titles() -> dict[str, str]:
    """Return every variable there may be and its title, for mapping tables, in order."""
    bands = {f"overtime-{share}": _overtime_title(share) for share in (10, 20, 25, 50)}
    rests = {f"recovered-{share}": _recovered_title(share) for share in (25, 50)}
    more = {f"complementary-{share}": _complementary_title(share) for share in (10, 17, 25)}
    absences = {
        f"absence-{code}": tr(title) for code, title in (ABSENCES[each] for each in AbsenceCode)
    }
    return {
        **{key: tr(title) for key, title in _PLAIN.items()},
        **bands,
        **rests,
        **more,
        **absences,
        **{str(kind): tr(title) for kind, title in EXTRAS.items()},
    }


_PLAIN = {
    "entry": mark("Entrée"),
    "exit": mark("Sortie"),
    "contract-hours": mark("Heures du contrat, par semaine"),
    "hours": mark("Heures faites dans le mois"),
    "days": mark("Jours travaillés"),
    "night": mark("Heures de nuit"),
    "sunday": mark("Heures de dimanche"),
    "holiday": mark("Heures de jour férié"),
    "may-first": mark("Heures du 1er mai"),
    "split-days": mark("Jours avec coupure"),
    "split-days-2h": mark("Jours avec coupure de plus de 2 h"),
    "rest-earned": mark("Repos acquis"),
    "rest-left": mark("Repos à prendre"),
    "compulsory-rest": mark("Contrepartie obligatoire en repos, acquise"),
    "contingent": mark("Contingent utilisé dans l’année"),
    **APART,
    "leave-left": mark("Congés payés : reste à prendre"),
    "leave-accruing": mark("Congés payés : en cours d’acquisition"),
}
_LONG_SPLIT = 120


def _contract_lines(contracts: Iterable[Contract], period: Period) -> Iterator[Variable]:
    for contract in contracts:
        if contract.first in period:
            yield _date("entry", contract.first)
        if contract.end is not None and contract.end - DAY in period:
            yield _date("exit", contract.end - DAY)
        meets = contract.first < period.end and (contract.end or period.end) > period.first
        if meets and contract.weekly_minutes:
            yield _hours("contract-hours", contract.weekly_minutes, ())


def _hour_lines(count: MonthCount) -> Iterator[Variable]:
    days = count.days
    yield _by_day("hours", ((each.day, each.minutes) for each in days))
    present = tuple(each.day for each in days if each.minutes)
    worked = _PLAIN["days"]
    yield Variable("days", tr(worked), Unit.COUNT, Decimal(len(present)), days=present)
    yield from _bands("overtime", count.weeks)
    yield from _bands("complementary", count.weeks)
    for key in ("night", "sunday", "holiday", "may_first"):
        line = _by_day(key.replace("_", "-"), _some(days, key))
        if line.minutes:
            yield line
    for key, shortest in (("split-days", 1), ("split-days-2h", _LONG_SPLIT + 1)):
        cut = tuple(each.day for each in days if each.splits >= shortest)
        if cut:
            yield Variable(key, tr(_PLAIN[key]), Unit.COUNT, Decimal(len(cut)), days=cut)
    if count.recovered:
        weeks = [each for each in count.weeks if any(band.is_recovered for band in each.overtime)]
        yield _hours("rest-earned", count.recovered, [day for each in weeks for day in each.days])
    if count.recovery or count.recovered:
        yield _hours("rest-left", count.recovery, ())
    if count.compulsory:
        yield _hours("compulsory-rest", count.compulsory, ())
    if count.contingent:
        yield _hours("contingent", count.contingent, ())


def _some(days: Iterable[DayCount], key: str) -> Iterator[tuple[date, int]]:
    for each in days:
        some = {
            "night": each.night,
            "sunday": each.sunday,
            "holiday": each.holiday,
            "may_first": each.may_first,
        }[key]
        if some:
            yield each.day, some


def _bands(kind: str, weeks: Iterable[WeekCount]) -> Iterator[Variable]:
    """Yield a line for each rate, from the weeks that end in the month."""
    held: dict[tuple[str, int], list[tuple[date, int]]] = {}
    days: dict[tuple[str, int], list[date]] = {}
    for week in weeks:
        for band in week.overtime if kind == "overtime" else week.complementary:
            key = _band_key(kind, band)
            held.setdefault(key, []).append((week.monday, band.minutes))
            days.setdefault(key, []).extend(week.days)
    for key, trace in sorted(held.items()):
        total = sum(minutes for _monday, minutes in trace)
        name = f"{key[0]}-{key[1]}"
        yield Variable(
            name,
            titles()[name],
            Unit.HOURS,
            in_hours(total),
            total,
            tuple(days[key]),
            tuple(trace),
        )


def _band_key(kind: str, band: Band) -> tuple[str, int]:
    return ("recovered" if band.is_recovered else kind), band.percent


def _away_lines(count: MonthCount) -> Iterator[Variable]:
    """Yield the hours of each absence, and its days in the note: ouvrables, then ouvrés."""
    for each in count.away:
        code, title = ABSENCES[each.code]
        days = tuple(Period(each.first, each.last + DAY).days)
        said = tr("{workable} j ouvrables, {working} j ouvrés").format(
            workable=_halves(each.workable), working=_halves(each.working)
        )
        yield Variable(
            f"absence-{code}",
            tr(title),
            Unit.HOURS,
            in_hours(each.total),
            each.total,
            days,
            each.minutes,
            said,
        )


def _leave_lines(leave: Leave | None) -> Iterator[Variable]:
    if leave is None or not leave.is_sure:
        return
    for key, hundredths in (("leave-left", leave.available), ("leave-accruing", leave.accruing)):
        amount = Decimal(hundredths).scaleb(-2)
        yield Variable(key, tr(_PLAIN[key]), Unit.DAYS, amount)


def _extras(session: Session, period: Period) -> Mapping[int, list[Variable]]:
    found: dict[int, list[Variable]] = {}
    query = select(PayrollExtra).where(PayrollExtra.month == period.first)
    for row in session.scalars(query.order_by(PayrollExtra.id)):
        title, note = tr(EXTRAS[row.kind]), row.note
        if row.kind is ExtraKind.COMMENT:
            line = Variable(row.kind, title, Unit.WORDS, note=note)
        elif row.kind is ExtraKind.MEALS:
            line = Variable(row.kind, title, Unit.COUNT, Decimal(row.count or 0), note=note)
        else:
            euros = row.amount.euros if row.amount is not None else Decimal(0)
            line = Variable(row.kind, title, Unit.EUROS, euros, note=note)
        found.setdefault(row.member_id, []).append(line)
    return found


def _halves(count: int) -> str:
    return f"{Decimal(count) / 2:f}".replace(".", ",")


def _by_day(key: str, pairs: Iterable[tuple[date, int]]) -> Variable:
    trace = tuple(pairs)
    total = sum(minutes for _day, minutes in trace)
    days = tuple(day for day, _minutes in trace)
    return Variable(key, tr(_PLAIN[key]), Unit.HOURS, in_hours(total), total, days, trace)


def _hours(key: str, minutes: int, days: Iterable[date]) -> Variable:
    return Variable(key, tr(_PLAIN[key]), Unit.HOURS, in_hours(minutes), minutes, tuple(days))


def _date(key: str, day: date) -> Variable:
    return Variable(key, tr(_PLAIN[key]), Unit.DATE, days=(day,), note=f"{day:%d/%m/%Y}")


def _overtime_title(share: int) -> str:
    return tr("Heures supplémentaires à {percent} %").format(percent=share)


def _recovered_title(share: int) -> str:
    return tr("Heures supplémentaires récupérées à {percent} %").format(percent=100 + share)


def _complementary_title(share: int) -> str:
    return tr("Heures complémentaires à {percent} %").format(percent=share)
