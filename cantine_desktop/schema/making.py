"""Empty books, and what schema a database holds."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine, inspect, text
from sqlalchemy.pool import NullPool

from cantine_desktop.errors import (
    CorruptBookError,
    ForeignFileError,
    MissingBookError,
    UserError,
)
from cantine_desktop.i18n import tr
from cantine_desktop.schema.server import is_server, open_server, spoken
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.storage.online_copy import connect, finished_file
from cantine_desktop.storage.recognition import APPLICATION_ID, damaged

HEAD = "0001"
"""The present schema; a test holds it equal to the last migration."""


def file_engine(path: Path) -> Engine:
    """Return an engine on a book's file, whatever characters its path holds."""
    return open_engine(file_url(path))


def file_url(path: Path) -> str:
    """Return the address of a book's file.

    Raises:
        UserError: Its name holds bytes that are no letters.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        name = str(path).encode(errors="replace").decode()
        raise UserError(
            tr("Le nom du fichier « {name} » a des signes illisibles : renommez-le.").format(
                name=name
            )
        ) from None
    url = URL.create("sqlite", database=str(path))
    return url.render_as_string(hide_password=False)


def make_file(path: Path, revision: str = "head") -> None:
    """Write an empty book of a schema in a new file.

    Raises:
        UserError: The file cannot be written.
    """
    from cantine_desktop.schema.migrate import migrate  # noqa: PLC0415  -- Alembic, only when needed

    with finished_file(path) as unfinished:
        engine = open_engine(file_url(unfinished), poolclass=NullPool)
        migrate(engine, revision)
        engine.dispose()
        with closing(connect(unfinished)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode = DELETE")


def stored_revision(engine: Engine, location: str) -> str:
    """Return the schema of a database.

    Raises:
        MissingBookError: It is empty.
        ForeignFileError: It holds something else than a book.
        CorruptBookError: A file that says it is a book, without its schema.
    """
    tables = set(inspect(engine).get_table_names())
    if {"alembic_version", "action"} <= tables:
        with engine.connect() as connection:
            query = text("SELECT version_num FROM alembic_version")
            found = connection.execute(query).scalars().all()
            if len(found) == 1 and found[0]:
                return str(found[0])
    if not is_server(location):
        raise CorruptBookError(damaged(Path(location)))
    if tables:
        raise ForeignFileError(
            tr(
                "La base {name} contient autre chose qu’une cantine. Vérifiez le nom de la base."
            ).format(name=spoken(location))
        )
    raise MissingBookError(
        tr("La base {name} est vide : aucune cantine n’y a encore été créée.").format(
            name=spoken(location)
        )
    )


def fill_server(location: str) -> None:
    """Make an empty book in an empty PostgreSQL database.

    Raises:
        UserError: The database is not empty, or cannot be reached.
    """
    from cantine_desktop.schema.migrate import migrate  # noqa: PLC0415  -- Alembic, only when needed

    engine = open_server(location)
    try:
        if inspect(engine).get_table_names():
            raise UserError(
                tr(
                    "La base {name} n’est pas vide. Ouvrez-la si c’est celle de la cantine, ou "
                    "demandez une base vide."
                ).format(name=spoken(location))
            )
        migrate(engine)
    finally:
        engine.dispose()
