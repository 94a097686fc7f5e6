"""Everything that can be verified in a book, slice after slice.

A slice adds a check by a line in ``CHECKS``: a function that reads and returns
what it finds, each with its place. Nothing here mends anything.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.office.catalogue import missing_plugins
from cantine_desktop.people.model import Access, AccessEvent, Profile, ProfileKey
from cantine_desktop.people.profiles import TITLES, has_password
from cantine_desktop.schema import Base
from cantine_desktop.storage.findings import Finding
from cantine_desktop.storage.online_copy import connect
from cantine_desktop.storage.recognition import is_damage, recognise, unreadable
from cantine_desktop.storage.verify import verify

MOST_DAMAGES = 100
_GIVEN = (AccessEvent.PASSWORD_SET, AccessEvent.RECOVERED)
"""Events that leave a profile with a password."""


@dataclass(frozen=True)
class Check:
    """One thing verified in a book.

    Attributes:
        key: Name for programs.
        title: What is verified, in French, marked for translation.
        run: Returns what is wrong, in the session of an actor who reads everything.
    """

    key: str
    title: str
    run: Callable[[Session], list[Finding]]


def checks() -> tuple[Check, ...]:
    """Return the checks, in order: a book whose tables differ is not read further."""
    return (
        Check("schema", mark("Tables et colonnes"), _check_tables),
        Check("storage", mark("Historique, scellés, données et pièces jointes"), verify),
        Check("profiles", mark("Profils"), _check_profiles),
    )


def check_book(session: Session) -> list[Finding]:
    """Return every problem of a book, in order.

    Raises:
        ForbiddenError: The actor may not read everything.
    """
    found: list[Finding] = []
    for check in checks():
        found += check.run(session)
        if found and check.key == "schema":
            break
    return found


def check_file(path: Path) -> list[Finding]:
    """Return the damaged pages and dangling references of a book's file.

    Raises:
        UserError: The file is no book, or cannot be read.
    """
    recognise(path)
    place = tr("fichier « {name} »").format(name=path.name)
    try:
        with closing(connect(path)) as connection:
            return [Finding(place, text, "") for text in _damages(connection)]
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise UserError(unreadable(path, str(error))) from error
        return [Finding(place, tr("des pages sont abîmées : {error}").format(error=error), "")]


def check_plugins() -> list[Finding]:
    """Return the extensions installed beside the application that do not load."""
    return [
        Finding(tr("extension « {name} »").format(name=name), reason, "")
        for name, reason in missing_plugins().items()
    ]


def _damages(connection: sqlite3.Connection) -> Iterator[str]:
    for (text,) in connection.execute(f"PRAGMA integrity_check({MOST_DAMAGES})"):
        if text != "ok":
            yield tr("des pages sont abîmées : {error}").format(error=text)
    for table, key, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        yield tr("« {table} » n° {key} renvoie à « {parent} », qui n’existe pas").format(
            table=table, key=key, parent=parent
        )


def _check_tables(session: Session) -> list[Finding]:
    """Compare the tables with what this version of the application expects."""
    reading = inspect(session.connection())
    found: list[Finding] = []
    for table in Base.metadata.sorted_tables:
        place = tr("table « {name} »").format(name=table.name)
        if not reading.has_table(table.name):
            found.append(Finding(place, tr("elle manque"), table.name))
            continue
        there = {column["name"] for column in reading.get_columns(table.name)}
        for odd in sorted(set(table.columns.keys()) ^ there):
            extra, missing = tr("colonne de trop : {column}"), tr("colonne absente : {column}")
            text = (extra if odd in there else missing).format(column=odd)
            found.append(Finding(place, text, table.name))
    return found


def _check_profiles(session: Session) -> list[Finding]:
    """Find a book that nobody could enter any more, and passwords gone or come by no action."""
    place = tr("profils")
    direction = select(Profile.id).where(Profile.key == ProfileKey.DIRECTION, Profile.is_active)
    found: list[Finding] = []
    if session.scalar(direction) is None:
        text = tr("le profil de direction manque : plus personne ne peut régler les accès")
        found.append(Finding(place, text, "profile"))
    for key in ProfileKey:
        last = session.scalar(
            select(Access.event)
            .where(Access.key == key, Access.event.in_([*_GIVEN, AccessEvent.PASSWORD_REMOVED]))
            .order_by(Access.id.desc())
            .limit(1)
        )
        if (last in _GIVEN) != has_password(session, key):
            text = tr("le mot de passe de « {name} » a été changé hors du logiciel")
            found.append(Finding(place, text.format(name=tr(TITLES[key])), "secret"))
    return found
