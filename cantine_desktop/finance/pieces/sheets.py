"""What is printed of pieces: their index, what is missing, what is to pay."""

from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, heading, paragraph, small, writing_lines
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.finance.pieces.identifiers import grouped
from cantine_desktop.finance.pieces.listing import kind_name
from cantine_desktop.finance.pieces.model import PaymentOrder, Piece, WithdrawnOrder
from cantine_desktop.finance.pieces.naming import file_name
from cantine_desktop.finance.pieces.paying import DueRow, due
from cantine_desktop.finance.pieces.qr_block import PaymentBlock, payment_square
from cantine_desktop.finance.pieces.queries import MissingRow, missing, objects
from cantine_desktop.i18n import mark, money, short_day, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def _frame(session: Session, title: str, period: Period, now: datetime) -> PageFrame:
    return PageFrame(canteen_name(session), title, in_words(period), now)


def pieces_of(session: Session, period: Period) -> list[Piece]:
    """Return the pieces of a period by their own day, or the day they came, in order."""
    query = select(Piece).order_by(Piece.number)
    return [each for each in session.scalars(query) if (each.day or each.received_on) in period]


def write_index(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the list of the pieces of a period, as they are handed to the accountant."""
    found = pieces_of(session, period)
    about = objects(session, found)
    columns = [
        Column(tr("Pièce"), 1.6),
        Column(tr("Date"), 1.7),
        Column(tr("Fournisseur"), 3),
        Column(tr("Numéro"), 2),
        Column(tr("Montant"), 1.5, Align.RIGHT),
        Column(tr("Nom du fichier"), 4.6),
    ]
    rows: list[Row] = [
        [
            piece.number,
            short_day(piece.day) if piece.day else "",
            piece.supplier or about.get(piece.id) or kind_name(piece.kind),
            piece.invoice_number,
            money(piece.total) if piece.total is not None else "",
            file_name(piece, about.get(piece.id, "")),
        ]
        for piece in found
    ]
    total = Money(sum(piece.total.cents for piece in found if piece.total is not None))
    rows.append(Total(["", "", tr("Total"), "", money(total), ""]))
    counted = trn("{n} pièce", "{n} pièces", len(found))
    story: list[Flowable] = [paragraph(counted)]
    if found:
        story.append(ruled_table(columns, rows, size=8.5))
    frame = _frame(session, tr("Index des pièces"), period, now)
    write_document(target, frame, story)


def write_missing(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what was spent in a period and has no piece."""
    rows = missing(session, period)
    waiting = [row for row in rows if not row.lost_reason]
    lost = [row for row in rows if row.lost_reason]
    story: list[Flowable] = []
    if not rows:
        story.append(paragraph(tr("Chaque dépense de la période a sa pièce.")))
    if waiting:
        story += [heading(tr("À trouver ou à demander")), _missing_table(waiting, lost=False)]
    if lost:
        story += [
            heading(tr("Déclarées perdues")),
            _missing_table(lost, lost=True),
            writing_lines(tr("Visa de la personne responsable"), 1),
        ]
    frame = _frame(session, tr("Dépenses sans justificatif"), period, now)
    write_document(target, frame, story)


def _missing_table(rows: list[MissingRow], *, lost: bool) -> Flowable:
    last = tr("Raison") if lost else tr("Demandée le")
    columns = [
        Column(tr("Date"), 1.9),
        Column(tr("Dépense"), 4),
        Column(tr("Fournisseur"), 2.6),
        Column(tr("Montant"), 1.6, Align.RIGHT),
        Column(last, 3.4),
    ]
    cells: list[Row] = [
        [
            short_day(row.day),
            row.label,
            row.party,
            money(row.amount),
            row.lost_reason if lost else (short_day(row.asked_on) if row.asked_on else ""),
        ]
        for row in rows
    ]
    total = Money(sum(row.amount.cents for row in rows))
    return ruled_table(columns, [*cells, Total(["", tr("Total"), "", money(total), ""])], size=9.5)


def write_payments(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what is owed at the end of a period, each with the square a telephone pays by."""
    rows = due(session, period.end)
    story: list[Flowable] = []
    if not rows:
        story.append(paragraph(tr("Rien n’est à payer.")))
    payable = [row for row in rows if row.is_payable and not row.order]
    others = [row for row in rows if not (row.is_payable and not row.order)]
    if payable:
        story.append(
            small(
                tr(
                    "Le carré se lit avec l’application de la banque : il remplit le virement, "
                    "que vous vérifiez et signez vous-même."
                )
            )
        )
        story += [_payment(row) for row in payable]
    if others:
        story += [heading(tr("Sans carré : IBAN inconnu, ou déjà ordonné")), _unpayable(others)]
    frame = _frame(session, tr("Fiches de paiement"), period, now)
    write_document(target, frame, story)


def _payment(row: DueRow) -> Flowable:
    facts = [(tr("Facture"), row.reference), (tr("Du"), short_day(row.day))]
    if row.due_day is not None:
        facts.append((tr("À payer avant le"), short_day(row.due_day)))
    facts.append((tr("IBAN"), grouped(row.iban)))
    label = tr("Facture {reference}").format(reference=row.reference)
    square = payment_square(row.name, row.iban, row.amount, label)
    return PaymentBlock(f"{row.name} — {money(row.amount)}", facts, square)


def _unpayable(rows: list[DueRow]) -> Flowable:
    """List what has no square: what an order pays already would be paid twice in silence."""
    columns = [
        Column(tr("Échéance"), 1.9),
        Column(tr("Fournisseur"), 3.4),
        Column(tr("Facture"), 2.4),
        Column(tr("Montant"), 1.8, Align.RIGHT),
        Column(tr("Virement"), 2.6),
    ]
    cells: list[Row] = [
        [
            short_day(row.due_day or row.day),
            row.name,
            row.reference,
            money(row.amount),
            row.order or tr("demandez un RIB"),
        ]
        for row in rows
    ]
    return ruled_table(columns, cells, size=9.5)


def write_orders(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the orders of transfers of a period, to be approved by who may sign."""
    query = select(PaymentOrder).order_by(PaymentOrder.number)
    orders = [each for each in session.scalars(query) if each.execution_day in period]
    gone = {each.payment_order_id: each for each in session.scalars(select(WithdrawnOrder))}
    story: list[Flowable] = []
    if not orders:
        story.append(paragraph(tr("Aucun ordre de virement dans cette période.")))
    for order in orders:
        title = tr("{number}, exécution le {day}").format(
            number=order.number, day=short_day(order.execution_day)
        )
        story += [heading(title), _transfers(order)]
        if (withdrawn := gone.get(order.id)) is not None:
            story.append(
                paragraph(
                    tr("Retiré le {day} : {reason}").format(
                        day=short_day(withdrawn.withdrawn_on), reason=withdrawn.reason
                    )
                )
            )
        story += [
            small(tr("Empreinte du fichier : {hash}").format(hash=order.sha256)),
            writing_lines(tr("Approuvé par (nom, date, signature)"), 1),
        ]
    frame = _frame(session, tr("Ordres de virement"), period, now)
    write_document(target, frame, story)


def _transfers(order: PaymentOrder) -> Flowable:
    columns = [
        Column(tr("Bénéficiaire"), 3),
        Column(tr("IBAN"), 3.6),
        Column(tr("Libellé"), 2.8),
        Column(tr("Montant"), 1.6, Align.RIGHT),
    ]
    rows: list[Row] = [
        [each.name, grouped(each.iban), each.label, money(each.amount)] for each in order.transfers
    ]
    rows.append(Total([tr("Total"), "", "", money(order.total)]))
    return ruled_table(columns, rows, size=9.5)


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "pieces-index",
        mark("Index des pièces"),
        write_index,
        cadence=Cadence.MONTH,
        area="finance",
        screen="vouchers",
    ),
    Document(
        "missing-pieces",
        mark("Dépenses sans justificatif"),
        write_missing,
        cadence=Cadence.MONTH,
        area="finance",
        screen="vouchers",
    ),
    Document(
        "payment-sheets",
        mark("Fiches de paiement"),
        write_payments,
        cadence=Cadence.MONTH,
        area="finance",
        screen="vouchers",
    ),
    Document(
        "payment-orders",
        mark("Ordres de virement"),
        write_orders,
        cadence=Cadence.MONTH,
        area="finance",
        screen="vouchers",
    ),
)
