"""What each of the eight steps of a month’s end finds done, or still to do."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.finance.bank.model import AccountKind, BankAccount, BankLine, BankStatement
from cantine_desktop.finance.cash import closing as till
from cantine_desktop.finance.cash.model import ClosingKind
from cantine_desktop.finance.cash.queries import cash_figures, uncounted_days
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.matching.model import MatchedBankLine
from cantine_desktop.finance.month_end.model import MonthEnd, Step
from cantine_desktop.finance.pieces.queries import missing
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.i18n import mark, money, short_day, tr, trn
from cantine_desktop.values.period import Period

TITLES: Mapping[Step, str] = {
    Step.SERVICES: mark("Services clôturés"),
    Step.CASH: mark("Caisse"),
    Step.BANK: mark("Banque pointée"),
    Step.PIECES: mark("Pièces"),
    Step.HOURS: mark("Heures et paie"),
    Step.STOCK: mark("Stock"),
    Step.SENTENCE: mark("Relecture"),
    Step.SENDING: mark("Clore et envoyer"),
}
OPTIONAL = frozenset({Step.STOCK})
SCREENS: Mapping[Step, str] = {
    Step.SERVICES: "cash",
    Step.CASH: "cash",
    Step.BANK: "bank",
    Step.PIECES: "vouchers",
    Step.SENDING: "pack",
}
"""Screen where each step is done; the others are done on the page itself."""


class Found(NamedTuple):
    """What a step finds.

    Attributes:
        is_done: Nothing is missing.
        sentence: What there is, in words: « 23 services clôturés ».
        missing: What is not there, one by one.
    """

    is_done: bool
    sentence: str
    missing: tuple[str, ...] = ()


def find(session: Session, step: Step, month: Period, today: date) -> Found:
    """Judge a step of a month by the book.

    Args:
        session: A session that reads.
        step: Which one.
        month: A calendar month.
        today: The present civil day.
    """
    return _JUDGES[step](session, month, today)


def _services(session: Session, month: Period, today: date) -> Found:
    days = set(
        session.scalars(
            select(Takings.day).where(Takings.day >= month.first, Takings.day < month.end)
        )
    )
    count = session.scalar(
        select(func.count(Takings.id)).where(
            Takings.day >= month.first, Takings.day < month.end, Takings.corrects_id.is_(None)
        )
    )
    due = [day for day in open_days(session, month) if day <= today]
    forgotten = [day for day in due if day not in days]
    sentence = trn("{n} service clôturé", "{n} services clôturés", count or 0).format(n=count or 0)
    return Found(not forgotten, sentence, tuple(short_day(day) for day in forgotten))


def _cash(session: Session, month: Period, _today: date) -> Found:
    figures = cash_figures(session, month)
    gaps = uncounted_days(session, month)
    wanted = tuple(tr("caisse non comptée le {day}").format(day=short_day(day)) for day in gaps)
    if till.closing_of(session, ClosingKind.MONTH, month.first) is None:
        wanted = (*wanted, tr("caisse du mois non clôturée"))
    sentence = trn("{n} trou, écart total {total}", "{n} trous, écart total {total}", len(gaps))
    sentence = sentence.format(n=len(gaps), total=money(figures.total))
    return Found(not wanted, sentence, wanted)


def _bank(session: Session, month: Period, _today: date) -> Found:
    accounts = session.scalars(
        select(BankAccount).where(
            BankAccount.is_active, BankAccount.kind.in_((AccountKind.BANK, AccountKind.SAVINGS))
        )
    ).all()
    wanted: list[str] = []
    total = 0
    for account in accounts:
        last = session.scalar(
            select(func.max(BankStatement.last)).where(BankStatement.bank_account_id == account.id)
        )
        if last is None or last < month.last:
            wanted.append(
                tr("{name} : relevé à importer jusqu’au {day}").format(
                    name=account.name, day=short_day(month.last)
                )
            )
        lines = (
            select(func.count(BankLine.id))
            .outerjoin(MatchedBankLine, MatchedBankLine.bank_line_id == BankLine.id)
            .where(BankLine.bank_account_id == account.id, BankLine.day < month.end)
        )
        left = session.scalar(lines.where(MatchedBankLine.id.is_(None))) or 0
        total += session.scalar(lines.where(BankLine.day >= month.first)) or 0
        if left:
            text = trn("{name} : {n} ligne à pointer", "{name} : {n} lignes à pointer", left)
            wanted.append(text.format(name=account.name, n=left))
    if not accounts:
        wanted.append(tr("aucun compte bancaire : importez un premier relevé"))
    sentence = trn("{n} ligne de banque", "{n} lignes de banque", total).format(n=total)
    return Found(not wanted, sentence, tuple(wanted))


def _pieces(session: Session, month: Period, _today: date) -> Found:
    without = missing(session, month)
    if not without:
        return Found(True, tr("Chaque dépense a son justificatif"))
    told = tuple(f"{short_day(row.day)} · {row.label} · {money(row.amount)}" for row in without)
    count = len(without)
    sentence = trn("{n} justificatif manque", "{n} justificatifs manquent", count)
    return Found(False, sentence.format(n=count), told)


def _fact_in(session: Session, fact: str, month: Period) -> bool:
    query = select(Entry.id).where(
        Entry.fact == fact, Entry.day >= month.first, Entry.day < month.end
    )
    return session.scalar(query.limit(1)) is not None


def _hours(session: Session, month: Period, _today: date) -> Found:
    if _fact_in(session, "payroll", month):
        return Found(True, tr("La paie du mois est notée"))
    return Found(
        False,
        tr("Paie à noter"),
        (tr("notez la paie du mois, ou dites pourquoi il n’y en a pas"),),
    )


def _stock(session: Session, month: Period, _today: date) -> Found:
    if _fact_in(session, "stock", month):
        return Found(True, tr("Stock compté"))
    return Found(False, tr("Stock non compté (facultatif)"))


def _sentence(session: Session, month: Period, _today: date) -> Found:
    told = session.scalar(
        select(MonthEnd.sentence)
        .where(MonthEnd.month == month.first)
        .order_by(MonthEnd.turn.desc())
        .limit(1)
    )
    if told:
        return Found(True, told)
    return Found(False, tr("La phrase du mois attend d’être relue"))


def _sending(session: Session, month: Period, _today: date) -> Found:
    closed = session.scalar(
        select(MonthEnd.closed_at)
        .where(MonthEnd.month == month.first)
        .order_by(MonthEnd.turn.desc())
        .limit(1)
    )
    if closed is not None:
        return Found(True, tr("Le mois est clos"))
    return Found(False, tr("Le mois n’est pas clos"))


_JUDGES: Mapping[Step, Callable[[Session, Period, date], Found]] = {
    Step.SERVICES: _services,
    Step.CASH: _cash,
    Step.BANK: _bank,
    Step.PIECES: _pieces,
    Step.HOURS: _hours,
    Step.STOCK: _stock,
    Step.SENTENCE: _sentence,
    Step.SENDING: _sending,
}
