"""From an action to the closing of a breach: who, until when, the proof, did it work."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_tables import (
    Breach,
    BreachProof,
    CauseGroup,
    CorrectiveAction,
    Decision,
)
from cantine_desktop.hygiene.breaches import number_of, settle
from cantine_desktop.i18n import tr
from cantine_desktop.storage.attachments import attach
from cantine_desktop.storage.seal import seal


def charge(
    session: Session, breach_id: int, responsible: str, due_on: date | None, now: datetime
) -> None:
    """Say who must do a lasting action, and by what day; the breach waits for it.

    Raises:
        UserError: It is closed, or a day is given and nobody.
    """
    breach = _unsealed(session, breach_id)
    if due_on is not None and not responsible.strip():
        raise UserError(tr("Dites qui s’en charge."))
    breach.responsible, breach.due_on = responsible.strip(), due_on
    number_of(session, breach, now)
    settle(breach, now)


def decide(session: Session, breach_id: int, decision: Decision | None) -> None:
    """Say what becomes of the food.

    Raises:
        UserError: The breach is closed.
    """
    _unsealed(session, breach_id).decision = decision


def group_cause(session: Session, breach_id: int, group: CauseGroup | None) -> None:
    """Say which of the five M the cause belongs to.

    Raises:
        UserError: The breach is closed.
    """
    _unsealed(session, breach_id).cause_group = group


def join_proof(  # noqa: PLR0913  -- a file is its content, name and kind
    session: Session,
    breach_id: int,
    content: bytes,
    name: str,
    media_type: str,
    now: datetime,
    *,
    words: str = "",
    added_by: str = "",
) -> BreachProof:
    """Join a photograph or a paper to a breach; a closed one takes it after the fact.

    Raises:
        UserError: The file is empty or too large.
    """
    breach = session.get_one(Breach, breach_id)
    attachment = attach(session, content, name, media_type, now, area=Breach.area)
    proof = BreachProof(
        breach=breach, attachment=attachment, words=words.strip(), added_by=added_by.strip()
    )
    session.add(proof)
    session.flush()
    return proof


def remove_proof(session: Session, proof_id: int) -> None:
    """Take a proof away from an open breach.

    Raises:
        UserError: The breach is closed.
    """
    proof = session.get_one(BreachProof, proof_id)
    _unsealed(session, proof.breach_id)
    session.delete(proof)


def verify(
    session: Session,
    breach_id: int,
    words: str,
    initials: str,
    now: datetime,
    *,
    worked: bool = True,
) -> None:
    """Write whether the action worked; if it did not, something else is to be done.

    Raises:
        UserError: Nothing was done yet, a word or the initials are missing, or it is closed.
    """
    breach = _unsealed(session, breach_id)
    if not breach.actions:
        raise UserError(tr("Dites d’abord ce qui a été fait."))
    if not words.strip() or not initials.strip():
        raise UserError(tr("Dites ce que vous avez vérifié, et signez de vos initiales."))
    if worked:
        breach.verified_at, breach.verified_by = now, initials.strip()
        breach.efficacy = words.strip()
        return
    session.add(
        CorrectiveAction(
            breach=breach,
            cause=breach.actions[-1].cause,
            action=tr("Vérifié, cela n’a pas suffi : {words}").format(words=words.strip()),
            initials=initials.strip(),
            taken_at=now,
            recheck_at=now,
            recheck_good=False,
        )
    )
    breach.verified_at, breach.verified_by, breach.efficacy = None, "", ""
    breach.closed_at = None


def close(session: Session, breach_id: int, initials: str, now: datetime) -> None:
    """Close a breach for good: it is sealed with what was done about it.

    What comes to light later is a note after it, or another breach that names it.

    Raises:
        UserError: Something is still missing; the sentence says what.
    """
    breach = _unsealed(session, breach_id)
    if (missing := what_is_missing(breach)) is not None:
        raise UserError(missing)
    if not initials.strip():
        raise UserError(tr("Signez de vos initiales."))
    breach.closed_at = breach.closed_at or now
    breach.closed_by = initials.strip()
    seal(session, [*breach.actions, breach], now)


def what_is_missing(breach: Breach) -> str | None:
    """Say what keeps a breach from being closed; ``None`` when nothing does.

    An action, the recheck where one is due, the fate of the food set aside, and a
    verification: somebody's, or a recheck back within the limit.
    """
    if breach.withdrawn_at is not None:
        return tr("Cette non-conformité est annulée : il n’y a rien à clore.")
    if not breach.actions:
        return tr("Dites d’abord ce qui a été fait.")
    last = breach.actions[-1]
    if last.recheck_due is not None and not last.was_rechecked:
        return tr("Le contrôle est encore attendu : notez-le d’abord.")
    if any(lot.is_blocked for lot in breach.lots):
        return tr("Décidez d’abord du lot bloqué.")
    return None if breach.closed_at or breach.verified_at else _unproved(last)


def _unproved(last: CorrectiveAction) -> str:
    if last.worked is False:
        return tr("Le dernier contrôle n’est pas bon : agissez, puis recontrôlez.")
    return tr("Vérifiez d’abord que l’action a suffi.")


def _unsealed(session: Session, breach_id: int) -> Breach:
    breach = session.get_one(Breach, breach_id)
    if breach.is_sealed:
        raise UserError(
            tr("Cette non-conformité est close : ajoutez une note à la suite si besoin.")
        )
    return breach
