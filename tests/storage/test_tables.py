"""What every table must be so that history, undo and PostgreSQL work."""

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Enum,
    Integer,
    LargeBinary,
    String,
    Time,
    inspect,
)
from sqlalchemy.orm import configure_mappers
from sqlalchemy.types import TypeDecorator

from cantine_desktop.schema import Base
from cantine_desktop.storage.base import tables_by_name
from cantine_desktop.storage.search import _number

KINDS = Integer | BigInteger | String | Boolean | Date | DateTime | Time | Enum
TABLES = sorted(Base.metadata.tables)
MAPPED = sorted(set(TABLES) & set(tables_by_name()))


def plain(column):
    kind = column.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


@pytest.mark.parametrize("name", sorted(set(TABLES) - set(MAPPED)))
def test_a_table_without_a_class_says_that_history_leaves_it_out(name):
    assert Base.metadata.tables[name].info["recorded"] is False


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_a_key_never_given_twice(name):
    table = Base.metadata.tables[name]
    assert [c.name for c in table.primary_key] == ["id"]
    assert table.dialect_options["sqlite"]["autoincrement"] is True


@pytest.mark.parametrize("name", MAPPED)
def test_columns_hold_exact_values_that_history_can_write(name):
    model = tables_by_name()[name]
    for column in Base.metadata.tables[name].columns:
        kind = plain(column)
        assert isinstance(kind, KINDS) or not model.recorded, column
        assert model.recorded or isinstance(kind, KINDS | LargeBinary), column
        assert column.server_onupdate is None


@pytest.mark.parametrize("name", TABLES)
def test_the_database_changes_no_row_by_itself(name):
    for reference in Base.metadata.tables[name].foreign_key_constraints:
        assert reference.deferrable
        assert reference.ondelete is None
        assert reference.onupdate is None


def test_relationships_write_only_rows_that_have_a_class():
    configure_mappers()
    for mapper in Base.registry.mappers:
        for relation in mapper.relationships:
            assert relation.secondary is None, relation
            assert not relation.post_update, relation


def test_tables_have_distinct_places_in_the_search_index():
    assert len({_number(name, 0) for name in TABLES}) == len(TABLES)


def test_every_reference_is_made_deferrable_in_the_database(any_book):
    if any_book.engine.dialect.name == "sqlite":
        pytest.skip("SQLite defers by a pragma")
    inspector = inspect(any_book.engine)
    options = [k["options"] for name in TABLES for k in inspector.get_foreign_keys(name)]
    assert options
    assert all(o.get("deferrable") for o in options)
