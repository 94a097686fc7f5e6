"""Who works on the book: five profiles, their rights, passwords and the recovery key.

A profile without a password opens by a click. Passwords keep colleagues to
their own work; they do not hide the file from somebody who carries it away.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import ForbiddenError, UserError
from cantine_desktop.i18n import mark, number, tr, trn
from cantine_desktop.people import recovery, secrets
from cantine_desktop.people.model import Access, AccessEvent, Profile, ProfileKey
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.rights import Actor

TITLES = {
    ProfileKey.DIRECTION: mark("Direction"),
    ProfileKey.KITCHEN: mark("Cuisine"),
    ProfileKey.COUNTER: mark("Comptoir"),
    ProfileKey.TREASURY: mark("Trésorerie"),
    ProfileKey.READING: mark("Lecture"),
}
"""Usual names of the profiles, to be translated when shown."""

_OPEN_TO_ALL = frozenset({"access", "canteen"})
_KITCHEN = frozenset({"hygiene", "supply", "meals"})
_COUNTER = frozenset({"meals", "people"})

RIGHTS: dict[ProfileKey, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    ProfileKey.DIRECTION: (None, None),
    ProfileKey.KITCHEN: (_OPEN_TO_ALL | _KITCHEN | {"staff"}, _KITCHEN),
    ProfileKey.COUNTER: (_OPEN_TO_ALL | _COUNTER | {"hygiene", "supply"}, _COUNTER),
    ProfileKey.TREASURY: (None, frozenset({"finance"})),
    ProfileKey.READING: (None, frozenset()),
}
"""Areas each profile reads and writes; ``None`` is all of them."""

NOBODY = Actor("", frozenset({"access"}), frozenset())
"""Holds the book while it is locked: sees the profiles on offer and nothing else."""

RECOVERY = "recovery"
"""Owner of the recovery key among the secrets."""

WAY_OUT = "way-out"
"""Owner of the code that leaves the counter where no profile has a password."""

_PASSWORD_EVENTS = frozenset({
    AccessEvent.PASSWORD_SET,
    AccessEvent.PASSWORD_REMOVED,
    AccessEvent.RECOVERED,
})

LONGEST_PASSWORD = 200
SHORTEST_PASSWORD = {ProfileKey.DIRECTION: 8, ProfileKey.TREASURY: 8}
SHORTEST_CODE = 4


class MissingProfileError(UserError):
    """The profile is not on offer in this book."""


class WrongPasswordError(UserError):
    """The password, or the recovery key, is not the right one."""


class TooSoonError(UserError):
    """Too many attempts failed; the next one must wait.

    Attributes:
        wait: How long.
    """

    def __init__(self, wait: timedelta) -> None:
        seconds = ceil(wait.total_seconds())
        minutes = ceil(seconds / 60)
        text = (
            trn("{n} seconde", "{n} secondes", seconds)
            if seconds < 60
            else trn("{n} minute", "{n} minutes", minutes)
        )
        super().__init__(tr("Trop d’essais. Réessayez dans {wait}.").format(wait=text))
        self.wait = wait


def seed(session: Session) -> None:
    """Add the profiles that the book does not have yet, in the session of an action."""
    known = set(session.scalars(select(Profile.key)))
    session.add_all(Profile(key=key) for key in ProfileKey if key not in known)


def active_profiles(session: Session) -> list[Profile]:
    """Return the profiles on offer, the direction first."""
    order = list(ProfileKey)
    rows = session.scalars(select(Profile).where(Profile.is_active))
    return sorted(rows, key=lambda profile: order.index(profile.key))


def display_name(profile: Profile) -> str:
    """Return the name of a profile, as the canteen or the language gives it."""
    return profile.name or tr(TITLES[profile.key])


def actor_of(profile: Profile) -> Actor:
    """Return the actor that works in the name of a profile."""
    reads, writes = RIGHTS[profile.key]
    return Actor(display_name(profile), reads, writes)


def has_password(session: Session, key: ProfileKey) -> bool:
    """Tell whether a profile asks for a password."""
    return secrets.has_secret(session, key)


def has_recovery_key(session: Session) -> bool:
    """Tell whether a recovery key was made."""
    return secrets.has_secret(session, RECOVERY)


def lock(book: Book) -> None:
    """Take every right from whoever holds the book, until somebody signs in."""
    book.actor = NOBODY


def sign_in(book: Book, key: ProfileKey, password: str = "") -> Actor:
    """Put the book in the hands of a profile, and return the actor.

    A refused attempt is recorded; from the third on, the next must wait.

    Raises:
        MissingProfileError: The profile is unknown or not on offer.
        WrongPasswordError: The password is wrong; the book's actor stays as it was.
        TooSoonError: Too many attempts failed.
    """
    with book.read() as session:
        profile = session.scalar(select(Profile).where(Profile.key == key, Profile.is_active))
        if profile is None:
            raise MissingProfileError(
                tr("Le profil « {name} » n’est pas en service dans ce livre.").format(
                    name=tr(TITLES[key])
                )
            )
        actor = actor_of(profile)
        protected = has_password(session, key)
    if protected and not judge(book, key, key, password):
        raise WrongPasswordError(tr("Ce mot de passe n’est pas le bon."))
    book.actor = actor
    return actor


def set_password(book: Book, key: ProfileKey, password: str) -> str | None:
    """Give a profile a new password.

    The first password of the direction makes a recovery key, returned once:
    show it and print it, for only its hash is kept.

    Raises:
        ForbiddenError: Only the direction may.
        UserError: The password is too short or too long.
    """
    _require_direction(book)
    _require_fit(key, password)
    with book.action(_label(tr("Mot de passe : {name}"), key), undoable=False) as session:
        _keep_password(session, key, password, AccessEvent.PASSWORD_SET, book.clock())
        if key is ProfileKey.DIRECTION and not has_recovery_key(session):
            return _keep_new_key(session, book.clock())
    return None


def remove_password(book: Book, key: ProfileKey) -> None:
    """Let a profile open by a click again.

    Raises:
        ForbiddenError: Only the direction may.
    """
    _require_direction(book)
    with book.action(_label(tr("Sans mot de passe : {name}"), key), undoable=False) as session:
        secrets.forget_secret(session, key)
        session.add(Access(at=book.clock(), key=key, event=AccessEvent.PASSWORD_REMOVED))


def renew_recovery_key(book: Book) -> str:
    """Return a new recovery key, to show and print once; the former one opens nothing more.

    Raises:
        ForbiddenError: Only the direction may.
    """
    _require_direction(book)
    with book.action(tr("Nouvelle clé de secours"), undoable=False) as session:
        return _keep_new_key(session, book.clock())


def recover(book: Book, typed_key: str, password: str) -> str:
    """Give the direction a new password with the recovery key, and sign it in.

    A key serves once: the new one is returned, to show and print.

    Raises:
        UserError: The key holds a typing error, or the password does not fit.
        WrongPasswordError: The key is not this book's.
        TooSoonError: Too many keys were tried.
    """
    plain = recovery.read_key(typed_key)
    _require_fit(ProfileKey.DIRECTION, password)
    if not judge(book, RECOVERY, ProfileKey.DIRECTION, plain):
        raise WrongPasswordError(tr("Cette clé de secours n’est pas celle de ce livre."))
    with book.action(tr("Mot de passe retrouvé par la clé de secours"), undoable=False) as session:
        _keep_password(session, ProfileKey.DIRECTION, password, AccessEvent.RECOVERED, book.clock())
        new_key = _keep_new_key(session, book.clock())
    sign_in(book, ProfileKey.DIRECTION, password)
    return new_key


def judge(book: Book, owner: str, key: ProfileKey, secret: str) -> bool:
    """Judge one attempt: counted first, forgiven if it succeeds, recorded if it fails.

    Args:
        book: The canteen's data.
        owner: Whose secret it is, among the secrets.
        key: The profile under which a refused attempt is recorded.
        secret: What was typed.

    Raises:
        TooSoonError: It comes too early to be judged.
    """
    now = book.clock()
    with book.action(tr("Essai de mot de passe"), undoable=False) as session:
        wait = secrets.remaining_wait(session, owner, now)
        if wait:
            raise TooSoonError(wait)
        secrets.count_attempt(session, owner, now)
    with book.read() as session:
        good = secrets.matches(session, owner, secret[: LONGEST_PASSWORD + 1])
    with book.action(_label(tr("Mot de passe refusé : {name}"), key), undoable=False) as session:
        if good:
            secrets.forget_failures(session, owner)
        else:
            session.add(Access(at=now, key=key, event=AccessEvent.REFUSED))
    return good


def secrets_changed_outside(session: Session) -> list[str]:
    """Return the names of secrets that are not those the recorded actions left.

    Some other program gave, took away or swapped a password or the recovery key.
    """
    owners: list[tuple[str, ProfileKey, frozenset[AccessEvent], str]] = [
        (key, key, _PASSWORD_EVENTS, tr("mot de passe de « {name} »").format(name=tr(TITLES[key])))
        for key in ProfileKey
    ]
    renewed = frozenset({AccessEvent.KEY_RENEWED})
    owners.append((RECOVERY, ProfileKey.DIRECTION, renewed, tr("clé de secours")))
    chosen = frozenset({AccessEvent.WAY_OUT_SET})
    owners.append((WAY_OUT, ProfileKey.COUNTER, chosen, tr("code de sortie du comptoir")))
    return [
        name
        for owner, key, events, name in owners
        if secrets.witness(session, owner) != _last_witness(session, key, events)
    ]


def _last_witness(session: Session, key: ProfileKey, events: frozenset[AccessEvent]) -> str:
    last = (
        select(Access.witness)
        .where(Access.key == key, Access.event.in_(events))
        .order_by(Access.id.desc())
        .limit(1)
    )
    return session.scalar(last) or ""


def _keep_password(
    session: Session, key: ProfileKey, password: str, event: AccessEvent, now: datetime
) -> None:
    witness = secrets.keep_secret(session, key, password)
    session.add(Access(at=now, key=key, event=event, witness=witness))


def _keep_new_key(session: Session, now: datetime) -> str:
    key = recovery.new_key()
    witness = secrets.keep_secret(session, RECOVERY, recovery.read_key(key))
    renewed = AccessEvent.KEY_RENEWED
    session.add(Access(at=now, key=ProfileKey.DIRECTION, event=renewed, witness=witness))
    return key


def _label(text: str, key: ProfileKey) -> str:
    return text.format(name=tr(TITLES[key]))


def _require_direction(book: Book) -> None:
    if not book.actor.may_write("access"):
        raise ForbiddenError(tr("Seule la direction règle les profils et les mots de passe."))


def _require_fit(key: ProfileKey, password: str) -> None:
    shortest = SHORTEST_PASSWORD.get(key, SHORTEST_CODE)
    if len(password) < shortest:
        raise UserError(
            tr("Choisissez au moins {count} signes pour ce profil.").format(
                count=number(Decimal(shortest))
            )
        )
    if len(password) > LONGEST_PASSWORD:
        raise UserError(tr("Ce mot de passe est trop long."))
