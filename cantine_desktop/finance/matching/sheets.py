"""The reconciliation statement on paper (D28): bank and ledger on a day, and what differs."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable, PageBreak
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, box, heading, lead, paragraph, small
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.finance.matching.queries import accounts
from cantine_desktop.finance.matching.reconciliation import (
    OpenLine,
    Reconciliation,
    statement_at,
)
from cantine_desktop.i18n import long_day, mark, money, number, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def write_reconciliation(
    session: Session, period: Period, now: datetime, target: IO[bytes]
) -> None:
    """Write the reconciliation of every active account on the last day of a period.

    A period that has not ended yet is told as of today.

    Args:
        session: Where to read.
        period: Its last day counts.
        now: The present instant.
        target: Where the PDF goes.
    """
    day = min(period.last, civil_date(now))
    story: list[Flowable] = []
    for row in accounts(session):
        if story:
            story.append(PageBreak())
        story += _told(statement_at(session, row.id, day))
    if not story:
        story.append(lead(tr("Aucun compte bancaire n’est connu encore.")))
    footer = tr("Pièce de la clôture du mois ; à conserver dix ans avec les relevés.")
    frame = PageFrame(
        canteen_name(session),
        tr("État de rapprochement bancaire"),
        tr("au {day}").format(day=long_day(day)),
        now,
        footer=footer,
    )
    write_document(target, frame, story)


def _told(made: Reconciliation) -> list[Flowable]:
    story: list[Flowable] = [
        heading(tr("{account} — compte {number}").format(account=made.account, number=made.number)),
        lead(_verdict(made)),
        ruled_table(_sum_columns(), _sums(made)),
    ]
    if made.notes:
        story.append(box(tr("À savoir"), made.notes))
    story += _lines(tr("Dans les comptes, pas encore à la banque"), made.only_ledger)
    story += _lines(tr("À la banque, pas encore dans les comptes"), made.only_bank)
    counted = tr("{matched} lignes de banque pointées sur {lines} jusqu’à ce jour.")
    story.append(small(counted.format(matched=made.matched, lines=made.lines)))
    if made.proved_by is not None:
        proved_on, file_name = made.proved_by
        proof = tr("Solde de la banque prouvé par le fichier « {name} », au {day}.")
        story.append(small(proof.format(name=file_name, day=short_day(proved_on))))
    story.append(paragraph(tr("Établi par : ________________    Vu par : ________________")))
    return story


def _verdict(made: Reconciliation) -> str:
    if made.bank_balance is None:
        return tr("La banque n’a donné aucun solde : le rapprochement n’est pas prouvé.")
    if made.is_whole and not made.difference:
        return tr("La banque et les comptes disent la même chose.")
    if made.is_whole:
        text = tr("L’écart de {gap} est expliqué au centime.")
        return text.format(gap=money(made.difference))
    if made.opening_gap:
        text = tr("La banque et les comptes ne partent pas du même solde : {gap} d’écart.")
        return text.format(gap=money(made.opening_gap))
    return tr("Il reste {gap} d’écart sans explication.").format(gap=money(made.unexplained))


def _sum_columns() -> tuple[Column, ...]:
    return (Column("", 4), Column(tr("Montant (€)"), 1, Align.RIGHT))


def _sums(made: Reconciliation) -> list[Row]:
    bank = made.bank_balance
    ledger_only = Money(sum(line.amount.cents for line in made.only_ledger))
    bank_only = Money(sum(line.amount.cents for line in made.only_bank))
    rows: list[Row] = [
        (tr("Solde donné par la banque"), "—" if bank is None else _euros(bank)),
        (tr("+ écritures que la banque n’a pas encore"), _euros(ledger_only)),
        (tr("− lignes de banque qui ne sont pas encore écrites"), _euros(-bank_only)),
    ]
    if made.opening_gap:
        text = tr("− écart d’avant la première ligne importée")
        rows.append((text, _euros(-made.opening_gap)))
    if bank is not None:
        expected = bank + ledger_only - bank_only - made.opening_gap
        rows.append(Total((tr("Solde que les comptes doivent donner"), _euros(expected))))
    text = tr("Solde du compte {number}").format(number=made.number)
    rows.append((text, _euros(made.ledger_balance)))
    if bank is not None:
        rows.append(Total((tr("Écart sans explication"), _euros(made.unexplained))))
    return rows


def _lines(title: str, lines: Sequence[OpenLine]) -> list[Flowable]:
    if not lines:
        return [heading(title), small(tr("Aucune."))]
    columns = (
        Column(tr("Date"), 1),
        Column(tr("Libellé"), 4),
        Column(tr("Référence"), 1.6),
        Column(tr("Montant (€)"), 1.2, Align.RIGHT),
    )
    rows: list[Row] = [
        (short_day(line.day), line.label, line.reference, _euros(line.amount)) for line in lines
    ]
    total = Money(sum(line.amount.cents for line in lines))
    rows.append(Total((tr("Total"), "", "", _euros(total))))
    return [heading(title), ruled_table(columns, rows, 9)]


def _euros(amount: Money) -> str:
    text = number(abs(amount.euros), 2)
    return f"−{text}" if amount.cents < 0 else text


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "bank-reconciliation",
        mark("État de rapprochement bancaire"),
        write_reconciliation,
        "D28",
        Cadence.MONTH,
        area="finance",
        screen="",
    ),
)
"""What is printed of the bank: D28."""
