"""Taking the bytes of what was destroyed out of the database's files.

A deleted row leaves its bytes in the free room of the file, in the write-ahead log and in
the index of words. ``scrub`` writes the database anew without them. It is not part of the
destruction's transaction; a note kept with it says that it is still to do, so that a
computer switched off in between does it at the next opening.
"""

from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.exc import DatabaseError, OperationalError

from cantine_desktop.storage.base import Base
from cantine_desktop.storage.destruction import Scrub
from cantine_desktop.storage.search import INDEX


def is_due(engine: Engine) -> bool:
    """Tell whether bytes of what was destroyed may still lie in the database's files."""
    with engine.connect() as connection:
        return connection.scalar(select(Scrub.id).limit(1)) is not None


def scrub(engine: Engine) -> bool:
    """Write the database anew without the bytes of what was destroyed, if any is left.

    Returns:
        Whether nothing is left. Somebody reading at this instant may prevent it; it is then
        done at the next opening.
    """
    if not is_due(engine):
        return True
    try:
        done = _scrub_file(engine) if engine.dialect.name == "sqlite" else _scrub_server(engine)
        if done:
            with engine.begin() as connection:
                connection.execute(delete(Base.metadata.tables[Scrub.__tablename__]))
    except OperationalError:  # busy, or no room on the disk for a second copy: next time
        return False
    return done


def _scrub_file(engine: Engine) -> bool:
    driver = engine.raw_connection()
    try:
        cursor = driver.cursor()
        # The index of words keeps those of deleted rows until its parts are merged.
        cursor.execute(f"INSERT INTO {INDEX.name}({INDEX.name}) VALUES('optimize')")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((busy, _pages, _moved),) = cursor.fetchall()
        cursor.close()
    finally:
        driver.close()
    return not busy


def _scrub_server(engine: Engine) -> bool:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in [*Base.metadata.tables, INDEX.name]:
            _rewrite(connection, table)
    return True


def _rewrite(connection: Connection, table: str) -> None:
    try:
        connection.exec_driver_sql(f'VACUUM FULL "{table}"')
    except DatabaseError as error:
        raise OperationalError(error.statement, error.params, error.orig or error) from error
