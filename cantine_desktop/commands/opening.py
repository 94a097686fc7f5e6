"""Opening a book for a command, in the name of a profile.

Commands that read take no lock: they see the book as it is at that instant,
also while the window works in it, and write nothing. Commands that write take
the lock, and are refused while somebody else holds it.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Generator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from cantine_desktop.clock import Clock
from cantine_desktop.commands.output import warn
from cantine_desktop.commands.parsing import UsageError, path_of
from cantine_desktop.errors import ForbiddenError, UserError
from cantine_desktop.i18n import tr
from cantine_desktop.people import profiles
from cantine_desktop.people.model import ProfileKey
from cantine_desktop.schema import upgrade
from cantine_desktop.schema.making import file_engine
from cantine_desktop.schema.server import is_server, open_server
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.text import fold

PASSWORD_VARIABLE = "CANTINE_PASSWORD"  # noqa: S105  -- the name of a variable


@contextmanager
def reading(options: Namespace, clock: Clock, *, leaderless: bool = False) -> Generator[Book]:
    """Lend a book that the command only reads, in the hands of the profile asked for.

    Args:
        options: The command.
        clock: Tells the present instant.
        leaderless: Lend also, whole, a book that has lost its direction, which nobody can enter.

    Raises:
        MissingProfileError: The profile is not on offer in this book.
        UserError: It cannot be opened, or the profile may not enter.
    """
    opened = upgrade.open_to_read(place(options.book), clock)
    try:
        with _freely(options, clock) as free:
            try:
                opened.book.actor = _enter(free, options)
            except profiles.MissingProfileError:
                if not leaderless or _profile(options.profile) is not ProfileKey.DIRECTION:
                    raise
        yield opened.book
    finally:
        opened.close()


@contextmanager
def trying(options: Namespace, clock: Clock) -> Generator[Book]:
    """Lend a book for an action that will be withdrawn; like reading, it takes no lock."""
    upgrade.open_to_read(place(options.book), clock).close()
    with _freely(options, clock) as free:
        _enter(free, options)
        yield free


@contextmanager
def writing(options: Namespace, clock: Clock) -> Generator[Book]:
    """Lend a book that the command changes, locked, in the hands of the profile asked for.

    Raises:
        UserError: It cannot be opened, somebody has it, or the profile may not enter.
    """
    opened = upgrade.open_book(place(options.book), clock)
    try:
        for notice in opened.notices:
            warn(notice)
        _enter(opened.book, options)
        yield opened.book
    finally:
        opened.close()


def prepare(options: Namespace, clock: Clock, make: Callable[[Book], None]) -> None:
    """Let a document make what it needs in a book, unless nothing can be written in it.

    Args:
        options: The command.
        clock: Tells the present instant.
        make: Makes it, beside the history; it does nothing when that was done before.
    """
    try:
        with _freely(options, clock) as free:
            make(free)
    except (OperationalError, UserError):
        return  # a backup on a locked key: the document says what it lacks


def require_read(book: Book, area: str) -> None:
    """Stop a command on data closed to the profile in use.

    Raises:
        ForbiddenError: They are.
    """
    if not book.actor.may_read(area):
        raise ForbiddenError(
            tr("Le profil « {name} » n’a pas accès à ces données.").format(name=book.actor.name)
        )


@contextmanager
def _freely(options: Namespace, clock: Clock) -> Generator[Book]:
    """Lend a book on its own engine, without the lock: a refused password is recorded by it."""
    engine = _engine(place(options.book))
    try:
        yield Book(engine, clock)
    finally:
        engine.dispose()


def _engine(location: str) -> Engine:
    return open_server(location) if is_server(location) else file_engine(Path(location))


def place(book: str) -> str:
    """Return where a book is, as typed: the address of a database, or a path with its ``~``."""
    return book if is_server(book) else str(path_of(book))


def _enter(book: Book, options: Namespace) -> Actor:
    key = _profile(options.profile)
    with book.read() as session:
        protected = profiles.has_password(session, key)
    profiles.lock(book)
    return profiles.sign_in(book, key, _password(options, key) if protected else "")


def _profile(text: str) -> ProfileKey:
    """Return the profile that a word names, in French, in English or by its key.

    Raises:
        UsageError: It names none.
    """
    for key, title in profiles.TITLES.items():
        if fold(text) in {key.value, fold(title), fold(tr(title))}:
            return key
    raise UsageError(
        tr("Le profil « {text} » n’existe pas. Choix possibles : {names}.").format(
            text=text, names=", ".join(tr(title).lower() for title in profiles.TITLES.values())
        )
    )


def _password(options: Namespace, key: ProfileKey) -> str:
    """Return the password, from the input, the environment, or asked for; never an argument.

    Raises:
        UserError: There is nobody to ask.
    """
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if PASSWORD_VARIABLE in os.environ:
        return os.environ[PASSWORD_VARIABLE]
    if not sys.stdin.isatty():
        raise UserError(
            tr(
                "Le profil « {name} » a un mot de passe. Donnez-le par la variable"
                " {variable} ou par l’option --password-stdin."
            ).format(name=tr(profiles.TITLES[key]), variable=PASSWORD_VARIABLE)
        )
    return getpass(tr("Mot de passe ({name}) : ").format(name=tr(profiles.TITLES[key])))
