"""Reading the sales report of SumUp, in any language: one line for each card payment.

A payment has a row for the sale and, once paid out, a row for its payout; both share an id. The
line takes the net amount, keeps the fee apart, and names the payout, so that the payments of one
payout make the amount the bank shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cantine_desktop.exchange.problems import Problem
from cantine_desktop.finance.bank.amounts import AmountError, to_money
from cantine_desktop.finance.bank.csv_parsed import is_dead
from cantine_desktop.finance.bank.csv_table import Row
from cantine_desktop.finance.bank.reading import ReadLine, ReadStatement
from cantine_desktop.finance.bank.service_columns import Columns, Wanted, left_out
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.text import fold

SALES = Wanted(
    {
        "day": "Date;Datum;Data;Fecha",
        "id": "Réf. transaction;Transaktions-ID;Transaction ID;Identifiant de la transaction;"
        "ID transazione;Codice transazione;ID de transacción;Transactie-ID;ID de la transaction",
        "type": "Type de transaction;Zahlungsart;Transaktionsart;Transaction type;"
        "Tipo di transazione;Tipo de transacción;Type",
        "status": "Status;Statut;Stato;Estado",
        "method": "Méthode de paiement;Zahlungsmethode;Payment method;Metodo di pagamento;"
        "Método de pago;Mode de paiement",
        "words": "Description;Beschreibung;Descrizione;Descripción;Omschrijving",
        "total": "Montant total;Betrag inkl. MwSt.;Total;Gross;Importo totale;Total TTC;Prix brut;"
        "Price (Gross);Importe total;Montant",
        "fee": "Frais;Gebühr;Fee;Commissione;Comisión;Commission",
        "paid": "Virement;Auszahlung;Payout;Pagamento;Abono;Versement;Montant du virement",
        "paid_on": "Date du virement;Auszahlungsdatum;Payout date;Data del pagamento;"
        "Fecha de abono;Date du versement;Date de virement",
        "payout": "Payout ID;Auszahlungs-ID;ID du virement;ID pagamento;ID de abono;"
        "Identifiant du virement;Identifiant du versement",
    },
    ("day", "id", "total", "fee", "paid"),
)
_CASH = ("cash", "espece", "bar", "contant", "efectivo", "liquide")
_REFUNDS = ("remboursement", "refund", "ruckerstattung", "rimborso", "reembolso", "chargeback",
            "ruckbuchung", "retrofacturation", "contestation")  # fmt: skip


@dataclass
class _Payment:
    """What the rows of one id say together."""

    row: Row
    sale: Row | None = None
    payout: str = ""
    paid_on: str = ""


def read_sales(rows: Sequence[Row], columns: Columns) -> ReadStatement:
    """Return a line for each payment by card; what is no payment is told."""
    columns.look_at(rows, "day", ("total", "fee", "paid"))
    remarks: list[Problem] = []
    payments = _gathered(rows, columns, remarks)
    lines: list[ReadLine] = []
    for payment in payments:
        try:
            line = _line(payment, columns)
        except AmountError as error:
            remarks.append(left_out(payment.row, str(error)))
            continue
        lines.append(line)
    days = [line.day for line in lines]
    return ReadStatement(
        "csv:sumup",
        lines=tuple(lines),
        first=min(days, default=None),
        last=max(days, default=None),
        remarks=tuple(sorted(remarks)),
    )


def _gathered(rows: Sequence[Row], columns: Columns, remarks: list[Problem]) -> list[_Payment]:
    """Return payments by id and kind; rows of payouts are joined to the sale they pay."""
    found: dict[tuple[str, bool], _Payment] = {}
    for row in rows:
        why = _refused(row, columns)
        if why:
            remarks.append(left_out(row, why))
            continue
        key = (columns.text(row, "id") or f"#{row.place}", _is_refund(row, columns))
        payment = found.setdefault(key, _Payment(row))
        if payment.sale is None and columns.text(row, "method", "words"):
            payment.sale = row
        payment.payout = payment.payout or columns.text(row, "payout")
        payment.paid_on = payment.paid_on or columns.text(row, "paid_on")
    return list(found.values())


def _refused(row: Row, columns: Columns) -> str:
    status = columns.text(row, "status")
    if is_dead(status):
        return tr("paiement « {status} »").format(status=status)
    if fold(columns.text(row, "method")).startswith(_CASH):
        return tr("payé en espèces, ne passe pas par SumUp")
    if not columns.text(row, "id", "total", "paid"):
        return tr("ni identifiant ni montant")
    return ""


def _is_refund(row: Row, columns: Columns) -> bool:
    return fold(columns.text(row, "type")).startswith(_REFUNDS)


def _line(payment: _Payment, columns: Columns) -> ReadLine:
    """Return the line of a payment.

    Raises:
        AmountError: Its day or its amount cannot be told.
    """
    row = payment.sale or payment.row
    total, fee = columns.amount(row, "total"), columns.number(row, "fee") or Decimal(0)
    net = columns.number(row, "paid")
    is_refund = _is_refund(row, columns)
    if net is None or (not net and total):
        net = total - abs(fee)
    if is_refund:
        total, net = -abs(total), -abs(net)
    label = "Remboursement SumUp" if is_refund else "Paiement SumUp"
    words = [columns.text(row, "words"), columns.text(row, "method")]
    if fee:
        words.append(tr("brut {total}").format(total=money(to_money(total))))
    if payment.payout:
        words.append(
            tr("versé avec {payout} {day}").format(payout=payment.payout, day=payment.paid_on)
        )
    return ReadLine(
        columns.day(row, "day"),
        to_money(net),
        f"{label} {columns.text(row, 'id')}".strip(),
        fee=to_money(total) - to_money(net),
        details=" · ".join(word.strip() for word in words if word.strip()),
        reference=payment.payout,
        code="refund" if is_refund else "sale",
        given_id=columns.text(row, "id"),
        place=row.place,
    )
