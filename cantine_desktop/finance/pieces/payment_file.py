"""The file of transfers that a bank takes: ISO 20022 pain.001, checked against its schema.

As the guidelines for SEPA credit transfers ask: Latin letters without accents, an IBAN with
its key, a label of at most 140 letters.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from importlib import import_module
from typing import Any

from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.identifiers import grouped, is_bic, is_iban
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money

LONGEST_NAME = 70
LONGEST_LABEL = 140
LARGEST = Money(99_999_999_999)
"""What one SEPA transfer may carry: 999 999 999,99 €."""

_FORBIDDEN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]+")


class PaymentForm(StrEnum):
    """Version of the file; banks take the newer one since November 2025."""

    PAIN_09 = "pain.001.001.09"
    PAIN_03 = "pain.001.001.03"


@dataclass(frozen=True)
class Payer:
    """Who pays: the canteen and its account.

    Attributes:
        account_id: Key of the account among the accounts of the canteen.
    """

    name: str
    iban: str
    bic: str = ""
    account_id: int = 0


@dataclass(frozen=True)
class Transfer:
    """One payment.

    Attributes:
        label: What the supplier reads on its statement.
        end_to_end: Reference that travels with the money, 35 letters at most.
    """

    name: str
    iban: str
    amount: Money
    label: str
    end_to_end: str
    bic: str = ""


def sepa_text(text: str, limit: int) -> str:
    """Return a text in the letters that every bank of the area takes."""
    spelled = text.translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", spelled)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    plain = " ".join(_FORBIDDEN.sub(" ", bare).split())
    return plain.strip("/")[:limit].strip() or "-"


_LETTERS = str.maketrans({
    "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l",
    "Ł": "L", "đ": "d", "€": "EUR", "&": "+", "’": "'", "\u2018": "'", "–": "-", "—": "-", "«": " ",
    "»": " ", "_": "-", "°": "o",
})  # fmt: skip


def write_transfers(
    payer: Payer,
    transfers: Sequence[Transfer],
    execution: date,
    now: datetime,
    number: str,
    form: PaymentForm = PaymentForm.PAIN_09,
) -> bytes:
    """Return the file, the same bytes for the same orders.

    Args:
        payer: Who pays.
        transfers: At least one.
        execution: Day the bank is asked to pay.
        now: Instant of writing, aware.
        number: Id of the message, 35 letters at most.
        form: Version of the file.

    Raises:
        UserError: An account, a name or an amount cannot be paid; the sentence says which.
    """
    if not transfers:
        raise UserError(tr("Choisissez au moins une facture à payer."))
    _check_payer(payer)
    for transfer in transfers:
        _check(transfer)
    sepaxml: Any = import_module("sepaxml")  # brings the schemas: only when paying
    judge: Any = import_module("sepaxml.validation")
    config: dict[str, object] = {"batch": True, "currency": "EUR", "IBAN": payer.iban}
    config["name"] = sepa_text(payer.name, LONGEST_NAME)
    if payer.bic:
        config["BIC"] = payer.bic
    writer = sepaxml.SepaTransfer(config, schema=form.value, clean=False)
    writer.msg_id = number
    for transfer in transfers:
        writer.add_payment(_payment(transfer, execution))
    made = _settled(bytes(writer.export(validate=False)), number, now)
    try:
        judge.try_valid_xml(made, form.value)
    except judge.ValidationError as error:
        raise UserError(
            tr("Le fichier de virements ne suit pas sa norme : il n’a pas été écrit.")
        ) from error
    return made


def _payment(transfer: Transfer, execution: date) -> dict[str, object]:
    payment: dict[str, object] = {
        "name": sepa_text(transfer.name, LONGEST_NAME),
        "IBAN": transfer.iban,
        "amount": transfer.amount.cents,
        "execution_date": execution,
        "description": sepa_text(transfer.label, LONGEST_LABEL),
        "endtoend_id": transfer.end_to_end,
    }
    return payment | ({"BIC": transfer.bic} if transfer.bic else {})


def _settled(made: bytes, number: str, now: datetime) -> bytes:
    """Put our instant and our id where the library puts chance and the clock."""
    instant = now.strftime("%Y-%m-%dT%H:%M:%S")
    text = re.sub(r"<CreDtTm>[^<]*<", f"<CreDtTm>{instant}<", made.decode())
    return re.sub(r"<PmtInfId>[^<]*<", f"<PmtInfId>{number}<", text).encode()


def _check_payer(payer: Payer) -> None:
    if not is_iban(payer.iban):
        raise UserError(
            tr("L’IBAN de la cantine manque ou est faux : complétez le compte bancaire.")
        )
    if payer.bic and not is_bic(payer.bic):
        raise UserError(tr("Le BIC de la cantine est faux : {bic}.").format(bic=payer.bic))


def _check(transfer: Transfer) -> None:
    if not transfer.iban:
        raise UserError(tr("L’IBAN de {name} manque.").format(name=transfer.name))
    if not is_iban(transfer.iban):
        raise UserError(
            tr("L’IBAN de {name} est faux : {iban}.").format(
                name=transfer.name, iban=grouped(transfer.iban)
            )
        )
    if transfer.bic and not is_bic(transfer.bic):
        raise UserError(
            tr("Le BIC de {name} est faux : {bic}.").format(name=transfer.name, bic=transfer.bic)
        )
    if transfer.amount.cents <= 0 or transfer.amount > LARGEST:
        raise UserError(
            tr("On ne vire pas {amount} à {name}.").format(
                amount=money(transfer.amount), name=transfer.name
            )
        )
