"""Hours given by volunteers: counted, valued, written in class 8, certified."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

import resources
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.postings.facts import VolunteeringFacts
from cantine_desktop.finance.postings.payroll import post_volunteering
from cantine_desktop.finance.postings.references import next_reference
from cantine_desktop.finance.statements.policy import policy
from cantine_desktop.i18n import month, tr
from cantine_desktop.sources import sources
from cantine_desktop.staff.contracts.engaging import current_contract
from cantine_desktop.staff.contracts.model import StaffMember, Status
from cantine_desktop.staff.contracts.words import how_sure
from cantine_desktop.staff.hours.model import Level, ValuedHours
from cantine_desktop.staff.hours.standing import stints_of, worked_in
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

CITIZEN_HOURS, CITIZEN_HOURS_HERE = 200, 100
"""Hours in a civil year, and in one association, that open a right. Source: CT-D5151-14."""


class Given(NamedTuple):
    """Hours that somebody gave on a day.

    Attributes:
        minutes: Of presence, breaks left out.
        member_id: ``None`` for hours told in a lump, such as the cooks of a service.
    """

    day: date
    minutes: int
    level: Level
    member_id: int | None = None
    name: str = ""


class Valued(NamedTuple):
    """Hours of a level in a month, and what they are worth.

    Attributes:
        minutes: Given in the month.
        hundredths: The same, in hundredths of an hour.
        rate: Euros for one hour.
        posted: Hundredths of an hour written to the accounts already.
    """

    level: Level
    minutes: int
    hundredths: int
    rate: Money
    posted: int

    @property
    def value(self) -> Money:
        """What all the hours are worth."""
        return Money((self.hundredths * self.rate.cents + 50) // 100)

    @property
    def waiting(self) -> int:
        """Hundredths of an hour that are not in the accounts; below zero, too much is there."""
        return self.hundredths - self.posted

    @property
    def waiting_value(self) -> Money:
        """What they are worth, as their entry would say."""
        return Money((self.waiting * self.rate.cents + 50) // 100)


class Attested(NamedTuple):
    """What somebody gave here in a civil year, for the citizen’s account.

    Attributes:
        minutes: Given, whatever was done.
        leading: Of them, as a member of the board.
        is_enough: The hours here are as many as one association must count.
    """

    member_id: int
    name: str
    minutes: int
    leading: int
    days: int

    @property
    def is_enough(self) -> bool:
        """Whether those of the board make the hours asked of one association."""
        return self.leading >= CITIZEN_HOURS_HERE * 60


class _Wage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    since: date = msgspec.field(name="from")
    cents: int


class _Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    coefficient: int
    status: tuple[Status, ...]


class _Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    method: str
    minimum_wage: tuple[_Wage, ...]
    level: dict[Level, _Level]


@cache
def _figures() -> _Figures:
    return msgspec.convert(tomllib.loads(resources.text("staff/volunteering.toml")), _Figures)


def level_title(level: Level) -> str:
    """Return the French name of a level."""
    return _figures().level[level].title


def rate_on(session: Session, day: date, level: Level) -> Money:
    """Return what an hour of a level is worth on a day: a base times a coefficient.

    The base is the rate that the association decided for its accounts, or else the minimum wage.

    Raises:
        UserError: No amount is known for that day.

    Source: SMIC, ANC-2018-06.
    """
    coefficient = _figures().level[level].coefficient
    decided = policy(session).volunteer_rate
    cents = decided.cents if decided is not None and decided.cents else _minimum_wage(day)
    return Money((cents * coefficient + 50) // 100)


def basis_words(session: Session) -> str:
    """Return what the rate of an hour rests on, and how sure it is."""
    decided = policy(session)
    if decided.volunteer_rate is not None and decided.volunteer_rate.cents:
        return decided.volunteer_basis
    source = sources()[_figures().source]
    return f"{source.title} ({how_sure(source)})"


def _minimum_wage(day: date) -> int:
    known = [each for each in _figures().minimum_wage if each.since <= day]
    if not known:
        raise UserError(tr("Le montant du SMIC n’est pas connu à cette date."))
    return max(known, key=_since).cents


def given_in(session: Session, period: Period) -> list[Given]:
    """Return the hours of volunteers in a period, by day; those of employees are no gift."""
    query = select(StaffMember).options(selectinload(StaffMember.contracts))
    members = {member.id: member for member in session.scalars(query)}
    found: list[Given] = []
    for key, rows in worked_in(session, period).items():
        for row, stint in zip(rows, stints_of(rows), strict=True):
            contract = current_contract(members[key], row.day)
            level = None if contract is None else _level_of(contract.status)
            if level is not None:
                found.append(Given(row.day, stint.effective, level, key, members[key].name))
    return sorted(found, key=_day_and_name)


def valued(session: Session, first: date, others: Sequence[Given] = ()) -> list[Valued]:
    """Return what the hours of a month are worth, by level.

    Args:
        session: Any session.
        first: A day of the month.
        others: Hours told elsewhere, such as those of the cooks of each service.
    """
    period = Period.month(first)
    minutes: dict[Level, int] = {}
    for each in [*given_in(session, period), *others]:
        if each.day in period:
            minutes[each.level] = minutes.get(each.level, 0) + each.minutes
    posted = _posted(session, period.first)
    return [
        Valued(
            level,
            minutes.get(level, 0),
            (minutes.get(level, 0) * 100 + 30) // 60,
            rate_on(session, period.last, level),
            posted.get(level, 0),
        )
        for level in Level
        if minutes.get(level) or posted.get(level)
    ]


def post_month(
    session: Session, first: date, now: datetime, others: Sequence[Given] = ()
) -> list[ValuedHours]:
    """Write in class 8 the hours of a month that are not yet, at the last day of the month.

    Args:
        session: The session of an action.
        first: A day of the month.
        now: The present instant, aware.
        others: Hours told elsewhere; see ``valued``.

    Raises:
        UserError: The month is not over, everything is written already, fewer hours are written
            now than are in the accounts, or the period is locked.

    Source: ANC-2018-06.
    """
    period = Period.month(first)
    if civil_date(now) < period.end:
        raise UserError(tr("Ce mois n’est pas fini : valorisez-le quand il l’est."))
    waiting = [each for each in valued(session, first, others) if each.hundredths != each.posted]
    if not waiting:
        raise UserError(tr("Toutes les heures de ce mois sont déjà dans les comptes."))
    if any(each.hundredths < each.posted for each in waiting):
        raise UserError(
            tr(
                "Il y a moins d’heures qu’au moment de l’écriture : passez d’abord l’écriture "
                "inverse dans les comptes."
            )
        )
    return [_post(session, period, each) for each in waiting]


def attested(session: Session, year: int) -> list[Attested]:
    """Return what each volunteer gave in a civil year, by name. Source: CT-D5151-14."""
    found: dict[int, list[Given]] = {}
    for each in given_in(session, Period.year(date(year, 1, 1))):
        if each.member_id is not None:
            found.setdefault(each.member_id, []).append(each)
    rows = [
        Attested(
            key,
            own[0].name,
            sum(each.minutes for each in own),
            sum(each.minutes for each in own if each.level is Level.GOVERNANCE),
            len({each.day for each in own}),
        )
        for key, own in found.items()
    ]
    return sorted(rows, key=_name)


def _post(session: Session, period: Period, each: Valued) -> ValuedHours:
    more = each.hundredths - each.posted
    label = tr("Bénévolat {month} : {level}").format(
        month=month(period.first), level=level_title(each.level)
    )
    reference = next_reference(session, "BEN", period.last)
    facts = VolunteeringFacts(period.last, reference, label, more, each.rate)
    entry = post_volunteering(session, facts)
    session.flush()
    row = ValuedHours(
        month=period.first, level=each.level, hundredths=more, rate=each.rate, entry_id=entry.id
    )
    session.add(row)
    session.flush()
    return row


def _posted(session: Session, first: date) -> Mapping[Level, int]:
    found: dict[Level, int] = {}
    for row in session.scalars(select(ValuedHours).where(ValuedHours.month == first)):
        found[row.level] = found.get(row.level, 0) + row.hundredths
    return found


def _level_of(status: Status) -> Level | None:
    if not status.is_volunteer:
        return None
    known = (level for level, each in _figures().level.items() if status in each.status)
    return next(known, Level.HELP)


def _since(wage: _Wage) -> date:
    return wage.since


def _day_and_name(each: Given) -> tuple[date, str]:
    return each.day, each.name


def _name(each: Attested) -> str:
    return each.name
