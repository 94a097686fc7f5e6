"""Everything that can be verified in a book, slice after slice.

A slice adds a check by a line in ``CHECKS``: a function that reads and returns
what it finds, each with its place. Nothing here mends anything.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.checks import check_finance
from cantine_desktop.hygiene.breach_checks import check_breaches
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.checks import check_meals
from cantine_desktop.office.catalogue import missing_plugins
from cantine_desktop.people.model import Profile, ProfileKey
from cantine_desktop.people.profiles import secrets_changed_outside
from cantine_desktop.schema.shape import check_rules, check_tables
from cantine_desktop.staff.checks import check_staff
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.storage.online_copy import connect
from cantine_desktop.storage.recognition import is_damage, recognise, unreadable
from cantine_desktop.storage.verify import guarded, verify
from cantine_desktop.storage.verify_search import check_index
from cantine_desktop.supply.checks import check_supply

MOST_DAMAGES = 100
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
    run: Callable[[Session], Iterable[Finding]]


def checks() -> tuple[Check, ...]:
    """Return the checks, in order: a book whose tables differ is not read further."""
    return (
        Check("schema", mark("Tables et colonnes"), _check_tables),
        Check("rules", mark("Règles, index et automatismes"), _check_rules),
        Check("references", mark("Renvois d’un élément à l’autre"), _check_references),
        Check("breaches", mark("Non-conformités et leurs relevés"), check_breaches),
        Check("meals", mark("Services, menus et clôtures"), check_meals),
        Check("supply", mark("Achats et stock"), check_supply),
        Check("staff", mark("Équipe, contrats et registre du personnel"), check_staff),
        Check("finance", mark("Comptes, caisse, banque et pièces"), check_finance),
        Check("storage", mark("Historique, scellés, données et pièces jointes"), verify),
        Check("search", mark("Recherche"), check_index),
        Check("profiles", mark("Profils"), _check_profiles),
    )


def check_book(session: Session) -> list[Finding]:
    """Return every problem of a book, in order.

    Raises:
        ForbiddenError: The actor may not read everything.
    """
    found: list[Finding] = []
    for check in checks():
        wrong = list(_run(check, session))
        if check.key == "search":  # an altered row is no longer as the index says: told already
            known = {(f.table, f.key) for f in found}
            wrong = [f for f in wrong if (f.table, f.key) not in known and (f.key or not found)]
        found += wrong
        if found and check.key == "schema":
            break
    return found


def _run(check: Check, session: Session) -> Iterator[Finding]:
    return guarded(session.connection(), check.key, lambda _connection: check.run(session))


def check_file(path: Path) -> list[Finding]:
    """Return the damaged pages of a book's file; nothing more can be said of such a book.

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


def _check_tables(session: Session) -> Iterator[Finding]:
    return check_tables(session.connection())


def _check_rules(session: Session) -> Iterator[Finding]:
    return check_rules(session.connection())


def _check_references(session: Session) -> Iterator[Finding]:
    """Find rows that name another which is not there; PostgreSQL never lets any be."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check")
    for table, key, parent, _number in dangling:
        yield at((table, key), tr("renvoie à « {parent} », qui n’existe pas"), parent=parent)


def _check_profiles(session: Session) -> list[Finding]:
    """Find a book that nobody could enter any more, and passwords gone or come by no action."""
    place = tr("profils")
    direction = select(Profile.id).where(Profile.key == ProfileKey.DIRECTION, Profile.is_active)
    found: list[Finding] = []
    if session.scalar(direction) is None:
        text = tr("le profil de direction manque : plus personne ne peut régler les accès")
        found.append(Finding(place, text, "profile"))
    for name in secrets_changed_outside(session):
        text = tr("{name} : changé hors du logiciel").format(name=name)
        found.append(Finding(place, text, "secret"))
    return found
