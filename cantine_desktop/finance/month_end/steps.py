"""What each of the eight steps of a month’s end finds done, or still to do."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.finance.cash import closing as till
from cantine_desktop.finance.cash.model import ClosingKind
from cantine_desktop.finance.cash.queries import cash_figures, uncounted_days
from cantine_desktop.finance.ledger.balances import net_of
from cantine_desktop.finance.ledger.model import Entry, Journal, JournalKind
from cantine_desktop.finance.matching.monthly import AccountMonth, account_months
from cantine_desktop.finance.month_end.model import MonthEnd, Step
from cantine_desktop.finance.pieces.queries import MissingRow, missing
from cantine_desktop.finance.postings.held import held
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
    Step.SERVICES: "calendar",
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
    found = session.scalars(select(Takings.day).where(*held(month))).all()
    days, count = set(found), len(found)
    due = [day for day in open_days(session, month) if day <= today]
    forgotten = [day for day in due if day not in days]
    sentence = trn("{n} service clôturé", "{n} services clôturés", count).format(n=count)
    text = tr("{day} : ni service clôturé, ni fermeture notée")
    told = tuple(text.format(day=short_day(day)) for day in forgotten)
    return Found(not forgotten, sentence, told)


def _cash(session: Session, month: Period, _today: date) -> Found:
    figures = cash_figures(session, month)
    gaps = uncounted_days(session, month)
    wanted = tuple(tr("caisse non comptée le {day}").format(day=short_day(day)) for day in gaps)
    closed = till.closing_of(session, ClosingKind.MONTH, month.first) is not None
    sentence = trn("{n} trou, écart total {total}", "{n} trous, écart total {total}", len(gaps))
    sentence = sentence.format(n=len(gaps), total=money(figures.total))
    if not closed:
        sentence += " · " + tr("elle se clôturera avec le mois")
    return Found(not wanted, sentence, wanted)


def _bank(session: Session, month: Period, _today: date) -> Found:
    accounts = account_months(session, month)
    wanted = [words for each in accounts for words in _left_at_bank(each, month)]
    if not accounts:
        wanted.append(tr("aucun compte bancaire : importez un premier relevé"))
    total = sum(each.lines for each in accounts)
    sentence = trn("{n} ligne de banque", "{n} lignes de banque", total).format(n=total)
    held = net_of(session, "471", month.end)
    if held:
        text = tr("{amount} encore au compte d’attente (471)")
        sentence += " · " + text.format(amount=money(held))
    return Found(not wanted, sentence, tuple(wanted))


def _left_at_bank(account: AccountMonth, month: Period) -> list[str]:
    """Return what is left to do at one account, in words."""
    name, left = account.name, account.waiting
    wanted: list[str] = []
    if not account.is_imported:
        text = tr("{name} : relevé à importer jusqu’au {day}")
        wanted.append(text.format(name=name, day=short_day(month.last)))
    if left:
        text = trn("{name} : {n} ligne à pointer", "{name} : {n} lignes à pointer", left)
        wanted.append(text.format(name=name, n=left))
    if account.gap:
        text = tr("{name} : {gap} d’écart entre le relevé et les comptes, à expliquer")
        wanted.append(text.format(name=name, gap=money(account.gap)))
    return wanted


def _pieces(session: Session, month: Period, _today: date) -> Found:
    rows = missing(session, month)
    without = [row for row in rows if not row.lost_reason]
    lost = len(rows) - len(without)
    told = tuple(f"{short_day(row.day)} · {row.label} · {money(row.amount)}" for row in without)
    count = len(without)
    sentence = tr("Chaque dépense a son justificatif")
    if count:
        text = trn("{n} justificatif manque", "{n} justificatifs manquent", count)
        sentence = text.format(n=count)
    shown = _shown_by_bank(session, without)
    if shown:
        text = trn(
            "dont {n} d’une dépense que la banque a montrée",
            "dont {n} de dépenses que la banque a montrées",
            shown,
        )
        sentence += ", " + text.format(n=shown)
    if lost:
        text = trn("{n} déclaré perdu", "{n} déclarés perdus", lost)
        sentence += " · " + text.format(n=lost)
    accounts = account_months(session, month, with_gap=False)
    if any(account.waiting or not account.is_imported for account in accounts):
        sentence += " · " + tr("la banque peut encore en montrer : pointez-la d’abord")
    return Found(not count, sentence, told)


def _shown_by_bank(session: Session, rows: list[MissingRow]) -> int:
    """Return how many of these are known by the bank alone: no invoice was noted before."""
    keys = [row.entry_id for row in rows]
    bank = select(func.count(Entry.id)).join(Journal, Journal.id == Entry.journal_id)
    return session.scalar(bank.where(Entry.id.in_(keys), Journal.kind == JournalKind.BANK)) or 0


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
