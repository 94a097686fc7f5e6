"""A made-up next schema, to try upgrades that no release has yet."""

import shutil
from pathlib import Path

from cantine_desktop.schema import migrate

LATER = '''"""Actions say where they were done; canteens have a motto."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("action", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("place", sa.String(), nullable=True))
        batch_op.alter_column("label", existing_type=sa.String(), type_=sa.Text())
    with op.batch_alter_table("canteen", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("motto", sa.String(), nullable=False, server_default=""))
'''


def write_later_scripts(folder: Path, extra: str = "") -> str:
    """Write our migrations and one more into a folder, and return its path.

    Args:
        folder: A folder that is not there yet.
        extra: Lines added at the end of the later ``upgrade``, indented.
    """
    ours = Path(migrate.__file__).parent / "migrations"
    shutil.copytree(ours, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0002_later.py").write_text(LATER + extra, "utf-8")
    return str(folder)
