"""Bringing a database's tables to the present schema, all or nothing.

Alembic runs without an ``.ini`` file. This module is imported only when there is
something to migrate: Alembic costs a tenth of a second that an ordinary start
does not need.

One transaction holds the whole way: SQLite and PostgreSQL both take DDL back, so
a migration that fails, or whose process dies, leaves the tables as they were.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Enum, inspect, text
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from cantine_desktop.storage.search import create_index, rebuild

SCRIPTS = "cantine_desktop.schema:migrations"
"""Package and folder of the migrations."""

_HERD_LOCK = 0x43414E54
"""Advisory lock of PostgreSQL: two machines must not migrate together."""


class DamagedByMigrationError(Exception):
    """A migration left dangling references or damaged pages; it was taken back."""


def config() -> Config:
    """Return Alembic's configuration, without any file."""
    made = Config()
    made.set_main_option("script_location", SCRIPTS.replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def revisions() -> list[str]:
    """Return every revision, oldest first."""
    walk = ScriptDirectory.from_config(config()).walk_revisions()
    return [script.revision for script in walk][::-1]


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring a database to a revision, in one transaction.

    Raises:
        DamagedByMigrationError: The result did not hold together; nothing was changed.
        SQLAlchemyError: A statement failed; nothing was changed.
    """
    with _unchecked_references(engine) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _HERD_LOCK})
        was_a_book = inspect(connection).has_table("action")
        counters = _counters(connection)
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
        create_index(connection)
        if was_a_book and revision == "head":
            with Session(connection) as session:
                rebuild(session)  # what the palette finds may be said otherwise now
        _keep_counters(connection, counters)
        _check(connection)


def options(connection: Connection) -> dict[str, Any]:
    """Return how Alembic compares and writes tables; shared by all who ask it to."""
    return {
        "connection": connection,
        "render_as_batch": True,
        "render_item": render_plain,
        "compare_type": True,
        "compare_server_default": True,
        "include_name": is_ours,
    }


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the search index: ``storage.search`` makes it, each database in its way."""
    return kind != "table" or not (name or "").startswith("search_")


def render_plain(kind: str, item: Any, context: AutogenContext) -> str | bool:
    """Write a column's type as the database knows it: migrations never import our types.

    Args:
        kind: What is being written; only ``"type"`` is ours.
        item: The type.
        context: Gathers the imports of the migration.
    """
    if kind != "type":
        return False
    if isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    if isinstance(item, TypeDecorator):
        plain: Any = item.impl_instance
        written = render_plain(kind, plain, context)
        return written or f"sa.{plain!r}"
    return False


@contextmanager
def _unchecked_references(engine: Engine) -> Generator[Connection]:
    """Lend a connection on which a table may be dropped and made anew.

    SQLite changes a table by copying it; with references checked, dropping the old
    one fails. The switch has no effect inside a transaction.
    """
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            yield connection
            return
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            yield connection
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def _counters(connection: Connection) -> dict[str, int]:
    """Return the last key given by each SQLite table, deleted rows included."""
    if connection.dialect.name != "sqlite" or not inspect(connection).has_table("sqlite_sequence"):
        return {}
    query = text("SELECT name, seq FROM sqlite_sequence")
    return {row.name: row.seq for row in connection.execute(query)}


def _keep_counters(connection: Connection, counters: dict[str, int]) -> None:
    """Put the counters back: a copied table would give a deleted row's key again."""
    for name, last in counters.items():
        connection.execute(
            text("UPDATE sqlite_sequence SET seq = max(seq, :last) WHERE name = :name"),
            {"name": name, "last": last},
        )


def _check(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    dangling = connection.execute(text("PRAGMA foreign_key_check")).all()
    pages = connection.execute(text("PRAGMA integrity_check(1)")).scalar_one()
    if dangling or pages != "ok":
        raise DamagedByMigrationError(f"{len(dangling)} dangling references, pages: {pages}")
