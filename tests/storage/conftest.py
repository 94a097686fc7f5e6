"""Books with bills in them, and hands that reach in from outside."""

import sqlite3
from contextlib import closing

import pytest

from cantine_desktop.storage.base import Base
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from tests.storage import bills


@pytest.fixture
def shop(any_book):
    """Yield a book with bills, on each engine in turn."""
    bills.enter()
    Base.metadata.create_all(any_book.engine, tables=bills.TABLES)
    yield any_book
    bills.leave()


@pytest.fixture
def neighbour(any_book):
    """Yield a second book on the database of the first, as another computer opens it."""
    engine = open_engine(any_book.engine.url.render_as_string(hide_password=False))
    yield Book(engine, any_book.clock)
    engine.dispose()


@pytest.fixture
def tamper(any_book):
    """Return a function that runs SQL as another program would, references unchecked."""
    if any_book.engine.dialect.name == "sqlite":

        def run(*statements):
            with closing(sqlite3.connect(any_book.engine.url.database)) as connection:
                for statement in statements:
                    connection.execute(statement)
                connection.commit()

    else:

        def run(*statements):
            with any_book.engine.begin() as connection:
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
                for statement in statements:
                    connection.exec_driver_sql(statement.replace("x'00'", "'\\x00'"))

    return run
