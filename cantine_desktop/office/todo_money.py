"""What money asks for today: a line for each kind, with where it is done."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.finance.bank.model import BankAccount, BankLine
from cantine_desktop.finance.cash.queries import uncounted_days
from cantine_desktop.finance.grants.following import due_words, followed_grants
from cantine_desktop.finance.matching.model import MatchedBankLine
from cantine_desktop.finance.month_end.closing import month_to_close
from cantine_desktop.finance.pieces.queries import missing
from cantine_desktop.finance.treasury.outflow import runway
from cantine_desktop.i18n import number, short_day, tr, trn
from cantine_desktop.office.waiting import Todo, Urgency
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import DAY, Period

CASH_IN_SIGHT = timedelta(days=7)
"""A till not counted for longer is told by the month-end."""

CLOSED_WITHIN = timedelta(days=15)
"""How long after its end a month may wait: the accountant counts on it in mid-month."""

SHORT_RUNWAY = Decimal(2)
"""Months of money under which the board is told."""

Source = Callable[[Session, datetime], Iterable[Todo]]


def money_waits(session: Session, now: datetime) -> Iterator[Todo]:
    """Return what money asks for; nothing to those who do not read the accounts."""
    if not watch_of(session).actor.may_read("finance"):
        return
    today = civil_date(now)
    yield from _uncounted(session, today)
    yield from _month(session, today)
    yield from _lines_to_match(session)
    yield from _without_piece(session, today)
    yield from _reports(session, today)
    yield from _runway(session, today)


def _uncounted(session: Session, today: date) -> Iterator[Todo]:
    days = uncounted_days(session, Period(today - CASH_IN_SIGHT, today + DAY))
    if not days:
        return
    words = tr("Caisse non comptée le {day}").format(day=short_day(days[0]))
    if len(days) > 1:
        words += trn(" et {n} autre jour", " et {n} autres jours", len(days) - 1)
    place = Period(days[0], days[0] + DAY)
    yield Todo(Urgency.TODAY, words, tr("Compter"), "cash", place=place)


def _month(session: Session, today: date) -> Iterator[Todo]:
    month = month_to_close(session, today)
    if month is not None:
        words = tr("Mois à clôturer : {month}").format(month=in_words(month))
        urgency = Urgency.TODAY if month.end + CLOSED_WITHIN <= today else Urgency.SOON
        yield Todo(urgency, words, tr("Clôturer"), "month-end", place=month)


def _lines_to_match(session: Session) -> Iterator[Todo]:
    query = (
        select(func.count(BankLine.id), func.min(BankLine.day))
        .join(BankAccount, BankLine.bank_account_id == BankAccount.id)
        .outerjoin(MatchedBankLine, MatchedBankLine.bank_line_id == BankLine.id)
        .where(BankAccount.is_active, MatchedBankLine.id.is_(None))
    )
    count, oldest = session.execute(query).one()
    if count:
        words = trn("{n} ligne de banque à pointer", "{n} lignes de banque à pointer", count)
        words = tr("{lines}, depuis le {day}").format(lines=words, day=short_day(oldest))
        yield Todo(Urgency.SOON, words, tr("Pointer"), "bank")


def _without_piece(session: Session, today: date) -> Iterator[Todo]:
    in_sight = Period(date(today.year - 1, 1, 1), today + DAY)
    count = sum(not row.lost_reason for row in missing(session, in_sight))
    if count:
        words = trn("{n} dépense sans justificatif", "{n} dépenses sans justificatif", count)
        yield Todo(Urgency.SOON, words, tr("Chercher"), "vouchers", place="missing")


def _reports(session: Session, today: date) -> Iterator[Todo]:
    urgent = [grant for grant in followed_grants(session, today) if grant.is_urgent]
    if not urgent:
        return
    first = min(urgent, key=lambda grant: grant.days_left or 0)
    words = tr("{title} : {due}").format(title=first.title, due=due_words(first))
    if len(urgent) > 1:
        words += trn(" et {n} autre", " et {n} autres", len(urgent) - 1)
    late = first.days_left is not None and first.days_left < 0
    urgency = Urgency.TODAY if late else Urgency.SOON
    yield Todo(urgency, words, tr("Justifier"), "grants", place=first.key)


def _runway(session: Session, today: date) -> Iterator[Todo]:
    months = runway(session, today).months
    if months is not None and months < SHORT_RUNWAY:
        words = tr("Trésorerie : {months} mois de dépenses").format(months=number(months))
        yield Todo(Urgency.TODAY, words, tr("Regarder"), "runway")


SOURCES: tuple[Source, ...] = (money_waits,)
"""What finance adds to the lines of today."""
