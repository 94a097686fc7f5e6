"""Going through a month’s end, closing it for good, and opening it again with a reason."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash import closing as till
from cantine_desktop.finance.cash.model import ClosingKind
from cantine_desktop.finance.ledger import closing as accounts
from cantine_desktop.finance.ledger.model import Entry, FiscalYear
from cantine_desktop.finance.ledger.validating import drafts_before, validate
from cantine_desktop.finance.ledger.years import year_of
from cantine_desktop.finance.month_end.model import MonthEnd, Step, StepTold
from cantine_desktop.finance.month_end.steps import OPTIONAL, TITLES, Found, find
from cantine_desktop.i18n import month as month_name
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.period import Period

LAST = (Step.SENDING,)


class StepState(NamedTuple):
    """A step of a month as it stands.

    Attributes:
        note: Why it goes as it is, when something is missing.
        is_settled: Done, noted, or optional.
    """

    step: Step
    title: str
    found: Found
    note: str
    is_settled: bool


def states(session: Session, month: Period, today: date) -> list[StepState]:
    """Return the eight steps of a month, in order."""
    current = month_end_of(session, month.first)
    notes = {told.step: told.note for told in current.told} if current else {}
    made: list[StepState] = []
    for step in Step:
        found = find(session, step, month, today)
        settled = found.is_done or step in OPTIONAL or bool(notes.get(step))
        if step in LAST and not settled:
            found = found._replace(sentence=_what_is_left(made, month, today))
        made.append(StepState(step, tr(TITLES[step]), found, notes.get(step, ""), settled))
    return made


def _what_is_left(before: list[StepState], month: Period, today: date) -> str:
    """Return what keeps the month from being closed, in words."""
    left = [state.title for state in before if not state.is_settled]
    if left:
        return tr("Reste à régler : {steps}").format(steps=", ".join(left).lower())
    if today < month.end:
        text = tr("Tout est réglé. Le mois se clora à partir du {day}.")
        return text.format(day=short_day(month.end))
    return tr("Tout est réglé : le mois peut se clore")


def month_end_of(session: Session, month: date) -> MonthEnd | None:
    """Return the last turn of a month’s end, if anybody began it."""
    return session.scalar(
        select(MonthEnd).where(MonthEnd.month == month).order_by(MonthEnd.turn.desc()).limit(1)
    )


def begin(session: Session, month: date, now: datetime) -> MonthEnd:
    """Return the month’s end that is under way, begun when there is none."""
    current = month_end_of(session, month)
    if current is not None:
        return current
    current = MonthEnd(month=month, begun_at=now)
    session.add(current)
    session.flush()
    return current


def note_step(session: Session, month: date, step: Step, note: str, now: datetime) -> None:
    """Let a step go as it is, with the reason; an empty note takes that back.

    Raises:
        UserError: The month is closed.
    """
    current = begin(session, month, now)
    _refuse_closed(current)
    told = next((each for each in current.told if each.step is step), None)
    if not note.strip():
        if told is not None:
            current.told.remove(told)
    elif told is None:
        current.told.append(StepTold(step=step, told_at=now, note=note.strip()))
    else:
        told.note, told.told_at = note.strip(), now
    session.flush()


def write_sentence(
    session: Session, month: date, sentence: str, comment: str, now: datetime
) -> None:
    """Keep the sentence of the month as somebody read it again, and words to the accountant.

    Raises:
        UserError: The month is closed.
    """
    current = begin(session, month, now)
    _refuse_closed(current)
    current.sentence, current.comment = sentence.strip(), comment.strip()
    session.flush()


def close_month(session: Session, month: Period, now: datetime) -> MonthEnd:
    """Stop the accounts of a month: every entry is validated, its days take none any more.

    The till’s month is closed with it, when nobody closed it before.

    Args:
        session: The session of an action; it cannot be undone afterwards.
        month: A calendar month that is over.
        now: Present instant, aware.

    Raises:
        UserError: A step is neither done nor noted, or a month before is open.
    """
    today = civil_date(now)
    if today < month.end:
        raise UserError(tr("Un mois se clôt une fois terminé."))
    current = begin(session, month.first, now)
    _refuse_closed(current)
    for state in states(session, month, today):
        if not state.is_settled and state.step not in LAST:
            raise UserError(
                tr("« {step} » n’est pas réglé : terminez-le, ou notez pourquoi il reste.").format(
                    step=state.title
                )
            )
    _refuse_gap(session, month)
    _close_till(session, month, now)
    validate(session, drafts_before(session, month.end), now)
    accounts.lock(session, month.end, now)
    current.closed_at = now
    session.flush()
    seal(session, [current], now)
    return current


def reopen_month(session: Session, month: Period, reason: str, now: datetime) -> MonthEnd:
    """Open a closed month again: a new turn begins; what was validated stays validated.

    Args:
        session: The session of an action.
        month: The last month that was closed.
        reason: Why, never empty.
        now: Present instant, aware.

    Raises:
        UserError: It is not closed, a later one is, or no reason is given.
    """
    current = month_end_of(session, month.first)
    if current is None or current.closed_at is None:
        raise UserError(tr("Ce mois n’est pas clos."))
    if not reason.strip():
        raise UserError(tr("Dites pourquoi le mois est rouvert : la raison reste dans le livre."))
    later = select(MonthEnd.id).where(MonthEnd.month > month.first, MonthEnd.closed_at.is_not(None))
    if session.scalar(later.limit(1)) is not None:
        raise UserError(tr("Un mois suivant est clos : rouvrez-le d’abord."))
    accounts.unlock(session, year_of(session, month.first), month.first, reason.strip(), now)
    return _turn_again(session, current, reason, now)


def reopen_from(
    session: Session, year: FiscalYear, until: date | None, reason: str, now: datetime
) -> None:
    """Let days take entries again, and begin another turn of each closed month they fall in.

    Args:
        session: The session of an action.
        year: A year that is not closed.
        until: Days before this one stay locked; ``None`` opens the whole year.
        reason: Why; kept for good, with the days and with each month.
        now: Present instant, aware.

    Raises:
        UserError: The year is closed, no reason is given, or nothing would open.
    """
    accounts.unlock(session, year, until, reason, now)
    first = until or year.first
    month = Period.month(first)
    while month.first < year.end:
        current = month_end_of(session, month.first)
        if current is not None and current.closed_at is not None:
            _turn_again(session, current, reason, now)
        month = Period.month(month.end)


def month_to_close(session: Session, today: date) -> Period | None:
    """Return the first month that holds entries, is over and is not closed."""
    first = session.scalar(select(func.min(Entry.day)).where(Entry.number.is_(None)))
    if first is None:
        return None
    closed = set(session.scalars(select(MonthEnd.month).where(MonthEnd.closed_at.is_not(None))))
    reopened = {
        end.month
        for end in session.scalars(select(MonthEnd).order_by(MonthEnd.turn))
        if end.closed_at is None
    }
    month = Period.month(first)
    while month.end <= today:
        if month.first not in closed or month.first in reopened:
            return month
        month = Period.month(month.end)
    return None


def _turn_again(session: Session, current: MonthEnd, reason: str, now: datetime) -> MonthEnd:
    again = MonthEnd(
        month=current.month, begun_at=now, turn=current.turn + 1, reason=reason.strip()
    )
    session.add(again)
    session.flush()
    return again


def _close_till(session: Session, month: Period, now: datetime) -> None:
    last = till.last_closing(session, ClosingKind.MONTH)
    if last is not None and last.end > month.first:
        return
    if month.first in till.months_to_close(session, month):
        till.close_month(session, month.first, now)
    if till.whole_of(session, ClosingKind.YEAR, month.first).end == month.end:
        _close_till_year(session, month.first, now)


def _close_till_year(session: Session, day: date, now: datetime) -> None:
    last = till.last_closing(session, ClosingKind.YEAR)
    if till.last_closing(session, ClosingKind.MONTH) and (last is None or last.end <= day):
        till.close_year(session, day, now)


def _refuse_closed(current: MonthEnd) -> None:
    if current.closed_at is not None:
        raise UserError(tr("Ce mois est clos : rouvrez-le d’abord, avec une raison."))


def _refuse_gap(session: Session, month: Period) -> None:
    waiting = month_to_close(session, month.end)
    if waiting is not None and waiting.first < month.first:
        raise UserError(
            tr("Commencez par clore {month} : les mois se closent dans l’ordre.").format(
                month=month_name(waiting.first)
            )
        )
