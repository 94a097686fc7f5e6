"""For how long the canteen keeps each class of records."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.retention.classes import RETENTION, Retention
from cantine_desktop.hygiene.retention.model import RetentionChoice
from cantine_desktop.i18n import tr, trn

MOST_MONTHS = 600


def months_kept(session: Session) -> dict[Retention, int]:
    """Return the months of each class: the canteen's choice, else what the class says."""
    chosen = {c.retention: c.months for c in session.scalars(select(RetentionChoice))}
    return {
        retention: max(rule.least_months, chosen.get(retention, rule.months))
        for retention, rule in RETENTION.items()
    }


def choose_months(session: Session, retention: Retention, months: int) -> RetentionChoice:
    """Decide for how long a class is kept.

    Args:
        session: The session of an action.
        retention: The class.
        months: Whole months, counted from the record or from the last food concerned.

    Raises:
        UserError: Fewer months than the text asks, more than 50 years, or a class that is
            kept as long as it is valid.
    """
    least = RETENTION[retention].least_months
    if retention is Retention.PERMANENT:
        raise UserError(tr("Ces documents se gardent tant qu’ils sont valables."))
    if months < least:
        raise UserError(
            trn(
                "Le texte demande au moins {n} mois : gardez autant ou plus.",
                "Le texte demande au moins {n} mois : gardez autant ou plus.",
                least,
            )
        )
    if months > MOST_MONTHS:
        raise UserError(tr("Une durée tient en 50 ans : choisissez moins de 600 mois."))
    choice = session.scalar(select(RetentionChoice).where(RetentionChoice.retention == retention))
    if choice is None:
        choice = RetentionChoice(retention=retention, months=months)
        session.add(choice)
    choice.months = months
    return choice
