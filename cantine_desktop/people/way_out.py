"""Leaving the counter: a profile's password, or a code of its own where no profile has one.

The counter stands at the entrance of the canteen: whoever holds it writes meals and nothing
else, and the rest of the book comes back with the secret of somebody of the team.
"""

from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.errors import ForbiddenError, UserError
from cantine_desktop.i18n import mark, number, tr
from cantine_desktop.people import profiles, secrets
from cantine_desktop.people.model import Access, AccessEvent, ProfileKey
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.rights import Actor

AREAS = frozenset({"access", "canteen", "meals"})
"""What the counter reads; of these it writes meals alone."""

_NOT_YOURS = mark("Votre profil ne note pas les repas : il ne tient pas le comptoir.")


def hold_counter(book: Book) -> Actor:
    """Put the book in the hands of whoever keeps the counter; return who held it before.

    Raises:
        ForbiddenError: Who holds it now may not write meals.
    """
    before = book.actor
    if not before.may_write("meals"):
        raise ForbiddenError(tr(_NOT_YOURS))
    book.actor = Actor(tr(profiles.TITLES[ProfileKey.COUNTER]), AREAS, frozenset({"meals"}))
    return before


def ways_out(session: Session) -> list[ProfileKey]:
    """Return the profiles whose password leaves the counter: those that have one."""
    return [
        profile.key
        for profile in profiles.active_profiles(session)
        if profiles.has_password(session, profile.key)
    ]


def has_code(session: Session) -> bool:
    """Tell whether a code to leave the counter was chosen."""
    return secrets.has_secret(session, profiles.WAY_OUT)


def set_code(book: Book, code: str) -> None:
    """Choose the code that leaves the counter, in place of the former one.

    Raises:
        ForbiddenError: Who is at work may not write meals.
        UserError: It is too short or too long.
    """
    if not book.actor.may_write("meals"):
        raise ForbiddenError(tr(_NOT_YOURS))
    if not profiles.SHORTEST_CODE <= len(code) <= profiles.LONGEST_PASSWORD:
        text = tr("Choisissez au moins {count} chiffres pour ce code.")
        raise UserError(text.format(count=number(Decimal(profiles.SHORTEST_CODE))))
    with book.action(tr("Code de sortie du comptoir"), undoable=False) as session:
        witness = secrets.keep_secret(session, profiles.WAY_OUT, code)
        event = AccessEvent.WAY_OUT_SET
        session.add(Access(at=book.clock(), key=ProfileKey.COUNTER, event=event, witness=witness))


def leave_counter(book: Book, before: Actor, key: ProfileKey | None, secret: str) -> Actor:
    """Take the book back from the counter, and return who holds it now.

    Where nothing can be asked, because every password went meanwhile, nothing is.

    Args:
        book: The canteen's data.
        before: Who held it when the counter began.
        key: The profile whose password is given; ``None`` for the code.
        secret: What was typed.

    Raises:
        WrongPasswordError: It is not the right one; the counter goes on.
        TooSoonError: Too many attempts failed.
        MissingProfileError: The profile is not on offer.
    """
    with book.read() as session:
        asked, coded = ways_out(session), has_code(session)
    if asked:
        if key is None or key not in asked:
            raise profiles.WrongPasswordError(tr("Choisissez un profil qui a un mot de passe."))
        return profiles.sign_in(book, key, secret)
    if coded and not profiles.judge(book, profiles.WAY_OUT, ProfileKey.COUNTER, secret):
        raise profiles.WrongPasswordError(tr("Ce code n’est pas le bon."))
    book.actor = before
    return before
