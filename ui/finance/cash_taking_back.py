"""Taking back what went through the till: another record, contrary, follows it."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.depositing import take_deposit_back, take_slip_back
from cantine_desktop.finance.cash.model import CashDeposit, CashMovement, ChequeSlip
from cantine_desktop.finance.cash.moving import take_movement_back
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.kit.dialogs import ask_text

Verb = Callable[[Session, int, date, str, datetime], object]
_VERBS: dict[str, Verb] = {
    CashDeposit.__tablename__: take_deposit_back,
    ChequeSlip.__tablename__: take_slip_back,
    CashMovement.__tablename__: take_movement_back,
}


def take_back(window: QWidget, desk: Desk, table: str, key: int) -> str:
    """Ask why, then write the record that takes another back, of its own kind.

    Args:
        window: Where the question is asked.
        desk: The working context.
        table: Of the record: a deposit, a slip or a movement.
        key: The record.

    Returns:
        Why it was refused, in words; empty when it was done or given up.
    """
    if table == CashMovement.__tablename__:
        title, act, done = (
            tr("Annuler ce mouvement"),
            tr("Annuler le mouvement"),
            tr("Mouvement annulé"),
        )
        text = tr("Le mouvement reste dans le livre ; un autre, contraire, le reprend. Pourquoi ?")
    else:
        title, act, done = (
            tr("Annuler cette remise"),
            tr("Annuler la remise"),
            tr("Remise annulée"),
        )
        text = tr("La remise reste dans le livre ; une autre, contraire, la reprend. Pourquoi ?")
    reason = ask_text(window, title, text, act)
    if reason is None:
        return ""
    now = desk.book.clock()
    try:
        with desk.book.action(done, undoable=False) as session:
            _VERBS[table](session, key, civil_date(now), reason, now)
    except UserError as error:
        return str(error)
    return ""
