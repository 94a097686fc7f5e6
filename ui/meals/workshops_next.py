"""What can be done with an event now, and what comes first."""

from enum import StrEnum
from typing import NamedTuple

from cantine_desktop.i18n import mark
from cantine_desktop.meals.events.board import EventRow, PaperRow
from cantine_desktop.meals.events.keeping import OVER
from cantine_desktop.meals.events.model import EventKind, EventState, PaperKind
from ui.desk import Desk


class Deed(StrEnum):
    """Something done with the current event."""

    OPEN = "open"
    QUOTE = "quote"
    ACCEPT = "accept"
    HOST = "host"
    DEPOSIT = "deposit"
    INVOICE = "invoice"
    REMIND = "remind"
    PAPER = "paper"
    CREDIT = "credit"
    DECLINE = "decline"
    CALL_OFF = "call-off"
    TAKE_UP = "take-up"
    SERVICE = "service"
    ACCOUNTS = "accounts"
    REMOVE = "remove"


class DeedWords(NamedTuple):
    """How a deed reads, and its keys."""

    words: str
    keys: str = ""


DEEDS = {
    Deed.OPEN: DeedWords(mark("Modifier…")),
    Deed.QUOTE: DeedWords(mark("Émettre le devis…"), "Ctrl+Shift+D"),
    Deed.ACCEPT: DeedWords(mark("Le client accepte"), "Ctrl+Shift+O"),
    Deed.HOST: DeedWords(mark("Mettre au calendrier")),
    Deed.DEPOSIT: DeedWords(mark("Facturer l’acompte…"), "Ctrl+Shift+A"),
    Deed.INVOICE: DeedWords(mark("Facturer…"), "Ctrl+Shift+F"),
    Deed.REMIND: DeedWords(mark("Relancer…"), "Ctrl+Shift+R"),
    Deed.PAPER: DeedWords(mark("Voir le papier"), "F3"),
    Deed.CREDIT: DeedWords(mark("Faire un avoir…")),
    Deed.DECLINE: DeedWords(mark("Sans suite…")),
    Deed.CALL_OFF: DeedWords(mark("Annuler l’événement…")),
    Deed.TAKE_UP: DeedWords(mark("Reprendre")),
    Deed.SERVICE: DeedWords(mark("Voir le service")),
    Deed.ACCOUNTS: DeedWords(mark("Montrer les écritures"), "F4"),
    Deed.REMOVE: DeedWords(mark("Retirer"), "Del"),
}
"""Every deed, in the order of the buttons."""

WITH_ACCOUNTS = frozenset({
    Deed.DEPOSIT,
    Deed.INVOICE,
    Deed.CREDIT,
    Deed.CALL_OFF,
})
"""Deeds that write in the accounts."""
READING = frozenset({Deed.PAPER, Deed.SERVICE, Deed.ACCOUNTS, Deed.OPEN})
"""Deeds that change nothing."""


def possible(row: EventRow) -> set[Deed]:
    """Return what can be done with an event."""
    deeds = {Deed.OPEN}
    asking = row.state in {EventState.ENQUIRY, EventState.QUOTED}
    agreed = row.state in {EventState.ACCEPTED, EventState.HELD}
    if asking:
        deeds |= {Deed.ACCEPT, Deed.DECLINE}
    if asking or agreed:
        deeds.add(Deed.QUOTE)
    if row.state is EventState.ACCEPTED:
        deeds.add(Deed.DEPOSIT)
    if agreed:
        deeds.add(Deed.INVOICE)
    if agreed and row.service_id is None:
        deeds.add(Deed.HOST)
    deeds.add(Deed.TAKE_UP if row.state in OVER else Deed.CALL_OFF)
    return deeds | _of_papers(row)


def allowed(row: EventRow | None, desk: Desk) -> set[Deed]:
    """Return what the person at work may do with an event."""
    if row is None:
        return set()
    can = possible(row)
    if not desk.may_read("finance"):
        can -= {Deed.ACCOUNTS, Deed.QUOTE, Deed.REMIND}  # VAT, payments, the bank account
    if not desk.may_write("meals"):
        return can & READING
    if not desk.may_write("finance"):
        free = {Deed.CALL_OFF} if to_credit(row) is None else set[Deed]()
        can -= WITH_ACCOUNTS - free
    return can


def _of_papers(row: EventRow) -> set[Deed]:
    deeds: set[Deed] = set()
    if not row.papers:
        deeds.add(Deed.REMOVE)
    else:
        deeds.add(Deed.PAPER)
    if to_remind(row) is not None:
        deeds.add(Deed.REMIND)
    if to_credit(row) is not None:
        deeds.add(Deed.CREDIT)
    if row.service_id is not None:
        deeds.add(Deed.SERVICE)
    if row.party_id is not None:
        deeds.add(Deed.ACCOUNTS)
    return deeds


def first_deed(row: EventRow) -> Deed | None:
    """Return what comes first, or nothing."""
    if row.remind is not None:
        return Deed.REMIND
    if row.state is EventState.ACCEPTED:
        return _before(row)
    return {
        EventState.ENQUIRY: Deed.QUOTE if row.total else Deed.OPEN,
        EventState.QUOTED: Deed.ACCEPT,
        EventState.HELD: Deed.INVOICE,
        EventState.INVOICED: Deed.PAPER,
    }.get(row.state)


def _before(row: EventRow) -> Deed | None:
    if row.service_id is None and row.kind is not EventKind.CATERING:
        return Deed.HOST
    has_deposit = any(p.kind is PaperKind.DEPOSIT and not p.is_taken_back for p in row.papers)
    return None if has_deposit else Deed.DEPOSIT


def to_remind(row: EventRow) -> PaperRow | None:
    """Return the paper that may be reminded: the last that waits, its day come or not."""
    for paper in reversed(row.papers):
        if paper.is_taken_back:
            continue
        asks = paper.kind is PaperKind.QUOTE and row.state is EventState.QUOTED
        if asks or (paper.payment is not None and paper.payment.left.cents > 0):
            return paper
    return None


def to_credit(row: EventRow) -> PaperRow | None:
    """Return the invoice that a credit note would take back: the last that stands."""
    kinds = (PaperKind.INVOICE, PaperKind.DEPOSIT)
    standing = [p for p in row.papers if p.kind in kinds and not p.is_taken_back]
    return standing[-1] if standing else None
