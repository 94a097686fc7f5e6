"""The migrations lead to exactly the tables that the classes describe, on each engine."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.pool import NullPool

from cantine_desktop.schema import Base, migrate, upgrade
from cantine_desktop.schema.revise import write_revision
from cantine_desktop.storage.engine import open_engine


@pytest.fixture
def migrated(engine_url):
    engine = open_engine(engine_url, poolclass=NullPool)
    migrate.migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def from_classes(request, migrated, tmp_path):
    """Yield an engine of the same kind, whose tables come from the classes."""
    if migrated.dialect.name == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path}/classes.cantine", poolclass=NullPool)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()
        return
    server = request.getfixturevalue("postgres")
    name = server.create_database()
    engine = open_engine(server.url(name), poolclass=NullPool)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()
    server.drop_database(name)


def described(engine):
    """Describe every table as the database itself does, whatever the order."""
    seen = inspect(engine)
    return {
        name: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in seen.get_columns(name)},
            "key": seen.get_pk_constraint(name),
            "references": ordered(seen.get_foreign_keys(name)),
            "checks": ordered(seen.get_check_constraints(name)),
            "uniques": ordered(seen.get_unique_constraints(name)),
            "indexes": ordered(seen.get_indexes(name)),
        }
        for name in seen.get_table_names()
        if name != "alembic_version"
    }


def ordered(found):
    return sorted(found, key=repr)


def test_the_migrations_leave_nothing_to_change(migrated):
    with migrated.connect() as connection:
        options = {
            "compare_type": True,
            "compare_server_default": True,
            "include_name": migrate.is_ours,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_migrated_tables_are_those_of_the_classes_down_to_their_checks(migrated, from_classes):
    assert described(migrated) == described(from_classes)


def test_no_table_ever_gives_a_key_twice(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/x.cantine", poolclass=NullPool)
    migrate.migrate(engine)
    with engine.connect() as connection:
        query = text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        tables = {row.name: row.sql for row in connection.execute(query)}
    for name in Base.metadata.tables:
        assert "AUTOINCREMENT" in tables[name], name


def test_the_present_schema_is_the_last_migration():
    assert migrate.revisions()[-1] == upgrade.HEAD


def test_revisions_are_numbered_without_a_gap():
    revisions = migrate.revisions()
    assert revisions == [f"{n:04d}" for n in range(1, len(revisions) + 1)]


def test_a_frozen_migration_depends_on_nothing_of_ours():
    folder = Path(migrate.__file__).parent / "migrations" / "versions"
    scripts = list(folder.glob("*.py"))
    assert scripts
    for script in scripts:
        tree = ast.parse(script.read_text("utf-8"))
        imported = {
            name if name.startswith("cantine_desktop") else name.partition(".")[0]
            for node in ast.walk(tree)
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        # A migration that rewrites values writes history too; nothing else of ours is frozen.
        allowed = {"sqlalchemy", "alembic", "cantine_desktop.storage.chain"}
        assert imported <= allowed, script.name


def test_no_revision_is_written_when_the_tables_have_not_changed():
    assert write_revision("Nothing") is None


def test_a_change_of_the_classes_is_written_as_the_next_revision(tmp_path, monkeypatch):
    ours = Path(migrate.__file__).parent / "migrations"
    shutil.copytree(ours, tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    [first] = (tmp_path / "scripts" / "versions").glob("0001_*.py")
    lacking = '    op.execute("ALTER TABLE canteen DROP COLUMN is_demo")\n'
    first.write_text(first.read_text("utf-8") + lacking, "utf-8")
    monkeypatch.setattr(migrate, "SCRIPTS", str(tmp_path / "scripts"))
    written = write_revision("Canteens may be invented")
    source = written.read_text("utf-8")
    assert written.name == "0002_canteens_may_be_invented.py"
    assert "add_column(sa.Column('is_demo', sa.Boolean()" in source
    assert 'table_kwargs={"sqlite_autoincrement": True}' in source


def test_a_present_book_opens_without_alembic(tmp_path):
    upgrade.create_book(tmp_path / "x.cantine").close()
    path = str(tmp_path / "x.cantine")
    program = f"""
import sys
from cantine_desktop.schema.upgrade import open_book
open_book({path!r}).close()
print("alembic" in sys.modules)
"""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", program]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
