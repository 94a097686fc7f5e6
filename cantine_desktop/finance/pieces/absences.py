"""Ways out of a missing proof: ask the supplier for it, or declare it lost."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.model import MissingPiece
from cantine_desktop.finance.pieces.queries import MissingRow
from cantine_desktop.i18n import long_day, money, tr


def request_letter(session: Session, row: MissingRow) -> str:
    """Return a mail that asks for a proof, ready to paste.

    Args:
        session: A session that reads.
        row: What was spent without it.
    """
    name = canteen_name(session)
    number = row.reference and tr(" (référence {reference})").format(reference=row.reference)
    return tr(
        "Bonjour,\n\n"
        "Il nous manque la facture de notre achat du {day}, d’un montant de {amount}{number} "
        "(« {label} »).\n"
        "Pourriez-vous nous l’envoyer en réponse à ce message, en PDF de préférence ?\n\n"
        "Merci d’avance,\n{name}"
    ).format(
        day=long_day(row.day), amount=money(row.amount), number=number, label=row.label, name=name
    )


def note_asked(session: Session, row: MissingRow, day: date) -> None:
    """Note that a proof was asked for."""
    _note_of(session, row).asked_on = day
    session.flush()


def declare_lost(session: Session, row: MissingRow, reason: str, by: str, day: date) -> None:
    """Declare that a proof will not come; the expense stays in the list with its reason.

    Args:
        session: The session of an action.
        row: What was spent without it.
        reason: Why, and what vouches for it instead.
        by: Initials of who says so.
        day: Civil day.

    Raises:
        UserError: No reason is given.
    """
    if not reason.strip():
        raise UserError(tr("Dites pourquoi la pièce est perdue, et ce qui l’atteste."))
    note = _note_of(session, row)
    note.lost_on, note.reason, note.declared_by = day, " ".join(reason.split()), by.strip()
    session.flush()


def take_back(session: Session, row: MissingRow) -> None:
    """Wait again for a proof that was declared lost."""
    note = _note_of(session, row)
    note.lost_on, note.reason, note.declared_by = None, "", ""
    session.flush()


def _note_of(session: Session, row: MissingRow) -> MissingPiece:
    query = select(MissingPiece)
    if row.entry_id is not None:
        query = query.where(MissingPiece.entry_id == row.entry_id)
    else:
        query = query.where(MissingPiece.bank_line_id == row.bank_line_id)
    note = session.scalar(query)
    if note is None:
        note = MissingPiece(entry_id=row.entry_id, bank_line_id=row.bank_line_id)
        session.add(note)
    return note
