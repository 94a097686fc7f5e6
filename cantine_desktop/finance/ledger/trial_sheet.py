"""The trial balances of a period: by account, and by supplier, customer, funder (balances)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.documents.styles import Align
from cantine_desktop.documents.tables import Band, Column, Row, Total
from cantine_desktop.finance.ledger.sheet_parts import Layout, amount, sides, write_book
from cantine_desktop.finance.ledger.trial import (
    PartyBalance,
    TrialLine,
    party_balances,
    trial_balance,
)
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

TRIAL_TITLE = mark("Balance générale")
PARTY_TITLE = mark("Balance auxiliaire")
CLASSES = {
    "1": mark("Classe 1 · fonds propres et emprunts"),
    "2": mark("Classe 2 · immobilisations"),
    "3": mark("Classe 3 · stocks"),
    "4": mark("Classe 4 · tiers"),
    "5": mark("Classe 5 · argent"),
    "6": mark("Classe 6 · charges"),
    "7": mark("Classe 7 · produits"),
    "8": mark("Classe 8 · contributions volontaires en nature"),
}


def write_trial_balance(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what each account held, moved and holds; class 8 apart, with its own total.

    Args:
        session: Where to read.
        period: Accounting days.
        now: The present instant.
        target: Where the PDF goes.
    """
    rows = _trial_rows(trial_balance(session, period))
    layout = Layout(tr(TRIAL_TITLE), _columns(tr("Intitulé")), landscape=True)
    write_book(session, layout, rows, period, now, target)


def write_party_balance(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what each supplier, customer and payment service held, moved and holds."""
    rows = _party_rows(party_balances(session, period))
    layout = Layout(tr(PARTY_TITLE), _columns(tr("Tiers")), landscape=True)
    write_book(session, layout, rows, period, now, target)


def _columns(title: str) -> list[Column]:
    return [
        Column(tr("Compte"), 1.2),
        Column(title, 4),
        Column(tr("Ouverture débit (€)"), 1.4, Align.RIGHT),
        Column(tr("Ouverture crédit (€)"), 1.4, Align.RIGHT),
        Column(tr("Mouvements débit (€)"), 1.5, Align.RIGHT),
        Column(tr("Mouvements crédit (€)"), 1.5, Align.RIGHT),
        Column(tr("Solde débiteur (€)"), 1.4, Align.RIGHT),
        Column(tr("Solde créditeur (€)"), 1.4, Align.RIGHT),
    ]


def _trial_rows(lines: Sequence[TrialLine]) -> Iterator[Row]:
    for digit, group in groupby(lines, _class_of):
        accounts = list(group)
        if digit == "8":
            yield from _whole([line for line in lines if line.number[0] != "8"])
        yield Band(tr(CLASSES[digit]))
        for line in accounts:
            yield [line.number, line.title, *_cells(line)]
        words = tr("Total de la classe {digit}").format(digit=digit)
        yield _total(words, accounts)
    if lines and lines[-1].number[0] != "8":
        yield from _whole(lines)


def _whole(lines: Sequence[TrialLine]) -> Iterator[Row]:
    if lines:
        yield _total(tr("Total général, classes 1 à 7"), lines)


def _class_of(line: TrialLine) -> str:
    return line.number[0]


def _party_rows(lines: Sequence[PartyBalance]) -> Iterator[Row]:
    for (number, title), group in groupby(lines, _account_of):
        parties = list(group)
        yield Band(f"{number} · {title}")
        for line in parties:
            yield [line.code, line.name, *_cells(line)]
        yield _total(tr("Total du compte {number}").format(number=number), parties)


def _account_of(line: PartyBalance) -> tuple[str, str]:
    return line.number, line.title


def _cells(line: TrialLine | PartyBalance) -> list[str]:
    return [
        *sides(line.opening),
        amount(line.debit),
        amount(line.credit),
        *sides(line.closing),
    ]


def _total(words: str, lines: Sequence[TrialLine] | Sequence[PartyBalance]) -> Total:
    """Return the sum of each column: both sides of a trial balance are seen to agree."""
    sums = [0] * 6
    for line in lines:
        opening, closing = line.opening.cents, line.closing.cents
        columns = (
            max(opening, 0),
            max(-opening, 0),
            line.debit.cents,
            line.credit.cents,
            max(closing, 0),
            max(-closing, 0),
        )
        sums = [one + other for one, other in zip(sums, columns, strict=True)]
    return Total(["", words, *(amount(Money(cents)) for cents in sums)])
