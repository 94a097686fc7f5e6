"""Finding, and locating, what another program changed in the book.

Nothing is mended here. The check compares four things that only the
application keeps in agreement: the chain of history, the chain of seals, the
rows with what history says of them, the files with their hashes. It reads as it
goes and holds neither five years of history nor a file more than once.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from functools import partial
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from cantine_desktop.errors import ForbiddenError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.attachments import Attachment, Content
from cantine_desktop.storage.base import Base, tables_by_name
from cantine_desktop.storage.destruction import DestructionCertificate
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.storage.stored import stream
from cantine_desktop.storage.verify_chains import check_ends, check_history, check_seals
from cantine_desktop.storage.verify_destruction import Destroyed, certified, check_emptied
from cantine_desktop.storage.verify_rows import check_rows, check_sealed_rows, check_unsealed
from cantine_desktop.storage.watch import watch_of

__all__ = ["Finding", "guarded", "verify"]

Check = Callable[[Connection], Iterable[Finding]]
_CERTIFICATES = DestructionCertificate.__tablename__


def verify(session: Session) -> list[Finding]:
    """Return everything in the book that was not written by the application, in order.

    An empty list says that history is whole, every sealed row is as it was
    sealed, every row is as its last action left it, every file has its content, and what
    was destroyed is exactly what the certificates of destruction name.

    Args:
        session: A reading session of an actor who may read everything.

    Raises:
        ForbiddenError: The actor may not read everything.
    """
    if watch_of(session).actor.reads is not None:
        raise ForbiddenError(tr("Seul un profil qui lit tout le livre peut le vérifier."))
    connection = session.connection()
    gone: Destroyed = {}
    unread = [*guarded(connection, _CERTIFICATES, partial(_read_certificates, into=gone))]
    checks: list[tuple[str, Check]] = [
        ("action", check_history),
        ("seal", check_seals),
        ("chain", check_ends),
        ("change", check_emptied),
        *(
            (name, partial(check_rows, name=name, certified=gone.get(name, ())))
            for name in _recorded_tables()
        ),
        ("seal", partial(check_sealed_rows, certified=gone)),
        ("seal", check_unsealed),
        ("content", _check_contents),
    ]
    found = [finding for name, check in checks for finding in guarded(connection, name, check)]
    return _once([*unread, *found])


def _read_certificates(connection: Connection, into: Destroyed) -> Iterable[Finding]:
    """Read them apart: one that cannot be read must not hide the rest."""
    into.update(certified(connection))
    return ()


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what two checks found alike."""
    return [*dict.fromkeys(findings)]


def _recorded_tables() -> list[str]:
    by_name = tables_by_name()
    return sorted(n for n in Base.metadata.tables if n in by_name and by_name[n].recorded)


def guarded(connection: Connection, name: str, check: Check) -> Iterator[Finding]:
    """Report values that cannot even be read, such as a date that is none.

    Args:
        connection: Where to read.
        name: Table that the check is about.
        check: Finds what is wrong.
    """
    try:
        # PostgreSQL drops the whole transaction after an error: a savepoint keeps the rest.
        # SQLite needs none, and loses it when a page is damaged.
        is_sqlite = connection.dialect.name == "sqlite"
        with nullcontext() if is_sqlite else connection.begin_nested():
            yield from check(connection)
    except (DatabaseError, LookupError, ValueError, TypeError) as error:
        yield Finding(
            tr("table « {name} »").format(name=name),
            tr("Une donnée y est illisible : {error}").format(error=str(error).splitlines()[0]),
            name,
        )


def _check_contents(connection: Connection) -> Iterator[Finding]:
    query = select(
        Attachment.id, Attachment.name, Attachment.size, Attachment.sha256, Content.id
    ).outerjoin(Content, Content.sha256 == Attachment.sha256)
    for key, name, size, sha256, content in stream(connection, query.order_by(Attachment.id)):
        spot = "attachment", key
        if content is None:
            yield at(spot, tr("Le contenu du fichier « {name} » a disparu."), name=name)
        elif not _is_content(connection, content, size, sha256):
            yield at(spot, tr("Le contenu du fichier « {name} » a été altéré."), name=name)


def _is_content(connection: Connection, key: int, size: int, sha256: str) -> bool:
    data: Any = connection.scalar(select(Content.data).where(Content.id == key))
    # SQLite lets another program put a text there.
    return (
        isinstance(data, bytes) and len(data) == size and hashlib.sha256(data).hexdigest() == sha256
    )
