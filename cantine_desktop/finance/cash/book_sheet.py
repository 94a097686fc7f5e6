"""The cash book of a month (D27), and its closings."""

from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import Align, heading, lead, paragraph, writing_lines
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.finance.cash.model import REASONS
from cantine_desktop.finance.cash.queries import (
    CashBook,
    Difference,
    cash_book,
    differences,
    uncounted_days,
)
from cantine_desktop.i18n import money, short_day, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def write_cash_book(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the cash book: each movement and what the till held after it.

    Args:
        session: Where to read.
        period: Days listed.
        now: The present instant.
        target: Where the PDF goes.
    """
    book = cash_book(session, period)
    gaps = differences(session, period)
    story: list[Flowable] = [
        lead(_sentence(book)),
        _table(book),
        *_differences(gaps),
        *_uncounted(session, period),
        writing_lines(tr("Visa de la trésorerie"), 1),
    ]
    frame = PageFrame(
        canteen_name(session),
        tr("Livre de caisse"),
        in_words(period),
        now,
        footer=tr("Écritures du compte 53. « * » : pas encore validée.")
        if any(line.is_draft for line in book.lines)
        else tr("Écritures validées du compte 53."),
    )
    write_document(target, frame, story)


def _sentence(book: CashBook) -> str:
    return tr("De {opening} à {closing} : {paid_in} entrés, {paid_out} sortis, {moves}.").format(
        opening=money(book.opening),
        closing=money(book.closing),
        paid_in=money(book.paid_in),
        paid_out=money(book.paid_out),
        moves=trn("{n} mouvement", "{n} mouvements", len(book.lines)),
    )


def _table(book: CashBook) -> Flowable:
    right = Align.RIGHT
    columns = [
        Column(tr("Date"), 1.1),
        Column(tr("Pièce"), 1.4),
        Column(tr("Libellé"), 4),
        Column(tr("Entrée"), 1.2, right),
        Column(tr("Sortie"), 1.2, right),
        Column(tr("Solde"), 1.3, right),
    ]
    rows: list[Row] = [
        Total(["", "", tr("Report"), "", "", money(book.opening)]),
        *(
            [
                short_day(line.day),
                line.reference,
                line.label + (" *" if line.is_draft else ""),
                _amount(line.paid_in),
                _amount(line.paid_out),
                money(line.held),
            ]
            for line in book.lines
        ),
        Total([
            "",
            "",
            tr("Total et solde"),
            money(book.paid_in),
            money(book.paid_out),
            money(book.closing),
        ]),
    ]
    return ruled_table(columns, rows, size=9.5)


def _amount(amount: Money) -> str:
    return money(amount) if amount else ""


def _differences(gaps: list[Difference]) -> list[Flowable]:
    if not gaps:
        return [heading(tr("Écarts de caisse")), paragraph(tr("Aucun écart."))]
    columns = [
        Column(tr("Date"), 1),
        Column(tr("Feuille"), 1.2),
        Column(tr("Écart"), 1, Align.RIGHT),
        Column(tr("Raison"), 4),
        Column(tr("Reste"), 1, Align.RIGHT),
    ]
    rows: list[Row] = [
        [
            short_day(gap.day),
            gap.reference,
            signed(gap.amount),
            " · ".join(filter(None, (tr(REASONS[gap.reason]) if gap.reason else "", gap.note))),
            signed(gap.left),
        ]
        for gap in gaps
    ]
    rows.append(
        Total([
            "",
            tr("Total"),
            signed(Money(sum(gap.amount.cents for gap in gaps))),
            "",
            signed(Money(sum(gap.left.cents for gap in gaps))),
        ])
    )
    return [heading(tr("Écarts de caisse")), ruled_table(columns, rows, size=9.5)]


def _uncounted(session: Session, period: Period) -> list[Flowable]:
    days = uncounted_days(session, period)
    if not days:
        return []
    listed = ", ".join(map(short_day, days))
    return [
        heading(tr("Jours sans comptage")),
        paragraph(
            tr("Des espèces sont entrées et personne n’a compté la caisse : {days}.").format(
                days=listed
            )
        ),
    ]


def signed(amount: Money) -> str:
    """Write an amount with its sign, when there is one to tell."""
    return f"+{money(amount)}" if amount.cents > 0 else money(amount)
