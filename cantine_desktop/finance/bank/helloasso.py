"""Reading HelloAsso: the CSV of orders, and that of payments with the payout of each.

Columns are found by name: forms add their own at the end, and tickets or memberships have others
in front.
"""

from collections.abc import Sequence
from decimal import Decimal

from cantine_desktop.exchange.problems import Problem
from cantine_desktop.finance.bank.amounts import AmountError, to_money
from cantine_desktop.finance.bank.csv_parsed import is_dead, is_waiting
from cantine_desktop.finance.bank.csv_table import Row
from cantine_desktop.finance.bank.reading import ReadLine, ReadStatement
from cantine_desktop.finance.bank.service_columns import Columns, Wanted, left_out
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import fold

_COMMON = {
    "status": "Statut de la commande;Statut du paiement;Statut;État du paiement",
    "last_name": "Nom payeur;Nom du payeur;Nom;Nom adhérent;Nom participant;Nom acheteur",
    "first_name": "Prénom payeur;Prénom du payeur;Prénom;Prénom adhérent;Prénom participant",
    "company": "Raison sociale",
    "means": "Moyen de paiement",
    "rate": "Tarif;Formule;Billet;Campagne;Nom de la campagne;Formulaire;Type",
    "ticket": "Numéro de billet;Numéro de reçu;Attestation",
    "payout": "Référence du versement;Numéro du versement;Versement;Référence versement;"
    "Numéro de versement",
    "fee": "Frais;Frais HelloAsso;Commission",
}
ORDERS = Wanted(
    {
        **_COMMON,
        "id": "Référence commande;Numéro de commande;Référence de la commande",
        "day": "Date de la commande;Date;Date du paiement",
        "amount": "Montant tarif;Montant du tarif;Montant;Montant total;Montant adhésion",
        "promo": "Montant code promo;Montant du code promo",
    },
    ("id", "day", "amount", "status"),
)
PAYMENTS = Wanted(
    {
        **_COMMON,
        "id": "Référence paiement;Référence du paiement;Numéro de paiement;Référence de paiement",
        "day": "Date du paiement;Date de paiement;Date",
        "amount": "Montant;Montant du paiement;Montant total",
    },
    ("id", "day", "amount", "last_name"),
)
_ELSEWHERE = ("espece", "cheque", "virement")


def read_orders(rows: Sequence[Row], columns: Columns) -> ReadStatement:
    """Return a line for each item of the orders that were paid online."""
    return _read(rows, columns, "csv:helloasso")


def read_payments(rows: Sequence[Row], columns: Columns) -> ReadStatement:
    """Return a line for each payment, with the payout that brings it to the bank."""
    return _read(rows, columns, "csv:helloasso-paiements")


def _read(rows: Sequence[Row], columns: Columns, form: str) -> ReadStatement:
    columns.look_at(rows, "day", ("amount", "promo", "fee"))
    remarks: list[Problem] = []
    lines: list[ReadLine] = []
    for row in rows:
        why = _refused(row, columns)
        if why:
            remarks.append(left_out(row, why))
            continue
        try:
            lines.append(_line(row, columns))
        except AmountError as error:
            remarks.append(left_out(row, str(error)))
    days = [line.day for line in lines]
    return ReadStatement(
        form,
        lines=tuple(lines),
        first=min(days, default=None),
        last=max(days, default=None),
        remarks=tuple(remarks),
    )


def _refused(row: Row, columns: Columns) -> str:
    status, means = columns.text(row, "status"), columns.text(row, "means")
    if is_dead(status):
        return tr("commande « {status} »").format(status=status)
    if fold(means).startswith(_ELSEWHERE):
        return tr("payé autrement ({means}), ne passe pas par HelloAsso").format(means=means)
    if not columns.text(row, "id", "day", "amount"):
        return tr("ni référence, ni date, ni montant")
    return ""


def _line(row: Row, columns: Columns) -> ReadLine:
    """Return a paid item: its rate less what a promotion code takes off.

    Raises:
        AmountError: Its day or its amount cannot be told.
    """
    amount = columns.amount(row, "amount") - abs(columns.number(row, "promo") or Decimal(0))
    fee = abs(columns.number(row, "fee") or Decimal(0))
    status = columns.text(row, "status")
    if fold(status).startswith(("rembours", "refund")):
        amount = -abs(amount)
    payer = columns.text(row, "company") or " ".join(
        word for key in ("first_name", "last_name") if (word := columns.text(row, key))
    )
    rate = columns.text(row, "rate")
    identity = columns.text(row, "id")
    return ReadLine(
        columns.day(row, "day"),
        to_money(amount - fee),
        " · ".join(word for word in ("HelloAsso", identity, rate, payer) if word),
        fee=Money(to_money(fee).cents),
        details=" · ".join(word for word in (columns.text(row, "means"), status) if word),
        reference=columns.text(row, "payout"),
        code="sale",
        given_id=columns.text(row, "ticket") or identity,
        place=row.place,
        is_pending=is_waiting(status),
    )
