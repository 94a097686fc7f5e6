"""Comparing what a database is made of with what this version of the application makes.

Another program may have taken a table, a column, an index or a rule away, or
have left a trigger that rewrites what the application writes.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, Inspector, Table, inspect, text

from cantine_desktop.i18n import mark, tr
from cantine_desktop.schema import Base
from cantine_desktop.storage.findings import Finding
from cantine_desktop.storage.search import INDEX

_VERSION = "alembic_version"
_FULL_TEXT_PARTS = ("data", "idx", "content", "docsize", "config")
"""Tables in which SQLite keeps the index of words."""

_TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid"
    " WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
    " UNION SELECT rulename, tablename FROM pg_rules WHERE schemaname = current_schema()"
    " ORDER BY 1",
}
"""What runs by itself when a row is written, with its table."""

_EXTRA, _MISSING = mark("colonne de trop : {column}"), mark("colonne absente : {column}")
_RULE_GONE = mark("une règle ou un index a été ôté : {name}")


def check_tables(connection: Connection) -> Iterator[Finding]:
    """Find tables and columns that are missing, and columns too many: such a book is not read."""
    reading = inspect(connection)
    found = set(reading.get_table_names())
    for name in sorted(_expected() - found):
        yield _finding(name, tr("elle manque"))
    for table in Base.metadata.sorted_tables:
        if table.name in found:
            there = {column["name"] for column in reading.get_columns(table.name)}
            for odd in sorted(set(table.columns.keys()) ^ there):
                yield _finding(table.name, tr(_EXTRA if odd in there else _MISSING), column=odd)


def check_rules(connection: Connection) -> Iterator[Finding]:
    """Find foreign tables, views and triggers, and rules and indexes taken away."""
    reading = inspect(connection)
    parts = {f"{INDEX.name}_{part}" for part in _FULL_TEXT_PARTS}
    foreign = set(reading.get_table_names()) - _expected() - parts
    for name in sorted(foreign | set(reading.get_view_names())):
        yield _finding(name, tr("elle n’est pas du logiciel"))
    for trigger, name in connection.execute(text(_TRIGGERS[connection.dialect.name])):
        yield _finding(
            name, tr("un automatisme étranger y change les données : {name}"), name=trigger
        )
    for table in Base.metadata.sorted_tables:
        for gone in sorted(_expected_rules(table) - _rules(reading, table.name)):
            yield _finding(table.name, tr(_RULE_GONE), name=gone)


def _expected() -> set[str]:
    return {*Base.metadata.tables, _VERSION, INDEX.name}


def _expected_rules(table: Table) -> set[str]:
    named = [c.name for c in table.constraints if c is not table.primary_key]
    return {str(name) for name in [*named, *(index.name for index in table.indexes)] if name}


def _rules(reading: Inspector, name: str) -> set[str]:
    """Return the names of a table's indexes, references and constraints."""
    rules = [
        *reading.get_indexes(name),
        *reading.get_unique_constraints(name),
        *reading.get_check_constraints(name),
        *reading.get_foreign_keys(name),
    ]
    return {str(rule["name"]) for rule in rules}


def _finding(table: str, said: str, **values: str) -> Finding:
    place = tr("table « {name} »").format(name=table)
    return Finding(place, said.format(**values), table)
